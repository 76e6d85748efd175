import { listMailTroubles, type MailTrouble } from '../../database/lists.ts';
import {
  type RecordedCase,
  casesOnRecord,
  casesWithLastMail,
  listOverdue,
  movedLately,
  openCases,
} from '../../database/lists/open-cases.ts';
import type { Instant } from '../../domain/dates.ts';
import type { RegisterConnection } from '../register.ts';
import { compare } from './compare.ts';
import { type Check, type Finding, troubleSays } from './finding.ts';
import type { FailingRun, Run, Runs } from './runs.ts';

/** Temporal's lists follow its workflows after a moment: what moved within it is not judged by them. */
const settledAfterSeconds = 10;
/** An opening that a busy worker has not come to yet is no trouble. */
const openingWithinMs = 60_000;
/** Each question costs a worker a task: the others are told as cases that differ. */
const askedAtMost = 100;

/** Holds all open cases of the register against Temporal, both read by pages; what does not agree is looked at twice. */
export async function checkCases(register: RegisterConnection, runs: Runs, asOf: Instant): Promise<Check> {
  const expected = await casesThatShouldRun(register);
  const seen = await compare(expected, runs);
  const failing = await runs.failing();
  const isFailing = new Set(failing.map(({ id }) => id));
  const findings: Finding[] = [
    ...(await runs.unattended()).map(noWorker),
    ...(await notRunning(register, runs, seen.missing)),
    ...(await notOnRecord(
      register,
      seen.unexpected.filter(({ id }) => !isFailing.has(id)),
    )),
    ...seen.otherRuns.map(otherRun),
    ...failing.map(stuck),
    ...(await outOfStep(register, runs, {
      differing: seen.differing.filter((id) => !isFailing.has(id)),
      restarted: seen.restarted.filter((id) => !isFailing.has(id)),
    })),
  ];
  const explained = new Set(findings.map((finding) => finding.case));
  const late = await register.ask((db) => listOverdue(db, asOf));
  const mail = await mailTroubles(register, asOf);
  return {
    open: [...expected.values()].filter(({ closedAt }) => closedAt === null).length,
    findings: [
      ...findings,
      ...late.filter(({ caseId }) => !explained.has(caseId)).map(notRecorded),
      ...mail.filter(({ caseId, trouble }) => trouble !== 'notSent' || !explained.has(caseId)).map(undelivered),
    ],
  };
}

const casesThatShouldRun = (register: RegisterConnection): Promise<Map<string, RecordedCase>> =>
  register.ask(async (db) => {
    const expected = new Map<string, RecordedCase>();
    for await (const page of openCases(db)) for (const row of page) expected.set(row.id, row);
    for (const row of await casesWithLastMail(db)) expected.set(row.id, row);
    return expected;
  });

const endings: Partial<Record<Run['status'], string>> = {
  TERMINATED: 'terminated in Temporal',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
};

/** What is open on record and was not among what runs: looked at again, one way and the other. */
async function notRunning(
  register: RegisterConnection,
  runs: Runs,
  missing: readonly RecordedCase[],
): Promise<Finding[]> {
  if (missing.length === 0) return [];
  const latest = await runs.latest(missing.map(({ id }) => id));
  const runsAfterAll = ({ id, kind }: RecordedCase) =>
    latest.get(id)?.status === 'RUNNING' && latest.get(id)?.type === kind;
  const ids = missing.filter((row) => !runsAfterAll(row)).map(({ id }) => id);
  const rows = await register.ask((db) => casesOnRecord(db, ids));
  const moved = await register.ask((db) => movedLately(db, ids, settledAfterSeconds));
  const unlisted = [...moved].filter((id) => !isKnownToHaveEnded(latest.get(id)));
  const asked = unlisted.slice(0, askedAtMost);
  const known = await runs.looked(asked);
  const isUnsettled = (id: string) =>
    unlisted.includes(id) && (!asked.includes(id) || known.get(id)?.status === 'RUNNING');
  const wasOpen = new Set(missing.filter(({ closedAt }) => closedAt === null).map(({ id }) => id));
  return rows
    .filter(({ id, closedAt }) => closedAt === null || !wasOpen.has(id))
    .filter(({ id }) => !isUnsettled(id))
    .map((row) => whyNotRunning(row, latest.get(row.id) ?? known.get(row.id)));
}

const isKnownToHaveEnded = (run: Run | undefined): boolean => run !== undefined && run.status !== 'CONTINUED_AS_NEW';

