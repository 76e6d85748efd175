import { aDocument } from './a-document.ts';
import { describe, expect, it } from 'vitest';
import { given, sides } from './mou-stages.ts';

describe('a proposed MOU', () => {
  it('asks the other side, and only that, for an answer within a month', () => {
    const story = given.proposed();
    expect(story.mailed('mou.proposed').map(({ to }) => to)).toEqual(['agency/mindigital']);
    story.waitsFor('proposal:mindigital').isDue('proposal:mindigital', '2017-06-01');
    story.passes('2017-05-31').mails('mou.proposal', 'agency/mindigital', { tone: 'before' });
  });
  it('asks our side when the other has proposed it', () => {
    given.proposed({ proposedBy: 'mindigital' }).waitsFor('proposal:mois');
  });
  it('has two different sides, ours and the proposer among them', () => {
    given.proposed({ sides: ['mois'] }).refuses('InvalidInput', /sides: an MOU has at least two sides/);
    given.proposed({ sides: ['mois', 'mois'] }).refuses('InvalidInput', /named once/);
    given
      .proposed({ homeSide: 'klid' })
      .refuses('NotAParty', /klid is no side of this MOU; its sides are mois, mindigital/);
    given.proposed({ proposedBy: 'klid' }).refuses('NotAParty');
  });
  it('can be declined, with a reason', () => {
    given.proposed().when('abandon', { side: 'mindigital' }).refuses('ReasonMissing');
    given
      .proposed()
      .when('abandon', { side: 'mindigital', reason: 'no budget' })
      .mails('mou.notConcluded', 'agency/mois')
      .stands('notConcluded')
      .when('takeUp', { drafter: 'mois' })
      .refuses('CaseClosed');
  });
  it('is drafted by one of its sides, which is asked for the draft', () => {
    given.proposed().when('takeUp', { drafter: 'klid' }).refuses('NotAParty');
    given
      .proposed()
      .when('takeUp', { drafter: 'mois', draftBy: '2017-05-01' })
      .refuses('DateOutOfOrder', /before the proposal was taken up/);
    given
      .proposed()
      .when('takeUp', { drafter: 'mindigital' })
      .mails('mou.draftAsked', 'agency/mindigital')
      .stands('drafting')
      .isDue('draft:mindigital', '2017-06-01')
      .when('sendDraft', { document: aDocument(), from: 'mois' })
      .refuses('NotTheirTurn', /it is the turn of mindigital/);
  });
});

