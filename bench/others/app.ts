import { createServer, type IncomingMessage } from 'node:http';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import type { Job, Step } from '../job.ts';

/** What an application asks of the queue or the engine that it is built on. */
export interface Handlers {
  give(job: Job, step: Step): Promise<void>;
  ended(job: Job): Promise<void>;
}

export const databaseUrl = process.env['DATABASE_URL'] ?? '';

const transport = createTransport({ url: process.env['SMTP_URL'], pool: true });

export const sendMail = async (to: string, subject: string, topic: string): Promise<void> =>
  void (await transport.sendMail({ from: 'entente@example.org', to, subject, text: `${subject}: ${topic}` }));

export const makePool = async (): Promise<pg.Pool> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  await pool.query(`create table if not exists cases (id text primary key, stage text not null);
    create table if not exists events (case_id text, number serial, type text not null, data jsonb not null,
      at timestamptz not null default clock_timestamp(), primary key (case_id, number))`);
  return pool;
};

/** What each step makes of a case, as a table: where it must stand, what is recorded, where it stands then. */
export const transitions = {
  accept: { from: 'recorded', type: 'accepted', to: 'inProgress' },
  report: { from: 'inProgress', type: 'reported', to: 'inProgress' },
  reportAgain: { from: 'inProgress', type: 'reported', to: 'inProgress' },
  reportDone: { from: 'inProgress', type: 'reportedDone', to: 'reportedDone' },
  verify: { from: 'reportedDone', type: 'verified', to: 'closed' },
} as const;

/** Serves the steps over HTTP on loopback, as an application built on a library does. */
export function serve(handlers: Handlers): void {
  const server = createServer((request, response) => {
    answer(request, handlers).then(
      () => response.writeHead(200).end('ok'),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  server.listen(Number(process.env['BENCH_PORT']), '127.0.0.1', () => {
    process.stdout.write(`worker ready, process ${process.pid}\n`);
  });
  process.once('SIGTERM', () => process.exit(0));
}

async function answer(request: IncomingMessage, handlers: Handlers): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { job, step } = JSON.parse(body) as { job: Job; step: Step | 'end' };
  await (step === 'end' ? handlers.ended(job) : handlers.give(job, step));
}
