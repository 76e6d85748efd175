import type { Appointment } from '../appointment/state.ts';
import { inOrder } from '../edition/facts.ts';
import { dateOfActivity, type Edition } from '../edition/state.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import type { Kind } from '../kinds.ts';
import type { Facts, Subject } from '../lifecycle.ts';
import type { Meeting } from '../meeting/state.ts';
import type { Programme } from '../programme/state.ts';
import type { CooperationRequest } from '../request/state.ts';
import { dueDayOf } from '../visit/checklist.ts';
import { legOf, openItems } from '../visit/legs.ts';
import type { Act, Leg, Proposal, Visit } from '../visit/state.ts';
import { scheduleOf } from '../workshop/programme.ts';
import type { Workshop } from '../workshop/state.ts';
import { outcomeTold } from './meetings.ts';
import { hoursIn, type Parts, partOf, type Told } from './told.ts';

/** By the names of its facts, how a kind says those that rules make of several values. */
type FactsTold<S> = Readonly<Record<string, (subject: S) => readonly Told[]>>;

const ofVisit = (text: string, facts: Facts, parts?: Parts): Told => ({ ...partOf(text, facts, parts), kind: 'visit' });

const legTold = ({ number, country, from, to, places, counterpart, standing, ...hours }: Leg): Told =>
  ofVisit('leg', { leg: number, country, from, to, places, counterpart, standing }, hoursIn(hours, from));

const actTold = ({ act, leg, on, until, place, standing, handedTo, refused, ...hours }: Act): Told =>
  ofVisit(
    'act',
    { act, leg, on, until: until === on ? undefined : until, place, standing, to: handedTo, because: refused?.because },
    hoursIn(hours, on),
  );

const proposalTold = (visit: Visit, { number, leg, how, what, agency, actions }: Proposal): Told =>
  ofVisit('proposal', {
    number,
    leg,
    country: legOf(visit, leg)?.country,
    how,
    what,
    agency: agency && partyOfAgency(agency),
    actions,
  });

const visit: FactsTold<Visit> = {
  functions: ({ members }) =>
    members.map(({ person, function: as, legs }) =>
      ofVisit('function', { person: partyOfPerson(person), function: as, legs: legs.map(String) }),
    ),
  legs: ({ legs }) => legs.map(legTold),
  acts: ({ acts }) => acts.map(actTold),
  proposals: (known) => known.proposals.map((proposal) => proposalTold(known, proposal)),
  toPrepare: (known) =>
    openItems(known).map((item) =>
      ofVisit('toPrepare', {
        agency: partyOfAgency(item.agency),
        leg: item.leg,
        subject: item.subject,
        due: dueDayOf(known, item),
      }),
    ),
};

const meeting: FactsTold<Meeting> = {
  items: ({ items }) =>
    items.map(({ number, title, outcome, says }) => ({
      ...partOf('item', { agenda: `${number}. ${title}`, outcome, says }),
      kind: 'meeting',
    })),
};

const appointment: FactsTold<Appointment> = {
  promised: ({ promised }) =>
    promised.map(({ number, what, action, dropped }) => ({
      ...partOf('promised', { number, what, action, dropped }),
      kind: 'appointment',
    })),
};

const edition: FactsTold<Edition> = {
  activities: (known) =>
    inOrder(known).map((activity) => ({
      ...partOf('activity', {
        number: activity.number,
        title: activity.title,
        on: dateOfActivity(known, activity),
      }),
      kind: 'edition',
    })),
};

const request: FactsTold<CooperationRequest> = { outcomes: ({ outcomes }) => outcomes.map(outcomeTold) };

const programme: FactsTold<Programme> = {
  activities: ({ activities }) =>
    activities.map(({ form, title, onDay }) => ({ ...partOf('activity', { form, title, onDay }), kind: 'programme' })),
};

const workshop: FactsTold<Workshop> = {
  programme: (known) =>
    scheduleOf(known).map(({ number, title, day, at, minutes, presenter, speaker }) => ({
      ...partOf('talk', {
        number,
        title,
        day: known.from === known.to ? undefined : day,
        clock: at,
        minutes,
        presenter: speaker === undefined ? presenter : undefined,
        speaker,
      }),
      kind: 'workshop',
    })),
};

/** Each kind's own subject is known to itself alone. */
const all: Readonly<Partial<Record<string, FactsTold<Subject>>>> = {
  appointment,
  edition,
  meeting,
  programme,
  request,
  visit,
  workshop,
} satisfies Readonly<Partial<Record<Kind, unknown>>> as unknown as Readonly<Record<string, FactsTold<Subject>>>;

/** What is known of a case that rules make of several values, for readers of any language; by the names of its facts. */
export const factsTold = (kind: string, subject: Subject): Readonly<Record<string, readonly Told[]>> =>
  Object.fromEntries(Object.entries(all[kind] ?? {}).map(([name, told]) => [name, told(subject)]));
