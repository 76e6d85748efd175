import type { DeadlineName } from '../deadline-name.ts';
import { tellVisit } from '../act.ts';
import { questionLines } from '../evaluation/summary.ts';
import type { FactsOf } from '../fact-types.ts';
import { type Party, partyOfAgency } from '../fields.ts';
import { lettersOf } from '../letters.ts';
import type { CaseHeader, Effect, Stamp } from '../lifecycle.ts';
import { nominationLetters } from '../nomination/letters.ts';
import { nomineesOf, statesThatCame } from '../nomination.ts';
import type { factTypes } from '../workshop.ts';
import { ahead, type Talk, type Workshop } from './state.ts';

export const letters = nominationLetters('workshop');
export const mail = lettersOf<typeof factTypes>('workshop');

export const hostsOf = ({ hosts }: Workshop): Party[] => hosts.map(partyOfAgency);

export const presentersOf = ({ talks }: Workshop): Party[] => talks.flatMap(({ presenter }) => presenter ?? []);

/** The focal points of the states that take part, or have not answered. */
export const focalPoints = ({ invited }: Workshop): Party[] =>
  invited.filter(({ declinedOn }) => !declinedOn).map(({ focalPoint }) => focalPoint);

/** Those who know of it: before the announcement these are the hosts alone. */
export const told = (workshop: Workshop): Party[] =>
  workshop.announcedOn
    ? [...hostsOf(workshop), ...focalPoints(workshop), ...presentersOf(workshop)]
    : hostsOf(workshop);

/** The focal points who are asked to have the questions answered. */
export const askedToEvaluate = (workshop: Workshop): Party[] =>
  statesThatCame(workshop).map(({ focalPoint }) => focalPoint);

export const toEvaluate = (workshop: Workshop): Effect[] =>
  statesThatCame(workshop).flatMap(({ country: state, focalPoint, came }) => {
    const names = came.map(({ name }) => name);
    const respondents = came.map(({ id }) => id).join(', ');
    const facts = { questions: questionLines(workshop), state, names, respondents };
    return mail('toEvaluate', [focalPoint], facts, { what: 'evaluate' });
  });

export const materialsOut = (workshop: Workshop): Effect[] => {
  const materials = [
    ...workshop.talks.flatMap(({ title, document }) => (document ? [`${title}: ${document}`] : [])),
    ...workshop.documents,
  ].join('\n');
  const withAttendees = workshop.invited.filter(({ country }) =>
    nomineesOf(workshop, country).some(({ attended }) => attended === true),
  );
  return [
    ...mail('materialsOut', [...hostsOf(workshop), ...presentersOf(workshop)], { materials, state: undefined }),
    ...withAttendees.flatMap(({ country, focalPoint }) =>
      mail('materialsOut', [focalPoint], { materials, state: country }),
    ),
  ];
};

/** A presenter hears of what concerns their own talk, from the announcement on. */
const toPresenter = (
  presenter: Party | undefined,
  { announcedOn }: Workshop,
  ...[name, ...more]: [name: string, facts: FactsOf<typeof factTypes>, answerBy?: DeadlineName]
): Effect[] => (announcedOn && presenter ? mail(name, [presenter], ...more) : []);

const factsOfTalk = ({ number, title, minutes, speaker, on }: Talk, { from }: Workshop) => ({
  talk: number,
  topic: title,
  minutes,
  speaker,
  day: on ?? from,
});

/** Who gives a talk is asked for its materials; of a change they are only told. */
export const presenting = (talk: Talk, workshop: Workshop): Effect[] =>
  toPresenter(talk.presenter, workshop, 'presenting', factsOfTalk(talk, workshop), {
    what: 'materials',
    item: `${talk.number}`,
  });

export const talkChanged = (talk: Talk, workshop: Workshop): Effect[] =>
  toPresenter(talk.presenter, workshop, 'talkChanged', factsOfTalk(talk, workshop));

export const talkDropped = (
  { told: why }: Stamp,
  { title: topic, presenter }: Pick<Talk, 'title' | 'presenter'>,
  workshop: Workshop,
): Effect[] => toPresenter(presenter, workshop, 'talkDropped', { topic, why });

/** The visit hears of its act. */
export const tell = (standing: 'planned' | 'done' | 'cancelled', workshop: Workshop, header: CaseHeader): Effect[] => {
  const { from: on, to: until, place } = workshop;
  return tellVisit(workshop, header, { standing, on, until, place });
};

export const tellPlan = (workshop: Workshop, header: CaseHeader): Effect[] =>
  ahead.includes(workshop.stage) ? tell('planned', workshop, header) : [];
