import { hoursToTell, tellVisit } from '../act.ts';
import { asNew, carrying } from '../letters.ts';
import { dayOf } from '../dates.ts';
import { asLine } from '../derived.ts';
import { type Party, partyOfAgency, partyOfPerson } from '../fields.ts';
import type { CancelledEvent, CaseHeader, Effect, Facts, OpenedEvent, Stamp } from '../lifecycle.ts';
import { owed } from './deadlines.ts';
import type { Opening } from './opening.ts';
import { hostSecretary, type Meeting, type MeetingEvent, unsigned } from './state.ts';
import { standingFor } from '../committee/sides.ts';

type Happened = (MeetingEvent | OpenedEvent<Opening> | CancelledEvent) & Stamp;

const longestLine = 300;

export const effects = (event: Happened, meeting: Meeting, header: CaseHeader): Effect[] => [
  ...mails(event, meeting),
  ...newsToSecretary(event, meeting, header),
  ...newsToCoChair(event, meeting, header),
  ...reports(event, meeting, header),
  ...visitReports(event, meeting, header),
  ...(event.type === 'actionOpened' ? [openAction(event, meeting, header)] : []),
  ...newsToSignatories(event, meeting),
];

const sidesOf = ({ sides }: Meeting): Party[] => sides.map(partyOfAgency);

/** Everybody who attends: the sides, and each of their people once. */
export const everybody = (meeting: Meeting): Party[] => [
  ...sidesOf(meeting),
  ...new Set([...meeting.coChairs, ...meeting.secretaries, ...meeting.members].map(partyOfPerson)),
];

/** Those who know of the date: before the invitations these are the sides alone. */
const told = (meeting: Meeting): Party[] => (meeting.invitedOn ? everybody(meeting) : sidesOf(meeting));

const mail = (name: string, recipients: readonly Party[], facts: Facts = {}, answerBy?: string): Effect[] =>
  recipients.map((to) => ({ type: 'mail', text: `meeting.${name}`, to, facts, ...(answerBy ? { answerBy } : {}) }));

/** An agenda in a sentence: lists of facts are joined by "and", which an agenda is not. */
const agendaOf = ({ items }: Meeting): Facts => ({
  agenda: `${items.map(({ number, title }) => `${number}. ${title}`).join('; ')}.`,
});

const sidesAndSecretaries = (meeting: Meeting) => [...sidesOf(meeting), ...meeting.secretaries.map(partyOfPerson)];

function mails(event: Happened, meeting: Meeting): Effect[] {
  switch (event.type) {
    case 'opened':
      return announcement(meeting, dayOf(event.at));
    case 'agendaCirculated':
      return carrying(meeting.papers, mail('agendaCirculated', everybody(meeting), agendaOf(meeting)));
    case 'minutesCirculated':
      return carrying(
        [meeting.document],
        meeting.sides.flatMap((side) => mail('minutesToComment', [partyOfAgency(side)], {}, `comment:${side}`)),
      );
    case 'objected':
      return mail(
        'objection',
        meeting.secretaries.map(partyOfPerson),
        { side: partyOfAgency(event.side), why: event.told },
        `draftMinutes:${meeting.draft + 1}`,
      );
    case 'minutesAgreed':
      return carrying(
        [meeting.document],
        unsigned(meeting).flatMap((side) =>
          mail(
            'toSign',
            [partyOfPerson(standingFor(meeting.sides, meeting.coChairs, side))],
            { side: partyOfAgency(side) },
            `sign:${side}`,
          ),
        ),
      );
    case 'reopened':
      return mail('reopened', sidesAndSecretaries(meeting), { newMinutes: event.newMinutes ? 'yes' : 'no' });
    case 'signaturesComplete':
      return mail('minutesSigned', sidesAndSecretaries(meeting));
    default:
      return newsOfItsDay(event, meeting);
  }
}

/** That it takes place, at what hour, on another day, or not at all. */
function newsOfItsDay(event: Happened, meeting: Meeting): Effect[] {
  switch (event.type) {
    case 'invited':
      return mail('invitation', everybody(meeting), agendaOf(meeting));
    case 'timeSet':
      return mail('timeSet', told(meeting));
    case 'postponed':
      return mail('postponed', told(meeting), { from: event.from, why: event.told });
    case 'cancelled':
      return meeting.heldOn ? [] : mail('cancelled', told(meeting), { why: event.told });
    default:
      return [];
  }
}

/** Invited at once when it is time, else asked for items; a meeting recorded afterwards needs neither. */
function announcement(meeting: Meeting, today: string): Effect[] {
  if (meeting.on < today) return [];
  return meeting.invitedOn
    ? mail('invitation', everybody(meeting), agendaOf(meeting))
    : mail('callForItems', sidesOf(meeting), agendaOf(meeting));
}

