import type { Kysely } from 'kysely';
import type { Entente } from '../../client/client.ts';
import { connect, forMigrations } from '../../database/connect.ts';
import type { Database } from '../../database/schema.ts';
import { startEntente } from '../entente.ts';
import { residentMegabytes } from '../measure/processes.ts';
import { tell } from '../progress.ts';
import { type Bench, startServices } from '../services.ts';

/** Services that keep what they have, and a worker beside them. */
export interface Awake {
  readonly bench: Bench;
  readonly entente: Entente;
  readonly pids: () => readonly number[];
  readonly db: Kysely<Database>;
  /** From nothing until all can be used. */
  readonly readySeconds: number;
}

/** Resident, in megabytes. */
export interface Memory {
  readonly worker: number;
  readonly temporal: number;
}

export const memoryOf = ({ bench, pids }: Awake): Memory => ({
  worker: pids().reduce((sum, pid) => sum + residentMegabytes(pid), 0),
  temporal: residentMegabytes(bench.stack.pids.temporal ?? 0),
});

/** Starts them on what the folder has, and stops them in the end. */
export async function awake<Result>(folder: string, act: (world: Awake) => Promise<Result>): Promise<Result> {
  const begun = performance.now();
  const bench = await startServices(folder);
  const db = connect(bench.stack.databaseUrl, 2, forMigrations);
  let wentWell = false;
  try {
    const worker = await startEntente(bench);
    const readySeconds = (performance.now() - begun) / 1_000;
    tell(`  services and worker are ready after ${readySeconds.toFixed(1)} s`);
    try {
      const result = await act({ ...worker, bench, db, readySeconds });
      wentWell = true;
      return result;
    } finally {
      await worker.stop();
    }
  } finally {
    await db.destroy();
    await bench.stop(wentWell);
  }
}
