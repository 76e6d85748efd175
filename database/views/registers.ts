import type { Kind } from '../../domain/kinds.ts';
import type { Leg } from '../../domain/visit/state.ts';
import type { CaseTable } from '../schema.ts';
import { type Column, column, columnsOf, list, text } from './columns.ts';

/** A view with what it shows of each case: columns of the table first, then those that are named here. */
interface View {
  readonly says: string;
  readonly standing: readonly (keyof CaseTable)[];
  readonly shows: Readonly<Record<string, Column<unknown>>>;
  readonly where: string;
}

const standing = ['id', 'title', 'stage', 'countries', 'coordinator', 'owner', 'late', 'next_due'] as const;
const sinceOpened = [...standing, 'opened_at'] as const;
const untilClosed = [...sinceOpened, 'closed_at'] as const;

const ofKind = (kind: Kind): string => `kind = '${kind}'`;
const openOf = (kind: Kind): string => `${ofKind(kind)} and closed_at is null`;

const request = columnsOf('request');
const mou = columnsOf('mou');
const committee = columnsOf('committee');
const action = columnsOf('action');
const visit = columnsOf('visit');
const workshop = columnsOf('workshop');
const programme = columnsOf('programme');
const edition = columnsOf('edition');

const unconfirmed: readonly Leg['standing'][] = ['asked', 'declined'];

/** The legs that are shown, in the order of those that the case knows. */
const unconfirmedLegs = `(select coalesce(jsonb_agg(shown.leg order by place), '[]')
  from jsonb_array_elements(${list<'visit'>('legs')}) with ordinality as shown (leg, place)
  join jsonb_array_elements(state->'subject'->'legs') with ordinality as known (leg, place) using (place)
  where known.leg->>'standing' in (${unconfirmed.map((each) => `'${each}'`).join(', ')}))`;

/** The deadline knows holidays and moved dates; the weekday is what the text gives, and can be indexed. */
const decideBy = `coalesce((select due::text from deadlines
  where case_id = cases.id and what = 'decide' and item = ${text<'mou'>('term')}), ${text<'mou'>('decideBy')})`;

/**
 * The day on which something takes place, by what the facts of a case of any kind are called: it lies ahead or is under way
 * until they say that it was. The index `cases_coming` is over the same.
 */
const comingDay = `(case when coalesce(${[text<Kind>('heldOn'), text<Kind>('returnedOn'), text<Kind>('signedOn')].join(', ')}) is null
  then coalesce(${[text<Kind>('from'), text<Kind>('on'), text<Kind>('signingOn')].join(', ')}) end)`;

/**
 * The views that show facts of cases, which outsiders query too. The register has them as they stand here (`made.ts`): a kind
 * shows one more in its view by a line at the end of it. Columns that are there keep their names, their order and their types.
 */
