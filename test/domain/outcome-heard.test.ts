import { describe, expect, it } from 'vitest';
import { allLanguages } from '../../activities/mail/texts.ts';
import { focalPointOf, given as editions, states } from './edition-stages.ts';
import { kinds } from '../../domain/kinds.ts';
import { outcomes } from '../kinds/said.ts';
import type { Story } from './given.ts';
import { given as meetings } from './meeting-stages.ts';
import { given as mous } from './mou-stages.ts';
import { acknowledged, consulting } from './requests.ts';
import { given as workshops, registration } from './workshop-stages.ts';

/**
 * Whoever was asked for a say in what others decide hears what came of it. Each thing that is owed has a line in `outcomes` of
 * `test/kinds/KIND.yaml`: the letters that tell it, of which each has its story here, or why there is none to tell.
 */

const reason = 'overtaken';

type Outcome = readonly [when: string, text: string, readers: readonly string[], story: () => Story];

const opinionOnMou = (): Story =>
  mous
    .accepted()
    .command('askOpinion', { from: 'mofa', kind: 'foreignMinistry' })
    .command('askOpinion', { from: 'moleg', kind: 'legal' });
const consulted = (): Story => consulting().command('giveOpinion', { agency: 'nia', opinion: 'inFavour' });
/** The opinion of `mofa` was not given in time. */
const expired = (): Story => consulted().passes('2018-10-15');
const all = ['agency/mofa', 'agency/mois', 'agency/nia'];

const signatories = [
  'agency/mindigital',
  'agency/mois',
  'person/kim-minji',
  'person/maria-k',
  'person/nikos-p',
  'person/shim-bokyun',
];

const stories: Readonly<Record<string, readonly Outcome[]>> = {
  'edition.nominate': [
    [
      'a state has not answered',
      'edition.nominationsClosed',
      states.map(focalPointOf),
      () => editions.asked().command('closeNominations', { reason }),
    ],
  ],
  'meeting.comment': [
    ['all sides agree to the minutes and sign', 'meeting.minutesSigned', signatories, () => meetings.signed()],
  ],
  'meeting.sign': [['all have signed', 'meeting.minutesSigned', signatories, () => meetings.signed()]],
  'mou.proposal': [
    [
      'it is given up',
      'mou.notConcluded',
      ['agency/mindigital', 'agency/mois'],
      () => mous.proposed().command('abandon', { reason }),
    ],
  ],
  'mou.reply': [
    [
      'it takes effect',
      'mou.inEffect',
      ['agency/mindigital', 'agency/mofa', 'agency/mois', 'person/kim-minji'],
      () => mous.signed(),
    ],
  ],
  'mou.opinion': [
    [
      'it takes effect with the signature',
      'mou.inEffect',
      ['agency/mindigital', 'agency/mofa', 'agency/mois', 'person/kim-minji'],
      () => mous.signed(),
    ],
    [
      'it is given up, to those who have not answered too',
      'mou.notConcluded',
      ['agency/mindigital', 'agency/mofa', 'agency/mois', 'agency/moleg'],
      () => opinionOnMou().command('giveOpinion', { from: 'mofa', opinion: 'inFavour' }).command('abandon', { reason }),
    ],
    [
      'the case is cancelled',
      'mou.cancelled',
      ['agency/mindigital', 'agency/mofa', 'agency/mois', 'agency/moleg'],
      () => opinionOnMou().command('cancel', { reason }),
    ],
    [
      'the case is cancelled long after it took effect, which they have heard',
      'mou.cancelled',
      ['agency/mindigital', 'agency/mois'],
      () => mous.inEffect().command('cancel', { reason }),
    ],
  ],
  'request.answer': [
    [
      'it is declined',
      'request.declined',
      ['agency/infosoc'],
      () =>
        acknowledged().command('askBack', { missing: 'The plan', due: '2018-09-20' }).command('decline', { reason }),
    ],
  ],
  'request.opinion': [
    ['the request is declined', 'request.settled', all, () => consulted().command('decline', { reason })],
    [
      'it is declined after the question has expired',
      'request.settled',
      all,
      () => expired().command('decline', { reason }),
    ],
    ['it is withdrawn', 'request.settled', all, () => expired().command('withdraw', { reason })],
    [
      'the case is cancelled',
      'case.cancelled',
      ['agency/infosoc', ...all],
      () => expired().command('cancel', { reason }),
    ],
  ],
  'workshop.nominate': [
    [
      'nominations end and a state has not answered',
      'workshop.nominationsClosed',
      ['agency/mcsi', 'agency/mtic'],
      () =>
        registration()
          .command('nominate', {
            nominees: [{ name: 'Nikos Pappas', country: 'GR', organisation: 'Ministry', position: 'Head' }],
          })
          .passes('2017-10-02'),
    ],
  ],
  'workshop.materials': [
    [
      'the materials are circulated',
      'workshop.materialsOut',
      ['agency/klid', 'agency/mcsi', 'agency/mois', 'person/lee-jiho'],
      () => workshops.materialsOut(),
    ],
  ],
};

