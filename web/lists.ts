import type { Entente } from '../client/client.ts';
import { sortable } from '../client/lists.ts';
import type { DueDeadline, Listed, Page, PlaceFilter, QuietCase } from '../database/lists.ts';
import { caseNamed, partyNamed } from '../domain/fields.ts';
import type { Told } from '../domain/story/told.ts';
import { agency, coordinator, country, type Filter, kind, ofCase, owner, search, tick } from './filters.ts';
import { type Asked, type Column, type PageList, pageList } from './page-list.ts';
import { recordLists } from './record-lists.ts';

const place = ({ query, coordinators }: Asked): PlaceFilter => ({
  country: query.country,
  coordinator: query.coordinator,
  search: query.search,
  coordinators,
});

const placeFilters = [search, country, coordinator, tick('mine')];

/** The case that an address names, with its kind or without. */
const named = ({ query }: Asked, of: string): string | undefined => query[of] && caseNamed(of, query[of]);
const ownerIn = ({ query }: Asked): string | undefined => query.owner && partyNamed(query.owner);

/** A list of cases. */
const list = <Row extends { readonly id: string; readonly title: string }>(
  name: Parameters<typeof sortable>[0],
  filters: readonly Filter[],
  ask: (entente: Entente, asked: Asked, page: Page) => Promise<Listed<Row>>,
) => pageList({ filters, sorts: sortable(name) }, ask);

type Identified = { readonly id: string; readonly title: string };
const theCase: Column<Identified> = ['case', 'case', ({ id }) => id, ({ title }) => title];
const stage: Column<{ readonly stage: string }> = ['stage', 'stage', (row) => row.stage];
const late: Column<{ readonly late: boolean }> = ['late', 'late', (row) => row.late];
const days: readonly Column<{ readonly day: string; readonly until: string }>[] = [
  ['from', 'day', ({ day }) => day],
  ['to', 'day', ({ until }) => until],
];

const agreements = {
  requests: list('requests', placeFilters, (entente, asked, page) => entente.openRequests(place(asked), page))([
    theCase,
    ['receivedOn', 'day', ({ receivedOn }) => receivedOn],
    ['requester', 'named', ({ requester, requestingCountry }) => requester ?? requestingCountry],
    ['lead', 'named', ({ lead }) => lead],
    ['decideBy', 'day', ({ decideBy }) => decideBy],
    ['outstanding', 'named', ({ outstanding }) => outstanding],
    stage,
    late,
  ]),
  mous: list('mous', [...placeFilters, tick('inEffect'), tick('over')], (entente, asked, page) =>
    entente.mous({ ...place(asked), inEffect: asked.query.inEffect === 'yes', all: asked.query.over === 'yes' }, page),
  )([
    theCase,
    ['decideBy', 'day', ({ decideBy }) => decideBy],
    ['termEnds', 'day', ({ termEnds }) => termEnds],
    ['renewal', 'option', ({ renewal }) => renewal],
    ['inEffectSince', 'day', ({ inEffectSince }) => inEffectSince],
    ['sides', 'named', ({ sides }) => sides],
    stage,
  ]),
  committees: list('committees', placeFilters, (entente, asked, page) => entente.committees(place(asked), page))([
    theCase,
    ['number', 'text', ({ number }) => number],
    ['convenedOn', 'day', ({ day, convened }) => (convened ? day : null)],
    ['nextMeetingBy', 'day', ({ day, convened }) => (convened ? null : day)],
    ['host', 'named', ({ host }) => host],
    ['place', 'text', (row) => row.place],
    ['lastMeetingOn', 'day', ({ lastMeetingOn }) => lastMeetingOn],
  ]),
  actions: list(
    'actions',
    [...placeFilters, owner, ofCase('meeting'), ofCase('committee'), tick('late'), tick('over')],
    (entente, asked, page) => {
      const [meeting, committee] = [named(asked, 'meeting'), named(asked, 'committee')];
      const of = { ...place(asked), owner: ownerIn(asked), meeting, committee };
      return entente.actions({ ...of, late: asked.query.late === 'yes', all: asked.query.over === 'yes' }, page);
    },
  )([
    theCase,
    ['owner', 'named', ({ owner }) => owner],
    ['due', 'day', ({ due }) => due],
    ['firstDue', 'day', ({ firstDue }) => firstDue],
    stage,
    late,
    ['percent', 'text', ({ percent }) => percent],
    ['meeting', 'named', ({ meeting }) => meeting],
  ]),
};

const over = ({ query }: Asked): { readonly all: boolean } => ({ all: query.over === 'yes' });
const dated = [...placeFilters, tick('over')];

