import { z } from 'zod';
import { dayOf, plus } from '../dates.ts';
import { slugUnder } from '../derived.ts';
import { refuseQuestions } from '../evaluation.ts';
import { caseOf, count, date, line } from '../fields.ts';
import type { Context, Stamp } from '../lifecycle.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import { pairsOf, refuseInvited } from '../nomination/rules.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { fixedFields, intentionFields, outlineFields } from './outline.ts';
import { editionPeriods } from './periods.ts';
import { refuseDays } from './preparation.ts';
import type { Edition } from './state.ts';

export const input = z.strictObject({
  programme: caseOf('programme').describe('the programme whose edition it is'),
  programmeName: line.describe('what the programme is called'),
  programmeSince: count.min(1945).max(2199).describe('the year of its first edition'),
  number: count.min(1).describe('the number of the edition'),
  from: date.describe('its first day, as planned'),
  ...fixedFields,
  ...outlineFields,
  intended: z
    .strictObject(intentionFields)
    .optional()
    .describe('what the edition before intended for this one: intention, hosts, hostsAtLeast, hostsAtMost'),
  ...editionPeriods,
});

export type Opening = z.output<typeof input>;

/** The programme numbers its editions, so that no number comes twice. */
export function refuseOpening(opening: Opening, { today, header }: Context): Refusal | undefined {
  const { programme, number, invited, focalPoints, questions } = opening;
  const id = `edition/${slugUnder(programme, `${number}`)}`;
  if (header.opener !== programme || !(header.id === id || header.id.startsWith(`${id}-try`)))
    return refuse(
      'NotAParty',
      `An edition is opened by its programme, which numbers it: ./entente programme open-edition ${programme} --number ${number}.`,
    );
  return refuseDays(opening, today) ?? refuseInvited(invited, focalPoints) ?? refuseQuestions(questions);
}

export function begin(opening: Opening, { at }: Stamp): Edition {
  const { invited, focalPoints, activities, days, hostCountry, hostCity, to, ...given } = opening;
  const today = dayOf(at);
  return {
    ...given,
    stage: 'announced',
    to: to ?? plus(given.from, `P${days - 1}D`),
    ...(to ? { fixedOn: today, firstFrom: given.from } : {}),
    openedOn: today,
    stageSince: today,
    hosts: hostCountry && hostCity ? [{ country: hostCountry, city: hostCity }] : [],
    nominationsBy: dayBeforeOrMidway(given.from, given.nominateBefore, today),
    nominationsByRule: true,
    invited: pairsOf(invited, focalPoints),
    nominees: [],
    activities: activities.map((activity, index) => ({ ...activity, number: index + 1, talks: [], panels: [] })),
    changed: [],
    responses: [],
    outcomes: [],
  };
}
