import { refuseBefore, refuseDay, refuseTooFar } from '../date-rules.ts';
import { agency, count, date, line, listOf, person, slug, text, pastDate } from '../fields.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { slugUnder } from '../derived.ts';
import { command, type Item, type Meeting, refuseUnknownItem } from './state.ts';

/** The outcome of an item is recorded in the meeting or after it, and may be put right after an objection. */
const deliberating = ['agendaAdopted', 'held', 'objected'];
const afterwards = ['held', 'minutesCirculated', 'objected', 'minutesAgreed', 'minutesSigned'];

const item = count.min(1).describe('the number of the item on the agenda');

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
      attended: listOf(person).min(1, 'needs at least one person').describe('who attended'),
      excused: listOf(person).default([]).describe('who was excused'),
      guests: listOf(line).default([]).describe('others who attended, with their office'),
      inThePresenceOf: listOf(line).default([]).describe('in whose presence: name and office'),
    },
    decide: ({ on, attended, excused, guests, inThePresenceOf }, { agendaAdoptedOn = '' }, { today }) => {
      const heldOn = on ?? agendaAdoptedOn;
      const both = attended.find((id) => excused.includes(id));
      if (both) return refuse('SamePerson', `${both} cannot have attended and been excused; name them once.`);
      return (
        refuseDay('on', heldOn, today, { on: agendaAdoptedOn, what: 'the day the agenda was adopted' }) ?? [
          { type: 'held', on: heldOn, attended, excused, guests, inThePresenceOf },
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
      topic: line.describe('what is to be done'),
      owner: agency.describe('the agency that has to do it'),
      due: date.describe('when it is due'),
      decision: count.min(1).optional().describe('the number of the item whose decision it carries out'),
      id: slug.optional().describe('the id of the action; without it, the id of the meeting and a number'),
    },
    decide: ({ topic, owner, due, decision, id }, meeting, { header, today }) => {
      const action = `action/${id ?? slugUnder(header.id, `${meeting.actions.length + 1}`)}`;
      if (meeting.actions.includes(action))
        return refuse('AlreadyDone', `${action} was opened already; give the new action an id of its own (\`id\`).`);
      return (
        refuseBefore('due', due, 'the meeting', meeting.heldOn) ??
        refuseTooFar('due', due, today) ??
        (decision === undefined ? undefined : refuseNoDecision(meeting, decision)) ?? [
          { type: 'actionOpened', action, topic, owner, due, decision },
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
  const found = meeting.items.find((each) => each.number === number);
  if (!found) return refuseUnknownItem(meeting, number);
  if (found.outcome && !reason)
    return refuse('AlreadyDone', `Item ${number} is on record as ${found.outcome}; to put it right, give a reason.`);
  return answer(found);
}

function refuseNoDecision(meeting: Meeting, number: number): Refusal | undefined {
  const found = meeting.items.find((each) => each.number === number);
  if (!found) return refuseUnknownItem(meeting, number);
  return found.outcome === 'decided'
    ? undefined
    : refuse('Undecided', `Item ${number} has no decision on record; record it first (\`decide\`).`);
}
