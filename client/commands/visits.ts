import type { Command } from 'commander';
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
import type { Column } from '../output/output.ts';
import { caseOf, listCommand, placeOf } from './registers.ts';
import { type ListOptions, showPage } from './session.ts';

const visitColumns: readonly Column<RegisteredVisit>[] = [
  { title: 'visit', value: ({ id }) => id },
  { title: 'from', value: ({ day }) => day },
  { title: 'until', value: ({ until }) => until },
  { title: 'to', value: ({ legCountries }) => legCountries },
  { title: 'title', value: ({ title }) => title },
  { title: 'stage', value: ({ stage }) => stage },
  { title: 'not confirmed', value: ({ unconfirmedLegs }) => unconfirmedLegs },
  { title: 'late', value: ({ late }) => late },
];

const workshopColumns: readonly Column<RegisteredWorkshop>[] = [
  { title: 'workshop', value: ({ id }) => id },
  { title: 'from', value: ({ day }) => day },
  { title: 'until', value: ({ until }) => until },
  { title: 'where', value: ({ place, country }) => [place, country].filter((each) => each !== null) },
  { title: 'subject', value: ({ subject }) => subject },
  { title: 'stage', value: ({ stage }) => stage },
  { title: 'participants', value: ({ participants }) => participants },
  { title: 'not answered', value: ({ notAnswered }) => notAnswered },
];

const programmeColumns: readonly Column<RegisteredProgramme>[] = [
  { title: 'programme', value: ({ id }) => id },
  { title: 'title', value: ({ title }) => title },
  { title: 'stage', value: ({ stage }) => stage },
  { title: 'held', value: ({ editionsHeld }) => editionsHeld },
  { title: 'open editions', value: ({ openEditions }) => openEditions },
  { title: 'next no', value: ({ nextNumber }) => nextNumber },
  { title: 'opens on', value: ({ opensOn }) => opensOn },
  { title: 'begins', value: ({ nextStart }) => nextStart },
];

const editionColumns: readonly Column<RegisteredEdition>[] = [
  { title: 'edition', value: ({ id }) => id },
  { title: 'no', value: ({ number }) => number },
  { title: 'from', value: ({ day, fixed }) => (fixed ? day : `${day}, not fixed`) },
  { title: 'until', value: ({ until }) => until },
  { title: 'where', value: ({ cities, hosts }) => (cities.length > 0 ? cities : hosts) },
  { title: 'stage', value: ({ stage }) => stage },
  { title: 'participants', value: ({ participants }) => participants },
  { title: 'not answered', value: ({ notAnswered }) => notAnswered },
];

export const comingColumns: readonly Column<ComingDate>[] = [
  { title: 'from', value: ({ day }) => day },
  { title: 'until', value: ({ day, until }) => (until === day ? '' : until) },
  { title: 'what', value: ({ title, kind }) => `${title} (${kind})` },
  { title: 'place', value: ({ place, countries }) => place ?? countries },
  { title: 'stage', value: ({ stage }) => stage },
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
      showPage(options, visitColumns, 'No visit is like that.', (entente, page) =>
        entente.visits({ ...placeOf(options), all }, page),
      ),
    );
  listCommand(program, 'workshops', 'Workshops by their first day, with the states that have not answered')
    .option('--all', 'those that are over too')
    .action(({ all, ...options }: DatedFilter & ListOptions) =>
      showPage(options, workshopColumns, 'No workshop is like that.', (entente, page) =>
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
      showPage(options, editionColumns, 'No edition is like that.', (entente, page) =>
        entente.editions({ ...placeOf(options), programme: caseOf('programme', programme), all }, page),
      ),
    );
  listCommand(program, 'nominations', 'States that were asked to nominate and have not answered').action(
    (options: PlaceFilter & ListOptions) =>
      showPage(options, nominationColumns, 'Every state that was asked has answered.', (entente, page) =>
        entente.outstandingNominations(placeOf(options), page),
      ),
  );
}
