import { asLine } from '../derived.ts';
import { hoursOf } from '../hours.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import type { CancelledEvent, CaseHeader, Effect, OpenedEvent, Stamp } from '../lifecycle.ts';
import { meetingTitle } from '../titles.ts';
import type { Opening } from './opening.ts';
import { type Committee, type CommitteeEvent, type ConvenedMeeting, nextHost, sitsOn } from './state.ts';

type Happened = (CommitteeEvent | OpenedEvent<Opening> | CancelledEvent) & Stamp;

/** What a meeting is given of the actions must fit into one opening, however long the committee has worked. */
const mostActionsOnAgenda = 200;
const longestTopicOnAgenda = 100;

export function effects(event: Happened, committee: Committee, header: CaseHeader): Effect[] {
  switch (event.type) {
    case 'nextMeetingAnnounced':
      return [
        { type: 'mail', text: 'committee.nextMeeting', to: partyOfPerson(header.coordinator) },
        { type: 'mail', text: 'committee.nextMeeting', to: partyOfAgency(nextHost(committee)) },
      ];
    case 'hostSwapped':
      return [event.host, event.insteadOf].map((side) => ({
        type: 'mail',
        text: 'committee.hostSwapped',
        to: partyOfAgency(side),
        facts: { insteadOf: partyOfAgency(event.insteadOf), why: event.told },
      }));
    case 'meetingConvened':
      return committee.convened ? [openMeeting(committee, committee.convened, header)] : [];
    case 'coChairChanged':
      return tellConvened(committee, 'changeCoChair', { side: event.side, person: event.person });
    case 'secretaryChanged':
      return tellConvened(committee, 'changeSecretary', { side: event.side, person: event.person });
    case 'actionRecorded':
      return tellConvened(committee, 'recordActionOpened', {
        action: event.action,
        topic: asLine(event.topic, longestTopicOnAgenda),
      });
    case 'actionClosed':
      return tellConvened(committee, 'recordActionClosed', { action: event.action, outcome: event.outcome });
    case 'suspended':
    case 'dissolved':
      return committee.sides.map((side) => ({
        type: 'mail',
        text: `committee.${event.type}`,
        to: partyOfAgency(side),
        facts: { why: event.told },
      }));
    case 'cancelled':
      return cancellations(committee);
    default:
      return [];
  }
}

const cancellations = ({ coChairs, secretaries }: Committee): Effect[] =>
  [...coChairs, ...secretaries].map((person) => ({
    type: 'mail',
    text: 'case.cancelled',
    to: partyOfPerson(person),
    isNew: true,
  }));

/** A meeting keeps its own list of people and open actions; what changes before it is held, it hears. */
const tellConvened = ({ convened }: Committee, command: string, input: Readonly<Record<string, string>>): Effect[] =>
  convened ? [{ type: 'tell', case: convened.meeting, command, input }] : [];

function openMeeting(committee: Committee, convened: ConvenedMeeting, header: CaseHeader): Effect {
  const { meeting, number, on, place, host, itemsBy, deferred } = convened;
  const actions = committee.openActions.slice(0, mostActionsOnAgenda);
  return {
    type: 'open',
    kind: 'meeting',
    slug: meeting.slice('meeting/'.length),
    title: meetingTitle(header.title, number),
    countries: header.countries,
    input: {
      committee: header.id,
      number,
      on,
      ...hoursOf(convened),
      place,
      host,
      sides: committee.sides,
      coChairs: committee.coChairs,
      secretaries: committee.secretaries,
      members: committee.members.filter(sitsOn(on)).map(({ person }) => person),
      ...(committee.lastMeeting ? { previous: committee.lastMeeting } : {}),
      openActions: actions.map(({ action }) => action),
      openTopics: actions.map(({ topic }) => asLine(topic, longestTopicOnAgenda)),
      deferred,
      ...(itemsBy ? { itemsBy } : {}),
      itemsBefore: committee.itemsBefore,
      agendaBefore: committee.agendaBefore,
      invitationsBefore: committee.invitationsBefore,
      minutesWorkingDays: committee.minutesWorkingDays,
      commentsWorkingDays: committee.commentsWorkingDays,
      signatureWorkingDays: committee.signatureWorkingDays,
    },
  };
}
