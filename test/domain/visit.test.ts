import { describe, expect, it } from 'vitest';
import { given, greece, head, romania } from './visit-stages.ts';

describe('a visit when it is opened', () => {
  it('needs little: its days, and who sends it; those take part, and are told', () => {
    given
      .proposed()
      .stands('proposed')
      .shows({ agencies: ['agency/mofa', 'agency/mois', 'agency/klid'], sendingCountry: 'KR' })
      .waitsFor('head', 'members:mofa', 'members:mois', 'members:klid', 'briefingBook', 'departure')
      .isDue('head', '2018-09-06')
      .isDue('briefingBook', '2018-09-20')
      .mails('visit.agencyAdded', 'agency/klid');
  });

  it.each([
    ['DateOutOfOrder', { to: '2018-09-26' }, /before the first day/],
    ['UnknownCountry', { sendingCountry: 'BG' }, /concerns KR, GR, RO only/],
    ['InvalidInput', { senders: [] }, /at least one agency/],
    ['DateTooFar', { to: '2048-01-01' }, /20 years/],
  ] as const)('is refused with %s when it says %j', (code, part, because) => {
    given.proposed(part).refuses(code, because);
  });
});

describe('a leg', () => {
  it('is asked of its host, who owes the answer', () => {
    const story = given.proposed().command('addLeg', greece);
    story.mails('visit.legAsked', 'agency/mar').isDue('confirm:1', '2018-09-06');
    expect(story.state.deadlines['confirm:1']?.plan.basis).toContain('agency/mar');
  });

  it.each([
    ['outside the visit', 'DateOutOfOrder', { from: '2018-10-01', to: '2018-10-05' }, /outside the visit/],
    ['overlapping another', 'DateOutOfOrder', { from: '2018-09-29', to: '2018-10-01' }, /overlaps leg 1/],
    ['inside another', 'DateOutOfOrder', { from: '2018-09-28', to: '2018-09-28' }, /overlaps leg 1/],
    ['ending before it begins', 'DateOutOfOrder', { from: '2018-10-01', to: '2018-09-30' }, /before it begins/],
    ['at home', 'UnknownCountry', { country: 'KR' }, /comes from KR/],
    ['to be confirmed after it', 'DateOutOfOrder', { confirmBy: '2018-10-01' }, /by which it is confirmed/],
  ] as const)('%s is refused', (_, code, part, because) => {
    given
      .proposed()
      .command('addLeg', greece)
      .when('addLeg', { ...romania, ...part })
      .refuses(code, because);
  });

  it('may begin on the day on which another ends: that is the day of travel', () => {
    given.withLegs().happens('legAdded');
  });

  it('that is not confirmed in time goes to the coordinator, and up from there', () => {
    const late = given.proposed().command('addLeg', greece).passes('2018-09-07');
    late
      .happens('legUnconfirmed')
      .mails('visit.confirm', 'agency/mar', { tone: 'due' })
      .mails('visit.legUnconfirmed', 'person/kim-minji')
      .isDue('settleLeg:1', '2018-09-10');
    late.passes('2018-09-14').mails('visit.settleLeg', 'superior-of/person/kim-minji', { level: 'superior' });
    late.command('confirmLeg', { leg: 1 }).passes('2018-09-20').mailsNo('visit.settleLeg');
    expect(late.command('confirmLeg', { leg: 1 }).state.deadlines['settleLeg:1']?.open).toBe(false);
  });

  it('is confirmed once; all of them make the visit confirmed', () => {
    given
      .withLegs()
      .command('confirmLeg', { leg: 2 })
      .stands('proposed')
      .command('confirmLeg', { leg: 1 })
      .stands('confirmed')
      .when('confirmLeg', { leg: 1 })
      .refuses('AlreadyDone');
  });

  it('that is declined is the coordinator’s to settle', () => {
    given
      .confirmed()
      .command('declineLeg', { leg: 2, reason: 'a national holiday' })
      .stands('proposed')
      .mails('visit.legDeclined', 'person/kim-minji')
      .isDue('settleLeg:2', '2018-06-05')
      .command('moveLeg', { leg: 2, from: '2018-10-01', to: '2018-10-02', reason: 'other days' })
      .isDue('confirm:2-2', '2018-09-10');
  });

  it('that does not exist is refused by name', () => {
    given
      .withLegs()
      .when('confirmLeg', { leg: 3 })
      .refuses('UnknownItem', /1 \(GR, .*2 \(RO/);
    given
      .withLegs()
      .command('cancelLeg', { leg: 2, reason: 'strike' })
      .when('confirmLeg', { leg: 2 })
      .refuses('WrongStage', /cancelled/);
  });

  it('puts the visit on the lists of its country as long as it stands, wherever the visit was opened for', () => {
    const story = given
      .proposed({ countries: ['KR'] })
      .concerns('KR')
      .command('addLeg', greece)
      .command('addLeg', romania);
    story.concerns('GR', 'KR', 'RO').command('cancelLeg', { leg: 2, reason: 'strike' }).concerns('GR', 'KR');
  });

  it('can be confirmed by somebody else over there', () => {
    given
      .withLegs()
      .command('changeCounterpart', { leg: 1, host: 'agency/mindigital' })
      .mails('visit.hostReplaced', 'agency/mar')
      .mails('visit.legAsked', 'agency/mindigital');
  });
});

describe('the delegation', () => {
  it('names its head and its members; who is missing is reminded', () => {
    const story = given.named();
    story.waitsFor('confirm:1', 'confirm:2', 'briefingBook', 'departure');
    given
      .withLegs()
      .passes('2018-09-10')
      .mails('visit.head', 'agency/mofa', { tone: 'due' })
      .mails('visit.members', 'agency/klid', { tone: 'due' });
  });

  it('takes nobody from an agency that does not take part', () => {
    given
      .withLegs()
      .when('nameHead', { ...head, agency: 'nia' })
      .refuses('NotAParty', /mofa, mois, klid/)
      .when('addMember', { person: 'lim-haneul', agency: 'nia', function: 'Manager' })
      .refuses('NotAParty');
  });

  it('keeps at least one agency, and the one that its head comes from', () => {
    given
      .proposed({ senders: ['mofa'], agencies: [] })
      .when('removeAgency', { agency: 'mofa', reason: 'r' })
      .refuses('NotReady');
    given.named().when('removeAgency', { agency: 'mois', reason: 'r' }).refuses('NotReady', /head/);
  });

  it('loses the members of an agency that leaves, which is told', () => {
    given
      .named()
      .command('removeAgency', { agency: 'klid', reason: 'no time' })
      .shows({ members: ['person/jung-sooyeon'] })
      .mails('visit.agencyRemoved', 'agency/klid');
  });

  it.each([
    ['nameHead', head],
    ['addAgency', { agency: 'klid' }],
    ['addMember', { person: 'park-jisoo', agency: 'klid', function: 'Manager' }],
  ])('asked twice, %s is refused the second time', (command, body) => {
    given.named().when(command, body).refuses('AlreadyDone');
  });
});

describe('the checklist', () => {
  const items = (story: ReturnType<typeof given.named>) =>
    (story.state.subject as unknown as { checklist: { subject: string; agency: string; leg: number }[] }).checklist.map(
      ({ subject, agency, leg }) => `${agency} ${leg} ${subject}`,
    );

  it('holds the usual things for every agency and leg, and gifts for those who send', () => {
    const story = given.withLegs({ usualChecklist: true });
    expect(items(story)).toHaveLength(2 * (3 * 3 + 2));
    expect(items(story)).toContain('klid 2 visas');
    expect(items(story)).not.toContain('klid 2 gifts');
    expect(items(story.command('addAgency', { agency: 'nia', legs: [2] }))).toContain('nia 2 briefing');
    expect(items(story.command('addAgency', { agency: 'nia', legs: [2] }))).not.toContain('nia 1 briefing');
  });

  it('is what the opening says instead, or nothing', () => {
    const own = given.withLegs({ checklist: [{ subject: 'interpreters', before: 'P10D', by: 'senders' }] });
    expect(items(own)).toEqual([
      'mofa 1 interpreters',
      'mois 1 interpreters',
      'mofa 2 interpreters',
      'mois 2 interpreters',
    ]);
    expect(items(given.withLegs())).toEqual([]);
  });

  it('reminds each agency, and moves with the leg', () => {
    const item = { subject: 'posters', agency: 'klid', country: 'RO', before: 'P10D' };
    const story = given.named().command('addChecklistItem', item).isDue('checklist:1', '2018-09-20');
    story
      .command('moveLeg', { leg: 2, from: '2018-10-01', to: '2018-10-02', reason: 'r' })
      .isDue('checklist:1', '2018-09-21');
    story.passes('2018-09-19').mails('visit.checklist', 'agency/klid', { tone: 'before' });
    story.command('checkOff', { agency: 'klid', subject: 'posters' }).passes('2018-09-25').mailsNo('visit.checklist');
    story.command('cancelLeg', { leg: 2, reason: 'r' }).passes('2018-09-25').mailsNo('visit.checklist');
  });

  it('takes the same thing once, and of agencies that go there', () => {
    const item = { subject: 'posters', agency: 'klid', due: '2018-09-20' };
    given.named().command('addChecklistItem', item).when('addChecklistItem', item).refuses('AlreadyDone');
    given
      .named()
      .when('addChecklistItem', { ...item, before: 'P3D' })
      .refuses('InvalidInput');
    given
      .named()
      .when('addChecklistItem', { ...item, agency: 'nia' })
      .refuses('NotAParty');
    given
      .named()
      .when('addChecklistItem', { ...item, country: 'BG' })
      .refuses('UnknownCountry', /1 \(GR/);
    given.named().when('checkOff', { agency: 'klid', subject: 'gifts' }).refuses('UnknownItem');
  });
});

describe('what is proposed or shared', () => {
  const proposal = { country: 'RO', what: 'electronic documents', agency: 'klid', background: 'largely on paper' };

  it('stands on record with its agency and its background, once', () => {
    given
      .withLegs()
      .command('addProposal', proposal)
      .mails('visit.proposalAdded', 'agency/klid')
      .shows({ proposals: ['1. klid proposes in RO: electronic documents'], backgrounds: ['1. largely on paper'] })
      .when('addProposal', proposal)
      .refuses('AlreadyDone')
      .when('addProposal', { ...proposal, what: 'taxes', agency: 'nts' })
      .refuses('NotAParty')
      .when('removeAgency', { agency: 'klid', reason: 'r' })
      .refuses('NotReady', /withdraw/);
  });

  it('may be the field of no one agency, and then nobody is written to', () => {
    given
      .withLegs()
      .command('addProposal', { country: 'RO', what: 'a services portal' })
      .mailsNo('visit.proposalAdded')
      .shows({ proposals: ['1. the delegation proposes in RO: a services portal'] });
  });
});
