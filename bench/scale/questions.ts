import { type Compilable, type Kysely } from 'kysely';
import { casesQuery, waitingCasesQuery } from '../../database/lists/cases.ts';
import { dueQuery } from '../../database/lists/due.ts';
import { doneQuery, eventsQuery } from '../../database/lists/events.ts';
import { mailTroublesQuery, messagesQuery } from '../../database/lists/messages.ts';
import { speltNearlyQuery } from '../../database/lists/like-named.ts';
import { quietQuery } from '../../database/lists/quiet.ts';
import {
  actionMatrixQuery,
  committeeCalendarQuery,
  mouRegisterQuery,
  openRequestsQuery,
} from '../../database/lists/registers.ts';
import { comingDatesQuery } from '../../database/lists/coming-dates.ts';
import {
  editionRegisterQuery,
  outstandingNominationsQuery,
  programmeRegisterQuery,
} from '../../database/lists/programmes.ts';
import { visitRegisterQuery, workshopRegisterQuery } from '../../database/lists/visits.ts';
import { namedQuery } from '../../database/people/concerns.ts';
import type { Database } from '../../database/schema.ts';
import { quietAfter } from '../../domain/quiet.ts';
import { agencies, asOf, countries, people, smallCountries } from './generator.ts';

/** A page of a list, each time of somebody else. */
type Question = (db: Kysely<Database>, nth: number, lastAction: string) => Compilable;

const country = (nth: number): string => countries[nth % countries.length] ?? 'KR';
const smallCountry = (nth: number): string => smallCountries[nth % smallCountries.length] ?? 'IS';
const stage = (nth: number): string => quietAfter[nth % quietAfter.length]?.stage ?? 'inProgress';
const owner = (nth: number): string => `agency/a${(nth * 37) % agencies}`;
const coordinator = (nth: number): string => `p${(nth * 101) % people}`;
/** Somewhere in the middle of a list, as somebody leafs through it. */
const day = (nth: number): string => `${2008 + (nth % 15)}-06-15`;
const action = (nth: number, last: string): string =>
  `action/s${String(1 + ((nth * 7_919) % Number(last.slice(-8)))).padStart(8, '0')}`;

