import type pg from 'pg';
import { type Job, type Step, untilReminderMs } from '../job.ts';
import { transitions } from './app.ts';

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly topic: string;
}

/** Makes a job of the queue in the transaction of a client. */
export type Enqueue = (
  client: pg.ClientBase,
  queue: 'mail' | 'reminder',
  payload: Letter | Job,
  afterMs?: number,
) => Promise<unknown>;

/** How one keeps cases beside a job queue: a case is a row, a command is a transaction that makes jobs as well. */
export class CasesInRows {
  private readonly pool: pg.Pool;
  private readonly enqueue: Enqueue;

  constructor(pool: pg.Pool, enqueue: Enqueue) {
    this.pool = pool;
    this.enqueue = enqueue;
  }

  give = (job: Job, step: Step): Promise<void> =>
    this.inTransaction((client) => (step === 'open' ? this.open(client, job) : this.advance(client, job, step)));

  remind = ({ id, owner, topic }: Job): Promise<void> =>
    this.inTransaction(async (client) => {
      await this.record(client, id, 'reminded');
      await this.enqueue(client, 'mail', { to: owner, subject: 'Reminder', topic });
    });

  /** A case is over with its last command. */
  ended = async (): Promise<void> => undefined;

  private async open(client: pg.ClientBase, { id, owner, topic }: Job): Promise<void> {
    await client.query(`insert into cases (id, stage) values ($1, 'recorded')`, [id]);
    await this.record(client, id, 'opened');
    await this.enqueue(client, 'mail', { to: owner, subject: 'A follow-up action for you', topic });
  }

  private async advance(client: pg.ClientBase, job: Job, step: Exclude<Step, 'open'>): Promise<void> {
    const { from, type, to } = transitions[step];
    const update = 'update cases set stage = $3 where id = $1 and stage = $2';
    const { rowCount } = await client.query(update, [job.id, from, to]);
    if (rowCount === 0) throw new Error(`${step} is not possible now.`);
    await this.record(client, job.id, type);
    if (to === 'inProgress') await this.enqueue(client, 'reminder', job, untilReminderMs);
    if (to === 'reportedDone')
      await this.enqueue(client, 'mail', { to: job.coordinator, subject: 'To verify', topic: job.topic });
  }

  private record(client: pg.ClientBase, id: string, type: string) {
    return client.query(`insert into events (case_id, type, data) values ($1, $2, '{}')`, [id, type]);
  }

  private async inTransaction(act: (client: pg.ClientBase) => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      await act(client);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }
}
