import { describe, expect, it } from 'vitest';
import { request } from '../../domain/request.ts';
import { given, type Story } from './given.ts';

const opening = {
  id: 'kr-ro-2018',
  title: 'Request of Romania for e-government cooperation',
  countries: ['KR', 'RO'],
  subject: 'e-government cooperation',
  how: 'noteVerbale',
  noteNumber: 'F.4711/18',
  dated: '2018-09-03',
  receivedOn: '2018-09-05',
  requester: 'agency/infosoc',
  requestingCountry: 'RO',
};
const world = { at: '2018-09-06' };

const received = (part = {}) => given(request, { ...opening, ...part }, world);
const acknowledged = () => received().command('acknowledge');
const assigned = () => acknowledged().command('confirmComplete').command('assign', { lead: 'mois' });
const consulting = () => assigned().command('consult', { agency: 'mofa' }).command('consult', { agency: 'nia' });
const mou = { title: 'MOU on e-government', subject: 'e-government', sides: ['mois', 'infosoc'] };

describe('a request that has arrived', () => {
  it('is to be acknowledged within five working days of its arrival', () => {
    received()
      .stands('received')
      .waitsFor('acknowledge')
      .isDue('acknowledge', '2018-09-12')
      .passes('2018-09-13')
      .mails('request.acknowledge', 'person/kim-minji', { tone: 'due' })
      .command('acknowledge', { note: 'with thanks' })
      .stands('acknowledged')
      .mails('request.acknowledged', 'agency/infosoc');
  });

  it('may have another period for that', () => {
    received({ acknowledgeWorkingDays: 10 }).isDue('acknowledge', '2018-09-19');
  });

  it.each([
    ['DateInFuture', { receivedOn: '2018-09-20' }, /it is 2018-09-06/],
    ['DateOutOfOrder', { dated: '2018-09-06' }, /after the day it arrived/],
    ['InvalidInput', { noteNumber: undefined }, /note verbale has a number/],
    ['UnknownCountry', { requestingCountry: 'GR' }, /concerns KR, RO only/],
    ['InvalidInput', { how: 'pigeon' }, /^how: /],
    ['InvalidInput', { requester: 'infosoc' }, /agency\/ID or person\/ID/],
  ] as const)('is refused with %s when its opening says %j', (code, part, because) => {
    received(part).refuses(code, because);
  });
});

describe('completeness', () => {
  const asked = () => acknowledged().command('askBack', { missing: 'the agencies concerned', due: '2018-09-20' });

  it('is asked back by a day, and answered', () => {
    asked()
      .stands('askedBack')
      .mails('request.askedBack', 'agency/infosoc')
      .isDue('answer', '2018-09-20')
      .passes('2018-09-21')
      .mails('request.answer', 'agency/infosoc', { tone: 'before' })
      .mails('request.answer', 'agency/infosoc', { tone: 'due' })
      .command('answer', { answer: 'annex 1' })
      .stands('acknowledged')
      .waitsFor('completeness')
      .command('confirmComplete')
      .stands('complete');
  });

  it('unanswered, becomes known to the coordinator', () => {
    asked().passes('2018-10-02').mails('request.answer', 'person/kim-minji', { tone: 'escalation' });
  });

  it('is not asked back for a day that has gone', () => {
    acknowledged()
      .when('askBack', { missing: 'x', due: '2018-09-06' })
      .refuses('DateOutOfOrder', /lie ahead/);
    acknowledged().when('askBack', { missing: 'x', due: '2044-01-01' }).refuses('DateTooFar');
  });

  it('comes before the acknowledgement never', () => {
    received().when('confirmComplete').refuses('WrongStage');
  });
});

describe('the lead agency', () => {
  it('hears that it leads; the coordinator owes the decision', () => {
    assigned()
      .stands('assigned')
      .mails('request.assigned', 'agency/mois')
      .waitsFor('decide')
      .isDue('decide', '2018-10-18');
  });

  it('may be given a day for the decision, which lies ahead', () => {
    const complete = acknowledged().command('confirmComplete');
    complete.command('assign', { lead: 'mois', decideBy: '2018-10-01' }).isDue('decide', '2018-10-01');
    complete.when('assign', { lead: 'mois', decideBy: '2018-09-01' }).refuses('DateOutOfOrder');
  });

  it('can change, with a reason; the new one need not be asked any more', () => {
    const changed = assigned()
      .command('consult', { agency: 'mofa' })
      .command('changeLead', { lead: 'mofa', reason: 'r' });
    changed.stands('consulted').mails('request.assigned', 'agency/mofa').waitsFor('decide');
    changed.when('changeLead', { lead: 'mofa', reason: 'r' }).refuses('AlreadyDone');
    changed.when('changeLead', { lead: 'nia' }).refuses('ReasonMissing');
  });
});