/** Every list, in the ways in which people ask for it. */
export const questions: Readonly<Record<string, Question>> = {
  'all cases': (db, n, last) => casesQuery(db, { standing: 'all' }, { after: action(n, last) }),
  'open cases': (db) => casesQuery(db, {}, {}),
  'closed cases': (db, n, last) => casesQuery(db, { standing: 'closed' }, { after: action(n, last) }),
  'all cases of an owner': (db, n) => casesQuery(db, { owner: owner(n), standing: 'all' }, {}),
  'closed cases of an owner': (db, n) => casesQuery(db, { owner: owner(n), standing: 'closed' }, {}),
  'closed cases of a coordinator': (db, n) => casesQuery(db, { coordinator: coordinator(n), standing: 'closed' }, {}),
  'closed cases of a kind': (db) => casesQuery(db, { kind: 'mou', standing: 'closed' }, {}),
  'cases of a small country': (db, n) => casesQuery(db, { country: smallCountry(n) }, {}),
  'all cases of a small country': (db, n) => casesQuery(db, { country: smallCountry(n), standing: 'all' }, {}),
  'what a coordinator hands over': (db, n) =>
    casesQuery(db, { coordinator: coordinator(n), kind: 'action', country: country(n) }, { limit: 500 }),
  'cases of a kind': (db) => casesQuery(db, { kind: 'mou' }, {}),
  'cases at a stage': (db, n) => casesQuery(db, { stage: stage(n) }, {}),
  'closed cases at a stage': (db) => casesQuery(db, { stage: 'closed', standing: 'closed' }, {}),
  'cases of a country': (db, n) => casesQuery(db, { country: country(n) }, {}),
  'closed cases of a country': (db, n) => casesQuery(db, { country: country(n), standing: 'closed' }, {}),
  'cases of an owner': (db, n) => casesQuery(db, { owner: owner(n) }, {}),
  'cases of a coordinator': (db, n) => casesQuery(db, { coordinator: coordinator(n) }, {}),
  'late cases': (db) => casesQuery(db, { late: true }, {}),
  'late actions of a country': (db, n) => casesQuery(db, { late: true, kind: 'action', country: country(n) }, {}),
  'what cases wait for': (db, n) => waitingCasesQuery(db, {}, { after: `${day(n)}T00:00:00.000Z,mou/s0` }),
  'what cases of a kind wait for': (db, n) => waitingCasesQuery(db, { kind: n % 2 ? 'request' : 'action' }, {}),
  'what cases of a coordinator wait for': (db, n) => waitingCasesQuery(db, { coordinator: coordinator(n) }, {}),
  'the case of an id with a wrong letter': (db, n, last) => {
    const slug = action(n, last).slice('action/'.length);
    return speltNearlyQuery(db, 'action', n % 2 ? `${slug.slice(0, -1)}x` : `x${slug.slice(1)}`);
  },
  'in which open cases a person is named': (db, n) => namedQuery(db, coordinator(n)),
  'what happened to a case': (db, n, last) => eventsQuery(db, action(n, last), {}),
  'what somebody did': (db, n) => doneQuery(db, { by: coordinator(n) }, 'Asia/Seoul', {}),
  'what somebody did in a year': (db, n) =>
    doneQuery(db, { by: coordinator(n), since: '2020-01-01', until: '2020-12-31' }, 'Asia/Seoul', {}),
  'quiet cases': (db) => quietQuery(db, { asOf }, {}),
  'quiet cases of a coordinator': (db, n) => quietQuery(db, { asOf, coordinator: coordinator(n) }, {}),
  'quiet cases of a country': (db, n) => quietQuery(db, { asOf, country: country(n) }, {}),
  'quiet cases of a small country': (db, n) => quietQuery(db, { asOf, country: smallCountry(n) }, {}),
  'cases quiet for longer than any is': (db) => quietQuery(db, { asOf, days: 5_000 }, {}),
  'what is due': (db, n) => dueQuery(db, { asOf, days: 30 }, { after: `${day(n)},mou/s0,complete` }),
  'what an agency owes': (db, n) => dueQuery(db, { asOf, days: 30, agency: owner(n).slice(7) }, {}),
  'what is due in a country': (db, n) => dueQuery(db, { asOf, days: 30, country: country(n) }, {}),
  'what is due in a small country': (db, n) => dueQuery(db, { asOf, days: 30, country: smallCountry(n) }, {}),
  'what an agency owes in a country': (db, n) =>
    dueQuery(db, { asOf, days: 30, agency: owner(n).slice(7), country: country(n) }, {}),
  'open requests': (db) => openRequestsQuery(db, {}, {}),
  'open requests of a country': (db, n) => openRequestsQuery(db, { country: country(n) }, {}),
  'the MOU register': (db) => mouRegisterQuery(db, {}, {}),
  'the MOU register with closed ones': (db, n) => mouRegisterQuery(db, { all: true }, { after: `${day(n)},mou/s0` }),
  'MOUs of a country': (db, n) => mouRegisterQuery(db, { all: true, country: country(n) }, {}),
  'the committee calendar': (db) => committeeCalendarQuery(db, {}, {}),
  'committees of a country': (db, n) => committeeCalendarQuery(db, { country: country(n) }, {}),
  'the action matrix': (db) => actionMatrixQuery(db, {}, {}),
  'the action matrix with closed ones': (db, n) =>
    actionMatrixQuery(db, { all: true }, { after: `${day(n)},action/s0` }),
  'the actions of a meeting': (db, n, last) =>
    actionMatrixQuery(
      db,
      { all: true, meeting: `meeting/s${Math.floor(Number(action(n, last).slice(-8)) / 100)}` },
      {},
    ),
  'the actions of a committee': (db, n, last) =>
    actionMatrixQuery(
      db,
      { all: true, committee: `committee/s${Math.floor(Number(action(n, last).slice(-8)) / 1000)}` },
      {},
    ),
  'the actions of an owner': (db, n) => actionMatrixQuery(db, { owner: owner(n) }, {}),
  'all actions of an owner': (db, n) => actionMatrixQuery(db, { owner: owner(n), all: true }, {}),
  'the actions of a coordinator': (db, n) => actionMatrixQuery(db, { coordinator: coordinator(n) }, {}),
  'all actions of a coordinator': (db, n) => actionMatrixQuery(db, { coordinator: coordinator(n), all: true }, {}),
  'the actions of a country': (db, n) => actionMatrixQuery(db, { country: country(n) }, {}),
  'all actions of a small country': (db, n) => actionMatrixQuery(db, { country: smallCountry(n), all: true }, {}),
  'late actions': (db) => actionMatrixQuery(db, { late: true }, {}),
  visits: (db, n) => visitRegisterQuery(db, { all: true }, { after: `${day(n)},visit/s0` }),
  'visits of a country': (db, n) => visitRegisterQuery(db, { country: country(n), all: true }, {}),
  workshops: (db, n) => workshopRegisterQuery(db, { all: true }, { after: `${day(n)},workshop/s0` }),
  programmes: (db) => programmeRegisterQuery(db, {}, {}),
  editions: (db, n) => editionRegisterQuery(db, { all: true }, { after: `${day(n)},edition/s0` }),
  'editions of a programme': (db, n) => editionRegisterQuery(db, { programme: `programme/s${n}`, all: true }, {}),
  'coming dates': (db) => comingDatesQuery(db, { asOf }, {}),
  'coming dates of a country': (db, n) => comingDatesQuery(db, { asOf, country: country(n) }, {}),
  'outstanding nominations': (db) => outstandingNominationsQuery(db, {}, {}),
  messages: (db, n, last) =>
    messagesQuery(db, {}, { after: `${day(n)}T00:00:00.000Z,${action(n, last)}/complete/1/1` }),
  'expected messages': (db) => messagesQuery(db, { standing: 'expected' }, {}),
  'sent messages': (db) => messagesQuery(db, { standing: 'sent' }, {}),
  'failed messages': (db) => messagesQuery(db, { standing: 'failed' }, {}),
  'messages in doubt': (db) => messagesQuery(db, { standing: 'inDoubt' }, {}),
  'withdrawn messages': (db) => messagesQuery(db, { standing: 'withdrawn' }, {}),
  'messages of a case': (db, n, last) => messagesQuery(db, { case: action(n, last) }, {}),
  'mail that should have gone': (db) => ({ compile: () => mailTroublesQuery(asOf, {}).compile(db) }),
};
