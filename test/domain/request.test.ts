import { describe, expect, it } from 'vitest';
import { acknowledged, assigned, consulting, received } from './requests.ts';

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

  it('are warned of on the working day before when the last day is a day off: there is no other time', () => {
    const moved = { deadline: 'opinion:mofa', to: '2018-09-22', reason: 'The Saturday before Chuseok' };
    const story = consulting().command('moveDeadline', moved).passes('2018-09-23').happens('opinionExpired');
    const warned = story.mailed('request.opinion').filter(({ to }) => to === 'agency/mofa');
    expect(warned.map(({ tone, at, facts }) => `${at.slice(0, 10)} ${tone} ${String(facts.due)}`).at(-1)).toBe(
      '2018-09-21 before 2018-09-22',
    );
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
