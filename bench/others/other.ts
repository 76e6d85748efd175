import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../stack/ports.ts';
import type { Contender, Job } from '../job.ts';
import type { Bench } from '../services.ts';
import { startWorker } from '../worker-process.ts';

/** Others that do such work in Node and Postgres; each application is written as its documentation would. */
const others = { DBOS: 'dbos', 'pg-boss': 'pg-boss', 'graphile-worker': 'graphile-worker' } as const;

export const otherNames = Object.keys(others) as (keyof typeof others)[];

/** Starts one of the others, with a database of its own in the same Postgres. */
export async function startOther(bench: Bench, name: keyof typeof others): Promise<Contender> {
  const script = others[name];
  const database = await bench.makeDatabase(script.replace('-', '_'));
  const port = await freePort();
  const env = { ...bench.env, DATABASE_URL: database, BENCH_PORT: String(port) };
  const worker = await startWorker(script, fileURLToPath(new URL(`./${script}.ts`, import.meta.url)), env, bench);
  const agent = new Agent({ keepAlive: true });
  const ask = (job: Job, step: string): Promise<void> => post(agent, port, JSON.stringify({ job, step }));
  return {
    name,
    database,
    pids: worker.pids,
    give: ask,
    ended: (job) => ask(job, 'end'),
    async stop() {
      agent.destroy();
      await worker.stop();
    },
  };
}

const post = (agent: Agent, port: number, body: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const asked = request({ agent, port, host: '127.0.0.1', method: 'POST' }, (response) => {
      let said = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(said))));
    });
    asked.on('error', reject);
    asked.end(body);
  });