describe('consultations', () => {
  it('have a deadline each, of ten working days or a day that is named', () => {
    assigned()
      .command('consult', { agency: 'mofa', question: 'any objection?' })
      .mails('request.opinionAsked', 'agency/mofa')
      .command('consult', { agency: 'nia', due: '2018-09-28' })
      .stands('consulting')
      .waitsFor('opinion:mofa', 'opinion:nia', 'decide')
      .isDue('opinion:mofa', '2018-09-20')
      .isDue('opinion:nia', '2018-09-28');
  });

  it('are warned of at two thirds, and on the day only those who have not answered', () => {
    const story = consulting().command('giveOpinion', { agency: 'nia', opinion: 'inFavour' }).passes('2018-09-20');
    expect(story.mailed('request.opinion').map(({ to, tone, at }) => `${at.slice(0, 10)} ${tone} ${to}`)).toEqual([
      '2018-09-14 before agency/mofa',
      '2018-09-20 due agency/mofa',
    ]);
  });

  it('expire by themselves; when nobody is waited for, the decision is next', () => {
    consulting()
      .command('giveOpinion', { agency: 'nia', opinion: 'against', remarks: 'no budget' })
      .stands('consulting')
      .passes('2018-09-21')
      .happens('deadlinePassed', 'opinionExpired')
      .mails('request.opinionExpired', 'person/kim-minji')
      .stands('consulted')
      .shows({ against: ['agency/nia'], expired: ['agency/mofa'], outstanding: [] });
  });

  it('take an opinion that comes after its day, until the decision', () => {
    consulting()
      .passes('2018-09-21')
      .command('giveOpinion', { agency: 'mofa', opinion: 'inFavour' })
      .stands('consulted')
      .shows({ inFavour: ['agency/mofa'], expired: ['agency/nia'] });
  });

  it.each([
    ['AlreadyDone', 'consult', { agency: 'mofa' }, /still outstanding/],
    ['AlreadyDone', 'consult', { agency: 'mois' }, /leads the request/],
    ['NotAParty', 'giveOpinion', { agency: 'klid', opinion: 'inFavour' }, /asked were: mofa, nia/],
    ['InvalidInput', 'giveOpinion', { agency: 'mofa', opinion: 'against' }, /remarks/],
    ['InvalidInput', 'giveOpinion', { agency: 'mofa', opinion: 'perhaps' }, /^opinion: /],
    ['DateOutOfOrder', 'consult', { agency: 'klid', due: '2018-09-06' }, /lie ahead/],
  ] as const)('refuse with %s: %s %j', (code, command, body, because) => {
    consulting().when(command, body).refuses(code, because);
  });

  it('ask the same agency again after its answer, and not before', () => {
    const answered = consulting().command('giveOpinion', { agency: 'mofa', opinion: 'inFavour' });
    answered.when('giveOpinion', { agency: 'mofa', opinion: 'inFavour' }).refuses('AlreadyDone', /ask it again/);
    answered
      .passes('2018-09-10')
      .command('consult', { agency: 'mofa', question: 'and now?' })
      .isDue('opinion:mofa', '2018-09-24')
      .shows({ outstanding: ['agency/nia', 'agency/mofa'] });
  });

  it('can be given more time', () => {
    consulting()
      .command('moveDeadline', { deadline: 'opinion:mofa', to: '2018-10-05', reason: 'Chuseok' })
      .isDue('opinion:mofa', '2018-10-05')
      .passes('2018-09-22')
      .shows({ outstanding: ['agency/mofa'], expired: ['agency/nia'] });
  });
});

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
      .shows({ outcomes: ['MOU "MOU on e-government"', 'workshop: Bucharest, October'] })
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
      .refuses('NotReady', /planMou, planOutcome/);
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