export const registers = {
  open_requests: {
    says: 'Cooperation requests that are not settled yet',
    standing: sinceOpened,
    shows: {
      subject: request.fact('subject'),
      received_on: request.fact('receivedOn'),
      requester: request.fact('requester'),
      requesting_country: request.fact('requestingCountry'),
      lead: request.fact('lead'),
      decide_by: request.fact('decideBy'),
      outstanding: request.list('outstanding'),
    },
    where: openOf('request'),
  },
  mou_register: {
    says: 'Memoranda of understanding with the last working day on which their current term can be decided on',
    standing: untilClosed,
    shows: {
      instrument: mou.fact('instrument'),
      binding: mou.fact('binding'),
      sides: mou.list('sides'),
      signed_on: mou.fact('signedOn'),
      in_effect_since: mou.fact('inEffectSince'),
      renewal: mou.fact('renewal'),
      term: mou.fact('term'),
      term_ends: mou.fact('termEnds'),
      decide_by_weekday: mou.fact('decideBy'),
      decide_by: column<string | null>(decideBy),
    },
    where: ofKind('mou'),
  },
  committee_calendar: {
    says: 'Joint committees with the day of the next meeting, or by which it has to be held where none is convened',
    standing,
    shows: {
      mou: committee.fact('mou'),
      day: column<string | null>(`coalesce(${text<'committee'>('convenedOn')}, ${text<'committee'>('nextMeetingBy')})`),
      convened: committee.isKnown('convenedOn'),
      number: committee.fact('nextNumber'),
      host: committee.fact('nextHost'),
      place: committee.fact('convenedPlace'),
      meeting: committee.fact('convenedMeeting'),
      last_meeting_on: committee.fact('lastMeetingOn'),
      meetings_held: committee.fact('meetingsHeld'),
    },
    where: openOf('committee'),
  },
  action_matrix: {
    says: 'Follow-up actions of all meetings: owner, due, first due, state; late now, and whether they ever were',
    standing: untilClosed,
    shows: {
      topic: action.fact('topic'),
      meeting: action.fact('meeting'),
      committee: action.fact('committee'),
      decision: action.fact('decision'),
      due: action.fact('due'),
      first_due: action.fact('firstDue'),
      extensions: action.fact('extensions'),
      was_late: action.fact('wasLate'),
      percent: action.fact('percent'),
    },
    where: ofKind('action'),
  },
  visit_register: {
    says: 'Delegation visits: days, head, agencies, legs that no host has confirmed',
    standing: untilClosed,
    shows: {
      day: visit.fact('from'),
      until: visit.fact('to'),
      sending_country: visit.fact('sendingCountry'),
      leg_countries: visit.list('legCountries'),
      senders: visit.list('senders'),
      head: visit.fact('head'),
      agencies: visit.list('agencies'),
      unconfirmed_legs: column<string[]>(unconfirmedLegs),
      acts: visit.list('acts'),
      to_prepare: visit.list('toPrepare'),
      returned_on: visit.fact('returnedOn'),
      reported_on: visit.fact('reportedOn'),
    },
    where: ofKind('visit'),
  },
  workshop_register: {
    says: 'Workshops: days, hosts, who has not answered the call for nominations',
    standing: untilClosed,
    shows: {
      day: workshop.fact('from'),
      until: column<string>(`coalesce(${text<'workshop'>('to')}, ${text<'workshop'>('from')})`),
      subject: workshop.fact('subject'),
      country: workshop.fact('country'),
      place: workshop.fact('place'),
      hosts: workshop.list('hosts'),
      visit: workshop.fact('visit'),
      mou: workshop.fact('mou'),
      nominations_by: workshop.fact('nominationsBy'),
      not_answered: workshop.list('notAnswered'),
      participants: workshop.count('participants'),
      places: workshop.fact('places'),
      held_on: workshop.fact('heldOn'),
    },
    where: ofKind('workshop'),
  },
  programme_register: {
    says: 'Programmes: their editions, and on which day the next one is opened',
    standing: untilClosed,
    shows: {
      since_year: programme.fact('sinceYear'),
      period: programme.fact('period'),
      organisers: programme.list('organisers'),
      editions_held: programme.fact('editionsHeld'),
      editions: programme.list('editions'),
      open_editions: programme.list('openEditions'),
      next_number: programme.fact('nextNumber'),
      next_start: programme.fact('nextStart'),
      opens_on: programme.fact('opensOn'),
    },
    where: ofKind('programme'),
  },
  edition_register: {
    says: 'Editions of programmes: days and hosts, and which states have not answered',
    standing: untilClosed,
    shows: {
      day: edition.fact('from'),
      until: edition.fact('to'),
      programme: edition.fact('programme'),
      programme_name: edition.fact('programmeName'),
      number: edition.fact('number'),
      hosts: edition.list('hosts'),
      cities: edition.list('cities'),
      fixed: edition.isKnown('fixedOn'),
      nominations_by: edition.fact('nominationsBy'),
      not_answered: edition.list('notAnswered'),
      declined_by: edition.list('declinedBy'),
      participants: edition.count('participants'),
      places: edition.fact('places'),
      held_on: edition.fact('heldOn'),
    },
    where: ofKind('edition'),
  },
  coming_dates: {
    says: 'What takes place, of all kinds of cases whose facts have a day of it',
    standing: ['id', 'kind', 'title', 'stage', 'countries', 'coordinator', 'owner', 'late', 'next_due'],
    shows: {
      day: column<string>(comingDay),
      until: column<string>(`coalesce(${text<Kind>('to')}, ${comingDay})`),
      place: column<string | null>(`coalesce(${text<Kind>('place')}, ${list<'edition'>('cities')}->>0)`),
      visit: column<string | null>(text<Kind>('visit')),
    },
    where: `closed_at is null and ${comingDay} is not null`,
  },
} as const satisfies Record<string, View>;

type Registers = typeof registers;

/** What a row of each view holds. */
export type RegisterRows = {
  [N in keyof Registers]: Pick<CaseTable, Registers[N]['standing'][number]> & {
    [C in keyof Registers[N]['shows']]: Registers[N]['shows'][C] extends Column<infer V> ? V : never;
  };
};

/** The columns of a view, in order. */
export const columnsIn = ({ standing: ofCases, shows }: View): readonly string[] => [...ofCases, ...Object.keys(shows)];

/** What a view reads. */
export function definitionOf({ standing: ofCases, shows, where }: View): string {
  const made = Object.entries(shows).map(([name, { sql }]) => `${sql} as ${name}`);
  return `select ${[...ofCases, ...made].join(', ')} from cases where ${where}`;
}
