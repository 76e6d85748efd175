import { refuseBefore, refuseDay, refuseTooFar } from '../date-rules.ts';
import { taskFields } from '../action/state.ts';
import { count, line, listOf, person, slug, text, pastDate } from '../fields.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { slugUnder } from '../derived.ts';
import { command, type Item, type Meeting, ofItem } from './state.ts';

/** The outcome of an item is recorded in the meeting or after it, and may be put right after an objection. */
const deliberating = ['agendaAdopted', 'held', 'objected'];
const afterwards = ['held', 'minutesCirculated', 'objected', 'minutesAgreed', 'minutesSigned'];

const item = count.min(1).describe('the number of the item on the agenda');

export const attendanceFields = {
  attended: listOf(person).min(1, 'needs at least one person').describe('who attended'),
  excused: listOf(person).default([]).describe('who was excused'),
  guests: listOf(line).default([]).describe('others who attended, with their office'),
  inThePresenceOf: listOf(line).default([]).describe('in whose presence: name and office'),
};

/** Commands of the meeting itself: opening, attendance, what became of each item, and the actions that follow. */
export const session = {
  adoptAgenda: command({
    says: 'Open the meeting: its agenda is adopted',
    by: ['coChair', 'secretary', 'coordinator'],
    from: ['agendaCirculated'],
    to: ['agendaAdopted'],
    input: { on: pastDate.optional().describe('the day; without it, the day of the meeting') },
    decide: ({ on }, { items, on: day, agendaCirculatedOn }, { today }) => {
      const adopted = on ?? day;
      if (items.length === 0)
        return refuse('NotReady', 'There is nothing on the agenda to adopt; propose an item first (`propose-item`).');
      return (
        refuseDay('on', adopted, today, { on: agendaCirculatedOn, what: 'the day the agenda was circulated' }) ?? [
          { type: 'agendaAdopted', on: adopted },
        ]
      );
    },
  }),
  recordHeld: command({
    says: 'Record that the meeting was held, and who was there',
    by: ['secretary', 'coordinator'],
    from: ['agendaAdopted'],
    to: ['held'],
    input: {
      on: pastDate.optional().describe('the day it ended; without it, the day the agenda was adopted'),
      ...attendanceFields,
    },
    decide: ({ on, ...attendance }, { agendaAdoptedOn = '' }, { today }) => {
      const heldOn = on ?? agendaAdoptedOn;
      const both = attendance.attended.find((id) => attendance.excused.includes(id));
      if (both) return refuse('SamePerson', `${both} cannot have attended and been excused; name them once.`);
      return (
        refuseDay('on', heldOn, today, { on: agendaAdoptedOn, what: 'the day the agenda was adopted' }) ?? [
          { type: 'held', on: heldOn, ...attendance },
        ]
      );
    },
  }),
  decide: command({
    says: 'Record the decision on an item; on the previous minutes it confirms them',
    by: ['secretary', 'coordinator'],
    from: deliberating,
    input: { item, decision: text.describe('what was decided, as the agreed minutes print it') },
    decide: ({ item: number, decision }, meeting, { reason }) =>
      ofOpenItem(meeting, number, reason, ({ outcome }) => [
        { type: 'decided', item: number, decision, again: outcome === 'decided' },
      ]),
  }),
  recordDiscussed: command({
    says: 'Record that an item was discussed without a decision',
    by: ['secretary', 'coordinator'],
    from: deliberating,
    input: {
      item,
      summary: text.optional().describe('the gist of it, as the agreed minutes print it'),
    },
    decide: ({ item: number, summary }, meeting, { reason }) =>
      ofOpenItem(meeting, number, reason, () => [{ type: 'discussed', item: number, summary }]),
  }),
  defer: command({
    says: 'Defer an item to the next meeting; the reason stays on record here and is not printed',
    by: ['secretary', 'coordinator'],
    from: deliberating,
    reason: 'required',
    input: {
      item,
      minuted: text.optional().describe('what the agreed minutes print of it, for both sides to read'),
    },
    decide: ({ item: number, minuted = '' }, meeting, { reason }) =>
      ofOpenItem(meeting, number, reason, ({ outcome }) =>
        outcome === 'deferred'
          ? refuse('AlreadyDone', `Item ${number} is deferred already.`)
          : [{ type: 'deferred', item: number, minuted }],
      ),
  }),
  openAction: command({
    says: 'Open a follow-up action that the meeting decided; it becomes a case of its own',
    by: ['secretary', 'coordinator'],
    from: afterwards,
    input: {
      ...taskFields,
      decision: count.min(1).optional().describe('the number of the item whose decision it carries out'),
      id: slug.optional().describe('the id of the action; without it, the id of the meeting and a number'),
    },
    decide: ({ id, ...task }, meeting, { header, today }) => {
      const action = `action/${id ?? slugUnder(header.id, `${meeting.actions.length + 1}`)}`;
      if (meeting.actions.includes(action))
        return refuse('AlreadyDone', `${action} was opened already; give the new action an id of its own (\`id\`).`);
      return (
        refuseBefore('due', task.due, 'the meeting', meeting.heldOn) ??
        refuseTooFar('due', task.due, today) ??
        (task.decision === undefined ? undefined : refuseNoDecision(meeting, task.decision)) ?? [
          { type: 'actionOpened', action, ...task },
        ]
      );
    },
  }),
};

/** An outcome on record is put right with a reason only. */
function ofOpenItem<T>(
  meeting: Meeting,
  number: number,
  reason: string | undefined,
  answer: (item: Item) => T,
): T | Refusal {
  return ofItem(meeting, number, (item) =>
    item.outcome && !reason
      ? refuse('AlreadyDone', `Item ${number} is on record as ${item.outcome}; to put it right, give a reason.`)
      : answer(item),
  );
}

const refuseNoDecision = (meeting: Meeting, number: number): Refusal | undefined =>
  ofItem(meeting, number, ({ outcome }) =>
    outcome === 'decided'
      ? undefined
      : refuse('Undecided', `Item ${number} has no decision on record; record it first (\`decide\`).`),
  );
