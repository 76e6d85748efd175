import { z } from 'zod';
import type { Country, Party } from '../fields.ts';
import { agency, count, country, line, listOf, party, text } from '../fields.ts';

/** What an activity of an edition is, in the words of a programme of events. */
export const forms = ['workshop', 'conference', 'siteVisit', 'wrapUp', 'ceremony', 'other'] as const;
export type Form = (typeof forms)[number];

/** A state that is invited to nominate, and who answers for it. */
export interface InvitedState {
  readonly country: Country;
  readonly focalPoint: Party;
  /** How many it may send; absent: as many as there are places. */
  readonly places?: number;
}

/** An activity as it usually is, without what differs from edition to edition. */
export interface OutlinedActivity {
  readonly form: Form;
  readonly title: string;
  /** 1 is the first day of the edition. */
  readonly onDay?: number;
}

/** What an edition takes over from the one before, where people left it as it was. */
export interface Outline {
  readonly organisers: readonly string[];
  /** Who pays, in words: "the Government of the Republic of Korea". */
  readonly funding?: string;
  readonly purpose?: string;
  /** For whom it is. */
  readonly audience?: string;
  readonly invited: readonly InvitedState[];
  /** In all. */
  readonly places?: number;
  readonly activities: readonly OutlinedActivity[];
}

/** What comes of one edition for the next. */
export interface Intention {
  readonly intention: string;
  /** The states in which it is to be held, as far as they are known. */
  readonly hosts: readonly Country[];
  /** In how many states at least and at most, while they are not known: "in two or three member states" is 2 and 3. */
  readonly hostsAtLeast?: number;
  readonly hostsAtMost?: number;
}

/** What one outline must hold at most, so that it fits into the opening of a case. */
export const mostActivities = 60;
export const mostStates = 60;

const onDay = count.min(1).max(60).optional().describe('which day of the edition; 1 is the first');

export const outlineFields = {
  organisers: listOf(agency).default([]).describe('the agencies that organise it'),
  funding: line.optional().describe('who pays'),
  purpose: text.optional().describe('what it is for'),
  audience: line.optional().describe('for whom it is'),
  invited: listOf(
    z.strictObject({
      country: country.describe('a state that nominates'),
      focalPoint: party.describe('who answers for it'),
      places: count.min(1).optional().describe('how many it may send'),
    }),
  )
    .max(mostStates)
    .default([])
    .describe('the states that are invited to nominate, with their focal points'),
  places: count.min(1).optional().describe('how many can take part in all'),
  activities: z
    .array(z.strictObject({ form: z.enum(forms), title: line, onDay }))
    .max(mostActivities)
    .default([])
    .describe('the activities as they usually are'),
};

export const intentionFields = {
  intention: text.describe('what is intended for the next edition'),
  hosts: listOf(country).max(20).default([]).describe('the states in which it is to be held, if they are known'),
  hostsAtLeast: count.min(1).max(20).optional().describe('in how many states at least, while they are not known'),
  hostsAtMost: count.min(1).max(20).optional().describe('in how many states at most, while they are not known'),
};
