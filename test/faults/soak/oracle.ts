import { isDeepStrictEqual } from 'node:util';
import { fold } from '../../../domain/case/evolve.ts';
import type { CaseEvent } from '../../../domain/case/state.ts';
import { isKind, lifecycles } from '../../../domain/kinds.ts';
import type { CaseHistory, DriverEntry, Finding, Ledgers, RecordedEvent } from './ledgers.ts';
import { mailFindings } from './mail-oracle.ts';
import { type Expected, expectedOf, overdueIn } from './model.ts';
import { calmWithin } from './outages.ts';

/** What may take this long, in milliseconds, with nothing away; more is late. */
export const patienceMs = 60_000;

/** Compares what each ledger says. No finding: nothing was lost, doubled, stuck or late. */
export function findingsIn(ledgers: Ledgers): Finding[] {
  const { register, histories } = ledgers;
  const events = grouped(register.events, ({ case: id }) => id);
  const historyOf = new Map(histories.map((history) => [history.case, history]));
  const expected = new Map<string, Expected>();
  const findings: Finding[] = [];
  for (const { id, kind, number, isClosed, state } of register.cases) {
    if (!isKind(kind)) throw new Error(`The register has a case of an unknown kind: ${id}.`);
    const recorded = (events.get(id) ?? []).map(({ event }) => event);
    const found = numberFindings(id, number, recorded);
    findings.push(...found);
    // With a gap in its events a case has no state to compare.
    if (found.some((each) => each.kind === 'lost')) continue;
    const model = expectedOf(lifecycles[kind], recorded);
    expected.set(id, model);
    findings.push(...model.overlooked.map((says): Finding => ({ kind: 'wrong', case: id, says })));
    const folded = JSON.parse(JSON.stringify({ ...fold(lifecycles[kind], recorded), log: [] })) as unknown;
    if (!isDeepStrictEqual(folded, state))
      findings.push({ kind: 'wrong', case: id, says: 'its state is not the fold of its events' });
    findings.push(...historyFindings(id, { number, isClosed }, historyOf.get(id)));
    const now = historyOf.get(id)?.now;
    const overdue = now && !isClosed ? overdueIn(lifecycles[kind], model.state, now) : undefined;
    if (overdue) findings.push({ kind: 'stuck', case: id, says: overdue });
  }
  findings.push(...unknownToRegister(ledgers));
  for (const asked of grouped(ledgers.driver.filter(isAboutCommand), ({ id }) => id).values())
    findings.push(...commandFindings(ledgers, asked));
  findings.push(...effectFindings(ledgers, expected));
  findings.push(...dueFindings(ledgers));
  findings.push(...mailFindings(ledgers, expected));
  return findings;
}

export function grouped<T>(list: readonly T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(by(item));
    if (group) group.push(item);
    else groups.set(by(item), [item]);
  }
  return groups;
}

type AboutCommand = Exclude<DriverEntry, { what: 'reached' }>;
const isAboutCommand = (entry: DriverEntry): entry is AboutCommand => entry.what !== 'reached';

/** The events of a case are numbered without a gap; what one command caused stands together. */
function numberFindings(id: string, number: number, events: readonly CaseEvent[]): Finding[] {
  const findings: Finding[] = [];
  const gap = events.findIndex((event, index) => event.number !== index + 1);
  if (gap >= 0 || events.length !== number) {
    const says = `it has ${events.length} events on record and says ${number}${gap >= 0 ? `; number ${gap + 1} is missing` : ''}`;
    findings.push({ kind: 'lost', case: id, says });
  }
  const lastOf = new Map<string, number>();
  for (const event of events) {
    const key = event.commandId ? `the command ${event.commandId}` : reminderOf(event);
    if (!key) continue;
    const last = lastOf.get(key);
    if (last !== undefined && (last !== event.number - 1 || !event.commandId))
      findings.push({ kind: 'doubled', case: id, says: `${key} is on record at ${last} and at ${event.number}` });
    lastOf.set(key, event.number);
  }
  return findings;
}

function reminderOf(event: CaseEvent): string | undefined {
  if (event.type !== 'reminded') return undefined;
  const { deadline, version, rung } = event as CaseEvent & Record<string, unknown>;
  return `rung ${String(rung)} of ${String(deadline)}, version ${String(version)},`;
}

function historyFindings(
  id: string,
  { number, isClosed }: { number: number; isClosed: boolean },
  history: CaseHistory | undefined,
): Finding[] {
  const finding = (kind: Finding['kind'], says: string): Finding[] => [{ kind, case: id, says }];
  if (!history) return finding('stuck', 'it is on record, and Temporal has never heard of it');
  const { status } = history;
  const ought = isClosed ? 'COMPLETED' : 'RUNNING';
  if (status !== ought)
    return finding('stuck', `it is ${isClosed ? 'over' : 'open'} on record, and its workflow is ${status}`);
  if (isClosed) return [];
  if (history.number === undefined) return finding('stuck', 'its workflow does not answer');
  if (history.number !== number)
    return finding('stuck', `the register has ${number} events of it, its workflow ${history.number}`);
  return history.underWay ? finding('stuck', `${history.underWay} effects of it do not come to an end`) : [];
}

