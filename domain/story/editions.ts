import type { Edition, EditionEvent } from '../edition/state.ts';
import { hasAnswered } from '../nomination.ts';
import { nextNumber, type Programme, type ProgrammeEvent } from '../programme/state.ts';
import type { Workshop, WorkshopEvent } from '../workshop/state.ts';
import { evaluations, nominations } from './nominations.ts';
import type { Details } from './told.ts';

const changedIn = (changes: object) => ({ facts: { changed: Object.keys(changes) } });
const countOf = (all: readonly unknown[]) => ({ facts: { count: all.length } });

/** What the events of an edition say besides their fields. */
export const edition: Details<Edition, EditionEvent> = {
  ...nominations,
  ...evaluations,
  nominationsOpened: (_, { invited }) => countOf(invited),
  nominationsOver: (_, known) => ({
    facts: {
      count: known.invited.length,
      answered: known.invited.filter((state) => hasAnswered(known, state)).length,
    },
  }),
  described: ({ changes }) => changedIn(changes),
  questionsSet: ({ questions }) => countOf(questions),
  activityAdded: ({ fields: { form, title, onDay } }) => ({ facts: { form, title, onDay } }),
  activityChanged: ({ fields }) => changedIn(fields),
  planCirculated: (_, { activities }) => countOf(activities),
  begun: (_, { number }) => ({ facts: { number } }),
  evaluationClosed: (_, { responses }) => countOf(responses),
};

/** The same of a programme. */
export const programme: Details<Programme, ProgrammeEvent> = {
  described: ({ changes }) => changedIn(changes),
  activitiesOutlined: ({ activities }) => countOf(activities),
  questionsSet: ({ questions }) => countOf(questions),
  openingAnnounced: (_, { opensOn }) => ({ facts: { opensOn } }),
  editionOpened: ({ start }) => ({ facts: { nextStart: start } }),
  yearSkipped: (_, { nextStart }) => ({ facts: { nextStart } }),
  editionCancelled: (_, known) => ({ facts: { number: nextNumber(known) } }),
  ended: (_, { editions }) => countOf(editions.filter(({ outcome }) => outcome !== 'cancelled')),
};

/** The same of a workshop. */
export const workshop: Details<Workshop, WorkshopEvent> = {
  ...nominations,
  ...evaluations,
  described: ({ changes }) => changedIn(changes),
  registrationOpened: (_, { invited }) => ({ facts: { invited: invited.map(({ country }) => country) } }),
  registrationClosed: (_, { nominees }) => countOf(nominees),
  postponed: ({ to, until }) => ({ facts: { until: until === to ? undefined : until } }),
  evaluated: (_, { responses }) => countOf(responses),
};