describe('negotiation', () => {
  it('gives each draft a number, and the turn to the other side with a day for its reply', () => {
    const first = given.drafted().mails('mou.draftReceived', 'agency/mindigital').waitsFor('reply:mindigital');
    first.shows({ draft: 1, turn: ['agency/mindigital'], replyBy: '2017-06-01' });
    first
      .when('sendDraft', { document: aDocument(), from: 'mindigital', on: '2017-05-02' })
      .shows({ draft: 2, turn: ['agency/mois'] })
      .mails('mou.draftReceived', 'agency/mois')
      .waitsFor('reply:mois-2')
      .isDue('reply:mois-2', '2017-06-01');
  });
  it('chases whoever is to reply, up to the superior', () => {
    const story = given.drafted().passes('2017-06-13');
    expect(story.mailed('mou.reply').map(({ to, tone }) => `${to} ${tone}`)).toEqual([
      'agency/mindigital before',
      'agency/mindigital due',
      'agency/mindigital overdue',
      'agency/mindigital overdue',
      'superior-of/agency/mindigital escalation',
    ]);
  });
  it('takes a reply only from a side whose turn it is, unless the turn is corrected', () => {
    given
      .drafted()
      .when('acceptDraft', { side: 'mois' })
      .refuses('NotTheirTurn', /it is the turn of mindigital/)
      .when('giveTurn', { to: 'mois', reason: 'they asked us to go on' })
      .mails('mou.turnGiven', 'agency/mois')
      .command('sendDraft', { document: aDocument(), from: 'mois' })
      .shows({ draft: 2, turn: ['agency/mindigital'] });
    given
      .accepted()
      .when('sendDraft', { document: aDocument(), from: 'mois' })
      .refuses('NotTheirTurn', /all sides have accepted draft 1/);
  });
  it('keeps its steps in order, and takes none from the future', () => {
    given.drafted().when('acceptDraft', { side: 'mindigital', on: '2017-05-01' }).refuses('DateOutOfOrder');
    given.drafted().when('acceptDraft', { side: 'mindigital', on: '2017-05-04' }).refuses('DateInFuture');
    given.drafted().command('acceptDraft', { side: 'mindigital', on: '2017-05-03' });
    given
      .drafted()
      .when('sendDraft', { document: aDocument(), from: 'mindigital', replyBy: '2099-01-01' })
      .refuses('DateTooFar');
  });
  it('waits for all the others when there are three sides', () => {
    const story = given
      .proposed({ sides: [...sides, 'infosoc'] })
      .command('takeUp', { drafter: 'mois' })
      .command('sendDraft', { document: aDocument(), from: 'mois' })
      .waitsFor('reply:mindigital', 'reply:infosoc');
    story.when('acceptDraft', { side: 'infosoc' }).waitsFor('reply:mindigital');
    story
      .when('moveDeadline', { deadline: 'reply:infosoc', to: '2017-06-02', reason: 'holidays' })
      .isDue('reply:infosoc', '2017-06-02');
  });
  it('takes a draft recorded late with the day it was sent', () => {
    given
      .proposed()
      .command('takeUp', { drafter: 'mois', on: '2017-03-01' })
      .command('sendDraft', { document: aDocument(), from: 'mois', on: '2017-04-20' })
      .isDue('reply:mindigital', '2017-05-19');
  });
});

describe('review', () => {
  it('asks for legal opinions within 15, others within 10 working days', () => {
    given
      .accepted()
      .waitsFor('askOpinions')
      .when('askOpinion', { from: 'mois' })
      .mails('mou.opinionAsked', 'agency/mois')
      .stands('underReview')
      .isDue('opinion:mois', '2017-05-23')
      .when('askOpinion', { from: 'mofa', kind: 'foreignMinistry' })
      .isDue('opinion:mofa', '2017-05-16');
  });
  it('moves the day of the opinion that is meant, and of no other', () => {
    given
      .accepted()
      .command('askOpinion', { from: 'mois' })
      .command('askOpinion', { from: 'mofa', kind: 'foreignMinistry' })
      .when('moveDeadline', { deadline: 'opinion:mois', to: '2017-06-02', reason: 'holidays' })
      .isDue('opinion:mois', '2017-06-02')
      .isDue('opinion:mofa', '2017-05-16');
  });
  it('warns at two thirds, and lets the opinion expire when its time is over', () => {
    const story = given.accepted().command('askOpinion', { from: 'mois' }).passes('2017-05-17');
    story.mails('mou.opinion', 'agency/mois', { tone: 'before', at: '2017-05-16T00:00:00.000Z' });
    story
      .passes('2017-05-25')
      .happens('deadlinePassed', 'opinionExpired')
      .mails('mou.opinionExpired', 'person/kim-minji')
      .waitsFor('agreeText')
      .when('agreeText')
      .stands('textAgreed');
  });
  it('takes an opinion after its time, but not one that was not asked, nor a second one', () => {
    const story = given.accepted().command('askOpinion', { from: 'mois' });
    story.when('giveOpinion', { from: 'mofa', opinion: 'inFavour' }).refuses('UnknownItem', /has not been asked/);
    story.when('askOpinion', { from: 'mois' }).refuses('AlreadyDone');
    const late = story.passes('2017-06-01').command('giveOpinion', { from: 'mois', opinion: 'inFavour' });
    late.when('giveOpinion', { from: 'mois', opinion: 'against', remarks: 'no' }).refuses('AlreadyDone');
  });
  it('wants to know what is wrong', () => {
    const asked = given.accepted().command('askOpinion', { from: 'mois' });
    asked.when('giveOpinion', { from: 'mois', opinion: 'withRemarks' }).refuses('InvalidInput', /remarks/);
    asked.when('giveOpinion', { from: 'mois', opinion: 'against' }).refuses('InvalidInput', /remarks/);
  });
  it('reminds an agency that is asked again as if it were the first time', () => {
    given
      .accepted()
      .command('askOpinion', { from: 'mois' })
      .command('giveOpinion', { from: 'mois', opinion: 'withRemarks', remarks: 'article 3' })
      .when('askOpinion', { from: 'mois' })
      .waitsFor('opinion:mois-2')
      .passes('2017-05-17')
      .mails('mou.opinion', 'agency/mois');
  });
});

