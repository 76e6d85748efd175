import { type CivilDate, dayOf, later, minus, plus, whenOf } from '../dates.ts';
import { spaced } from '../case/label.ts';
import { counted } from '../derived.ts';
import { intentionOf } from '../edition/outline.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { asNew } from '../letters.ts';
import { type EventRules, nobodyHears } from '../lifecycle.ts';
import { everybody, mail, toEverybody, toFocalPoint } from './letters.ts';
import { withOneMore, without } from '../lists.ts';
import { openEdition } from './open-edition.ts';
import {
  type EditionOnRecord,
  eventRules,
  nextNumber,
  type OpeningPlanned,
  type Programme,
  type ProgrammeEvent,
  yearOf,
} from './state.ts';
import { present } from '../parts.ts';

const withEdition = (programme: Programme, id: string, part: Partial<EditionOnRecord>): Programme => ({
  ...programme,
  editions: programme.editions.map((each) => (each.edition === id ? { ...each, ...part } : each)),
});

/** The next edition is planned a period later, and opened so long before that, or on the last of its days before that. */
const aPeriodAfter = (programme: Programme, start: CivilDate, today: CivilDate) => {
  const nextStart = plus(start, programme.period);
  const opensOn = programme.opensBefore ? minus(nextStart, programme.opensBefore) : lastDayBefore(programme, nextStart);
  return { nextStart, opensOn: later(opensOn, plus(today, 'P1D')) };
};

function lastDayBefore({ opensOn, period }: Programme, start: CivilDate): CivilDate {
  let day = opensOn;
  while (day > start) day = minus(day, period);
  while (plus(day, period) <= start) day = plus(day, period);
  return day;
}

/** An opening that is planned anew is announced anew. */
const withOpening = (
  { opensBefore: _, ...programme }: Programme,
  { nextStart, opensOn, opensBefore }: OpeningPlanned,
): Programme => ({ ...programme, nextStart, opensOn, announced: 0, ...present({ opensBefore }) });

const outline = eventRules({
  described: {
    says: ({ changes }) => `Changed for the editions to come: ${Object.keys(changes).map(spaced).join(', ')}.`,
    evolve: (programme, { changes }) => ({ ...programme, ...changes }),
    follows: nobodyHears,
  },
  placesChanged: {
    says: ({ places, placesPerState }) =>
      `${counted(places, 'place')}${placesPerState ? `, ${placesPerState} per state` : ''}.`,
    evolve: ({ placesPerState: _, ...programme }, { places, placesPerState }) => ({
      ...programme,
      places,
      ...(placesPerState ? { placesPerState } : {}),
    }),
    follows: nobodyHears,
  },
  activitiesOutlined: {
    says: ({ activities }) => `An edition usually has ${counted(activities.length, 'activity', 'activities')}.`,
    evolve: (programme, { activities, days }) => ({ ...programme, activities, days: days ?? programme.days }),
    follows: nobodyHears,
  },
  questionsSet: {
    says: ({ questions }) => `Participants are asked ${counted(questions.length, 'question')}.`,
    evolve: (programme, { questions }) => ({ ...programme, questions }),
    follows: nobodyHears,
  },
  stateInvited: {
    says: ({ country, focalPoint }) => `${country} is invited to the editions to come; ${focalPoint} answers for it.`,
    evolve: (programme, { country, focalPoint }) => withOneMore(programme, 'invited', { country, focalPoint }),
    follows: toFocalPoint,
  },
  focalPointChanged: {
    says: ({ country, focalPoint }) => `${focalPoint} answers for ${country} from now on.`,
    evolve: (programme, { country, focalPoint }) => ({
      ...programme,
      invited: programme.invited.map((each) => (each.country === country ? { country, focalPoint } : each)),
    }),
    follows: toFocalPoint,
  },
  stateDropped: {
    says: ({ country }) => `${country} is not invited any more.`,
    evolve: (programme, { country }) => without(programme, 'invited', (each) => each.country === country),
    follows: ({ country: state, told: why }, { organisers }) =>
      mail('stateDropped', organisers.map(partyOfAgency), { state, why }),
  },
  nextIntended: {
    says: ({ intention, edition }) => `Intended for the next edition${edition ? ` by ${edition}` : ''}: ${intention}`,
    evolve: (programme, event) => ({ ...programme, intended: intentionOf(event) }),
    follows: nobodyHears,
  },
});

