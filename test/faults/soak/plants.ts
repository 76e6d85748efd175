import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../../../stack/running.ts';
import type { Finding } from './ledgers.ts';
import { type Form, type Happening, longForm } from './schedule.ts';

/**
 * Six faults that a run has to see. Each is planted into a copy of the source, in the folder of the run, and the worker is
 * started from there: what is shipped holds no word of it. An edit whose text is no longer there fails the run, so that a
 * plant cannot wither unseen.
 */
export interface Plant {
  readonly says: string;
  readonly edits?: readonly Edit[];
  /** Carried out in the register's database before the first worker starts. */
  readonly sql?: readonly string[];
  readonly form: Form;
  readonly happenings: readonly Happening[];
  /** What it has to be caught as; anything else may be found beside it. */
  readonly seenAs: { readonly kind: Finding['kind']; readonly says: RegExp };
}

interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const small: Form = {
  ...longForm,
  name: 'planted',
  actions: 6,
  requests: 0,
  committees: 0,
  rounds: 3,
  stepMs: 250,
  workers: 1,
  endWithinMs: 180_000,
};

const killed = (service: 'worker' | 'postgres', moment: Extract<Happening, { do: 'kill' }>['moment']): Happening => ({
  do: 'kill',
  service,
  moment,
  restMs: 500,
});
const slowRelay: Happening = { do: 'relay', faults: { slowMs: 1_500 }, forMs: 25_000, restMs: 0 };

export const plants: Readonly<Record<string, Plant>> = {
  'compared-by-time': {
    says: 'what is on record is known again by its time only, so a task that is run again does not know it',
    edits: [
      {
        file: 'activities/record.ts',
        from: "  return { outcome: 'ahead', onRecord:",
        to: "  if (command?.name !== 'never') throw ApplicationFailure.nonRetryable('The register is ahead.', 'RegisterAhead');\n  return { outcome: 'ahead', onRecord:",
      },
    ],
    // It never comes to rest.
    form: { ...small, endWithinMs: 45_000 },
    happenings: [killed('worker', 'committed'), killed('worker', 'committed'), killed('worker', 'committed')],
    seenAs: { kind: 'stuck', says: /workflow is FAILED|was never answered|its workflow \d+/ },
  },
  'recorded-after-sending': {
    says: 'a message is not claimed before it is sent: that it was is recorded afterwards',
    edits: [
      {
        file: 'database/ledger.ts',
        from: "      state: 'claimed',\n      claim_token: token,",
        to: "      state: 'planned',\n      claim_token: token,",
      },
      {
        file: 'database/ledger.ts',
        from: "    .where('state', '=', 'claimed')\n    .where('body_text', 'is', null)",
        to: "    .where('state', '=', 'planned')\n    .where('body_text', 'is', null)",
      },
      {
        file: 'database/ledger.ts',
        from: "      .set({ state: 'inData', claim_until: inSeconds(leaseSeconds * afterGate), changed_at: now })\n      .where('key', 'in', list)\n      .where('claim_token', '=', token)\n      .where('state', '=', 'claimed')",
        to: "      .set({ changed_at: now })\n      .where('key', 'in', list)",
      },
      {
        file: 'database/ledger.ts',
        from: "    .where('state', 'in', ['claimed', 'inData', 'inDoubt'])",
        to: "    .where('state', 'in', ['planned', 'claimed', 'inData', 'inDoubt'])",
      },
    ],
    form: small,
    happenings: [slowRelay, killed('worker', 'mailInFlight'), killed('worker', 'mailInFlight')],
    seenAs: { kind: 'doubled', says: /the relay took .* times/ },
  },
  'no-gate': {
    says: 'a message stays claimed while its body leaves, so whoever takes it over sends it again',
    edits: [
      {
        file: 'database/ledger.ts',
        from: ".set({ state: 'inData', claim_until:",
        to: ".set({ state: 'claimed', claim_until:",
      },
    ],
    form: small,
    happenings: [slowRelay, killed('worker', 'mailInFlight'), killed('worker', 'mailInFlight')],
    seenAs: { kind: 'doubled', says: /the relay took .* times/ },
  },
  'asynchronous-commit': {
    says: 'Postgres says that it has committed before that is on the disk',
    edits: [{ file: 'database/connect.ts', from: '-c synchronous_commit=on', to: '-c synchronous_commit=off' }],
    // So that nothing is written by chance before the kill.
    sql: ["alter system set wal_writer_delay = '10s'", 'select pg_reload_conf()'],
    // Cases that know more than the register wait for it.
    form: { ...small, endWithinMs: 30_000 },
    happenings: [killed('postgres', 'acknowledged'), killed('postgres', 'acknowledged')],
    seenAs: { kind: 'lost', says: /was acknowledged as event|events on record/ },
  },
  'forgotten-ids': {
    says: 'the ids of commands are not carried over to a new history, and the register is not asked for them',
    edits: [
      { file: 'workflows/answers.ts', from: 'return [...this.byCommand];', to: 'return [];' },
      {
        file: 'activities/record.ts',
        from: 'const answered = command && (await readCommand(trx, id, command.id));',
        to: 'const answered = undefined;',
      },
      {
        file: 'activities/record.ts',
        from: "const asked = (commandId === undefined ? [] : await readAnswers(trx, id, [commandId])) as CaseOnRecord['answers'];",
        to: 'const asked = [];',
      },
      // Written down all the same, as if nobody had thought of a key.
      {
        file: 'database/entry.ts',
        from: "jsonb_populate_recordset(null::commands, rows->'commands') r",
        to: "jsonb_populate_recordset(null::commands, rows->'commands') r on conflict do nothing",
      },
    ],
    form: { ...small, actions: 3, rounds: 9 },
    happenings: [],
    seenAs: { kind: 'doubled', says: /is on record at|is event|and then refused/ },
  },
  'not-asked-again': {
    says: 'what is done, moved or dropped does not withdraw its message, and nobody asks once more before it goes',
    edits: [
      {
        file: 'database/ledger.ts',
        from: 'sql<boolean>`deadline is null or exists',
        to: 'sql<boolean>`true or exists',
      },
      { file: 'database/entry.ts', from: "state in ('planned', 'claimed') and deadline is not null", to: 'false' },
    ],
    form: { ...small, rounds: 2 },
    // Others come to what is due while no reminder can go, and what is asked is done before it can.
    happenings: [{ do: 'relay', moment: 'reached', faults: { notNow: 100 }, forMs: 20_000, restMs: 0 }],
    seenAs: { kind: 'wrong', says: /^asked for .* after that was no longer owed/ },
  },
};

const sources = [
  'activities',
  'calendars',
  'database',
  'domain',
  'stack',
  'worker',
  'workflows',
  'package.json',
  'test/faults/soak/worker.ts',
];

/** A copy of the worker's source with the faults in it. */
export function plantedCopy(folder: string, edits: readonly Edit[]): string {
  const root = join(folder, 'source');
  mkdirSync(root);
  for (const name of sources) cpSync(join(projectRoot, name), join(root, name), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  for (const { file, from, to } of edits) {
    const path = join(root, file);
    const parts = readFileSync(path, 'utf8').split(from);
    if (parts.length !== 2) throw new Error(`${file} holds this ${parts.length - 1} times, and not once: ${from}`);
    writeFileSync(path, parts.join(to));
  }
  return root;
}

export async function carryOut(databaseUrl: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