function whyNotRunning({ id, closedAt }: RecordedCase, run: Run | undefined): Finding {
  const finding = { case: id, since: run?.endedAt ?? null };
  if (!run) return { ...finding, kind: 'notRunning', says: 'Temporal does not know it' };
  if (run.status === 'RUNNING') return otherRun(run);
  if (run.status === 'PAUSED') return { ...finding, kind: 'paused', says: 'paused in Temporal' };
  const isOver = run.status === 'COMPLETED' || run.status === 'CANCELLED';
  if (isOver && closedAt === null) return { ...finding, kind: 'ahead', says: 'over in Temporal, open on record' };
  const says = endings[run.status] ?? 'ended in Temporal';
  return { ...finding, kind: 'notRunning', says: closedAt === null ? says : `${says} before its last mail had gone` };
}

const isOld = (startedAt: Instant): boolean => Date.now() - Date.parse(startedAt) > openingWithinMs;

/** What runs and has no row. A case that is over on record may still be waiting for its mail to go. */
async function notOnRecord(register: RegisterConnection, unexpected: readonly Run[]): Promise<Finding[]> {
  if (unexpected.length === 0) return [];
  const rows = await register.ask((db) =>
    casesOnRecord(
      db,
      unexpected.map(({ id }) => id),
    ),
  );
  const known = new Set(rows.map(({ id }) => id));
  return unexpected
    .filter(({ id, startedAt, shows }) => !known.has(id) && (shows.stage !== undefined || isOld(startedAt)))
    .map(({ id, startedAt, shows }) => {
      const wasOnRecord = shows.stage !== undefined;
      return {
        kind: wasOnRecord ? 'ahead' : 'notRecorded',
        case: id,
        since: startedAt,
        says: wasOnRecord ? 'not on record at all' : 'its opening is not on record yet',
      };
    });
}

/** Cases whose workflow and register show different things; the case itself says which of the two is older. */
async function outOfStep(
  register: RegisterConnection,
  runs: Runs,
  { differing, restarted }: { differing: readonly string[]; restarted: readonly string[] },
): Promise<Finding[]> {
  const ids = [...new Set([...differing, ...restarted])];
  if (ids.length === 0) return [];
  const numbers = await runs.numbers(ids.slice(0, askedAtMost));
  const rows = await register.ask((db) => casesOnRecord(db, ids));
  const moved = await register.ask((db) => movedLately(db, ids, settledAfterSeconds));
  const shown = new Set(differing);
  return rows.flatMap(({ id, number, closedAt }): Finding[] => {
    const known = numbers.get(id);
    if (moved.has(id) || closedAt !== null || known === number) return [];
    const finding = { case: id, since: null };
    if (known === undefined)
      return shown.has(id) ? [{ ...finding, kind: 'differs', says: `event ${number} on record` }] : [];
    return [
      { ...finding, kind: known < number ? 'behind' : 'ahead', says: `at event ${known}; event ${number} on record` },
    ];
  });
}

const noWorker = (what: 'cases' | 'mail'): Finding => ({
  kind: 'noWorker',
  case: null,
  since: null,
  says: what === 'cases' ? 'no worker for cases' : 'no worker for mail',
});

const otherRun = ({ id, type, startedAt }: Run): Finding => ({
  kind: 'otherRun',
  case: id,
  since: startedAt,
  says: `a workflow "${type}"`,
});

const stuck = ({ id, because, registerBehind }: FailingRun): Finding => ({
  kind: registerBehind ? 'ahead' : 'failing',
  case: id,
  since: null,
  says: because ?? 'its workflow task fails',
});

const notRecorded = ({ caseId, says, at }: { caseId: string; says: string; at: Instant }): Finding => ({
  kind: 'notRecorded',
  case: caseId,
  since: at,
  says,
});

const undelivered = ({ caseId, at, trouble, summary, recipient }: MailTrouble): Finding => ({
  kind: 'mail',
  case: caseId,
  since: at,
  says: `${summary}, to ${recipient}: ${troubleSays[trouble]}`,
});

/** All of them but what is not even on record, which is told apart. */
const mailTroubles = (register: RegisterConnection, asOf: Instant): Promise<readonly MailTrouble[]> =>
  register.ask(async (db) => {
    const all: MailTrouble[] = [];
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await listMailTroubles(db, asOf, { after, limit: 1000 });
      all.push(...page.rows.filter(({ trouble }) => trouble !== 'notRecorded'));
      after = page.next;
    }
    return all;
  });
