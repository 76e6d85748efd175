import type { Command } from 'commander';
import { stageInWords } from '../../domain/case/stage-words.ts';
import type {
  ComingDate,
  DatedFilter,
  EditionFilter,
  OutstandingNomination,
  PlaceFilter,
  RegisteredEdition,
  RegisteredProgramme,
  RegisteredVisit,
  RegisteredWorkshop,
} from '../../database/lists.ts';
import { caseNamed } from '../../domain/fields.ts';
import type { Column } from '../output/output.ts';
import { listCommand, placeOf } from './registers.ts';
import { type ListOptions, showPage } from './session.ts';

/** A terminal has room for fewer columns than a spreadsheet. */
interface Columns<Row> {
  readonly table: readonly Column<Row>[];
  readonly csv: readonly Column<Row>[];
}

const columnsFor = <Row>(columns: Columns<Row>, { output }: ListOptions): readonly Column<Row>[] =>
  output === 'table' ? columns.table : columns.csv;

interface Dated {
  readonly day: string;
  readonly until: string;
}

const fromUntil: readonly Column<Dated>[] = [
  { title: 'from', value: ({ day }) => day },
  { title: 'until', value: ({ until }) => until },
];
const days: Column<Dated> = {
  title: 'days',
  value: ({ day, until }) => (until === day ? day : `${day}\nto ${until}`),
};
const stage: Column<{ readonly stage: string; readonly late: boolean }> = {
  title: 'stage',
  value: (row) => `${stageInWords(row.stage)}${row.late ? ', late' : ''}`,
};

const visitColumns: Columns<RegisteredVisit> = {
  table: [
    { title: 'visit', value: ({ id }) => id },
    days,
    { title: 'title', value: ({ title }) => title },
    { title: 'to', value: ({ legCountries }) => legCountries },
    stage,
    { title: 'not confirmed', value: ({ unconfirmedLegs }) => unconfirmedLegs.map((leg) => leg.split(',')[0] ?? leg) },
  ],
  csv: [
    { title: 'visit', value: ({ id }) => id },
    ...fromUntil,
    { title: 'to', value: ({ legCountries }) => legCountries },
    { title: 'title', value: ({ title }) => title },
    { title: 'stage', value: (row) => stageInWords(row.stage) },
    { title: 'late', value: ({ late }) => late },
    { title: 'head', value: ({ head }) => head },
    { title: 'not confirmed', value: ({ unconfirmedLegs }) => unconfirmedLegs.join('\n') },
  ],
};

const workshopColumns: Columns<RegisteredWorkshop> = {
  table: [
    { title: 'workshop', value: ({ id }) => id },
    days,
    { title: 'subject', value: ({ subject }) => subject },
    { title: 'where', value: ({ place, country }) => place ?? country },
    stage,
    { title: 'not answered', value: ({ notAnswered }) => notAnswered },
  ],
  csv: [
    { title: 'workshop', value: ({ id }) => id },
    ...fromUntil,
    { title: 'country', value: ({ country }) => country },
    { title: 'place', value: ({ place }) => place },
    { title: 'subject', value: ({ subject }) => subject },
    { title: 'stage', value: (row) => stageInWords(row.stage) },
    { title: 'late', value: ({ late }) => late },
    { title: 'nominations by', value: ({ nominationsBy }) => nominationsBy },
    { title: 'participants', value: ({ participants }) => participants },
    { title: 'not answered', value: ({ notAnswered }) => notAnswered },
  ],
};

const programmeColumns: readonly Column<RegisteredProgramme>[] = [
  { title: 'programme', value: ({ id }) => id },
  { title: 'title', value: ({ title }) => title },
  { title: 'stage', value: ({ stage }) => stageInWords(stage) },
  { title: 'held', value: ({ editionsHeld }) => editionsHeld },
  { title: 'open editions', value: ({ openEditions }) => openEditions },
  { title: 'next no', value: ({ nextNumber }) => nextNumber },
  { title: 'opens on', value: ({ opensOn }) => opensOn },
  { title: 'begins', value: ({ nextStart }) => nextStart },
];

