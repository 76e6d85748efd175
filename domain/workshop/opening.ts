import { z } from 'zod';
import { onVisitOf, refuseHalfALeg, visitOpeningFields } from '../act.ts';
import { type CivilDate, dayOf, type Period } from '../dates.ts';
import { refuseBefore, refuseLongAgo, refusePlan } from '../date-rules.ts';
import { defaultQuestionnaire, question, refuseQuestions } from '../evaluation.ts';
import {
  agency,
  caseOf,
  country,
  date,
  language,
  line,
  listOf,
  party,
  period,
  text,
  timeOfDay,
  workingDays,
} from '../fields.ts';
import type { Context, Stamp } from '../lifecycle.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import { places } from '../nomination/commands.ts';
import { present } from '../parts.ts';
import { pairsOf, refuseInvited } from '../nomination/rules.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Workshop } from './state.ts';

const periods = {
  announceBefore: period
    .default('P30D')
    .describe('how long before the nominations end, or before the first day, it is announced'),
  materialsBefore: period.default('P7D').describe('how long before the first day the presenters send their materials'),
  confirmWorkingDays: workingDays(5, 'to decide on the nominees'),
  circulateWorkingDays: workingDays(10, 'to circulate the materials afterwards'),
  evaluationWorkingDays: workingDays(15, 'to gather the evaluation', 120),
  reportAfter: z
    .union([period, z.literal('none')])
    .default('P30D')
    .describe('when the report is due after it, or none'),
};

/** What describes a workshop in words. */
export const descriptionFields = {
  purpose: text.optional().describe('what it is for'),
  audience: line.optional().describe('for whom it is'),
};

export const input = z.strictObject({
  subject: line.describe('what it is about'),
  ...descriptionFields,
  hosts: listOf(agency)
    .min(1, 'needs at least one host')
    .describe('the agencies that host it, the one in charge first'),
  country: country.describe('where it takes place'),
  place: line.describe('where: city and venue'),
  from: date.describe('the first day'),
  to: date.optional().describe('the last day; without it, the first'),
  startsAt: timeOfDay.optional().describe('when it begins, in local time'),
  endsAt: timeOfDay.optional().describe('when it ends, in local time'),
  languages: listOf(language).default([]).describe('the working languages'),
  mou: caseOf('mou').optional().describe('the instrument under which it is held'),
  invited: listOf(country).max(60).default([]).describe('the states that are invited to nominate participants'),
  focalPoints: listOf(party).max(60).default([]).describe('who nominates for each of them, in the same order'),
  places: places.optional().describe('how many participants there is room for; required where states are invited'),
  placesPerState: places.optional().describe('how many a state may nominate'),
  registrationFrom: date.optional().describe('when the states are asked; without it, with the announcement'),
  nominationsBy: date.optional().describe('the last day of the nominations; without it, 21 days before the first day'),
  questions: listOf(question)
    .max(40)
    .optional()
    .describe('the questionnaire: id, asks, type; without it, the usual one'),
  ...periods,
  ...visitOpeningFields,
});

export type Opening = z.output<typeof input>;

export const nominationsBefore: Period = 'P21D';

export function refuseOpening(opening: Opening, { today }: Context): Refusal | undefined {
  const { from, to = from, startsAt, endsAt, hosts, invited, focalPoints, questions } = opening;
  const twice = hosts.find((host, index) => hosts.indexOf(host) !== index);
  return (
    refusePlan('to', to, today, { on: from, what: 'the first day' }) ??
    refuseLongAgo('from', from, today) ??
    refuseTimes(startsAt, endsAt, from === to) ??
    (twice ? refuse('AlreadyDone', `hosts: ${twice} is named twice; name each host once.`) : undefined) ??
    refuseInvited(invited, focalPoints) ??
    (invited.length > 0 ? refuseRegistration(opening, today) : undefined) ??
    (questions ? refuseQuestions(questions) : undefined) ??
    refuseHalfALeg(opening)
  );
}

export const refuseTimes = (
  startsAt: string | undefined,
  endsAt: string | undefined,
  onOneDay: boolean,
): Refusal | undefined =>
  onOneDay && startsAt !== undefined && endsAt !== undefined && endsAt <= startsAt
    ? refuse('DateOutOfOrder', `endsAt: ${endsAt} does not lie after ${startsAt}, when it begins.`)
    : undefined;

/** Until when nominations are taken; where no state is invited, there is no such day. */
const closingOf = ({ invited, nominationsBy, from }: Opening, scheduledOn: CivilDate): CivilDate | undefined =>
  invited.length > 0 ? (nominationsBy ?? dayBeforeOrMidway(from, nominationsBefore, scheduledOn)) : undefined;

function refuseRegistration(opening: Opening, today: CivilDate): Refusal | undefined {
  const { from, places: room, registrationFrom, nominationsBy } = opening;
  if (room === undefined)
    return refuse('InvalidInput', 'places: is missing; say how many participants there is room for.');
  if (nominationsBy !== undefined && nominationsBy >= from)
    return refuse('DateOutOfOrder', `nominationsBy: ${nominationsBy} does not lie before the first day, ${from}.`);
  if (nominationsBy !== undefined && nominationsBy < today)
    return refuse('DateOutOfOrder', `nominationsBy: ${nominationsBy} lies in the past; it is ${today}.`);
  const closing = closingOf(opening, today) ?? from;
  return refuseBefore('nominationsBy', closing, 'the day on which the states are asked', registrationFrom);
}

/** What is due before the workshop, reckoned from its first day. */
export function datesBefore(
  { from, announceBefore, materialsBefore }: Pick<Workshop, 'from' | 'announceBefore' | 'materialsBefore'>,
  nominationsBy: CivilDate | undefined,
  scheduledOn: CivilDate,
): Pick<Workshop, 'announceBy' | 'materialsBy'> {
  const announceBy = dayBeforeOrMidway(nominationsBy ?? from, announceBefore, scheduledOn);
  return { announceBy, materialsBy: dayBeforeOrMidway(from, materialsBefore, scheduledOn) };
}

export function begin(opening: Opening, { at }: Stamp): Workshop {
  const { visit, leg, invited, focalPoints, places: room = 0, questions = defaultQuestionnaire, ...given } = opening;
  const { from, to = from } = given;
  const scheduledOn = dayOf(at);
  const nominationsBy = closingOf(opening, scheduledOn);
  return {
    ...present(given),
    ...onVisitOf({ visit, leg }),
    ...(nominationsBy ? { nominationsBy, nominationsByRule: given.nominationsBy === undefined } : {}),
    ...datesBefore(given, nominationsBy, scheduledOn),
    stage: 'planned',
    to,
    firstFrom: from,
    scheduledOn,
    places: room,
    invited: pairsOf(invited, focalPoints),
    nominees: [],
    questions,
    responses: [],
    talks: [],
    talksEver: 0,
    guests: [],
    documents: [],
  };
}
