import { z } from 'zod';
import { spaced } from '../case/label.ts';
import { defaultQuestionnaire, question } from '../evaluation.ts';
import { agency, count, country, date, type Kept, type KeptOf, line, listOf, party, text } from '../fields.ts';
import type { InvitedState } from '../nomination.ts';
import { namesOf, pick, present } from '../parts.ts';

/** What an activity of an edition is, in the words of a programme of events. */
export const forms = ['workshop', 'conference', 'siteVisit', 'wrapUp', 'ceremony', 'other'] as const;
export type Form = (typeof forms)[number];

/** A state that is invited each time, and who answers for it. */
export type FocalPoint = Pick<InvitedState, 'country' | 'focalPoint'>;

/** What is given takes the place of all that there was. */
const instead = { replaces: true };

/** What an outline holds at most, so that it fits into the opening of a case. */
export const mostActivities = 60;
export const mostStates = 60;
const mostQuestions = 30;

/** An activity as it usually is, without what differs from edition to edition; day 1 is the first of the edition. */
const outlinedActivity = z.strictObject({ form: z.enum(forms), title: line, onDay: count.min(1).max(60).optional() });

export type OutlinedActivity = Kept<z.output<typeof outlinedActivity>>;

/** The parts of an outline, each as a field that must be given. */
export const outlineParts = {
  organisers: listOf(agency).max(20).describe('the agencies that organise it'),
  funding: line.describe('who pays'),
  purpose: text.describe('what it is for'),
  audience: line.describe('for whom it is'),
  invited: listOf(country).max(mostStates).describe('the states that are invited to nominate'),
  focalPoints: listOf(party).max(mostStates).describe('who answers for each of them, in the same order'),
  places: count.min(1).max(500).describe('how many can take part in all'),
  placesPerState: count.min(1).max(500).describe('how many each state may nominate'),
  days: count.min(1).max(60).describe('how many days an edition lasts'),
  activities: z
    .array(outlinedActivity)
    .max(mostActivities)
    .describe('its activities as they usually are: form, title, onDay')
    .meta(instead),
  questions: listOf(question)
    .max(mostQuestions)
    .describe('what participants are asked afterwards: id, asks, type')
    .meta(instead),
};

const optionalParts = z.object(outlineParts).partial().shape;

/** An outline in the opening of a programme or an edition. */
export const outlineFields = {
  organisers: outlineParts.organisers.default([]),
  ...pick(optionalParts, 'funding', 'purpose', 'audience'),
  invited: outlineParts.invited.default([]),
  focalPoints: outlineParts.focalPoints.default([]),
  places: outlineParts.places.default(30),
  placesPerState: optionalParts.placesPerState,
  days: outlineParts.days.default(5),
  activities: outlineParts.activities.default([]),
  questions: outlineParts.questions.default([...defaultQuestionnaire]),
};

/** What an edition takes over from the one before, where people left it as it was. */
export interface Outline extends Kept<Omit<z.output<z.ZodObject<typeof outlineFields>>, 'invited' | 'focalPoints'>> {
  readonly invited: readonly FocalPoint[];
}

export type Described = Pick<Outline, 'organisers' | 'funding' | 'purpose' | 'audience'>;

/** What describes an edition in words; people change it for one edition, or in the programme for all to come. */
export const descriptionFields = pick(optionalParts, 'organisers', 'funding', 'purpose', 'audience');

/** The parts of an outline that an edition changed, as it reports them to its programme. */
export const outlineChanges = {
  ...descriptionFields,
  ...pick(optionalParts, 'invited', 'focalPoints', 'places', 'activities', 'questions'),
};

/** What may be fixed already when an edition is opened. */
export const fixedFields = {
  to: date.optional().describe('its last day; with it, the days are fixed'),
  hostCountry: country.optional().describe('where it is held, if that is known'),
  hostCity: line.optional().describe('the city'),
};

/** What one edition leads to: whether, where and how the next one is meant to be held. */
export const intentionFields = {
  intention: text.describe('what is intended for the next edition'),
  hosts: listOf(country).max(20).default([]).describe('the states in which it is to be held, as far as they are known'),
  hostsAtLeast: count.min(1).max(20).optional().describe('in how many states at least, while they are not known'),
  hostsAtMost: count.min(1).max(20).optional().describe('in how many states at most, while they are not known'),
};

export type Intention = KeptOf<typeof intentionFields>;

export const intentionOf = (said: Intention): Intention => present(pick(said, ...namesOf(intentionFields)));

export const activityLine = ({ form, title, onDay }: OutlinedActivity): string =>
  `${onDay ? `${onDay}. ` : ''}${title} (${spaced(form)})`;

/** The intention that was carried in, as people see it. */
export const factsOfIntended = (intention: Intention | undefined) => ({
  intendedHow: intention?.intention,
  intendedHosts: intention?.hosts,
  intendedHostsAtLeast: intention?.hostsAtLeast,
  intendedHostsAtMost: intention?.hostsAtMost,
});

/** The one that is proposed. */
export const factsOfNext = (intention: Intention | undefined) => ({
  nextHow: intention?.intention,
  nextHosts: intention?.hosts,
  nextHostsAtLeast: intention?.hostsAtLeast,
  nextHostsAtMost: intention?.hostsAtMost,
});
