import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../../../stack/running.ts';
import type { Finding } from './ledgers.ts';
import type { Course, Happening } from './schedule.ts';
import type { ChosenAction, Step } from './stories.ts';

/**
 * Six faults that a run has to see. Each is planted into a copy of the source, in the folder of the run, and the worker is
 * started from there: what is shipped holds no word of it. An edit whose text is no longer there fails the run, so that a
 * plant cannot wither unseen.
 *
 * A run with a plant is aimed: one case takes chosen steps, and what brings the fault out happens at a chosen moment. The
 * processes are those of every run, and so is the comparison of ledgers, which ends the run as soon as it sees the fault.
 */
export interface Plant {
  readonly says: string;
  readonly edits: readonly Edit[];
  /** Carried out in the register's database before the worker starts. */
  readonly sql?: readonly string[];
  readonly steps: (action: ChosenAction) => readonly Step[];
  readonly happenings?: readonly Happening[];
  /** What it has to be caught as: something that no delay can look like. Anything else may be found beside it. */
  readonly seenAs: { readonly kind: Finding['kind']; readonly says: RegExp };
}

interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Of an aimed run. */
export const aimedCourse: Course = { workers: 1, endWithinMs: 90_000 };

const killed = (service: 'worker' | 'postgres', moment: Extract<Happening, { do: 'kill' }>['moment']): Happening => ({
  do: 'kill',
  service,
  moment,
  restMs: 0,
});
/** The mail that an opening sends is with the relay, which has not said so yet, when its sender is killed. */
const killedInMail: readonly Happening[] = [
  { do: 'relay', faults: { slowMs: 10_000 }, forMs: 25_000, restMs: 0 },
  killed('worker', 'mailInFlight'),
];
/** So that a lease is over when Temporal has noticed that its holder is dead. */
const shortLease: Edit = { file: 'activities/mail.ts', from: 'leaseSeconds = 30', to: 'leaseSeconds = 5' };
const notes = Array.from({ length: 20 }, (_, index) => `Note ${index + 1}`);

export const plants: Readonly<Record<string, Plant>> = {
  'compared-by-time': {
    says: 'what is on record is known again by its time only, so a task that is run again does not know it',
    edits: [
      {
        file: 'activities/record/on-record.ts',
        from: "  return { outcome: 'ahead', onRecord:",
        to: "  if (command?.name !== 'never') throw ApplicationFailure.nonRetryable('The register is ahead.', 'RegisterAhead');\n  return { outcome: 'ahead', onRecord:",
      },
    ],
    steps: ({ open }) => [open],
    happenings: [killed('worker', 'committed')],
    seenAs: { kind: 'stuck', says: /its workflow is FAILED/ },
  },
  'recorded-after-sending': {
    says: 'a message is not claimed before it is sent: that it was is recorded afterwards',
    edits: [
      {
        file: 'database/ledger.ts',
        from: "    state: 'claimed',\n    claim_token: token,",
        to: "    state: 'planned',\n    claim_token: token,",
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
    steps: ({ open }) => [open],
    happenings: killedInMail,
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
      shortLease,
    ],
    steps: ({ open }) => [open],
    happenings: killedInMail,
    seenAs: { kind: 'doubled', says: /the relay took .* times/ },
  },
  'asynchronous-commit': {
    says: 'Postgres says that it has committed before that is on the disk',
    edits: [{ file: 'database/connect.ts', from: '-c synchronous_commit=on', to: '-c synchronous_commit=off' }],
    // So that nothing is written by chance before the kill.
    sql: ["alter system set wal_writer_delay = '10s'", 'select pg_reload_conf()'],
    steps: ({ open }) => [open],
    happenings: [killed('postgres', 'acknowledged')],
    seenAs: { kind: 'lost', says: /was acknowledged as event/ },
  },
  'forgotten-ids': {
    says: 'the ids of commands are not carried over to a new history, and the register is not asked for them',
    edits: [
      { file: 'workflows/answers.ts', from: 'return [...this.byCommand];', to: 'return [];' },
      {
        file: 'activities/record/on-record.ts',
        from: 'const answered = command && (await readCommand(trx, id, command.id));',
        to: 'const answered = undefined;',
      },
      {
        file: 'activities/record/on-record.ts',
        from: "const asked = (commandId === undefined ? [] : await readAnswers(trx, id, [commandId])) as CaseOnRecord['answers'];",
        to: 'const asked = [];',
      },
      // Written down all the same, as if nobody had thought of a key.
      {
        file: 'database/entry.ts',
        from: "jsonb_populate_recordset(null::commands, rows->'commands')",
        to: "jsonb_populate_recordset(null::commands, rows->'commands') on conflict do nothing",
      },
    ],
    // Enough of them for a new history, in which some of the first are given once more.
    steps: ({ open, accept, note, repeat }) => [open, accept, ...notes.map(note), repeat(0.1), repeat(0.2)],
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
    steps: ({ open, accept, rest, advance, reportDone }) => [open, accept, rest, advance, reportDone],
    // The reminder of what is due cannot go; what it asks for is done before it can.
    happenings: [
      { do: 'calm', steps: 3, restMs: 0 },
      { do: 'relay', faults: { notNow: 100 }, forMs: 20_000, restMs: 0 },
      { do: 'calm', steps: 1, restMs: 0 },
    ],
    seenAs: { kind: 'wrong', says: /^asked for .* after that was no longer owed/ },
  },
};

/**
 * All that the program of a worker may be compiled from: without that, each start of it would compile it. What workflows
 * are bundled from is there to the last file, so that a copy whose fault is elsewhere has the bundle that was made before.
 */
const sources = [
  'activities',
  'calendars',
  'client',
  'database',
  'documents',
  'domain',
  'rehearsal',
  'stack',
  'worker',
  'workflows',
  'package.json',
  'package-lock.json',
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
