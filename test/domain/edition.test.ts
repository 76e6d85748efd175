import { describe, expect, it } from 'vitest';
import { focalPointOf, given, nominating, nominee, opening, states } from './edition-stages.ts';

describe('an edition that its programme has opened', () => {
  it('begins with what the programme gave it, and waits for its days', () => {
    given
      .announced()
      .stands('announced')
      .mails('edition.announced', 'person/kim-minji')
      .mails('edition.announced', 'agency/klid')
      .shows({
        number: 7,
        year: '2017',
        from: '2017-10-30',
        to: '2017-11-03',
        invited: states,
        places: 12,
        notAnswered: [],
      })
      .waitsFor('fixDays')
      .isDue('fixDays', '2017-06-30');
  });

  it('shows what was intended for it', () => {
    given
      .announced({ intended: { intention: 'in two or three member states', hosts: ['GR', 'RO'], hostsAtLeast: 2 } })
      .shows({ intendedHow: 'in two or three member states', intendedHosts: ['GR', 'RO'], intendedHostsAtLeast: 2 });
  });

  it('may have days and host from the beginning', () => {
    given
      .announced({ to: '2017-11-02', hostCountry: 'KR', hostCity: 'Seoul' })
      .shows({ fixedOn: '2017-03-02', to: '2017-11-02', cities: ['Seoul'], hosts: ['KR'] })
      .waitsFor('openNominations');
  });

  it.each([
    ['NotAParty', { opener: undefined }, /programme open-edition programme\/kr-bsec --number 7/],
    ['NotAParty', { id: 'kr-bsec-8' }, /opened by its programme/],
    ['AlreadyDone', { invited: ['GR', 'GR'], focalPoints: ['agency/a', 'agency/b'] }, /GR is invited twice/],
    ['DateOutOfOrder', { to: '2017-10-29' }, /first day/],
    ['InvalidInput', { questions: [] }, /questions/],
    ['InvalidInput', { number: 0 }, /number/],
  ] as const)('is refused with %s when its opening says %j', (code, part, because) => {
    given.announced(part).refuses(code, because);
  });
});

describe('days and hosts', () => {
  it('are fixed once, and the programme hears of them', () => {
    given
      .announced()
      .command('fixDays', { from: '2017-10-30', to: '2017-11-03' })
      .tells('programme/kr-bsec', 'recordEditionFixed', {
        edition: 'edition/kr-bsec-7',
        from: '2017-10-30',
        to: '2017-11-03',
      })
      .when('fixDays', { from: '2017-10-30', to: '2017-11-03' })
      .refuses('AlreadyDone', /postpone/);
  });

  it.each([
    ['DateOutOfOrder', { from: '2017-10-30', to: '2017-10-29' }],
    ['DateOutOfOrder', { from: '2017-01-10', to: '2017-01-14' }],
    ['DateTooFar', { from: '2047-10-30', to: '2047-11-03' }],
    ['TooLarge', { from: '2017-10-01', to: '2017-12-30' }],
  ] as const)('are refused with %s for %j', (code, days) => {
    given.announced().when('fixDays', days).refuses(code);
  });

  it('can be several, one after the other', () => {
    const two = given
      .announced()
      .command('fixDays', { from: '2018-10-01', to: '2018-10-06' })
      .command('addHost', { country: 'GR', city: 'Athens', from: '2018-10-01', to: '2018-10-03' })
      .command('addHost', { country: 'RO', city: 'Bucharest', from: '2018-10-03', to: '2018-10-06' });
    two.shows({ hosts: ['GR', 'RO'], cities: ['Athens', 'Bucharest'] });
    two.when('addHost', { country: 'RO', city: 'Cluj' }).refuses('AlreadyDone', /in Bucharest/);
    two.when('addHost', { country: 'BG', city: 'Sofia' }).refuses('DateOutOfOrder', /overlaps with the days in Athens/);
    const outside = { country: 'BG', city: 'Sofia', from: '2018-10-06', to: '2018-10-08' };
    two.when('addHost', outside).refuses('DateOutOfOrder', /outside the edition/);
    two
      .command('removeHost', { country: 'GR' })
      .shows({ hosts: ['RO'] })
      .when('removeHost', { country: 'GR' })
      .refuses('UnknownItem');
  });

  it('move with all that hangs on them, and only those who count on it are told', () => {
    const answered = given
      .asked()
      .command('addActivity', { form: 'wrapUp', title: 'Wrap-up meeting', on: '2017-11-03' })
      .command('declineInvitation', { country: 'TR' });
    const moved = answered.command('postpone', { from: '2017-11-27', to: '2017-12-01', reason: 'the hall is taken' });
    moved
      .tells('programme/kr-bsec', 'recordEditionFixed', expect.objectContaining({ from: '2017-11-27' }) as never)
      .shows({ from: '2017-11-27', firstFrom: '2017-10-30', nominationsBy: '2017-10-13' })
      .isDue('nominate:GR', '2017-10-13');
    const told = moved.last.effects.flatMap((effect) => (effect.type === 'mail' ? effect.message.to : []));
    expect(told).toEqual(['agency/mofa', 'agency/klid', ...states.filter((state) => state !== 'TR').map(focalPointOf)]);
    expect(moved.state.subject).toMatchObject({ activities: [{ onDay: 1 }, { onDay: 5 }] });
    const shorter = moved.command('postpone', { from: '2017-11-27', to: '2017-11-28', reason: 'shorter' });
    shorter.shows({ activities: ['1. E-government of Korea (2017-11-27)', '2. Wrap-up meeting'] });
    given
      .announced()
      .when('postpone', { from: '2017-11-27', to: '2017-12-01', reason: 'x' })
      .refuses('NotReady', /fix-days/);
  });

  it('take the days of their hosts along, forward and back', () => {
    const edition = given
      .announced()
      .command('fixDays', { from: '2018-10-01', to: '2018-10-06' })
      .command('addHost', { country: 'GR', city: 'Athens', from: '2018-10-01', to: '2018-10-03' });
    const back = edition.command('postpone', { from: '2018-09-17', to: '2018-09-22', reason: 'earlier' });
    back.knows({ hosts: [{ country: 'GR', city: 'Athens', from: '2018-09-17', to: '2018-09-19' }] });
    const day = edition.command('postpone', { from: '2018-10-08', to: '2018-10-09', reason: 'shorter' });
    day.knows({ hosts: [{ country: 'GR', city: 'Athens' }] });
  });
});

