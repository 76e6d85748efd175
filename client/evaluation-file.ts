import type { Entry } from '../database/directory.ts';
import { type Evaluation, readResponses, responseFields, type ResponseFields } from '../domain/evaluation.ts';
import { type ListedFile, readListedFile } from './listed-file.ts';

/** The columns of a file of answers: who answers, and each question of the questionnaire by its short name. */
export const evaluationColumns = ({ questions }: Evaluation) => ({
  all: ['respondent', ...questions.map(({ id }) => id)],
  required: ['respondent'],
});

/** An empty cell is a question that was left out. */
const responseOf = ({ respondent, ...answers }: Entry['fields']): Entry['fields'] => ({
  respondent,
  answers: Object.entries(answers).map(([question, answer]) => `${question}=${String(answer)}`),
});

/**
 * Reads a file of answers, a line for each respondent, and holds it against the questionnaire and the answers on record.
 *
 * Who has answered just so already is left alone: the same file twice does nothing.
 */
export const readEvaluations = (file: string, known: Evaluation): Promise<ListedFile> =>
  readListedFile(file, {
    says: 'answers',
    columns: evaluationColumns(known),
    schema: responseFields,
    fieldsOf: responseOf,
    idOf: ({ respondent }) => respondent,
    isOnRecord: (fields) => isOnRecord(known, fields),
    faultsOf: (list) => readResponses(known, list).faults,
  });

function isOnRecord({ questions, responses }: Evaluation, fields: ResponseFields): boolean {
  const found = responses.find(({ respondent }) => respondent === fields.respondent);
  const { responses: read, faults } = readResponses({ questions, responses: [] }, [fields]);
  const [given] = read;
  return (
    found !== undefined &&
    given !== undefined &&
    faults.length === 0 &&
    questions.every(({ id }) => found.answers[id] === given.answers[id])
  );
}
