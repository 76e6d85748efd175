import { type ControlledTransaction, type Expression, type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../bench/measure/query-plan.ts';
import { asOf, fill, people } from '../../bench/scale/generator.ts';
import { questions } from '../../bench/scale/questions.ts';
import { casesQuery, waitingCasesQuery, waitingSorting } from '../../database/lists/cases.ts';
import { doneQuery, doneSorting } from '../../database/lists/events.ts';
import { messagesQuery } from '../../database/lists/messages.ts';
import { dueList, dueSorting } from '../../database/lists/due.ts';
import type { Page } from '../../database/lists/page.ts';
import { quietSorting, sortedQuietQuery } from '../../database/lists/quiet.ts';
import {
  actionLists,
  actionSorting,
  committeeCalendarQuery,
  committeeSorting,
  mouRegisterQuery,
  mouSorting,
  openRequestsQuery,
  requestSorting,
} from '../../database/lists/registers.ts';
import { sortedQuery, type Sorting, unordered } from '../../database/lists/sorting.ts';
import { comingDatesQuery, comingSorting } from '../../database/lists/coming-dates.ts';
import {
  editionRegisterQuery,
  editionSorting,
  nominationSorting,
  outstandingNominationsQuery,
  programmeRegisterQuery,
  programmeSorting,
} from '../../database/lists/programmes.ts';
import {
  visitRegisterQuery,
  visitSorting,
  workshopRegisterQuery,
  workshopSorting,
} from '../../database/lists/visits.ts';

import { connect, forMigrations } from '../../database/connect.ts';
import type { Database } from '../../database/schema.ts';
import { pageOfSeen, type Seen, withWordsSeen, type SeenFilter, seenQuery } from '../../database/seen-cases.ts';
import { partsOf, type Standpoint } from '../../database/standpoint.ts';
import { surroundingsQuery } from '../../database/surroundings.ts';
import { type Register, startRegister } from '../client/register.ts';

const actions = 40_000;
const last = `action/s${String(actions).padStart(8, '0')}`;

let register: Register;
let db: Kysely<Database>;
let before: ControlledTransaction<Database>;
beforeAll(async () => {
  register = await startRegister();
  db = connect(register.superuser, 3, forMigrations);
  // Somebody's look at what was before goes on, as on a busy server: no page counts as seen by all, and no index may be left out.
  before = await db.startTransaction().setIsolationLevel('repeatable read').execute();
  await sql`select`.execute(before);
  await fill(db, { actions, eventsPerAction: 2 }, () => undefined);
});
afterAll(async () => {
  await before?.rollback().execute();
  await db?.destroy();
  await register?.stop();
});

const usual = 120;
/** What reads more than that, and why. */
const more: Readonly<Record<string, number>> = {
  // The case of each line is looked up.
  'what is due': 51 * 5,
  'what is due in a country': 51 * 8,
  'what is due in a small country': 51 * 8,
  'what somebody did': 51 * 5,
  'the MOU register with closed ones': 51 * 4,
  // Read in the order of the list until fifty are of the country, or all of the country are looked up, whichever is less.
  'MOUs of a country': 51 * 4,
  'visits of a country': 51 * 6,
  'all cases of a small country': 51 * 20,
  'all actions of a small country': 51 * 20,
  // The rows of three lists side by side, a page of each.
  'mail that should have gone': 51 * 3,
  // What somebody did last in each that is shown is looked up.
  'quiet cases': 51 * 5,
  'quiet cases of a country': 51 * 20,
  'quiet cases of a small country': 51 * 10,
};

describe('a page of a list of 40,000 actions', () => {
  it.each(Object.keys(questions))('%s: reads what it shows and little besides', async (list) => {
    for (const nth of [0, 7]) {
      const query = questions[list]?.(db, nth, last);
      if (!query) throw new Error(`There is no question "${list}".`);
      const { readFromEndToEnd, pages } = await costOf(db, query);
      expect(readFromEndToEnd).toEqual([]);
      expect(pages).toBeLessThan(more[list] ?? usual);
    }
  });

  it.each(['action/s00036001', 'action/s00000500'])('closed cases after %s: reads no open one', async (after) => {
    const { pages } = await costOf(db, casesQuery(db, { standing: 'closed' }, { after }));
    expect(pages).toBeLessThan(usual);
  });
});

describe('a list that a page narrows to whose cases somebody reads', () => {
  const all = Array.from({ length: people }, (_, n) => `p${n}`);
  it.each([
    ['few', ['p7', 'p1007'], 700],
    ['all', all, 51 * 6],
  ] as const)('%s: reads what it shows and little besides, and scans no table', async (_, coordinators, most) => {
    const queries = {
      letters: messagesQuery(db, { coordinators }, {}),
      'letters that did not arrive': messagesQuery(db, { standing: 'failed', coordinators }, {}),
      'what cases wait for': waitingCasesQuery(db, { coordinators }, {}),
      'what somebody did': doneQuery(db, { by: 'p7', coordinators }, 'Asia/Seoul', {}),
    };
    for (const [list, query] of Object.entries(queries)) {
      const { readFromEndToEnd, pages } = await costOf(db, query);
      expect({ list, readFromEndToEnd }).toEqual({ list, readFromEndToEnd: [] });
      expect({ list, pages, isFew: pages < most }).toEqual({ list, pages, isFew: true });
    }
  });
});

describe('a list of 40,000 actions, put in the order of a column', () => {
  const few = ['p7', 'p1007'];
  /** What is gathered, and looked at one by one, since a register has hundreds of these. */
  const gathered = 1_600;
  const sorted = <Row, Shown>(lists: readonly Expression<Row>[], sorting: Sorting<Shown>, most: number) => ({
    columns: Object.keys(sorting.by),
    query: (page: Page) => sortedQuery(db, lists, sorting, page),
    most,
  });
  const lists = () => ({
    actions: sorted(actionLists(db, {}), actionSorting, usual),
    'actions with closed ones': sorted(actionLists(db, { all: true }), actionSorting, 2 * usual),
    'actions of few coordinators': sorted(actionLists(db, { all: true, coordinators: few }), actionSorting, 600),
    'what is due': sorted([dueList(db, { asOf, days: 30 })], dueSorting, 51 * 6),
    'what an agency owes': sorted([dueList(db, { asOf, days: 30, agency: 'a37' })], dueSorting, 600),
    quiet: {
      columns: Object.keys(quietSorting.by),
      query: (page: Page) => sortedQuietQuery(db, { asOf }, page),
      most: 51 * 8,
    },
    'what cases wait for': sorted([unordered(waitingCasesQuery(db, {}, {}))], waitingSorting, usual),
    'what somebody did': sorted([unordered(doneQuery(db, { by: 'p7' }, 'Asia/Seoul', {}))], doneSorting, 51 * 5),
    requests: sorted([unordered(openRequestsQuery(db, {}, {}))], requestSorting, gathered),
    mous: sorted([unordered(mouRegisterQuery(db, { all: true }, {}))], mouSorting, gathered),
    committees: sorted([unordered(committeeCalendarQuery(db, {}, {}))], committeeSorting, gathered),
    dates: sorted([unordered(comingDatesQuery(db, { asOf }, {}))], comingSorting, gathered),
    visits: sorted([unordered(visitRegisterQuery(db, { all: true }, {}))], visitSorting, gathered),
    workshops: sorted([unordered(workshopRegisterQuery(db, { all: true }, {}))], workshopSorting, gathered),
    programmes: sorted([unordered(programmeRegisterQuery(db, { all: true }, {}))], programmeSorting, gathered),
    editions: sorted([unordered(editionRegisterQuery(db, { all: true }, {}))], editionSorting, gathered),
    nominations: sorted([unordered(outstandingNominationsQuery(db, {}, {}))], nominationSorting, gathered),
  });

  it('reads what it shows and little besides, whichever column it is, and scans no table', async () => {
    const found = [];
    for (const [list, { columns, query, most }] of Object.entries(lists()))
      for (const sort of columns.flatMap((column) => [column, `-${column}`])) {
        const { readFromEndToEnd, pages } = await costOf(db, query({ sort }));
        found.push({ list, sort, readFromEndToEnd, isFew: pages < most, pages });
      }
    expect(found.filter(({ readFromEndToEnd, isFew }) => readFromEndToEnd.length > 0 || !isFew)).toEqual([]);
  });
});

describe('the cases that somebody may see at the desk, of 40,000', () => {
  const standpoint = (parties: readonly string[], colleagues: readonly string[] = []): Standpoint => ({
    person: 'p7',
    agency: 'a7',
    parties: new Set(parties),
    colleagues,
    reads: [],
  });
  const agencies = (count: number): string[] => Array.from({ length: count }, (_, n) => `agency/a${100 + n}`);
  const people = (count: number): string[] => Array.from({ length: count }, (_, n) => `p${n}`);
  /** Whoever has a part in some forty cases, in four thousand, or reads a twelfth of all. */
  const who: Readonly<Record<string, { of: Standpoint; coordinators: readonly string[]; pages: number }>> = {
    'a reader of an agency': {
      of: standpoint(['person/p7'], ['p7', 'p1007', 'p2007']),
      coordinators: ['p7', 'p1007', 'p2007'],
      pages: 600,
    },
    'who has a part in few': { of: standpoint(agencies(1)), coordinators: [], pages: 1_000 },
    'who has a part in thousands': { of: standpoint(agencies(100)), coordinators: [], pages: 25_000 },
    'a reader of a country': { of: standpoint(['person/p7']), coordinators: people(250), pages: 4_000 },
    'a reader of all': { of: standpoint(['person/p7']), coordinators: people(3_000), pages: 700 },
  };
  const filters: readonly Partial<SeenFilter>[] = [
    {},
    { over: true },
    { late: true },
    { sort: 'id', over: true },
    { sort: 'title', over: true },
    { sort: 'stage', over: true },
    { sort: 'coordinator', over: true },
  ];

  it.each(Object.keys(who))('%s: gathers what is theirs, and asks no case', async (name) => {
    const { of, coordinators, pages: most } = who[name] ?? { of: standpoint([]), coordinators: [], pages: 0 };
    for (const more of filters) {
      const filter = { mine: false, late: false, over: false, sort: 'due', ...more } as const;
      const query = seenQuery({ standpoint: of, coordinators, filter }, {});
      const { readFromEndToEnd, pages } = await costOf(db, { compile: () => query.compile(db) });
      expect({ more, readFromEndToEnd }).toEqual({ more, readFromEndToEnd: [] });
      expect({ more, pages, isFew: pages < most }).toEqual({ more, pages, isFew: true });
    }
  });

  it.each([
    ['case 12345', 1_500],
    ['progress', 1_500],
    ['progress reported', 2_500],
    ['zzqxyw', 200],
    ['p123', 1_000],
    ['person', 1_500],
    ...['123', 'person 123', 'case 123', 'agency 12', '9999'].map((search) => [search, 6_000] as const),
  ] as const)('found by "%s": reads no more than may have it', async (search, most) => {
    for (const over of [false, true]) {
      const filter = await withWordsSeen(db, { mine: false, late: false, over, sort: 'due', search } as const);
      const seen = { standpoint: standpoint(['person/p7']), coordinators: people(3_000), filter };
      const { readFromEndToEnd, pages } = await costOf(db, { compile: () => seenQuery(seen, {}).compile(db) });
      expect({ over, readFromEndToEnd }).toEqual({ over, readFromEndToEnd: [] });
      expect({ over, pages, isFew: pages < most }).toEqual({ over, pages, isFew: true });
    }
  });

  it.each(['due', 'id', 'title', 'stage', 'coordinator'] as const)(
    'found by frequent words that stand in few cases, by %s: page after page, nothing is left out',
    async (sort) => {
      const filter = await withWordsSeen(db, {
        mine: false,
        late: false,
        over: true,
        sort,
        search: 'case 12 34 56',
      } as const);
      const seen: Seen = { standpoint: standpoint(['person/p7']), coordinators: people(60), filter };
      const all = await pageOfSeen(db, seen, { limit: 1_000 });
      const found: string[] = [];
      const brokenOff: boolean[] = [];
      for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
        const { rows, next, isBrokenOff } = await pageOfSeen(db, seen, { after, limit: 3 });
        found.push(...rows.map(({ id }) => id));
        brokenOff.push(isBrokenOff);
        after = next;
      }
      expect(all.isBrokenOff).toBe(false);
      expect(found.length).toBeGreaterThan(0);
      expect(found).toEqual(all.rows.map(({ id }) => id));
      expect(brokenOff).toContain(true);
    },
  );

  it('a single case is held against the same parts, without gathering them', async () => {
    const parts = partsOf(standpoint(agencies(100)));
    const query = sql`select from (${parts}) parts where id = ${last} limit 1`;
    const { readFromEndToEnd, pages } = await costOf(db, { compile: () => query.compile(db) });
    expect(readFromEndToEnd).toEqual([]);
    expect(pages).toBeLessThan(usual);
  });
});

describe('a directory of 3,000 people', () => {
  it('whom a letter concerns: reads them, their agencies and countries, and nobody else', async () => {
    const query = surroundingsQuery(['person/p7', 'person/p1007', 'agency/a7', 'KR']);
    const { pages } = await costOf(db, { compile: () => query.compile(db) });
    expect(pages).toBeLessThan(60);
  });
});