describe('before the nominations', () => {
  it('the list of states is changed without a word to them', () => {
    given
      .fixed()
      .command('dropState', { country: 'UA', reason: 'their wish' })
      .mailsNo()
      .command('inviteState', { country: 'AL', focalPoint: 'agency/focal-al' })
      .mailsNo()
      .command('changeFocalPoint', { country: 'GR', focalPoint: 'person/nikos-p' })
      .mailsNo()
      .command('openNominations')
      .mails('edition.callForNominations', 'agency/focal-al')
      .mails('edition.callForNominations', 'person/nikos-p')
      .isDue('nominate:AL', '2017-09-15');
  });

  it('nobody can be asked without days, host and states', () => {
    given
      .announced()
      .when('openNominations')
      .refuses('NotReady', /fix-days/);
    given
      .announced()
      .command('fixDays', { from: '2017-10-30', to: '2017-11-03' })
      .when('openNominations')
      .refuses('NotReady', /add-host/);
    given
      .announced({ to: '2017-11-03', hostCountry: 'KR', hostCity: 'Seoul', invited: [], focalPoints: [] })
      .when('openNominations')
      .refuses('NotReady', /invite-state/);
    given
      .fixed()
      .when('openNominations', { nominationsBy: '2017-10-30' })
      .refuses('DateOutOfOrder', /first day/);
    given.fixed().when('openNominations', { nominationsBy: '2017-03-01' }).refuses('DateOutOfOrder', /today/);
  });

  it('asked twice, it is refused', () => {
    given.asked().when('openNominations').refuses('WrongStage');
  });
});