const editions = eventRules({
  openingPlanned: {
    says: ({ nextStart, opensOn }) => `The next edition is planned for ${nextStart}, and opened on ${opensOn}.`,
    evolve: withOpening,
    follows: nobodyHears,
  },
  openingAnnounced: {
    says: ({ nth }, { opensOn }) => `Coordinator told that edition ${nth} is opened on ${opensOn}.`,
    evolve: (programme, { nth }) => ({ ...programme, announced: nth }),
    follows: (_, __, { coordinator }) => mail('openingSoon', [partyOfPerson(coordinator)]),
  },
  editionOpened: {
    says: ({ edition, nth, year, start }) => `Edition ${nth} of ${year} opened (${edition}), planned for ${start}.`,
    evolve: ({ intended: _, ...programme }, { edition, nth, year, start, to, at }) => ({
      ...programme,
      ...aPeriodAfter(programme, start, dayOf(at)),
      waitingSince: dayOf(at),
      editions: [
        ...programme.editions,
        { edition, number: nth, year, openedOn: dayOf(at), ...(to ? { from: start, to } : {}) },
      ],
    }),
    follows: openEdition,
  },
  yearSkipped: {
    says: ({ year }, { nextStart }) => `No edition in ${year}; the next one is planned for ${nextStart}.`,
    evolve: (programme, { year, at }) => ({
      ...programme,
      ...aPeriodAfter(programme, programme.nextStart, dayOf(at)),
      announced: 0,
      skippedYears: [...programme.skippedYears, year],
    }),
    follows: ({ year, told: why }, programme) => mail('yearSkipped', everybody(programme), { year: String(year), why }),
  },
  editionFixed: {
    says: ({ edition, from, to }) => `${edition} takes place ${whenOf(from, to)}.`,
    evolve: (programme, { edition, from, to }) => withEdition(programme, edition, { from, to, year: yearOf(from) }),
    follows: nobodyHears,
  },
  editionHeld: {
    says: ({ edition, nth, on }) => `Edition ${nth} (${edition}) was held, until ${on}.`,
    evolve: (programme, { edition, nth, changes }) => ({
      ...withEdition(programme, edition, { outcome: 'held' }),
      ...changes,
      editionsHeld: Math.max(programme.editionsHeld, nth),
    }),
    follows: nobodyHears,
  },
  editionClosed: {
    says: ({ edition }) => `${edition} is over.`,
    evolve: (programme, { edition }) => withEdition(programme, edition, { outcome: 'closed' }),
    follows: nobodyHears,
  },
  editionCancelled: {
    says: ({ edition }, programme) => `${edition} is not held; the next edition is number ${nextNumber(programme)}.`,
    evolve: (programme, { edition }) => withEdition(programme, edition, { outcome: 'cancelled' }),
    follows: nobodyHears,
  },
});

export const events: EventRules<Programme, ProgrammeEvent> = {
  ...outline,
  ...editions,
  coordinationHandedOver: {
    says: ({ country, party, since, until }) => `${country} (${party}) coordinates from ${since} until ${until}.`,
    evolve: (programme, { country, party, since, until, byRule }) => ({
      ...programme,
      countryCoordinator: { country, party, since, until, ...(byRule ? { byRule } : {}) },
    }),
    follows: ({ party, former }) => [
      ...mail('coordination', [party]),
      ...asNew(mail('coordinationEnded', former ? [former] : [])),
    ],
  },
  suspended: {
    says: () => 'The programme is suspended.',
    evolve: (programme) => ({ ...programme, stage: 'suspended' }),
    follows: toEverybody('suspended'),
  },
  resumed: {
    says: ({ nextStart, opensOn }) =>
      `The programme resumes; the next edition is planned for ${nextStart}, opened on ${opensOn}.`,
    evolve: (programme, event) => ({
      ...withOpening(programme, event),
      stage: 'running',
      waitingSince: dayOf(event.at),
    }),
    follows: (_, programme) => mail('resumed', everybody(programme)),
  },
  ended: {
    says: (_, { editions: all }) =>
      `The programme is over after ${counted(all.filter(({ outcome }) => outcome !== 'cancelled').length, 'edition')} opened here.`,
    evolve: (programme) => ({ ...programme, stage: 'ended' }),
    follows: toEverybody('ended'),
  },
};
