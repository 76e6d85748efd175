import { describe, expect, it } from 'vitest';
import type { Story } from './given.ts';
import { acknowledged, assigned, consulting, received } from './requests.ts';

const mou = { title: 'MOU on e-government', subject: 'e-government', sides: ['mois', 'infosoc'] };

describe('a request on hold', () => {
  const held = (story: Story = consulting().passes('2018-09-10')) =>
    story.command('hold', { until: '2018-10-10', reason: 'elections in Romania' });

  it('waits for its day only, and the requester knows', () => {
    held().stands('onHold').mails('request.onHold', 'agency/infosoc').waitsFor('resume').isDue('resume', '2018-10-10');
  });

  it('goes on by itself when the day has passed, where it was, and everybody has the days on top', () => {
    const resumed = held().passes('2018-10-12');
    resumed
      .happens('deadlinePassed', 'resumed')
      .mails('request.resumed', 'person/kim-minji')
      .stands('consulting')
      .waitsFor('opinion:mofa', 'opinion:nia', 'decide')
      .isDue('opinion:mofa', '2018-10-19');
    expect(resumed.mailed('request.opinion')).toEqual([]);
  });

  it('can go on before, without mail', () => {
    held().passes('2018-09-20').command('resume').stands('consulting').mailsNo().isDue('opinion:mofa', '2018-09-28');
  });

  it('can have its day moved', () => {
    held()
      .command('moveDeadline', { deadline: 'resume', to: '2018-11-10', reason: 'second round' })
      .shows({ until: '2018-11-10' })
      .passes('2018-11-09')
      .stands('onHold');
  });

  it('takes opinions meanwhile', () => {
    held()
      .command('giveOpinion', { agency: 'mofa', opinion: 'inFavour' })
      .command('giveOpinion', { agency: 'nia', opinion: 'inFavour' })
      .stands('onHold')
      .command('resume')
      .stands('consulted');
  });

  it('is refused for a day that has gone, and not accepted while it rests', () => {
    consulting().when('hold', { until: '2018-09-06', reason: 'r' }).refuses('DateOutOfOrder');
    consulting().when('hold', { until: '2018-10-10' }).refuses('ReasonMissing');
    held().when('accept').refuses('WrongStage');
  });
});