/** Whoever takes over as the host's secretary hears what is now theirs, and by when. */
function newsToSecretary(event: Happened, meeting: Meeting, header: CaseHeader): Effect[] {
  if (event.type !== 'secretaryChanged' || hostSecretary(meeting) !== event.person) return [];
  const name = owedBySecretary(meeting, header);
  if (!name) return [];
  const facts = { side: partyOfAgency(event.side), owes: name.split(':')[0] };
  return mail('secretaryNamed', [partyOfPerson(event.person)], facts, name).map((letter) => ({
    ...letter,
    isNew: true,
  }));
}

/** The deadline that the secretary of the host has to meet next; what they have to sign, they sign as co-chair. */
function owedBySecretary(meeting: Meeting, header: CaseHeader): string | undefined {
  const secretary = partyOfPerson(hostSecretary(meeting));
  return owed.deadlines(meeting, header).find(({ name, owedBy }) => owedBy === secretary && !name.startsWith('sign:'))
    ?.name;
}

/** Whoever takes over as co-chair of a side that has not signed yet gets the minutes to sign, as those before them did. */
function newsToCoChair(event: Happened, meeting: Meeting, header: CaseHeader): Effect[] {
  if (event.type !== 'coChairChanged') return [];
  const signature = `sign:${event.side}`;
  if (!owed.deadlines(meeting, header).some(({ name }) => name === signature)) return [];
  const letters = mail('toSign', [partyOfPerson(event.person)], { side: partyOfAgency(event.side) }, signature);
  return carrying([meeting.document], letters).map((letter) => ({ ...letter, isNew: true }));
}

/** Whoever was asked to sign the minutes hears that all have; 0.2.1 told the sides and the secretaries alone. */
function newsToSignatories(event: Happened, meeting: Meeting): Effect[] {
  if (event.type !== 'signaturesComplete') return [];
  const told = sidesAndSecretaries(meeting);
  const coChairs = [...new Set(meeting.coChairs.map(partyOfPerson))].filter((each) => !told.includes(each));
  return asNew(mail('minutesSigned', coChairs));
}

/** What the committee, the previous meeting and the open actions hear. */
function reports(event: Happened, meeting: Meeting, { id }: CaseHeader): Effect[] {
  const { committee, number, previous, heldOn, agendaAdoptedOn, items, openActions } = meeting;
  const tell = (to: string, command: string, input: Readonly<Record<string, unknown>>): Effect[] => [
    { type: 'tell', case: to, command, input: { meeting: id, ...input } },
  ];
  switch (event.type) {
    case 'postponed':
      return tell(committee, 'recordMeetingPostponed', { on: event.to });
    case 'cancelled':
      return heldOn ? [] : tell(committee, 'recordMeetingCancelled', { number });
    case 'agendaCirculated':
      return openActions.flatMap(({ action }) => tell(action, 'carryOver', {}));
    case 'held':
      return tell(committee, 'recordMeetingHeld', { number, on: event.on });
    case 'decided': {
      const isPrevious = items.some((item) => item.number === event.item && item.subject === 'previousMinutes');
      return previous && isPrevious && !event.again
        ? tell(previous, 'confirmMinutes', { on: heldOn ?? agendaAdoptedOn })
        : [];
    }
    case 'signaturesComplete':
      return tell(committee, 'recordMinutesSigned', {
        on: event.on,
        deferred: items
          .filter(({ outcome, subject }) => outcome === 'deferred' && !recurring(subject))
          .map(({ title }) => title),
      });
    default:
      return [];
  }
}

/** What the visit hears of which the meeting is an act. */
function visitReports(event: Happened, meeting: Meeting, header: CaseHeader): Effect[] {
  const { on, endsOn: until, place, heldOn } = meeting;
  switch (event.type) {
    case 'visitJoined':
    case 'postponed':
    case 'timeSet':
      return tellVisit(meeting, header, { standing: 'planned', on, until, place, ...hoursToTell(meeting) });
    case 'held':
      return tellVisit(meeting, header, { standing: 'done', on: event.on, place });
    case 'cancelled':
      return heldOn ? [] : tellVisit(meeting, header, { standing: 'cancelled', on, place });
    default:
      return [];
  }
}

/** These stand on every agenda anyway. */
const recurring = (subject: string | undefined): boolean => subject === 'previousMinutes' || subject === 'openActions';

type ActionOpened = Extract<MeetingEvent, { type: 'actionOpened' }>;

function openAction(
  { action, topic, owner, due, decision }: ActionOpened,
  meeting: Meeting,
  header: CaseHeader,
): Effect {
  const decided = meeting.items.find(({ number }) => number === decision);
  return {
    type: 'open',
    kind: 'action',
    slug: action.slice('action/'.length),
    title: topic,
    countries: header.countries,
    input: {
      topic,
      owner,
      due,
      decidedOn: meeting.heldOn,
      committee: meeting.committee,
      meeting: header.id,
      coChairs: meeting.coChairs,
      ...(decided ? { decision: asLine(`${decided.number}. ${decided.says ?? decided.title}`, longestLine) } : {}),
    },
  };
}
