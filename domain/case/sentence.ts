import type { Lifecycle, Stamp } from '../lifecycle.ts';
import { namesAt, owedAmong, reminderLabel, spaced } from './label.ts';
import {
  type CaseEvent,
  type CaseState,
  type CommonEvent,
  deadlinesOf,
  plannedDeadlines,
  remindersOf,
} from './state.ts';
import { correctionsInWords } from './correction.ts';
import { extensionInWords, isOfExtension } from './extension.ts';
import { invitationInWords } from './invitation-commands.ts';
import { isOfSuccession, successionInWords } from './succession.ts';
import { resumedInWords, suspensionInWords } from './suspension.ts';

/** What happened, in one sentence; `state` is the case after the event. */
export function sentenceOf(lifecycle: Lifecycle, state: CaseState, event: CaseEvent): string {
  const rule = lifecycle.events[event.type];
  const said = rule ? rule.says(event, state.subject) : commonSentence(lifecycle, state, event as CommonEvent & Stamp);
  return [said, ...whyInWords(whyTold(event, true))].join(' ');
}

type Why = Pick<Stamp, 'reason' | 'told'> & { readonly type?: string };

/**
 * What somebody reads of the reason. Whoever keeps the case reads all of it; others only what letters say, and why
 * somebody does not come is told to the coordinator alone.
 */
export function whyTold({ reason, told, type }: Why, isWhole: boolean): Pick<Stamp, 'reason' | 'told'> {
  if (isWhole || !reason) return { ...(reason ? { reason } : {}), ...(told && told !== reason ? { told } : {}) };
  return told && type !== 'invitationAnswered' ? { reason: told } : {};
}

const whyInWords = ({ reason, told }: Pick<Stamp, 'reason' | 'told'>): readonly string[] => [
  ...(reason ? [`Reason: ${reason}`] : []),
  ...(told ? [`Told as the reason: ${told}`] : []),
];

/** The same of each of a case's events as the record says it; the log holds what was written down when it happened. */
export const sentencesOf =
  ({ lifecycle, state }: { readonly lifecycle: Lifecycle; readonly state: CaseState }) =>
  (event: CaseEvent): string => {
    const line = state.log[state.log.length - 1 - (state.number - event.number)];
    return line?.says ?? sentenceOf(lifecycle, state, event);
  };

/** The same sentence for those to whom no reason is told that is for the record: the other side reads what its letters say. */
export function sentenceForOthers(says: string, why: Why): string {
  const inside = why.reason ? says.lastIndexOf(` Reason: ${why.reason}`) : -1;
  return inside < 0 ? says : [says.slice(0, inside), ...whyInWords(whyTold(why, false))].join(' ');
}

function commonSentence(lifecycle: Lifecycle, state: CaseState, event: CommonEvent & Stamp): string {
  if (isOfSuccession(event)) return successionInWords(event);
  const owed = (name: string): string => owedAmong(deadlinesOf(lifecycle, state), name);
  if (isOfExtension(event)) return extensionInWords(event, owed(event.deadline));
  if (event.type === 'invitationAnswered') return invitationInWords(event);
  switch (event.type) {
    case 'opened':
      return `${lifecycle.opening.says}: ${state.title}.`;
    case 'planned':
      return plansInWords(event.plans, owed);
    case 'reminded':
      return `${reminderOf(lifecycle, state, event, owed(event.deadline))}.${missedInWords(event)}`;
    case 'deadlinePassed':
      return `The due date has passed: ${owed(event.deadline)}.`;
    case 'deadlineMoved':
      return `The due date was moved to ${event.to}: ${owed(event.deadline)}.`;
    case 'replanned':
      return `Planned anew by the calendars of today: ${event.deadlines.map(owed).join('; ')}.`;
    case 'caseSuspended':
      return suspensionInWords(event);
    case 'caseResumed':
      return resumedInWords(event, owed);
    case 'factsCorrected':
      return correctionsInWords(event);
    case 'coordinatorChanged':
      return `${event.coordinator} coordinates from now on.`;
    case 'noted':
      return `Note: ${event.note}`;
    case 'undelivered':
      return `A message to ${event.to} was not delivered (${spaced(event.state)}): ${event.why}`;
    case 'sentAgain':
      return `The message ${event.message} is sent again.`;
    case 'inVain':
      return `${event.case} did not take "${spaced(event.command)}": ${event.because}`;
    case 'personErased':
      return `${event.pseudonym} stands for somebody who was erased.`;
    case 'cancelled':
      return 'The case was cancelled.';
    default:
      return refusingUnknownEvent(event);
  }
}

const namedPlans = 4;

/** A visit with a checklist plans dozens at once, which nobody would read. */
function plansInWords(
  plans: Extract<CommonEvent, { type: 'planned' }>['plans'],
  owed: (name: string) => string,
): string {
  if (plans.length <= namedPlans)
    return plans.map(({ deadline, due, zone }) => `Due date set to ${due} (${zone}): ${owed(deadline)}.`).join(' ');
  const days = plans.map(({ due }) => due).sort();
  return `${plans.length} due dates set, from ${days[0]} to ${days.at(-1)}.`;
}

const missedInWords = ({ missed }: Extract<CommonEvent, { type: 'reminded' }>): string =>
  missed.length > 0 ? ` It stands for ${missed.length + 1} reminders that could not go out in time.` : '';

function reminderOf(
  lifecycle: Lifecycle,
  state: CaseState,
  event: Extract<CommonEvent, { type: 'reminded' }>,
  owed: string,
): string {
  const deadline = plannedDeadlines(lifecycle, state).find(({ name }) => name === event.deadline);
  const rung = deadline?.standing.plan.rungs.find(({ number }) => number === event.rung);
  return deadline && rung
    ? reminderLabel(remindersOf(deadline).sent, namesAt(rung.to, deadline.owedBy), deadline.standing.plan.due, owed)
    : `Reminder ${event.rung}: ${owed}`;
}

/** The compiler asks for every event; a history with an unknown one must stop rather than be misread. */
export function refusingUnknownEvent(event: never): never {
  throw new Error(`Unknown event: ${JSON.stringify(event)}`);
}
