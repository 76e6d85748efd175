import { figureLines, questionLines, summaryLines } from '../evaluation/summary.ts';
import { type Party, partyOfAgency } from '../fields.ts';
import { asNew, lettersOf } from '../letters.ts';
import type { CaseHeader, Effect } from '../lifecycle.ts';
import { nominationLetters } from '../nomination/letters.ts';
import { type InvitedState, type Nominee, participants } from '../nomination.ts';
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

const statesOf = ({ invited }: Edition, nominees: readonly Nominee[]): readonly InvitedState[] =>
  invited.filter(({ country }) => nominees.some((nominee) => nominee.country === country));

/** The states whose nominees take part. */
export const takingPart = (edition: Edition): readonly InvitedState[] => statesOf(edition, participants(edition));

/** Those who count on it: until participants are confirmed every state that was asked and has not declined. */
export const concerned = (edition: Edition): Party[] => {
  const isOpen = edition.stage === 'announced' || edition.stage === 'nominationsOpen';
  const states = isOpen ? asked(edition).filter(({ declinedOn }) => !declinedOn) : takingPart(edition);
  return [...organisersOf(edition), ...focalPoints(states)];
};

const came = (edition: Edition): readonly Nominee[] =>
  participants(edition).filter(({ attended }) => attended !== false);

export const questionnaires = (edition: Edition): Effect[] =>
  statesOf(edition, came(edition)).flatMap(({ country: state, focalPoint }) => {
    const those = came(edition).filter(({ country }) => country === state);
    const names = those.map(({ name }) => name);
    const respondents = those.map(({ id }) => id);
    const facts = { state, names, respondents, questions: questionLines(edition) };
    return mail('questionnaire', [focalPoint], facts, { what: 'evaluate' });
  });

/** Who was asked to have the questions answered hears the figures; 0.2.1 told the organisers alone. */
export function evaluated(edition: Edition): Effect[] {
  const responses = edition.responses.length;
  const figures = { responses, figures: figureLines(edition) };
  const whoCame = focalPoints(statesOf(edition, came(edition)));
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
