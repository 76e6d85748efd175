import { describe, expect, it } from 'vitest';
import { defaultQuestionnaire, type Evaluation, type Question, readResponses } from '../../domain/evaluation.ts';
import { summaries, summaryLine } from '../../domain/evaluation/summary.ts';
import { given } from './workshop-stages.ts';

/** Rules on an evaluation, told of a workshop; an edition of a programme has the same. */

const questions: readonly Question[] = [
  { id: 'overall', asks: 'Overall?', type: 'rating' },
  { id: 'apply', asks: 'Apply it?', type: 'yesNo' },
  { id: 'best', asks: 'What was best?', type: 'text' },
];
const empty: Evaluation = { questions, responses: [] };
const answered = (...lists: string[][]): Evaluation => ({
  questions,
  responses: readResponses(
    empty,
    lists.map((answers, index) => ({ respondent: `r${index + 1}`, answers })),
  ).responses,
});
const faultsOf = (answers: string[]) => readResponses(empty, [{ respondent: 'r1', answers }]).faults;

describe('an answer', () => {
  it('is a rating, yes or no, or words, as people write them', () => {
    const { responses, faults } = readResponses(empty, [
      { respondent: 'r1', answers: ['overall=5', 'apply = Yes', 'best=The visit = the best'] },
    ]);
    expect(faults).toEqual([]);
    expect(responses).toEqual([
      { respondent: 'r1', answers: { overall: 5, apply: true, best: 'The visit = the best' } },
    ]);
  });

  it.each([
    ['overall=0', /a whole number from 1 to 5/],
    ['overall=6', /"6" is no answer/],
    ['overall=4.5', /a whole number from 1 to 5/],
    ['overall=good', /a whole number from 1 to 5/],
    ['apply=maybe', /yes or no/],
    ['best=', /some words/],
    ['constructor=5', /no question "constructor"; there are overall, apply, best/],
    ['very good', /no question "very good"/],
  ])('is refused: %s', (answer, because) => {
    expect(faultsOf([answer])).toHaveLength(1);
    expect(faultsOf([answer])[0]?.because).toMatch(because);
  });

  it('is given once to each question', () => {
    expect(faultsOf(['overall=5', 'overall=4'])).toEqual([
      { refused: 'AlreadyDone', because: 'overall is answered twice.', question: 'overall', index: 0 },
    ]);
  });
});

describe('the responses to a workshop', () => {
  const respond = { respondent: 'ro-ana-ionescu', answers: ['overall=4', 'best=Hometax'] };

  it('are taken once from each respondent; the first counts', () => {
    const once = given
      .held()
      .command('answerEvaluation', respond)
      .mailsNo()
      .says(/received; there is 1 now\.$/);
    once
      .when('answerEvaluation', { ...respond, answers: ['overall=1'] })
      .refuses('AlreadyDone', /ro-ana-ionescu has answered already/)
      .shows({ responses: 1 });
    given
      .held()
      .when('recordEvaluation', { responses: [respond, respond] })
      .refuses('AlreadyDone', /responses\.1: ro-ana-ionescu stands in this list twice/);
  });

  it('of a list are taken all or none', () => {
    const other = { respondent: 'gr-nikos-pappas', answers: ['overall=9'] };
    given
      .held()
      .when('recordEvaluation', { responses: [respond, other] })
      .refuses('InvalidInput', /responses\.1: overall: "9" is no answer/)
      .knows({ responses: [] });
    given
      .held()
      .command('recordEvaluation', { responses: [respond, { ...other, answers: ['overall=5'] }] })
      .shows({ responses: 2 });
  });

  it('are taken from the day it was held until the evaluation is closed', () => {
    given.confirmed().when('answerEvaluation', respond).refuses('WrongStage');
    given
      .evaluated()
      .when('answerEvaluation', { ...respond, respondent: 'late' })
      .refuses('WrongStage');
  });

  it('are summed up in the facts and in the mail to the hosts', () => {
    const story = given
      .materialsOut()
      .command('recordEvaluation', { responses: [respond, { respondent: 'r2', answers: ['overall=5', 'apply=no'] }] })
      .command('closeEvaluation')
      .mails('workshop.evaluated', 'agency/klid')
      .mails('workshop.evaluated', 'agency/mois');
    const [mail] = story.mailed('workshop.evaluated');
    expect(mail?.facts.summary).toMatch(
      /How do you rate it overall\? \(n = 2\): 4\.5 \/ 5 \[1: 0, 2: 0, 3: 0, 4: 1, 5: 1\]/,
    );
    expect(mail?.facts.summary).toMatch(/What was most useful to you\? \(n = 1\): “Hometax”/);
    story.shows({
      responses: 2,
      evaluation: expect.arrayContaining([
        'Will you be able to apply what you learned? (n = 1): 0 % (0 / 1)',
      ]) as string[],
    });
  });
});

describe('the summary', () => {
  it('has the mean to one decimal, halves rounded up, and how often each rating was given', () => {
    const ratings = [4, 4, 4, 5].map((rating) => [`overall=${rating}`]);
    const [overall] = summaries(answered(...ratings));
    expect(overall).toMatchObject({ answered: 4, mean: 4.3, distribution: [0, 0, 0, 3, 1] });
  });

  it('counts only those who answered a question', () => {
    const [overall, apply, best] = summaries(answered(['overall=5'], ['apply=yes'], ['apply=no', 'best=x\ny']));
    expect([overall, apply, best].map((each) => each?.answered)).toEqual([1, 2, 1]);
    expect(apply).toMatchObject({ yes: 1, no: 1 });
    expect(best).toMatchObject({ texts: ['x\ny'] });
  });

  it('of nobody has no mean', () => {
    expect(summaries(empty)[0]).not.toHaveProperty('mean');
    expect(summaries(empty).map(summaryLine)).toEqual([
      'Overall? (n = 0): –',
      'Apply it? (n = 0): –',
      'What was best? (n = 0): –',
    ]);
  });
});

describe('a questionnaire', () => {
  it('is the usual one, or one of its own', () => {
    given.planned().knows({ questions: defaultQuestionnaire });
    const own = [{ id: 'speed', asks: 'Was it too fast?', type: 'yesNo' }];
    given.planned({ questions: own }).knows({ questions: own });
  });

  it.each([
    ['without a question', [], /there is none/],
    ['with two questions of one name', [questions[0], questions[0]], /"overall" is the name of two questions/],
    ['with a question of an unknown type', [{ id: 'a', asks: 'b', type: 'stars' }], /questions\.0\.type/],
  ])('is refused %s', (_, own, because) => {
    given.planned({ questions: own }).refuses('InvalidInput', because);
  });
});