/** A workflow may have no case on record only when its opening was refused. */
function unknownToRegister({ register, histories, driver }: Ledgers): Finding[] {
  const onRecord = new Set(register.cases.map(({ id }) => id));
  const refused = new Set(driver.flatMap((entry) => (entry.what === 'refused' ? [entry.case] : [])));
  return histories
    .filter(({ case: id, status }) => !onRecord.has(id) && !(refused.has(id) && status === 'FAILED'))
    .map(({ case: id, status }) => ({
      kind: 'lost',
      case: id,
      says: `its workflow is ${status}, and it is not on record`,
    }));
}

/** All that was heard of one command, under one id. */
function commandFindings({ register, histories, outages }: Ledgers, asked: readonly AboutCommand[]): Finding[] {
  const [first] = asked;
  if (!first) return [];
  const { case: id, command } = first;
  const finding = (kind: Finding['kind'], says: string): Finding => ({
    kind,
    case: id,
    says: `${command} (${first.id}) ${says}`,
  });
  const findings: Finding[] = [];
  const answers = asked.filter((entry) => entry.what === 'answered');
  const refused = asked.find((entry) => entry.what === 'refused');
  const onRecord = register.commands.find((row) => row.case === id && row.id === first.id);
  const [answer] = answers;
  if (!answer && !refused) findings.push(finding('stuck', 'was never answered'));
  if (answer && !onRecord) findings.push(finding('lost', `was acknowledged as event ${answer.event}`));
  if (refused && !answer && onRecord)
    findings.push(finding('wrong', `is on record, and its giver was told: ${refused.because}`));
  if (answer && refused) findings.push(finding('doubled', `was answered, and then refused: ${refused.because}`));
  for (const other of answers)
    if (onRecord && other.event !== onRecord.event)
      findings.push(finding('doubled', `is event ${onRecord.event} on record, and was answered as ${other.event}`));
  const known = histories.find((history) => history.case === id)?.commandIds.has(first.id);
  if (answer && onRecord && !known) findings.push(finding('lost', 'stands in no history of its case'));
  const end = answer ?? refused;
  const calm = end ? calmWithin(outages, first.at, end.at) : 0;
  if (calm > patienceMs) findings.push(finding('late', `was answered after ${Math.round(calm / 1000)} s of calm`));
  return findings;
}

/** What a case was to ask of another one is on record there, or it says that it was in vain. */
function effectFindings({ register }: Ledgers, expected: ReadonlyMap<string, Expected>): Finding[] {
  const taken = new Set(register.commands.map(({ case: id, id: command }) => `${id} ${command}`));
  const inVain = new Set(
    register.events.flatMap(({ case: id, event }) => {
      const { case: of, command } = event as CaseEvent & Record<string, unknown>;
      return event.type === 'inVain' ? [`${id} ${String(of)} ${String(command)}`] : [];
    }),
  );
  return [...expected].flatMap(([id, { asked }]) =>
    asked
      .filter(({ key, of, command }) => !taken.has(`${of} ${key}`) && !inVain.has(`${id} ${of} ${command}`))
      .map(({ of, command }): Finding => ({ kind: 'lost', case: id, says: `it never told ${of} to ${command}` })),
  );
}

/** When each due instant that a case's clock has reached was put on record. */
export function lateness(ledgers: Ledgers): { readonly case: string; readonly due: string; readonly calmMs: number }[] {
  const recorded = new Map<string, RecordedEvent>();
  for (const each of ledgers.register.events) {
    const key = `${each.case} ${each.event.at}`;
    if (!each.event.commandId && !recorded.has(key)) recorded.set(key, each);
  }
  const seen = new Set<string>();
  return ledgers.driver.flatMap((entry) => {
    if (entry.what !== 'reached') return [];
    const key = `${entry.case} ${entry.due}`;
    const event = recorded.get(key);
    // Met or moved in that moment: then it is due no more.
    if (!event || seen.has(key)) return [];
    seen.add(key);
    return [{ case: entry.case, due: entry.due, calmMs: calmWithin(ledgers.outages, entry.at, event.recordedAt) }];
  });
}

const dueFindings = (ledgers: Ledgers): Finding[] =>
  lateness(ledgers)
    .filter(({ calmMs }) => calmMs > patienceMs)
    .map(({ case: id, due, calmMs }) => ({
      kind: 'late',
      case: id,
      says: `what was due at ${due} was put on record after ${Math.round(calmMs / 1000)} s of calm`,
    }));
