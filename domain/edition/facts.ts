import { evaluationFacts, evaluationFactTypes } from '../evaluation/summary.ts';
import { factTypesBy } from '../fact-types.ts';
import { partyOfAgency } from '../fields.ts';
import { nominationFacts, nominationFactTypes } from '../nomination/facts.ts';
import { factsOfIntended, factsOfNext } from './outline.ts';
import { type Activity, dateOfActivity, type Edition, yearOf } from './state.ts';
import { pick } from '../parts.ts';

/** What an edition shows, and what its letters and its story tell. */
export const factTypes = {
  ...nominationFactTypes,
  ...evaluationFactTypes,
  ...factTypesBy({
    words: `audience cities city document funding intendedHow intention nextHow outcome outcomes programmeName programmeSince purpose
      report speaker year`,
    day: 'firstFrom fixedOn heldOn planCirculatedOn reportedOn was',
    country: 'hosts intendedHosts nextHosts',
    party: 'organisers',
    case: 'programme',
    line: 'activities plan',
    choice: 'form',
    number: 'activity intendedHostsAtLeast intendedHostsAtMost nextHostsAtLeast nextHostsAtMost onDay',
  }),
};

/** What people see of an edition. */
export const facts = (known: Edition) => ({
  ...pick(known, 'programme', 'programmeName'),
  programmeSince: String(known.programmeSince),
  number: known.number,
  year: String(yearOf(known)),
  ...pick(known, 'from', 'to', 'fixedOn', 'firstFrom'),
  cities: known.hosts.map(({ city }) => city),
  hosts: known.hosts.map(({ country }) => country),
  organisers: known.organisers.map(partyOfAgency),
  ...pick(known, 'funding', 'purpose', 'audience'),
  ...factsOfIntended(known.intended),
  ...nominationFacts(known),
  ...(known.stage === 'announced' ? { notAnswered: [] } : {}),
  activities: inOrder(known).map((activity) => activityOnDay(known, activity)),
  ...pick(known, 'planCirculatedOn', 'heldOn', 'outcomes'),
  ...evaluationFacts(known),
  report: known.report?.document,
  reportedOn: known.report?.on,
  ...factsOfNext(known.next),
});

/** Day by day and hour by hour; one whose day is not known keeps its place behind the one planned before it. */
export function inOrder({ activities }: Pick<Edition, 'activities'>): readonly Activity[] {
  let day = 0;
  const placed = activities
    .toSorted((a, b) => a.number - b.number)
    .map((activity) => {
      day = activity.onDay ?? day;
      return { activity, day };
    });
  const timeOf = ({ time }: Activity) => time ?? '';
  return placed
    .toSorted((a, b) => a.day - b.day || timeOf(a.activity).localeCompare(timeOf(b.activity)))
    .map(({ activity }) => activity);
}

const activityOnDay = (edition: Edition, { title, ...activity }: Activity): string => {
  const on = dateOfActivity(edition, { title, ...activity });
  return `${activity.number}. ${title}${on ? ` (${on})` : ''}`;
};

/** The plan as lines of a mail. */
export const planLines = (edition: Edition): string =>
  inOrder(edition)
    .map((activity) => {
      const { title, time, place, chair } = activity;
      const when = [dateOfActivity(edition, activity), time].filter(Boolean).join(' ');
      return [when && `${when}:`, [title, place, chair].filter(Boolean).join(', ')].filter(Boolean).join(' ');
    })
    .join('\n');
