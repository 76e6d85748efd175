import type { CaseState } from '../domain/case/state.ts';
import { inOrder } from '../domain/edition/facts.ts';
import { type Activity, dateOfActivity, type Edition } from '../domain/edition/state.ts';
import type { Intention } from '../domain/edition/outline.ts';
import type { Period } from '../domain/dates.ts';
import { day, group, listOf, listOfWords, number, title, words, yesNo } from './fields.ts';
import { evaluationIn, evaluationShape, participantsIn, participantsShape } from './participants.ts';
import type { Register } from './register.ts';
import { agencyIn, personIn, personShape } from './shapes.ts';
import { listInWords, numberInWords } from './words.ts';

/** Fields of an edition of a programme, which its documents share. */

const intention = {
  says: words('what is intended for the next edition'),
  hosts: listOfWords('states in which the next edition is to be held'),
  where: words('where, or in how many states, the next edition is to be held'),
  number: number('number of the next edition'),
};

export const editionShape = {
  programme: words('name of the programme'),
  since: number('year of the first edition of the programme'),
  frequency: words('how often the programme is held'),
  number: number('number of the edition'),
  title: title('edition', 'title of the edition'),
  organisers: listOfWords('organisers of the edition'),
  funding: words('who pays for the edition'),
  from: day('first day of the edition'),
  to: day('last day of the edition'),
  over: yesNo('whether the edition was held'),
  hosts: listOf('where the edition is held', {
    city: words('city in which the edition is held'),
    country: words('state in which the edition is held'),
    where: words('city and state in which the edition is held'),
    from: day('first day there'),
    to: day('last day there'),
  }),
  purpose: words('purpose of the edition'),
  audience: words('for whom the edition is'),
  ...participantsShape,
  activities: listOf('the activities, in their order', {
    number: number('number of the activity'),
    form: words('what the activity is: workshop, conference, site visit …'),
    title: words('title of the activity'),
    on: day('day of the activity'),
    time: words('time at which the activity begins'),
    place: words('place of the activity'),
    organiser: words('who organises or hosts the activity'),
    chair: words('who chairs the activity, with office'),
    talks: listOf('talks of the activity', { title: words('title of the talk'), speaker: words('who gives the talk') }),
    panels: listOfWords('panels of the activity'),
    attendees: words('who takes part in the activity besides the participants'),
    description: words('what the activity is about'),
    outcome: words('what came of the activity'),
  }),
  outcomes: listOfWords('what came of the edition'),
  ...evaluationShape,
  next: group('what is intended for the next edition', intention),
  coordinator: group('who coordinates the edition', personShape('the coordinator')),
};

const forms: Readonly<Record<Activity['form'], string>> = {
  workshop: 'workshop',
  conference: 'conference',
  siteVisit: 'site visit',
  wrapUp: 'wrap-up meeting',
  ceremony: 'ceremony',
  other: 'other',
};

const heldAt = ['held', 'evaluated', 'nextProposed', 'closed'];

export async function editionIn(register: Register, { subject: known, title, coordinator }: CaseState<Edition>) {
  const programme = await register.find('programme', known.programme);
  return {
    programme: known.programmeName,
    since: known.programmeSince,
    frequency: programme && frequencyIn(programme.subject.period),
    number: known.number,
    title,
    organisers: known.organisers.map((organiser) => agencyIn(register, organiser).name),
    funding: known.funding,
    from: known.fixedOn ? known.from : undefined,
    to: known.fixedOn ? known.to : undefined,
    over: heldAt.includes(known.stage),
    hosts: known.hosts.map(({ city, country: code, from, to }) => {
      const country = register.countryName(code) ?? code;
      return { city, country, where: `${city}, ${country}`, from, to };
    }),
    purpose: known.purpose,
    audience: known.audience,
    ...participantsIn(register, known),
    activities: activitiesIn(register, known),
    outcomes: [...known.outcomes],
    ...evaluationIn(known),
    next: known.next && { ...intentionIn(register, known.next), number: known.number + 1 },
    coordinator: personIn(register, coordinator),
  };
}

const activitiesIn = (register: Register, known: Edition) =>
  inOrder(known).map((activity) => ({
    ...activity,
    form: forms[activity.form],
    on: known.fixedOn ? dateOfActivity(known, activity) : undefined,
    organiser: activity.organiser && agencyIn(register, activity.organiser).name,
    talks: activity.talks.map(({ title, speaker }) => ({ title, speaker })),
    panels: [...activity.panels],
  }));

function intentionIn(register: Register, { intention: says, hosts, hostsAtLeast, hostsAtMost }: Intention) {
  const [least, most] = [hostsAtLeast ?? hostsAtMost, hostsAtMost ?? hostsAtLeast];
  const inHowMany =
    least === undefined || most === undefined
      ? undefined
      : `${least === most ? numberInWords(least, 'en') : `${numberInWords(least, 'en')} or ${numberInWords(most, 'en')}`} ${most === 1 ? 'state' : 'states'}`;
  const names = hosts.map((code) => register.countryName(code) ?? code);
  return { says, hosts: names, where: names.length > 0 ? listInWords(names, 'en') : inHowMany };
}

function frequencyIn(period: Period): string {
  const [, years] = /^P(\d+)Y$/.exec(period) ?? [];
  if (years === '1') return 'yearly';
  return years ? `every ${numberInWords(Number(years), 'en')} years` : `every ${period}`;
}