const gatherings = {
  dates: list('dates', placeFilters, (entente, asked, page) => entente.comingDates(place(asked), page))([
    ...days,
    theCase,
    ['kind', 'kind', ({ kind }) => kind],
    ['place', 'text', (row) => row.place],
    stage,
  ]),
  visits: list('visits', dated, (entente, asked, page) => entente.visits({ ...place(asked), ...over(asked) }, page))([
    theCase,
    ...days,
    ['legCountries', 'named', ({ legCountries }) => legCountries],
    ['head', 'named', ({ head }) => head],
    ['unconfirmed', 'text', ({ unconfirmedLegs }) => unconfirmedLegs],
    stage,
    late,
  ]),
  workshops: list('workshops', dated, (entente, asked, page) =>
    entente.workshops({ ...place(asked), ...over(asked) }, page),
  )([
    theCase,
    ...days,
    ['country', 'named', (row) => row.country],
    ['place', 'text', (row) => row.place],
    ['notAnswered', 'named', ({ notAnswered }) => notAnswered],
    ['participants', 'text', ({ participants }) => participants],
    stage,
  ]),
  programmes: list('programmes', dated, (entente, asked, page) =>
    entente.programmes({ ...place(asked), ...over(asked) }, page),
  )([
    theCase,
    ['editionsHeld', 'text', ({ editionsHeld }) => editionsHeld],
    ['openEditions', 'named', ({ openEditions }) => openEditions],
    ['nextStart', 'day', ({ nextStart }) => nextStart],
    ['opens', 'day', ({ opensOn }) => opensOn],
    stage,
  ]),
  editions: list('editions', [...dated, ofCase('programme')], (entente, asked, page) =>
    entente.editions({ ...place(asked), programme: named(asked, 'programme'), ...over(asked) }, page),
  )([
    theCase,
    ...days,
    ['cities', 'text', ({ cities }) => cities],
    ['hosts', 'named', ({ hosts }) => hosts],
    ['notAnswered', 'named', ({ notAnswered }) => notAnswered],
    ['participants', 'text', ({ participants }) => participants],
    stage,
  ]),
  nominations: list('nominations', placeFilters, (entente, asked, page) =>
    entente.outstandingNominations(place(asked), page),
  )([
    ['country', 'named', ({ state }) => state],
    ['due', 'day', ({ due }) => due],
    late,
    ['owedBy', 'named', ({ owedBy }) => owedBy],
    theCase,
  ]),
};

const daysAhead: Filter = { name: 'days', as: 'text', form: /^\d{1,4}$/, most: 4 };
const daysQuiet: Filter = { ...daysAhead, form: /^[1-9]\d{0,3}$/, says: 'list_quietDays' };

type DueRow = DueDeadline & { readonly told?: Told };
type QuietRow = QuietCase & { readonly told?: readonly Told[] | undefined };

const times = {
  due: list(
    'due',
    [agency, country, coordinator, daysAhead, tick('mine')],
    async (entente, { query, coordinators, forPeople }, page) => {
      const whose = coordinators.filter((each) => query.coordinator === undefined || each === query.coordinator);
      const owing = { agency: query.agency?.replace(/^agency\//, ''), country: query.country };
      const asked = { ...owing, days: Number(query.days ?? 30), coordinators: whose };
      const { rows, ...next } = await entente.due(asked, page);
      const told: readonly DueRow[] = forPeople ? await entente.toldOfDue(rows) : rows;
      return { ...next, rows: told.map((row) => ({ ...row, id: row.caseId })) };
    },
  )([
    ['due', 'day', ({ due }) => due],
    late,
    ['owedBy', 'named', ({ owedBy }) => owedBy],
    ['what', 'record', ({ says }) => says, ({ told }) => told && [told]],
    theCase,
  ]),
  quiet: list('quiet', [...placeFilters, kind, owner, daysQuiet], async (entente, asked, page) => {
    const { days, kind: of } = asked.query;
    const filter = { ...place(asked), kind: of, owner: ownerIn(asked), days: days ? Number(days) : undefined };
    const { rows, ...next } = await entente.quiet(filter, page);
    const each = rows.map((row) => ({ ...row, caseId: row.id, number: row.lastNumber }));
    const told: readonly QuietRow[] = asked.forPeople ? await entente.toldOfEvents(each) : each;
    return { ...next, rows: told };
  })([
    theCase,
    stage,
    ['quietDays', 'text', ({ quietDays }) => quietDays],
    ['lastAt', 'moment', ({ lastAt }) => lastAt],
    ['lastBy', 'named', ({ lastBy }) => `person/${lastBy}`],
    ['lastSays', 'record', ({ lastSays }) => lastSays, ({ told }) => told],
  ]),
};

/** By the names that their addresses have. */
export const pageLists: Readonly<Record<string, PageList>> = { ...times, ...agreements, ...gatherings, ...recordLists };
