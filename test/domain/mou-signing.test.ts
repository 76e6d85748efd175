import { describe, expect, it } from 'vitest';
import { committee } from '../../domain/committee.ts';
import { given as givenCase } from './given.ts';
import { given } from './mou-stages.ts';

const sign = { side: 'mois', signatory: 'Kim Boo-kyum', on: '2017-05-02' };

describe('between agreement and signing', () => {
  it('each side owes its authority to sign, the coordinator the check of the languages', () => {
    given
      .agreed()
      .mails('mou.authorityAsked', 'agency/mindigital')
      .waitsFor('authority:mois', 'authority:mindigital', 'languages')
      .isDue('authority:mois', '2017-06-01')
      .when('grantAuthority', { side: 'mois', grantedBy: 'the Minister' })
      .waitsFor('authority:mindigital', 'languages')
      .when('grantAuthority', { side: 'mois', grantedBy: 'the Minister' })
      .refuses('AlreadyDone')
      .when('grantAuthority', { side: 'klid', grantedBy: 'the Minister' })
      .refuses('NotAParty');
    given.authorised().waitsFor('arrangeSigning');
  });
  it('initialling is optional, and once', () => {
    given
      .agreed()
      .command('initial', { initialledBy: ['Lee Ji-ho, Director'] })
      .shows({ initialledOn: '2017-05-02' })
      .when('initial')
      .refuses('AlreadyDone');
  });
  it('a prevailing language is one of the languages', () => {
    given
      .agreed()
      .when('checkLanguages', { languages: ['ko', 'el'], prevailingLanguage: 'en' })
      .refuses('InvalidInput');
  });
  it('nothing lies before the agreement', () => {
    const before = { on: '2017-05-01' };
    given.agreed().when('initial', before).refuses('DateOutOfOrder');
    given
      .agreed()
      .when('checkLanguages', { languages: ['ko'], ...before })
      .refuses('DateOutOfOrder');
    given
      .agreed()
      .when('grantAuthority', { side: 'mois', grantedBy: 'x', ...before })
      .refuses('DateOutOfOrder');
    given.agreed().when('arrangeSigning', { date: '2017-05-01', place: 'Athens' }).refuses('DateOutOfOrder');
  });
  it('the signing is arranged with place, signatories by side, witnesses and as many originals as sides', () => {
    given
      .arranged()
      .mails('mou.signingArranged', 'agency/mois')
      .mails('mou.signingArranged', 'agency/mindigital')
      .shows({ signingOn: '2017-10-20', place: 'Athens, Maximos Mansion', originals: 2 })
      .shows({ inPresenceOf: ['The Prime Minister of Korea', 'The Prime Minister of Greece'] })
      .waitsFor('signing');
    const where = { date: '2017-10-20', place: 'Athens' };
    given
      .authorised()
      .when('arrangeSigning', { ...where, signatories: ['Kim Boo-kyum'] })
      .refuses('InvalidInput');
    given
      .authorised()
      .when('arrangeSigning', { ...where, signatories: ['klid: Kim'] })
      .refuses('NotAParty');
    given
      .authorised()
      .when('arrangeSigning', { ...where, signatories: ['mois: A', 'mois: B'] })
      .refuses('InvalidInput');
    given.authorised().when('arrangeSigning', { date: '2088-10-20', place: 'Athens' }).refuses('DateTooFar');
  });
  it('a signing that is arranged anew is chased for the new day', () => {
    given.arranged().command('arrangeSigning', { date: '2017-11-03', place: 'Seoul' }).isDue('signing', '2017-11-03');
    given
      .arranged()
      .command('moveDeadline', { deadline: 'signing', to: '2017-11-06', reason: 'the Minister travels' })
      .isDue('signing', '2017-11-06')
      .shows({ signingOn: '2017-11-06' });
  });
});

