import type { Evaluation } from '../domain/evaluation.ts';
import { type Summary, summaries } from '../domain/evaluation/summary.ts';
import { invitedCountries, type Nominations, participants } from '../domain/nomination.ts';
import { listOf, listOfWords, number, words, yesNo } from './fields.ts';
import type { Register } from './register.ts';

/** Who was invited, who took part, and what they thought of it: alike for workshops and editions. */
export const participantsShape = {
  invited: listOf('the invited states', {
    country: words('name of the state'),
    answer: words('how the state has answered: nominated, declined, not yet'),
  }),
  notDeclined: listOfWords('the invited states, without those that have declined'),
  states: listOfWords('the states from which participants came'),
  participants: listOf('the participants, by state', {
    name: words('name of the participant'),
    country: words('state of the participant'),
    organisation: words('organisation of the participant'),
    position: words('position of the participant'),
    attended: yesNo('whether the participant came'),
  }),
};

export function participantsIn(register: Register, known: Nominations) {
  const nameOf = (code: string): string => register.countryName(code) ?? code;
  const confirmed = participants(known);
  const came = confirmed.filter(({ attended }) => attended !== false);
  const states = known.invited.map(({ country }) => country);
  const inOrder = [...confirmed].sort((a, b) => states.indexOf(a.country) - states.indexOf(b.country));
  return {
    invited: known.invited.map(({ country, declinedOn }) => ({
      country: nameOf(country),
      answer: known.nominees.some((nominee) => nominee.country === country)
        ? 'nominated'
        : declinedOn
          ? 'declined'
          : 'not yet answered',
    })),
    notDeclined: invitedCountries(known).map(nameOf),
    states: states.filter((state) => came.some(({ country }) => country === state)).map(nameOf),
    participants: inOrder.map(({ name, country, organisation, position, attended }) => ({
      name,
      country: nameOf(country),
      organisation,
      position,
      attended: attended !== false,
    })),
  };
}

export const evaluationShape = {
  respondents: number('how many answered the questionnaire'),
  evaluation: listOf('the questions of the evaluation', {
    question: words('the question'),
    answered: number('how many answered the question'),
    result: words('what the answers come to: a mean, or how many said yes'),
    texts: listOfWords('answers in words'),
  }),
};

export const evaluationIn = (known: Evaluation) => ({
  respondents: known.responses.length || undefined,
  evaluation:
    known.responses.length === 0
      ? []
      : summaries(known).map((summary) => ({
          question: summary.question.asks,
          answered: summary.answered,
          result: resultOf(summary),
          texts: summary.type === 'text' ? [...summary.texts] : [],
        })),
});

function resultOf(summary: Summary): string | undefined {
  if (summary.answered === 0) return 'no answer';
  switch (summary.type) {
    case 'rating':
      return `${summary.mean?.toFixed(1)} of 5`;
    case 'yesNo':
      return `${summary.yes} of ${summary.answered} said yes`;
    case 'text':
      return undefined;
  }
}