it.each([...kinds, 'case'])('each thing that is owed by a case of kind %s has its line', (kind) => {
  const owed = Object.entries(allLanguages()[0]?.texts ?? {}).flatMap(([name, text]) => ('ask' in text ? [name] : []));
  const own = (names: Iterable<string>) => [...names].filter((name) => name.startsWith(`${kind}.`)).toSorted();
  expect(own(outcomes.keys()), `\`outcomes\` of test/kinds/${kind}.yaml`).toEqual(own(owed));
});

it('each letter that tells an outcome has its story, and each story its letter', () => {
  const told = [...outcomes].flatMap(([owed, by]) =>
    typeof by === 'string' ? [] : by.map((text) => `${owed}: ${text}`),
  );
  const here = Object.entries(stories).flatMap(([owed, each]) => each.map(([, text]) => `${owed}: ${text}`));
  expect([...new Set(here)].toSorted(), 'stories in test/domain/outcome-heard.test.ts').toEqual(told.toSorted());
});

describe.each(Object.entries(stories).flatMap(([owed, each]) => each.map((outcome) => [owed, ...outcome] as const)))(
  'whoever owed %s',
  (_, when, text, readers, story) => {
    it(`hears it when ${when}`, () => {
      const told = story().last.effects.flatMap((effect) =>
        effect.type === 'mail' && effect.message.text === text ? effect.message.to : [],
      );
      expect(told.toSorted()).toEqual(readers);
    });
  },
);

const words = 'The visit to KLID';

describe.each([
  ['workshop', 'toEvaluate', workshops.held(), workshops.materialsOut()],
  ['edition', 'questionnaire', editions.held(), editions.held()],
] as const)('focal points who have the questions of kind %s answered', (kind, questions, held, lastAnswers) => {
  const told = 'evaluationFigures';
  const lettersOf = (story: Story, name: string) =>
    story.last.effects.flatMap((effect) =>
      effect.type === 'mail' && effect.message.text === `${kind}.${name}` ? effect.message : [],
    );
  const readersOf = (story: Story, name: string) => lettersOf(story, name).map(({ to }) => to);
  const askedOf = readersOf(held, questions);
  const [first = ''] = String(lettersOf(held, questions)[0]?.facts.respondents).split(', ');
  const answered = lastAnswers.command('answerEvaluation', {
    respondent: first,
    answers: ['overall=5', `best=${words}`],
  });

  it('hear the figures that came of it, and nobody’s own words', () => {
    const closed = answered.command('closeEvaluation');
    expect(askedOf).not.toEqual([]);
    expect(readersOf(closed, told)).toEqual(askedOf);
    expect(lettersOf(closed, 'evaluated').filter(({ facts }) => String(facts.summary).includes(words))).not.toEqual([]);
    const figures = lettersOf(closed, told).map(({ facts }) => JSON.stringify(facts));
    expect(figures.filter((each) => each.includes('5.0 / 5'))).toHaveLength(askedOf.length);
    expect(figures.filter((each) => each.includes(words))).toEqual([]);
  });

  it('hear nothing where nobody answered', () => {
    expect(readersOf(lastAnswers.command('closeEvaluation', { reason }), told)).toEqual([]);
  });
});
