import { dayOf } from '../dates.ts';
import { spaced } from '../case/label.ts';
import { counted } from '../derived.ts';
import { nobodyHears } from '../lifecycle.ts';
import { withOneMore, without } from '../lists.ts';
import { present } from '../parts.ts';
import { changedIn } from '../numbered.ts';
import { planLines } from './facts.ts';
import { concerned, mail } from './letters.ts';
import { type Activity, changed, type Edition, eventRules } from './state.ts';

const withActivity = (edition: Edition, number: number, change: (activity: Activity) => Activity): Edition => ({
  ...edition,
  activities: changedIn(edition.activities, number, change),
});

/** Talks and outcomes are this edition's own; what the next one begins with are the activities as such. */
const outlined = (edition: Edition): Edition => changed(edition, 'activities');

/** What happens to the plan of activities. */
export const planEvents = eventRules({
  activityAdded: {
    says: ({ activity, fields: { form, title, onDay } }) =>
      `Activity ${activity} planned${onDay ? ` on day ${onDay}` : ''}: ${title} (${spaced(form)}).`,
    evolve: (edition, { activity, fields }) =>
      outlined(withOneMore(edition, 'activities', { ...fields, number: activity, talks: [] })),
    follows: nobodyHears,
  },
  activityChanged: {
    says: ({ activity, fields }) => `Activity ${activity} changed: ${Object.keys(fields).map(spaced).join(', ')}.`,
    evolve: (edition, { activity, fields }) =>
      outlined(withActivity(edition, activity, (each) => ({ ...each, ...fields }))),
    follows: nobodyHears,
  },
  activityRemoved: {
    says: ({ activity, title }) => `Activity ${activity} taken out: ${title}.`,
    evolve: (edition, { activity }) => outlined(without(edition, 'activities', ({ number }) => number === activity)),
    follows: nobodyHears,
  },
  talkAdded: {
    says: ({ activity, title, speaker }) => `Talk in activity ${activity}: ${title}${speaker ? `, ${speaker}` : ''}.`,
    evolve: (edition, { activity, title, speaker }) =>
      withActivity(edition, activity, (each) => withOneMore(each, 'talks', { title, ...present({ speaker }) })),
    follows: nobodyHears,
  },
  talkRemoved: {
    says: ({ activity, title }) => `Talk taken out of activity ${activity}: ${title}.`,
    evolve: (edition, { activity, title }) =>
      withActivity(edition, activity, (each) => without(each, 'talks', (talk) => talk.title === title)),
    follows: nobodyHears,
  },
  activityRecorded: {
    says: ({ activity, outcome }) => `What came of activity ${activity}: ${outcome}`,
    evolve: (edition, { activity, outcome }) => withActivity(edition, activity, (each) => ({ ...each, outcome })),
    follows: nobodyHears,
  },
  planCirculated: {
    says: (_, { activities }) => `Plan of ${counted(activities.length, 'activity', 'activities')} circulated.`,
    evolve: (edition, { at }) => ({ ...edition, planCirculatedOn: dayOf(at) }),
    follows: (_, edition) => mail('planCirculated', concerned(edition), { plan: planLines(edition) }),
  },
});