describe('signing', () => {
  it('is refused before the text is agreed and the signing arranged', () => {
    given.agreed().when('sign', sign).refuses('WrongStage');
  });
  it('is refused to a side without authority, and before the languages are checked', () => {
    const place = { date: '2017-05-02', place: 'Athens' };
    const early = given.agreed().command('arrangeSigning', place);
    early.when('sign', sign).refuses('NotReady', /mois has no authority to sign yet/);
    const authorisedOnly = early.command('grantAuthority', { side: 'mois', grantedBy: 'the Minister' });
    authorisedOnly.when('sign', sign).refuses('NotReady', /language versions/);
    authorisedOnly.command('checkLanguages', { languages: ['en'] }).command('sign', sign);
  });
  it('is for sides, each of them once', () => {
    const story = given
      .arranged()
      .when('sign', { ...sign, side: 'klid' })
      .refuses('NotAParty');
    story
      .command('sign', sign)
      .stands('signingArranged')
      .when('sign', sign)
      .refuses('AlreadyDone', /signs once/);
  });
  it('is no more undone: the text stays closed and cannot be given up', () => {
    const half = given.arranged().command('sign', sign);
    half.when('reopenText', { reason: 'r' }).refuses('AlreadyDone');
    half.when('abandon', { reason: 'r' }).refuses('WrongStage');
  });
  it('lies neither before the agreement, the authority or the check, nor in the future', () => {
    given
      .arranged()
      .when('sign', { ...sign, on: '2017-05-01' })
      .refuses('DateOutOfOrder', /text was agreed/);
    given
      .arranged()
      .when('sign', { ...sign, on: '2017-10-20' })
      .refuses('DateInFuture');
    given
      .agreed()
      .command('arrangeSigning', { date: '2017-05-08', place: 'Athens' })
      .passes('2017-05-10')
      .command('checkLanguages', { languages: ['en'], on: '2017-05-02' })
      .command('grantAuthority', { side: 'mois', grantedBy: 'the Minister', on: '2017-05-09' })
      .when('sign', { ...sign, on: '2017-05-08' })
      .refuses('DateOutOfOrder', /authority of mois/);
  });
  it('on Friday is recorded on Monday', () => {
    given
      .arranged()
      .passes('2017-10-23')
      .command('sign', { ...sign, on: '2017-10-20' })
      .command('sign', { side: 'mindigital', signatory: 'Nikos Pappas', on: '2017-10-19' })
      .shows({ signedOn: '2017-10-20', inEffectSince: '2017-10-20' });
  });
  it('that nobody records is asked for, up to the coordinator', () => {
    const story = given.arranged().passes('2017-11-10');
    expect(story.mailed('mou.signing').length).toBe(5 + 1);
  });
});

describe('effect', () => {
  it('begins with the last signature, unless notifications are agreed; one notice says both', () => {
    const story = given.signed().stands('inEffect').mailsNo('mou.signed').mails('mou.inEffect', 'agency/mindigital');
    const readers = ['agency/mois', 'agency/mindigital', 'person/kim-minji', 'agency/mofa'];
    expect(story.mailed('mou.inEffect').map(({ to }) => to)).toEqual(readers);
    story.shows({ inEffectSince: '2017-10-20', term: 1, termEnds: '2020-10-20' });
  });
  const notes = [
    { side: 'mois', note: 'KR-17-88', sentOn: '2017-11-06', receivedOn: '2017-11-20' },
    { side: 'mindigital', note: 'GR 4411', sentOn: '2017-11-15' },
  ];
  it.each([
    ['in order', notes],
    ['the other way round', notes.toReversed()],
  ])('follows from the later of two notifications, recorded %s', (_, [first, second]) => {
    given
      .awaitingNotifications()
      .passes('2017-12-01')
      .command('notify', first)
      .stands('signed')
      .command('notify', second)
      .mails('mou.inEffect', 'agency/mois')
      .stands('inEffect')
      .shows({ inEffectSince: '2017-11-20', termEnds: '2020-11-20' });
  });
  it('is waited for: each side owes its notification', () => {
    given
      .awaitingNotifications()
      .mails('mou.signed', 'agency/mois')
      .waitsFor('notify:mois', 'notify:mindigital', 'posting')
      .isDue('notify:mois', '2018-04-20')
      .passes('2017-12-01')
      .when('notify', notes[0])
      .waitsFor('notify:mindigital', 'posting');
  });
  it('needs a notification of each side, once, after the signature, received after it was sent', () => {
    const story = given.awaitingNotifications().passes('2017-12-01');
    story.when('notify', { ...notes[0], side: 'klid' }).refuses('NotAParty');
    story.when('notify', { ...notes[0], sentOn: '2017-10-19' }).refuses('DateOutOfOrder', /before the signature/);
    story.when('notify', { ...notes[0], receivedOn: '2017-11-05' }).refuses('DateOutOfOrder', /the note was sent/);
    story.when('notify', { ...notes[0], receivedOn: '2017-12-03' }).refuses('DateInFuture');
    story.command('notify', notes[0]).when('notify', notes[0]).refuses('AlreadyDone');
  });
  it('is named in the words of the field: what binds enters into force', () => {
    expect(given.signed().state.log.at(-2)?.says).toMatch(/It came into effect on 2017-10-20/);
    expect(given.signed({ binding: true }).state.log.at(-2)?.says).toMatch(/It entered into force on 2017-10-20/);
  });
});

