import { createTransport } from 'nodemailer';
import pg from 'pg';

export interface FloorRecord {
  readonly id: string;
  readonly number: number;
  readonly type: string;
  readonly data: string;
}

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export const floorTable = `create table if not exists events (
  case_id text, number integer, type text not null, data text not null,
  at timestamptz not null default clock_timestamp(), primary key (case_id, number))`;

export type FloorActivities = ReturnType<typeof floorActivities>;

export function floorActivities(databaseUrl: string, smtpUrl: string) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  const transport = createTransport({ url: smtpUrl, pool: true });
  return {
    /** May run twice: an event has its number, and is there once. */
    async record({ id, number, type, data }: FloorRecord): Promise<void> {
      await pool.query(
        'insert into events (case_id, number, type, data) values ($1, $2, $3, $4) on conflict do nothing',
        [id, number, type, data],
      );
    },
    /** May run twice, and sends its mail twice then: the floor takes no care of that. */
    async mail({ to, subject, text }: Letter): Promise<void> {
      await transport.sendMail({ from: 'entente@example.org', to, subject, text });
    },
  };
}