describe('the decision', () => {
  const planned = () =>
    assigned().command('planMou', mou).command('planOutcome', { what: 'workshop', note: 'Bucharest, October' });

  it('accepts a request as several things: cases are opened, the rest is on record', () => {
    const accepted = planned().command('accept', { note: 'with pleasure' });
    accepted
      .stands('accepted')
      .waitsFor()
      .mails('request.accepted', 'agency/infosoc')
      .mails('request.settled', 'agency/mois')
      .shows({ outcomes: ['“MOU on e-government”', 'workshop: Bucharest, October'] })
      .opens('mou', {
        slug: 'kr-ro-2018',
        title: 'MOU on e-government',
        countries: ['KR', 'RO'],
        input: {
          request: 'request/kr-ro-2018',
          subject: 'e-government',
          sides: ['mois', 'infosoc'],
          binding: false,
        },
      });
    expect(accepted.effects.filter(({ type }) => type === 'open')).toHaveLength(1);
  });

  it('opens nothing before it is taken, and what was planned can be taken back', () => {
    const story = planned().command('dropOutcome', { number: 1 });
    expect(story.effects.filter(({ type }) => type === 'open')).toEqual([]);
    story.command('accept').shows({ outcomes: ['workshop: Bucharest, October'] });
    story.when('dropOutcome', { number: 1 }).refuses('UnknownItem', /there are: 2/);
  });

  it('needs something that the request becomes', () => {
    assigned()
      .when('accept')
      .refuses('NotReady', /plan-mou, plan-outcome/);
  });

  it('waits for opinions, unless a reason is given; then those asked hear that they need not answer', () => {
    const outstanding = planned().command('consult', { agency: 'mofa' });
    outstanding.when('accept').refuses('NotReady', /opinion of mofa is outstanding/);
    outstanding
      .command('accept', { reason: 'the visit is next week' })
      .stands('accepted')
      .mails('request.settled', 'agency/mofa');
  });

  it.each([
    ['AlreadyDone', mou, /another id/],
    ['InvalidInput', { ...mou, sides: ['mois'] }, /at least two/],
    ['InvalidInput', { ...mou, sides: ['mois', 'mois'] }, /stands there twice/],
    ['InvalidInput', { ...mou, mou: 'No Slug' }, /^mou: /],
  ] as const)('refuses with %s a second MOU %j', (code, second, because) => {
    planned().when('planMou', second).refuses(code, because);
  });

  it('takes two MOUs under two ids', () => {
    const both = planned()
      .command('planMou', { ...mou, title: 'Second', mou: 'kr-ro-tax' })
      .command('accept');
    both.opens('mou', { slug: 'kr-ro-2018' }).opens('mou', { slug: 'kr-ro-tax' });
  });

  it('to decline needs a reason, which the requester hears, at any stage', () => {
    received().when('decline').refuses('ReasonMissing');
    for (const story of [received(), acknowledged(), assigned(), consulting()])
      story
        .command('decline', { reason: 'not our field' })
        .stands('declined')
        .waitsFor()
        .mails('request.declined', 'agency/infosoc');
  });

  it('is no longer needed when the requester withdraws', () => {
    consulting()
      .command('withdraw')
      .stands('withdrawn')
      .mails('request.withdrawn', 'agency/infosoc')
      .mails('request.settled', 'agency/nia')
      .when('accept')
      .refuses('CaseClosed');
  });
});

describe('a visit or a workshop that is planned', () => {
  const visit = {
    title: 'Delegation to Greece and Romania',
    from: '2018-09-27',
    to: '2018-10-02',
    senders: ['mofa', 'mois'],
    countries: ['GR'],
    why: 'They had asked for it.',
    aim: 'to seek cooperation',
  };
  const workshop = {
    title: 'Workshop',
    subject: 'e-government',
    from: '2018-10-01',
    place: 'Bucharest',
    hosts: ['mois'],
  };

  it('is opened as a case when the request is accepted', () => {
    const accepted = assigned().command('planVisit', visit).command('planWorkshop', workshop).command('accept');
    accepted
      .opens('visit', {
        slug: 'kr-ro-2018',
        countries: ['KR', 'RO', 'GR'],
        input: {
          from: '2018-09-27',
          to: '2018-10-02',
          senders: ['mofa', 'mois'],
          reason: 'They had asked for it.',
          aim: 'to seek cooperation',
        },
      })
      .opens('workshop', {
        slug: 'kr-ro-2018',
        input: { subject: 'e-government', country: 'RO', place: 'Bucharest', from: '2018-10-01', hosts: ['mois'] },
      })
      .shows({
        outcomes: [
          'visit “Delegation to Greece and Romania”, 2018-09-27 to 2018-10-02',
          'workshop “Workshop”, 2018-10-01',
        ],
      });
  });

  it('is planned once under one id, and on days in their order', () => {
    assigned()
      .command('planVisit', visit)
      .when('planVisit', visit)
      .refuses('AlreadyDone', /visit\/kr-ro-2018/);
    assigned().command('planVisit', visit).command('planWorkshop', workshop).command('dropOutcome', { number: 1 });
    assigned()
      .when('planVisit', { ...visit, to: '2018-09-26' })
      .refuses('DateOutOfOrder');
    assigned()
      .when('planWorkshop', { ...workshop, to: '2018-09-30' })
      .refuses('DateOutOfOrder');
  });

  it('may still be only on record, as it was before', () => {
    assigned()
      .command('planOutcome', { what: 'visit', note: 'in autumn' })
      .shows({ outcomes: ['visit: in autumn'] });
  });
});