describe('posting', () => {
  it('is owed by our side within 10 days of the signature', () => {
    given
      .signed()
      .isDue('posting', '2017-10-30')
      .passes('2017-10-31')
      .mails('mou.posting', 'agency/mois', { tone: 'due' });
    given.signed({ homeSide: 'mindigital' }).passes('2017-10-31').mails('mou.posting', 'agency/mindigital');
    given.signed({ posting: false }).waitsFor('decide:1', 'termEnd:1');
  });
  it('is recorded once, not before the signature', () => {
    given.signed().when('post', { on: '2017-10-19' }).refuses('DateOutOfOrder');
    given.inEffect().waitsFor('decide:1', 'termEnd:1').when('post').refuses('AlreadyDone');
    given.signed().when('post').mails('mou.posted', 'person/kim-minji');
  });
});

describe('a joint committee', () => {
  const people = { coChairs: ['shim-bokyun', 'nikos-p'], secretaries: ['lee-jiho', 'maria-k'] };
  it('is owed by the coordinator where the text provides for one, and opened as a case', () => {
    const story = given.inEffect({ jointCommittee: true }).waitsFor('committee', 'decide:1', 'termEnd:1');
    story
      .when('constituteCommittee', { committee: 'kr-gr', firstHost: 'mindigital', ...people })
      .opens('committee', {
        slug: 'kr-gr',
        input: {
          mou: 'mou/kr-gr-1',
          sides: ['mois', 'mindigital'],
          since: '2017-10-20',
          frequency: 'P1Y',
          firstMeetingBy: '2018-10-20',
          firstHost: 'mindigital',
          ...people,
        },
      })
      .shows({ committees: ['committee/kr-gr'] })
      .waitsFor('decide:1', 'termEnd:1')
      .when('constituteCommittee', { committee: 'kr-gr', firstHost: 'mindigital', ...people })
      .refuses('CaseExists');
  });
  it('is opened as the rules of committees take it', () => {
    const { effects } = given
      .inEffect()
      .command('constituteCommittee', { committee: 'a', firstHost: 'mois', ...people });
    const open = effects.find(({ type }) => type === 'open');
    if (open?.type !== 'open') throw new Error('No committee was opened.');
    const { slug, title, countries, input } = open;
    givenCase(committee, { id: slug, title, countries, ...input }, { at: '2017-10-20' }).stands('constituted');
  });
  it('is hosted by a side, and each side names its people', () => {
    const call = { committee: 'kr-gr', firstHost: 'mindigital', ...people };
    given
      .inEffect()
      .when('constituteCommittee', { ...call, firstHost: 'klid' })
      .refuses('NotAParty');
    given
      .inEffect()
      .when('constituteCommittee', { ...call, coChairs: ['nikos-p'] })
      .refuses('InvalidInput', /coChairs/);
    given.arranged().when('constituteCommittee', call).refuses('WrongStage');
  });
});
