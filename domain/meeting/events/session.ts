import { taskFields } from '../../action/state.ts';
import { changedIn } from '../../numbered.ts';
import { tellVisit } from '../../act.ts';
import { dayOf } from '../../dates.ts';
import { asLine } from '../../derived.ts';
import { type CaseHeader, nobodyHears } from '../../lifecycle.ts';
import { withOneMore } from '../../lists.ts';
import { openCase, tellCase } from '../../other-cases.ts';
import { namesOf, pick } from '../../parts.ts';
import { attendanceFields } from '../session.ts';
import { mail, sidesAndSecretaries } from '../letters.ts';
import { eventRules, type Item, type Meeting, type MeetingEvent } from '../state.ts';

const longestLine = 300;

const listed = (what: string, names: readonly string[]): string =>
  names.length > 0 ? ` ${what}: ${names.join(', ')}.` : '';

const withItem = (meeting: Meeting, number: number, change: (item: Item) => Item): Meeting => ({
  ...meeting,
  items: changedIn(meeting.items, number, change),
});

export const sessionEvents = eventRules({
  held: {
    says: ({ on, attended, excused, guests, inThePresenceOf }) =>
      `Held on ${on}.${listed('Attended', [...attended, ...guests])}${listed('Excused', excused)}${listed('In the presence of', inThePresenceOf)}`,
    evolve: (meeting, { on, ...event }) => ({
      ...meeting,
      stage: 'held',
      heldOn: on,
      ...pick(event, ...namesOf(attendanceFields)),
    }),
    follows: ({ on }, meeting, header) => {
      const { committee, number, place } = meeting;
      return [
        ...tellCase(committee, 'recordMeetingHeld', { meeting: header.id, number, on }),
        ...tellVisit(meeting, header, { standing: 'done', on, place }),
      ];
    },
  },
  decided: {
    says: ({ item, decision }) => `Item ${item} decided: ${decision}`,
    evolve: (meeting, { item, decision }) =>
      withItem(meeting, item, (each) => ({ ...each, outcome: 'decided', says: decision })),
    follows: ({ item, again }, { previous, items, heldOn, agendaAdoptedOn }, { id }) => {
      const isPrevious = items.some(({ number, subject }) => number === item && subject === 'previousMinutes');
      return previous && isPrevious && !again
        ? tellCase(previous, 'confirmMinutes', { meeting: id, on: heldOn ?? agendaAdoptedOn })
        : [];
    },
  },
  discussed: {
    says: ({ item, summary }) => `Item ${item} discussed${summary ? `: ${summary}` : '.'}`,
    evolve: (meeting, { item, summary }) =>
      withItem(meeting, item, ({ says: _, ...each }) => ({
        ...each,
        outcome: 'discussed',
        ...(summary ? { says: summary } : {}),
      })),
    follows: nobodyHears,
  },
  deferred: {
    says: ({ item }) => `Item ${item} deferred to the next meeting.`,
    // Minutes of earlier versions printed the reason; those of such events still do.
    evolve: (meeting, { item, minuted, reason = '' }) =>
      withItem(meeting, item, (each) => ({ ...each, outcome: 'deferred', says: minuted ?? reason })),
    follows: nobodyHears,
  },
  actionOpened: {
    says: ({ action, topic, owner, due }) => `${action} opened for ${owner}, due ${due}: ${topic}.`,
    evolve: (meeting, { action }) => withOneMore(meeting, 'actions', action),
    follows: openAction,
  },
  reopened: {
    says: ({ newMinutes }) => `The meeting is open again${newMinutes ? '; new minutes are to be drafted' : ''}.`,
    evolve: (meeting, { newMinutes, at }) =>
      newMinutes ? forNewMinutes(meeting, dayOf(at)) : { ...meeting, stage: 'minutesSigned' },
    follows: ({ newMinutes }, meeting) =>
      mail('reopened', sidesAndSecretaries(meeting), { newMinutes: newMinutes ? 'yes' : 'no' }),
  },
  closed: {
    says: () => 'The meeting is closed.',
    evolve: (meeting) => ({ ...meeting, stage: 'closed' }),
    follows: nobodyHears,
  },
});

/** Agreement and signatures were given to minutes that are no longer those of the meeting. */
const forNewMinutes = (
  { agreedOn: _agreed, signedOn: _signed, confirmedBy: _confirmed, ...meeting }: Meeting,
  day: string,
): Meeting => ({ ...meeting, stage: 'held', reopenedOn: day, consents: {}, signatures: {} });

type ActionOpened = Extract<MeetingEvent, { type: 'actionOpened' }>;

function openAction({ action, decision, ...event }: ActionOpened, meeting: Meeting, header: CaseHeader) {
  const { heldOn: decidedOn, committee, coChairs, items } = meeting;
  const decided = items.find(({ number }) => number === decision);
  return openCase(action, event.topic, header.countries, {
    ...pick(event, ...namesOf(taskFields)),
    decidedOn,
    committee,
    meeting: header.id,
    coChairs,
    ...(decided ? { decision: asLine(`${decided.number}. ${decided.says ?? decided.title}`, longestLine) } : {}),
  });
}
