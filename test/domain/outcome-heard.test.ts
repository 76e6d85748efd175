import { describe, expect, it } from 'vitest';
import { allLanguages } from '../../activities/mail/texts.ts';
import { focalPointOf, given as editions, states } from './edition-stages.ts';
import type { Story } from './given.ts';
import { given as meetings } from './meeting-stages.ts';
import { given as mous } from './mou-stages.ts';
import { acknowledged, consulting } from './requests.ts';
import { given as workshops, registration } from './workshop-stages.ts';

/**
 * Whoever was asked for a say in what others decide hears what came of it. Each thing that is owed has a line here: the
 * outcomes with the letter that tells them, or why there is none to tell.
 */

const reason = 'overtaken';
/** The decision is theirs, or that of whoever they work for. */
const decidesItself = 'is the coordinator’s';
/** What they were asked to do is what came of it; of what is made of it later others tell. */
const isTheOutcome = 'is done by doing it';

type Outcome = readonly [when: string, text: string, readers: readonly string[], story: () => Story];
type Line = readonly Outcome[] | typeof decidesItself | typeof isTheOutcome;

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

const lines: Readonly<Record<string, Line>> = {
  'action.accept': isTheOutcome,
  'action.newOwner': decidesItself,
  // Of one that is verified late or after a return, they hear: `action-outcome.test.ts`.
  'action.complete': isTheOutcome,
  'action.verify': decidesItself,
  'appointment.confirm': isTheOutcome,
  'appointment.record': isTheOutcome,
  'appointment.settle': decidesItself,
  'appointment.followUps': isTheOutcome,
  'case.successor': decidesItself,
  'case.extension': decidesItself,
  'committee.convene': decidesItself,
  'edition.fixDays': decidesItself,
  'edition.openNominations': decidesItself,
  'edition.nominate': [
    [
      'a state has not answered',
      'edition.nominationsClosed',
      states.map(focalPointOf),
      () => editions.asked().command('closeNominations', { reason }),
    ],
  ],
  'edition.confirm': decidesItself,
  'edition.plan': decidesItself,
  'edition.record': decidesItself,
  'edition.evaluate': decidesItself,
  'edition.report': decidesItself,
  'edition.proposeNext': decidesItself,
  'edition.close': decidesItself,
  'meeting.agenda': isTheOutcome,
  'meeting.record': isTheOutcome,
  'meeting.draftMinutes': isTheOutcome,
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
  'mou.draft': isTheOutcome,
  'mou.reply': [
    [
      'it takes effect',
      'mou.inEffect',
      ['agency/mindigital', 'agency/mofa', 'agency/mois', 'person/kim-minji'],
      () => mous.signed(),
    ],
  ],
  'mou.askOpinions': decidesItself,
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
  'mou.agreeText': decidesItself,
  'mou.authority': isTheOutcome,
  'mou.languages': decidesItself,
  'mou.arrangeSigning': decidesItself,
  'mou.signing': decidesItself,
  'mou.notify': isTheOutcome,
  'mou.posting': isTheOutcome,
  'mou.committee': decidesItself,
  'mou.decide': decidesItself,
  'mou.close': decidesItself,
  'programme.handOver': isTheOutcome,
  'request.acknowledge': decidesItself,
  'request.completeness': decidesItself,
  'request.answer': [
    [
      'it is declined',
      'request.declined',
      ['agency/infosoc'],
      () =>
        acknowledged().command('askBack', { missing: 'The plan', due: '2018-09-20' }).command('decline', { reason }),
    ],
  ],
  'request.assign': decidesItself,
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
  'request.decide': decidesItself,
  'visit.confirm': isTheOutcome,
  'visit.settleLeg': decidesItself,
  'visit.head': isTheOutcome,
  'visit.members': isTheOutcome,
  'visit.checklist': isTheOutcome,
  'visit.briefingBook': decidesItself,
  'visit.departure': decidesItself,
  'visit.report': isTheOutcome,
  'visit.act': decidesItself,
  'visit.refused': decidesItself,
  'visit.close': decidesItself,
  'workshop.announce': decidesItself,
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
  'workshop.confirm': decidesItself,
  'workshop.record': decidesItself,
  'workshop.circulate': decidesItself,
  'workshop.evaluate': decidesItself,
  'workshop.report': isTheOutcome,
  'workshop.close': decidesItself,
};

it('each thing that is owed has its line', () => {
  const owed = Object.entries(allLanguages()[0]?.texts ?? {}).flatMap(([name, text]) => ('ask' in text ? [name] : []));
  const ask = 'a line in `lines`: its outcomes with the letters that tell them, `decidesItself` or `isTheOutcome`';
  expect(Object.keys(lines).toSorted(), ask).toEqual(owed.toSorted());
});

describe.each(
  Object.entries(lines).flatMap(([owed, line]) =>
    typeof line === 'string' ? [] : line.map((outcome) => [owed, ...outcome] as const),
  ),
)('whoever owed %s', (_, when, text, readers, story) => {
  it(`hears it when ${when}`, () => {
    const told = story().last.effects.flatMap((effect) =>
      effect.type === 'mail' && effect.message.text === text ? effect.message.to : [],
    );
    expect(told.toSorted()).toEqual(readers);
  });
});

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
