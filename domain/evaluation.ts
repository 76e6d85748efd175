import { z } from 'zod';
import { listOf, line, slug, text } from './fields.ts';
import { type Refusal, refuse } from './refusal.ts';

/** A question of an evaluation: rated from 1 (poor) to 5 (excellent), answered by yes or no, or in words. */
export const question = z.strictObject({
  id: slug.describe('a short name, which answers and columns of a CSV file use'),
  asks: line.describe('the question itself'),
  type: z.enum(['rating', 'yesNo', 'text']).describe('rating: 1 to 5; yesNo; text: in words'),
});

export type Question = z.output<typeof question>;

/** What training evaluations commonly ask: of content, speakers, organisation, use at work, and in words what to change. */
export const defaultQuestionnaire: readonly Question[] = [
  { id: 'overall', asks: 'How do you rate it overall?', type: 'rating' },
  { id: 'content', asks: 'How relevant was its content to your work?', type: 'rating' },
  { id: 'speakers', asks: 'How do you rate the speakers?', type: 'rating' },
  { id: 'organisation', asks: 'How do you rate the organisation?', type: 'rating' },
  { id: 'apply', asks: 'Will you be able to apply what you learned?', type: 'yesNo' },
  { id: 'recommend', asks: 'Would you recommend it to a colleague?', type: 'yesNo' },
  { id: 'best', asks: 'What was most useful to you?', type: 'text' },
  { id: 'better', asks: 'What should be better next time?', type: 'text' },
];

/** A rating as a number, yes or no as a truth value, words as they were written. */
export type QuestionAnswer = number | boolean | string;

/** What one respondent answered, by question; what was left out is not there. */
export interface Response {
  readonly respondent: string;
  readonly answers: Readonly<Record<string, QuestionAnswer>>;
}

/** What a case with an evaluation knows of it: a part of its subject. */
export interface Evaluation {
  readonly questions: readonly Question[];
  /** One per respondent: the first counts, and is never replaced. */
  readonly responses: readonly Response[];
}

/** What a respondent answered, as people write it: `overall=5`, `apply=yes`, `best=The site visits`. */
export const responseFields = z.strictObject({
  respondent: slug.describe('who answers: the id of a participant, or a token that stands for one'),
  answers: listOf(text).min(1, 'needs at least one answer').describe('QUESTION=ANSWER, such as overall=5 or apply=yes'),
});

export type ResponseFields = z.output<typeof responseFields>;

/** One thing that is wrong with a list of responses: with which of them, and with the answer to which question. */
export interface ResponseFault extends Refusal {
  readonly index: number;
  readonly question?: string;
}

/** The responses of a list as they are recorded, and everything that is wrong with them. */
export function readResponses(
  known: Evaluation,
  list: readonly ResponseFields[],
): { readonly responses: readonly Response[]; readonly faults: readonly ResponseFault[] } {
  const read = list.map((fields) => readResponse(known.questions, fields));
  const faults = read.flatMap((each, index) => {
    const twice = refuseTwice(known, list, index);
    return [...(twice ? [{ ...twice, index }] : []), ...each.faults.map((fault) => ({ ...fault, index }))];
  });
  return { responses: read.map(({ response }) => response), faults };
}

function refuseTwice({ responses }: Evaluation, list: readonly ResponseFields[], index: number): Refusal | undefined {
  const respondent = list[index]?.respondent ?? '';
  const first = list.findIndex((each) => each.respondent === respondent);
  if (first !== index)
    return refuse('AlreadyDone', `${respondent} stands in this list twice; the first is no. ${first + 1}.`);
  return responses.some((response) => response.respondent === respondent)
    ? refuse('AlreadyDone', `${respondent} has answered already; the first answer counts.`)
    : undefined;
}

type AnswerFault = Refusal & { readonly question?: string };

function readResponse(questions: readonly Question[], { respondent, answers }: ResponseFields) {
  const faults: AnswerFault[] = [];
  const read: Record<string, QuestionAnswer> = {};
  for (const given of answers) {
    const [, id = given, words = ''] = /^([^=]*?)\s*=\s*(.*)$/s.exec(given) ?? [];
    const asked = questions.find((each) => each.id === id);
    const answer = asked && answerTo(asked, words.trim());
    if (!asked) faults.push(refuse('UnknownItem', unknownQuestion(questions, id)));
    else if (Object.hasOwn(read, id))
      faults.push({ ...refuse('AlreadyDone', `${id} is answered twice.`), question: id });
    else if (answer === undefined)
      faults.push({
        ...refuse('InvalidInput', `${id}: "${words}" is no answer; ${expected[asked.type]}.`),
        question: id,
      });
    else read[id] = answer;
  }
  return { response: { respondent, answers: read }, faults };
}

const unknownQuestion = (questions: readonly Question[], id: string): string =>
  `There is no question "${id}"; there are ${questions.map((each) => each.id).join(', ')}. Answers are written QUESTION=ANSWER.`;

const expected: Readonly<Record<Question['type'], string>> = {
  rating: 'a whole number from 1 to 5 is',
  yesNo: 'yes or no is',
  text: 'some words are',
};

const yes = ['yes', 'y', 'true'];
const no = ['no', 'n', 'false'];

function answerTo({ type }: Question, words: string): QuestionAnswer | undefined {
  switch (type) {
    case 'rating':
      return /^[1-5]$/.test(words) ? Number(words) : undefined;
    case 'yesNo': {
      const word = words.toLowerCase();
      return yes.includes(word) ? true : no.includes(word) ? false : undefined;
    }
    case 'text':
      return words === '' ? undefined : words;
  }
}

/** Refuses a questionnaire that nobody could answer. */
export function refuseQuestions(questions: readonly Question[]): Refusal | undefined {
  const twice = questions.find(({ id }, index) => questions.findIndex((each) => each.id === id) !== index);
  if (twice) return refuse('InvalidInput', `questions: "${twice.id}" is the name of two questions; give each its own.`);
  return questions.length === 0
    ? refuse('InvalidInput', 'questions: there is none; leave the field out for the usual questionnaire.')
    : undefined;
}
