import type { Trouble } from '../../database/lists.ts';
import type { Instant } from '../../domain/dates.ts';

/** What can be wrong with a case that is open on record, in the order in which it is told. */
export const findingKinds = {
  noWorker: {
    says: 'No worker is there: nothing happens, and nothing is sent',
    todo: 'start one: `npm start`, or `npm run worker`',
  },
  notRunning: {
    says: 'Open on record, but nobody runs it: it reminds nobody',
    todo: '`./entente revive --all` starts them again from the register; no letter is repeated',
  },
  paused: {
    says: 'Paused in Temporal: it stands still',
    todo: 'unpause it in the Temporal UI',
  },
  otherRun: {
    says: 'Another workflow runs under the id of the case',
    todo: 'terminate it in the Temporal UI, then `./entente revive CASE`',
  },
  ahead: {
    says: 'The register is older than the case: it lacks what the case knows',
    todo: 'put the newer register back; nothing is written over meanwhile. To go on from this one: terminate it in the Temporal UI, then `./entente revive CASE`',
  },
  failing: {
    says: 'Its tasks keep failing: it stands still, and is tried again by itself',
    todo: 'mend what it says; `worker.log` has more',
  },
  behind: {
    says: 'It runs, but lacks what the register has: it was reset',
    todo: '`./entente revive --all` has it catch up; so does its next command',
  },
  differs: {
    says: 'Case and register do not show the same, and the case does not answer',
    todo: 'is a worker running? Then check again',
  },
  notRecorded: {
    says: 'Due more than 15 minutes ago, and not on record',
    todo: 'is a worker running, and is it busy? `./entente show CASE --live` asks the case itself',
  },
  mail: {
    says: 'Mail that should have gone and did not, is in doubt, or was refused',
    todo: '`./entente mail check` has the keys; `./entente mail settle KEY` settles it',
  },
} as const satisfies Record<string, { says: string; todo: string }>;

export type FindingKind = keyof typeof findingKinds;

/** One thing that somebody has to look at. */
export interface Finding {
  readonly kind: FindingKind;
  /** Null where it is no single case's. */
  readonly case: string | null;
  /** Since when, as far as it is known. */
  readonly since: Instant | null;
  /** What is wrong, in a few words. */
  readonly says: string;
}

/** What came of holding all open cases of the register against Temporal. */
export interface Check {
  /** How many cases are open on record. */
  readonly open: number;
  readonly findings: readonly Finding[];
}

export const troubleSays: Record<Trouble, string> = {
  notSent: 'should have gone and has not',
  notRecorded: 'is due and not even on record: is a worker running?',
  inDoubt: 'in doubt: settle it',
  refused: 'refused by the mail server',
  expired: 'not delivered within two days',
  nobody: 'has no address to go to',
};
