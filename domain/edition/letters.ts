import { figureLines, questionLines, summaryLines } from '../evaluation/summary.ts';
import { type Party, partyOfAgency } from '../fields.ts';
import { asNew, lettersOf } from '../letters.ts';
import type { CaseHeader, Effect } from '../lifecycle.ts';
import { nominationLetters } from '../nomination/letters.ts';
import { type InvitedState, participants, statesThatCame } from '../nomination.ts';
import { tellCase } from '../other-cases.ts';
import { pick } from '../parts.ts';
import type { factTypes } from './facts.ts';
import type { Edition, Part } from './state.ts';

export const letters = nominationLetters('edition');
export const mail = lettersOf<typeof factTypes>('edition');

export const organisersOf = ({ organisers }: Edition): Party[] => organisers.map(partyOfAgency);

/** The states that were asked to nominate, whatever they have answered. */
export const asked = ({ invited }: Edition): readonly InvitedState[] => invited.filter(({ invitedOn }) => invitedOn);

export const focalPoints = (states: readonly InvitedState[]): Party[] => states.map(({ focalPoint }) => focalPoint);

/** The states whose nominees take part. */
export const takingPart = (edition: Edition): readonly InvitedState[] =>
  edition.invited.filter(({ country }) => participants(edition).some((each) => each.country === country));

/** Those who count on it: until participants are confirmed every state that was asked and has not declined. */
export const concerned = (edition: Edition): Party[] => {
  const isOpen = edition.stage === 'announced' || edition.stage === 'nominationsOpen';
  const states = isOpen ? asked(edition).filter(({ declinedOn }) => !declinedOn) : takingPart(edition);
  return [...organisersOf(edition), ...focalPoints(states)];
};

export const questionnaires = (edition: Edition): Effect[] =>
  statesThatCame(edition).flatMap(({ country: state, focalPoint, came }) => {
    const names = came.map(({ name }) => name);
    const respondents = came.map(({ id }) => id);
    const facts = { state, names, respondents, questions: questionLines(edition) };
    return mail('questionnaire', [focalPoint], facts, { what: 'evaluate' });
  });

/** Who was asked to have the questions answered hears the figures; 0.2.1 told the organisers alone. */
export function evaluated(edition: Edition): Effect[] {
  const responses = edition.responses.length;
  const figures = { responses, figures: figureLines(edition) };
  const whoCame = focalPoints(statesThatCame(edition));
  return [
    ...mail('evaluated', organisersOf(edition), { responses, summary: summaryLines(edition) }),
    ...(responses > 0 ? asNew(mail('evaluationFigures', whoCame, figures)) : []),
  ];
}

export const tellProgramme = (
  command: string,
  { programme }: Edition,
  { id: edition }: CaseHeader,
  input: Readonly<Record<string, unknown>> = {},
): Effect[] => tellCase(programme, command, { edition, ...input });

/** What people changed in this edition. */
export function changesOf(edition: Edition): Readonly<Record<string, unknown>> {
  const { invited, activities } = edition;
  const inOutline: { readonly [part in Part]?: Readonly<Record<string, unknown>> } = {
    invited: { invited: invited.map(({ country }) => country), focalPoints: focalPoints(invited) },
    activities: { activities: activities.map((activity) => pick(activity, 'form', 'title', 'onDay')) },
  };
  return Object.assign({}, ...edition.changed.map((part) => inOutline[part] ?? pick(edition, part)));
}