describe('agreement on the text', () => {
  it('waits until every side has replied, and every opinion is given or expired', () => {
    given
      .drafted()
      .command('askOpinion', { from: 'mofa' })
      .when('agreeText')
      .refuses('NotReady', /mindigital has not replied to draft 1/)
      .command('acceptDraft', { side: 'mindigital' })
      .when('agreeText')
      .refuses('NotReady', /opinion of mofa is still awaited/);
    given.accepted().when('agreeText').refuses('WrongStage');
  });
  it('is kept up by an opinion against it, unless somebody overrides it and says why', () => {
    const against = given
      .accepted()
      .command('askOpinion', { from: 'mofa' })
      .when('giveOpinion', { from: 'mofa', opinion: 'against', remarks: 'commits the budget' })
      .mails('mou.opinionAgainst', 'person/kim-minji')
      .shows({ opinionsAgainst: ['agency/mofa'] });
    against.when('agreeText').refuses('NotReady', /mofa is against.*--override/s);
    against.when('agreeText', { reason: 'the Cabinet decided' }).refuses('NotReady', /--override/);
    against.when('agreeText', { override: true }).refuses('ReasonMissing');
    against.when('agreeText', { override: true, reason: 'the Cabinet decided' }).stands('textAgreed');
    against
      .command('askOpinion', { from: 'mofa' })
      .command('giveOpinion', { from: 'mofa', opinion: 'inFavour' })
      .command('agreeText');
  });
  it('needs to know what the text says of its validity', () => {
    const open = given.reviewed({ duration: undefined });
    open.when('agreeText').refuses('NotReady', /How long the text is valid/);
    open.command('setTerms', { duration: 'P5Y' }).when('agreeText').stands('textAgreed');
  });
  it('needs the foreign ministry consulted when agencies conclude an arrangement', () => {
    const arrangement = given
      .accepted({ instrument: 'agencyArrangement' })
      .command('askOpinion', { from: 'mois' })
      .command('giveOpinion', { from: 'mois', opinion: 'inFavour' });
    arrangement.when('agreeText').refuses('NotReady', /foreign ministry/);
    arrangement
      .command('askOpinion', { from: 'mofa', kind: 'foreignMinistry' })
      .command('giveOpinion', { from: 'mofa', opinion: 'inFavour' })
      .command('agreeText');
  });
  it('lies after the opinions, and after the last draft', () => {
    const later = given
      .accepted()
      .command('askOpinion', { from: 'mofa' })
      .passes('2017-05-10')
      .command('giveOpinion', { from: 'mofa', opinion: 'inFavour', on: '2017-05-10' });
    later.when('agreeText', { on: '2017-05-09' }).refuses('DateOutOfOrder', /opinion of mofa/);
    later.when('agreeText', { on: '2017-05-10' }).stands('textAgreed');
  });
  it('settles the terms: they change no more without opening the text again', () => {
    given
      .agreed()
      .when('setTerms', { duration: 'P5Y' })
      .refuses('WrongStage')
      .when('reopenText', { reason: 'article 8' })
      .mails('mou.textReopened', 'agency/mindigital')
      .stands('underNegotiation')
      .command('setTerms', { duration: 'P5Y' })
      .shows({ duration: 'P5Y', textAgreedOn: undefined });
  });
});