describe('nominations of nine states', () => {
  it('are asked of each of them', () => {
    const story = given.asked();
    expect(story.mailed('edition.callForNominations').map(({ to }) => to)).toEqual(states.map(focalPointOf));
    story.waitsFor(...states.map((state) => `nominate:${state}`), 'registration', 'confirm', 'plan');
  });

  it('are chased only where no answer has come', () => {
    const story = nominating(given.asked().passes('2017-08-20'), 'AM', 'AZ', 'BG')
      .command('declineInvitation', { country: 'TR' })
      .passes('2017-09-02');
    const reminded = story.mailed('edition.nominate').map(({ to }) => to);
    expect(reminded).toEqual(['GR', 'MD', 'RO', 'RS', 'UA'].map(focalPointOf));
    const later = nominating(story, 'GR').passes('2017-09-16');
    const lastDay = later.mailed('edition.nominate').filter(({ tone }) => tone === 'due');
    expect(lastDay.map(({ to }) => to)).toEqual(['MD', 'RO', 'RS', 'UA'].map(focalPointOf));
    later
      .happens('nominationsOver')
      .mails('edition.nominationsOver', 'person/kim-minji')
      .shows({ notAnswered: ['MD', 'RO', 'RS', 'UA'], declinedBy: ['TR'], nominated: 4 });
  });

  it('are taken after the last day with a reason only', () => {
    const late = given.nominated().passes('2017-09-20');
    late.when('nominate', { nominees: [nominee('GR')] }).refuses('DateOutOfOrder', /until 2017-09-15/);
    late.command('nominate', { nominees: [nominee('GR')], reason: 'holidays' }).shows({ nominated: 3 });
    const closed = given.confirmed();
    closed.when('nominate', { nominees: [nominee('GR')] }).refuses('ReasonMissing', /closed/);
    closed
      .command('nominate', { nominees: [nominee('GR')], reason: 'holidays' })
      .waitsFor('confirm', 'plan', 'begin')
      .command('confirmParticipants', { nominees: ['gr-ana-popa'] })
      .mails('edition.confirmed', focalPointOf('GR'))
      .waitsFor('plan', 'begin');
  });

  it.each([
    ['AlreadyDone', [nominee('RO')], /nominated already/],
    ['AlreadyDone', [nominee('GR'), nominee('GR')], /twice/],
    ['NotAParty', [nominee('KR')], /KR is not invited/],
    ['NoPlaceLeft', [nominee('GR', 'A B'), nominee('GR', 'C D'), nominee('GR', 'E F')], /GR may nominate 2/],
  ] as const)('are refused with %s', (code, nominees, because) => {
    given.nominated().when('nominate', { nominees }).refuses(code, because);
  });

  it('cannot be more than there are places', () => {
    const one = given.announced({ to: '2017-11-03', hostCountry: 'KR', hostCity: 'Seoul', places: 1 });
    nominating(one.command('openNominations'), 'MD', 'RO')
      .command('confirmParticipants', { nominees: ['md-ana-popa'] })
      .when('confirmParticipants', { nominees: ['ro-ana-popa'] })
      .refuses('NoPlaceLeft');
  });

  it('are not asked of a state that is dropped, and it is told', () => {
    given
      .asked()
      .command('dropState', { country: 'GR', reason: 'their wish' })
      .mails('edition.dropped', focalPointOf('GR'))
      .when('dropState', { country: 'GR', reason: 'their wish' })
      .refuses('NotAParty');
    given
      .nominated()
      .when('dropState', { country: 'RO', reason: 'x' })
      .refuses('NotReady', /withdraw-nominee/);
  });

  it('close when every nominee is decided on; states that never answered are told', () => {
    const undecided = given.nominated();
    undecided.when('closeNominations').refuses('Undecided', /md-ana-popa, ro-ana-popa/);
    given
      .asked()
      .when('closeNominations')
      .refuses('ReasonMissing', /no participant/);
    const closed = given.confirmed().stands('participantsConfirmed').waitsFor('plan', 'begin');
    const told = closed.mailed('edition.nominationsClosed').map(({ to }) => to);
    expect(told).toEqual(['AM', 'AZ', 'BG', 'GR', 'RS', 'TR', 'UA'].map(focalPointOf));
    closed.when('closeNominations').refuses('WrongStage');
  });
});

describe('an edition that is cancelled', () => {
  it('tells everybody who was asked, the organisers and the programme', () => {
    const cancelled = given.nominated().command('cancel', { reason: 'an epidemic' });
    const told = cancelled.last.effects.flatMap((effect) => (effect.type === 'mail' ? effect.message.to : []));
    expect(told).toEqual(['agency/mofa', 'agency/klid', ...states.map(focalPointOf)]);
    cancelled.tells('programme/kr-bsec', 'recordEditionCancelled', { edition: 'edition/kr-bsec-7' });
  });

  it('tells no state that was never asked, and nobody once it was held', () => {
    const early = given.fixed().command('cancel', { reason: 'no funds' });
    const told = early.last.effects.flatMap((effect) => (effect.type === 'mail' ? effect.message.to : []));
    expect(told).toEqual(opening.organisers.map((agency) => `agency/${agency}`));
    const after = given.held().command('cancel', { reason: 'entered twice' });
    expect(after.last.effects).toEqual([]);
  });
});