const editionColumns: Columns<RegisteredEdition> = {
  table: [
    { title: 'edition', value: ({ id }) => id },
    { title: 'no', value: ({ number }) => number },
    { title: 'days', value: ({ day, until, fixed }) => `${day}\nto ${until}${fixed ? '' : '\nnot fixed'}` },
    { title: 'where', value: ({ cities, hosts }) => (cities.length > 0 ? cities : hosts) },
    stage,
    { title: 'not answered', value: ({ notAnswered }) => notAnswered },
  ],
  csv: [
    { title: 'edition', value: ({ id }) => id },
    { title: 'programme', value: ({ programme }) => programme },
    { title: 'no', value: ({ number }) => number },
    ...fromUntil,
    { title: 'fixed', value: ({ fixed }) => fixed },
    { title: 'hosts', value: ({ hosts }) => hosts },
    { title: 'cities', value: ({ cities }) => cities },
    { title: 'stage', value: (row) => stageInWords(row.stage) },
    { title: 'late', value: ({ late }) => late },
    { title: 'nominations by', value: ({ nominationsBy }) => nominationsBy },
    { title: 'participants', value: ({ participants }) => participants },
    { title: 'not answered', value: ({ notAnswered }) => notAnswered },
  ],
};

export const comingColumns: readonly Column<ComingDate>[] = [
  { title: 'from', value: ({ day }) => day },
  { title: 'until', value: ({ day, until }) => (until === day ? '' : until) },
  { title: 'what', value: ({ title, kind }) => `${title} (${kind})` },
  { title: 'place', value: ({ place }) => place },
  { title: 'stage', value: ({ stage }) => stageInWords(stage) },
  { title: 'case', value: ({ id }) => id },
];

const nominationColumns: readonly Column<OutstandingNomination>[] = [
  { title: 'state', value: ({ state }) => state },
  { title: 'until', value: ({ due, zone }) => `${due} ${zone}` },
  { title: 'late', value: ({ late }) => late },
  { title: 'asked', value: ({ owedBy }) => owedBy },
  { title: 'since', value: ({ since }) => since },
  { title: 'for', value: ({ title }) => title },
  { title: 'case', value: ({ id }) => id },
];

/** The lists of visits, workshops and programmes. */
export function addVisits(program: Command): void {
  listCommand(program, 'dates', 'What takes place next: visits, workshops, editions, meetings, signings').action(
    (options: PlaceFilter & ListOptions) =>
      showPage(options, comingColumns, 'Nothing is to take place.', (entente, page) =>
        entente.comingDates(placeOf(options), page),
      ),
  );
  listCommand(program, 'visits', 'Delegation visits by their first day, with the legs that no host has confirmed')
    .option('--all', 'those that are over too')
    .action(({ all, ...options }: DatedFilter & ListOptions) =>
      showPage(options, columnsFor(visitColumns, options), 'No visit is like that.', (entente, page) =>
        entente.visits({ ...placeOf(options), all }, page),
      ),
    );
  listCommand(program, 'workshops', 'Workshops by their first day, with the states that have not answered')
    .option('--all', 'those that are over too')
    .action(({ all, ...options }: DatedFilter & ListOptions) =>
      showPage(options, columnsFor(workshopColumns, options), 'No workshop is like that.', (entente, page) =>
        entente.workshops({ ...placeOf(options), all }, page),
      ),
    );
  addProgrammes(program);
}

function addProgrammes(program: Command): void {
  listCommand(program, 'programmes', 'Programmes: their open editions, and when each opens the next one')
    .option('--all', 'those that are over too')
    .action(({ all, ...options }: DatedFilter & ListOptions) =>
      showPage(options, programmeColumns, 'No programme is like that.', (entente, page) =>
        entente.programmes({ ...placeOf(options), all }, page),
      ),
    );
  listCommand(program, 'editions', 'Editions of programmes by their first day, with the states that have not answered')
    .option('--programme <case>', 'only those of this programme')
    .option('--all', 'those that are over too')
    .action(({ all, programme, ...options }: EditionFilter & ListOptions) =>
      showPage(options, columnsFor(editionColumns, options), 'No edition is like that.', (entente, page) =>
        entente.editions({ ...placeOf(options), programme: programme && caseNamed('programme', programme), all }, page),
      ),
    );
  listCommand(program, 'nominations', 'States that were asked to nominate and have not answered').action(
    (options: PlaceFilter & ListOptions) =>
      showPage(options, nominationColumns, 'Every state that was asked has answered.', (entente, page) =>
        entente.outstandingNominations(placeOf(options), page),
      ),
  );
}
