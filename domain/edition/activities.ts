import { z } from 'zod';
import { daysBetween, spanOf } from '../dates.ts';
import { counted } from '../derived.ts';
import { agency, count, date, line, listOf, text } from '../fields.ts';
import { numberAfter, ofNumber } from '../numbered.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { forms, mostActivities } from './outline.ts';
import { type Activity, type ActivityFields, ahead, command, type Edition, lengthOf } from './state.ts';

const planning = [...ahead, 'underWay'];
const afterwards = ['underWay', 'held', 'evaluated', 'nextProposed'];
const mostTalks = 30;

const activity = count.min(1).describe('the number of the activity');
const form = z.enum(forms).describe('what it is');
const title = line.describe('its title');
const details = {
  on: date.optional().describe('its day'),
  onDay: count.min(1).max(60).optional().describe('instead: which day of the edition; 1 is the first'),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30')
    .optional()
    .describe('local time, such as 09:30'),
  place: line.optional().describe('where: the venue'),
  organiser: agency.optional().describe('the agency that organises or hosts it'),
  chair: line.optional().describe('who chairs it, with office'),
  panels: listOf(line).max(20).default([]).describe('the titles of its panels'),
  attendees: line.optional().describe('who takes part besides the participants'),
  description: text.optional().describe('what it is about'),
};

export const talkFields = {
  title: line.describe('the title of the talk'),
  speaker: line.optional().describe('who gives it, with office'),
};
export const activityFields = { form, title, ...details };

/** The activities of an edition, day by day: as planned, and afterwards what came of them. */
export const activities = {
  addActivity: command({
    says: 'Plan an activity: a workshop, a conference, a site visit, a wrap-up meeting, a ceremony',
    by: ['coordinator'],
    from: planning,
    input: activityFields,
    decide: ({ on, ...given }, edition) => {
      if (edition.activities.length >= mostActivities)
        return refuse('TooLarge', `There are ${mostActivities} activities; an edition takes no more.`);
      if (edition.activities.some((each) => each.title === given.title && each.form === given.form))
        return refuse('AlreadyDone', `"${given.title}" is planned already; to change it: \`change-activity\`.`);
      const fields = withDay(edition, given, on);
      const activity = numberAfter(edition.activities);
      return 'refused' in fields ? fields : [{ type: 'activityAdded', activity, fields }];
    },
  }),
  changeActivity: command({
    says: 'Change an activity; what is not given stays',
    by: ['coordinator'],
    from: [...planning, ...afterwards],
    input: {
      activity,
      form: form.optional(),
      title: title.optional(),
      ...details,
      panels: listOf(line).max(20).optional().describe('the titles of its panels, all of them'),
    },
    decide: ({ activity: number, on, ...given }, edition) =>
      ofActivity(edition, number, () => {
        if (on === undefined && Object.keys(given).length === 0)
          return refuse('InvalidInput', 'Nothing is given: say what of the activity changes.');
        const fields = withDay(edition, given, on);
        return 'refused' in fields ? fields : [{ type: 'activityChanged', activity: number, fields }];
      }),
  }),
  removeActivity: command({
    says: 'Take an activity out of the plan',
    by: ['coordinator'],
    from: planning,
    input: { activity },
    decide: ({ activity: number }, edition) =>
      ofActivity(edition, number, (found) => [{ type: 'activityRemoved', activity: number, title: found.title }]),
  }),
  addTalk: command({
    says: 'Add a talk to an activity',
    by: ['coordinator'],
    from: [...planning, ...afterwards],
    input: { activity, ...talkFields },
    decide: ({ activity: number, title: talk, speaker }, edition) =>
      ofActivity(edition, number, ({ talks }) => {
        if (talks.some((each) => each.title === talk))
          return refuse('AlreadyDone', `"${talk}" is among the talks of activity ${number} already.`);
        return talks.length >= mostTalks
          ? refuse('TooLarge', `Activity ${number} has ${mostTalks} talks; it takes no more.`)
          : [{ type: 'talkAdded', activity: number, title: talk, speaker }];
      }),
  }),
  removeTalk: command({
    says: 'Take a talk out of an activity',
    by: ['coordinator'],
    from: [...planning, ...afterwards],
    input: { activity, title: talkFields.title },
    decide: ({ activity: number, title: talk }, edition) =>
      ofActivity(edition, number, ({ talks }) =>
        talks.some((each) => each.title === talk)
          ? [{ type: 'talkRemoved', activity: number, title: talk }]
          : refuse('UnknownItem', `Activity ${number} has no talk "${talk}".`),
      ),
  }),
  recordActivity: command({
    says: 'Record what came of an activity',
    by: ['coordinator'],
    from: afterwards,
    input: { activity, outcome: text.describe('what came of it') },
    decide: ({ activity: number, outcome }, edition) =>
      ofActivity(edition, number, () => [{ type: 'activityRecorded', activity: number, outcome }]),
  }),
  circulatePlan: command({
    says: 'Circulate the plan of activities; when it changes, circulate it again',
    by: ['coordinator'],
    from: planning,
    decide: (_, { stage, activities: planned }) => {
      if (stage === 'announced')
        return refuse('NotReady', 'Nobody is asked yet; open the nominations first (`open-nominations`).');
      return planned.length === 0
        ? refuse('NotReady', 'There is no activity yet; plan them first (`add-activity`).')
        : [{ type: 'planCirculated' }];
    },
  }),
};

const ofActivity = <T>({ activities: planned }: Edition, number: number, answer: (found: Activity) => T) =>
  ofNumber(planned, number, `There is no activity ${number}; there are`, answer);

/** A day is given as a date or as a number; on record it is a number, so that it moves with the edition. */
function withDay<F extends Partial<ActivityFields>>(edition: Edition, fields: F, on: string | undefined): F | Refusal {
  if (on === undefined)
    return fields.onDay !== undefined && fields.onDay > lengthOf(edition)
      ? refuse(
          'DateOutOfOrder',
          `onDay: the edition has ${counted(lengthOf(edition), 'day')}, so no day ${fields.onDay}.`,
        )
      : fields;
  if (fields.onDay !== undefined) return refuse('InvalidInput', 'on, onDay: give the day once, as a date or a number.');
  if (on < edition.from || on > edition.to)
    return refuse('DateOutOfOrder', `on: ${on} lies outside the edition, ${spanOf(edition.from, edition.to)}.`);
  return { ...fields, onDay: daysBetween(edition.from, on) + 1 };
}
