import { deadlineNamed } from '../deadline-name.ts';
import type { Correction, CorrectionEvent } from '../case/correction.ts';
import { nextDue } from '../case/due.ts';
import { type CaseState, type CommonEvent, type OpenDeadline, plannedDeadlines, remindersOf } from '../case/state.ts';
import type { Stamp } from '../lifecycle.ts';
import { partyOfPerson } from '../fields.ts';
import type { Level, Plan } from '../ladder.ts';
import type { Facts, Lifecycle } from '../lifecycle.ts';
import { deadlineTold, type Detail, owedTold, partOf, type Parts, type Told } from './told.ts';

/** What is owed under a name, and by whom while it is. */
export function deadlineIn(lifecycle: Lifecycle, state: CaseState, name: string): Told {
  const owed = plannedDeadlines(lifecycle, state).find((each) => each.name === name);
  return owedTold(deadlineTold(lifecycle.kind, owed ?? deadlineNamed(name), owed?.facts), owed?.owedBy);
}

const ofCase = [
  'opened',
  'planned',
  'reminded',
  'deadlinePassed',
  'deadlineMoved',
  'extensionGranted',
  'extensionRefused',
  'extensionAsked',
  'replanned',
  'caseResumed',
] as const satisfies readonly CommonEvent['type'][];

type OfCase = Extract<CommonEvent, { readonly type: (typeof ofCase)[number] }>;

/** Whether what is said of an event takes the case as it stood after it. */
export const takesCase = <S extends object>(event: CommonEvent & S): event is OfCase & S =>
  (ofCase as readonly string[]).includes(event.type);

/** What an event of any kind of case says; `state` is the case after it. */
export function commonDetail(lifecycle: Lifecycle, state: CaseState, event: CommonEvent & Stamp): Detail {
  if (!takesCase(event)) return detailAlone(lifecycle, event);
  const deadline = (name: string): Parts => ({ deadline: [deadlineIn(lifecycle, state, name)] });
  const planned = (name: string, due: string): Told => partOf('plan', { due }, deadline(name));
  switch (event.type) {
    case 'opened':
      return { facts: { title: state.title, id: state.id } };
    case 'planned':
      return plansIn(event.plans, planned);
    case 'reminded':
      return remindedIn(lifecycle, state, event);
    case 'deadlinePassed':
    case 'deadlineMoved':
    case 'extensionGranted':
    case 'extensionRefused':
      return { parts: deadline(event.deadline) };
    case 'extensionAsked':
      return { facts: { askedBy: partyOfPerson(event.by) }, parts: deadline(event.deadline) };
    case 'replanned':
      return { parts: { deadlines: event.deadlines.map((name) => deadlineIn(lifecycle, state, name)) } };
    case 'caseResumed':
      return { parts: { plans: Object.entries(event.due).map(([name, due]) => planned(name, due)) } };
  }
}

/** Of one that says the same whatever becomes of the case. */
export const detailAlone = ({ kind }: Lifecycle, event: CommonEvent): Detail =>
  event.type === 'factsCorrected' ? correctedIn(kind, event) : { facts: namedIn(event) };

/** Those whom an event of any kind of case names under another name than texts do. */
function namedIn(event: CommonEvent): Facts {
  switch (event.type) {
    case 'personErased':
      return { person: partyOfPerson(event.pseudonym) };
    case 'invitationAnswered':
      return { invitee: event.who };
    case 'successorNamed':
      return { person: partyOfPerson(event.successor), leaver: partyOfPerson(event.person) };
    case 'personLeft':
    case 'personStays':
    case 'personSucceeded':
    case 'roleLeftVacant':
      return { leaver: partyOfPerson(event.person) };
    default:
      return {};
  }
}

const namedPlans = 4;

/** A visit with a checklist plans dozens at once, which nobody would read. */
function plansIn(plans: readonly Plan[], told: (name: string, due: string) => Told): Detail {
  const days = plans.map(({ due }) => due).sort();
  return plans.length <= namedPlans
    ? { parts: { plans: plans.map(({ deadline, due }) => told(deadline, due)) } }
    : { facts: { count: plans.length, from: days[0], to: days.at(-1) } };
}

function remindedIn(
  lifecycle: Lifecycle,
  state: CaseState,
  { deadline: name, rung: number, missed }: Extract<CommonEvent, { type: 'reminded' }>,
): Detail {
  const owed = plannedDeadlines(lifecycle, state).find((each) => each.name === name);
  const rung = owed?.standing.plan.rungs.find((each) => each.number === number);
  const parts = { deadline: [deadlineIn(lifecycle, state, name)] };
  if (!owed || !rung) return { facts: { nth: number, count: missed.length + 1 }, parts };
  const { sent } = remindersOf(owed);
  return {
    facts: { nth: sent, count: missed.length + 1, due: owed.standing.plan.due },
    parts: { ...parts, recipients: recipientsIn(state, owed, rung.to) },
  };
}

/** What a case does next by itself: it reminds, or a day passes. */
export function nextTold(lifecycle: Lifecycle, state: CaseState): Told | undefined {
  const next = nextDue(lifecycle, state);
  if (!next) return undefined;
  const { deadline: owed, rung } = next;
  const { due } = owed.standing.plan;
  const deadline = [deadlineIn(lifecycle, state, owed.name)];
  if (!rung) return partOf('passing', { due }, { deadline });
  const facts = { nth: remindersOf(owed).sent + 1, count: 1, due };
  const parts = { deadline, recipients: recipientsIn(state, owed, rung.to) };
  return { kind: lifecycle.kind, text: 'events.reminded', facts, parts };
}

const recipientsIn = (
  { coordinator }: CaseState,
  { owedBy = partyOfPerson(coordinator) }: OpenDeadline,
  levels: readonly Level[],
): readonly Told[] => levels.map((level) => levelIn(level, owedBy));

const levelIn = (level: Level, owner: string): Told => partOf(level, level === 'owner' ? { owedBy: owner } : {});

const correctedIn = (kind: string, { corrections, heldBy = [] }: CorrectionEvent): Detail => ({
  parts: {
    corrections: corrections.map((each) => ({ ...correctionIn(each), kind })),
    held: heldBy.map(({ case: id, facts }) => partOf('held', { case: id, changed: facts })),
  },
});

/** As letters say it: values are said by the type of the fact that stands in `corrected`. */
const correctionIn = ({ fact, was, is }: Correction): Told =>
  partOf('correction', {
    corrected: [fact],
    right: [asText(is)],
    ...(was === undefined ? {} : { wrong: [asText(was)] }),
  });

const asText = (known: string | readonly string[]): string => (typeof known === 'string' ? known : known.join(' '));
