import { factTypesBy } from '../fact-types.ts';
import type { QuestionAnswer, Evaluation, Question } from '../evaluation.ts';

/** What all answers to a question come to. */
export type Summary = { readonly question: Question; readonly answered: number } & (
  | {
      readonly type: 'rating';
      /** To one decimal, halves rounded up; absent while nobody has answered. */
      readonly mean?: number;
      /** How often each rating was given, from 1 to 5. */
      readonly distribution: readonly number[];
    }
  | { readonly type: 'yesNo'; readonly yes: number; readonly no: number }
  | { readonly type: 'text'; readonly texts: readonly string[] }
);

export const summaries = ({ questions, responses }: Evaluation): readonly Summary[] =>
  questions.map((question) =>
    summaryOf(
      question,
      responses.flatMap(({ answers }) => answers[question.id] ?? []),
    ),
  );

function summaryOf(question: Question, answers: readonly QuestionAnswer[]): Summary {
  const common = { question, answered: answers.length };
  const numberOf = (value: QuestionAnswer) => answers.filter((answer) => answer === value).length;
  switch (question.type) {
    case 'rating':
      return { ...common, type: 'rating', ...meanOf(answers), distribution: [1, 2, 3, 4, 5].map(numberOf) };
    case 'yesNo':
      return { ...common, type: 'yesNo', yes: numberOf(true), no: numberOf(false) };
    case 'text':
      return { ...common, type: 'text', texts: answers.map(String) };
  }
}

/** Tenths are rounded from whole numbers, so that 4.25 is 4.3 whatever a machine makes of it. */
function meanOf(ratings: readonly QuestionAnswer[]): { readonly mean?: number } {
  if (ratings.length === 0) return {};
  const sum = ratings.reduce<number>((total, rating) => total + Number(rating), 0);
  return { mean: Math.round((sum * 10) / ratings.length) / 10 };
}

/** A question and what was answered, on a line: figures that read alike in every language. */
export function summaryLine(summary: Summary): string {
  const { question, answered } = summary;
  const head = `${question.asks} (n = ${answered})`;
  if (answered === 0) return `${head}: –`;
  switch (summary.type) {
    case 'rating':
      return `${head}: ${summary.mean?.toFixed(1)} / 5 [${summary.distribution.map((times, index) => `${index + 1}: ${times}`).join(', ')}]`;
    case 'yesNo':
      return `${head}: ${Math.round((100 * summary.yes) / answered)} % (${summary.yes} / ${answered})`;
    case 'text':
      return `${head}: ${summary.texts.map((text) => `“${text.replace(/\s+/gu, ' ')}”`).join(' · ')}`;
  }
}

/** The summary as a paragraph of a mail. */
export const summaryLines = (known: Evaluation): string => summaries(known).map(summaryLine).join('\n');

/** What can be told beyond the organisers: figures, and nobody's own words. */
const figureLinesOf = (known: Evaluation): readonly string[] =>
  summaries(known)
    .filter(({ type }) => type !== 'text')
    .map(summaryLine);

/** The figures as a paragraph of a mail. */
export const figureLines = (known: Evaluation): string => figureLinesOf(known).join('\n');

/** The questions as a paragraph of a mail, with the names that answers go by. */
export const questionLines = ({ questions }: Evaluation): string =>
  questions.map(({ id, asks, type }) => `${asks} (${id}: ${scale[type]})`).join('\n');

const scale: Readonly<Record<Question['type'], string>> = { rating: '1–5', yesNo: 'yes/no', text: '…' };

/** What is shown of an evaluation, and what letters and stories tell of it. */
export const evaluationFactTypes = factTypesBy({
  questions: 'evaluation figures questions summary',
  words: 'respondents',
  number: 'all responses',
});

/** What people see of it; words are left to the summary in the mail, where nobody's mail carries them twice. */
export const evaluationFacts = (known: Evaluation) => ({
  responses: known.responses.length || undefined,
  evaluation: known.responses.length > 0 ? figureLinesOf(known) : [],
});
