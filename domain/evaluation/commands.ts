import {
  type Evaluation,
  readResponses,
  type Response,
  type ResponseFields,
  responseFields,
  type ResponseFault,
} from '../evaluation.ts';
import { listOf } from '../fields.ts';
import { type EventRules, nobodyHears, rulesOf, type Subject } from '../lifecycle.ts';
import { type Refusal, refuseFaults } from '../refusal.ts';

/** What can happen to an evaluation, in any case that has one. */
export type EvaluationEvent = { type: 'evaluationAnswered'; responses: readonly Response[] };

const { command } = rulesOf<Subject & Evaluation, EvaluationEvent>();

/** Commands on an evaluation, for any kind of case that has one. */
export const evaluationCommands = (from: readonly string[]) => ({
  answerEvaluation: command({
    says: 'Record what one respondent answered; each answers once',
    by: ['host', 'coordinator'],
    from,
    input: responseFields.shape,
    decide: (fields, known) => answered(known, [fields]),
  }),
  recordEvaluation: command({
    says: 'Record what many answered, all of them or none; for a file: evaluate-file',
    by: ['host', 'coordinator'],
    from,
    input: {
      responses: listOf(responseFields)
        .min(1, 'needs at least one response')
        .describe('who answered what: respondent, answers'),
    },
    decide: ({ responses }, known) => answered(known, responses),
  }),
});

function answered(known: Evaluation, list: readonly ResponseFields[]): readonly EvaluationEvent[] | Refusal {
  const { responses, faults } = readResponses(known, list);
  return refuseFaults(faults, (fault) => inList(fault, list)) ?? [{ type: 'evaluationAnswered', responses }];
}

const inList = ({ index, because }: ResponseFault, list: readonly ResponseFields[]): string =>
  list.length > 1 ? `responses.${index}: ${because}` : because;

/** Rules for a subject of any kind that has an evaluation. */
export const evaluationEvents = <S extends Evaluation>(): EventRules<S, EvaluationEvent> => ({
  evaluationAnswered: {
    says: ({ responses }, known) =>
      `${responses.length === 1 ? 'An evaluation was' : `${responses.length} evaluations were`} received; there ${known.responses.length === 1 ? 'is' : 'are'} ${known.responses.length} now.`,
    evolve: (known, { responses }) => ({ ...known, responses: [...known.responses, ...responses] }),
    follows: nobodyHears,
  },
});
