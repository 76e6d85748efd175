import { describe, expect, it } from 'vitest';
import { given, opening } from './programme-stages.ts';

describe('a programme that began long ago', () => {
  it('is entered with the editions behind it, and waits for the next', () => {
    given
      .running()
      .stands('running')
      .shows({ editionsHeld: 6, nextNumber: 7, nextYear: '2017', opensOn: '2017-03-02', sinceYear: '2011' })
      .waitsFor('announce:7', 'open:7')
      .mailsNo();
  });

  it.each([
    ['InvalidInput', { sinceYear: undefined }, /in which year the first of the 6/],
    ['DateOutOfOrder', { sinceYear: 2018 }, /planned for 2017/],
    ['DateOutOfOrder', { nextStart: '2016-10-30' }, /before today/],
    ['DateOutOfOrder', { opensOn: '2017-01-15' }, /before today/],
    ['DateOutOfOrder', { opensOn: '2017-10-31' }, /the edition is opened/],
    ['DateTooFar', { nextStart: '2044-10-30', opensOn: undefined }, /20 years/],
    ['InvalidInput', { opensBefore: 'P8M' }, /not both/],
    ['InvalidInput', { period: 'P1W' }, /too close/],
    ['AlreadyDone', { organisers: ['klid', 'klid'] }, /klid is named twice/],
    ['AlreadyDone', { invited: ['GR', 'GR'] }, /GR is invited twice/],
    ['InvalidInput', { focalPoints: ['person/nikos-p'] }, /1 focal point for 2/],
  ] as const)('is refused with %s when its opening says %j', (code, part, because) => {
    given.running(part).refuses(code, because);
  });

  it('reckons the day of the opening from the planned start unless a day is given', () => {
    given.running({ opensOn: undefined }).shows({ opensOn: '2017-02-28' });
    given.running({ opensOn: undefined, opensBefore: 'P3M' }).shows({ opensOn: '2017-07-30' });
  });

  it('leaves the coordinator two weeks where that day is past, but none after the start', () => {
    given
      .running({ opensOn: undefined, opensBefore: 'P1Y' })
      .shows({ opensOn: '2017-01-30' })
      .passes('2017-01-17')
      .mails('programme.openingSoon', 'person/kim-minji')
      .passes('2017-01-30')
      .opens('edition', { slug: 'kr-bsec-7' });
    given.running({ opensOn: undefined, nextStart: '2017-01-20' }).shows({ opensOn: '2017-01-20' });
  });
});

describe('a programme changes for the editions to come', () => {
  it('in its description, its places, its activities and its questions', () => {
    given
      .running()
      .command('describe', { organisers: ['mofa', 'mois', 'klid'] })
      .command('changePlaces', { places: 27 })
      .command('outlineActivities', { activities: [{ form: 'conference', title: 'Forum', onDay: 2 }], days: 4 })
      .command('setQuestions', { questions: [{ id: 'overall', asks: 'How was it?', type: 'rating' }] })
      .knows({ organisers: ['mofa', 'mois', 'klid'], funding: opening.funding, places: 27, days: 4 })
      .command('openEdition', { number: 7 })
      .opens('edition', {
        input: expect.objectContaining({
          places: 27,
          days: 4,
          activities: [{ form: 'conference', title: 'Forum', onDay: 2 }],
          questions: [{ id: 'overall', asks: 'How was it?', type: 'rating' }],
        }),
      });
    given
      .running()
      .when('describe', {})
      .refuses('InvalidInput', /Nothing is given/);
    given
      .running()
      .when('outlineActivities', { activities: [{ form: 'wrapUp', title: 'Wrap-up', onDay: 6 }] })
      .refuses('DateOutOfOrder', /lasts 5 days/);
  });

  it('in who is invited and who answers for them', () => {
    given
      .running()
      .command('inviteState', { country: 'MD', focalPoint: 'agency/egov-md' })
      .mails('programme.focalPoint', 'agency/egov-md')
      .command('changeFocalPoint', { country: 'RO', focalPoint: 'person/ionescu' })
      .mails('programme.focalPoint', 'person/ionescu')
      .command('dropState', { country: 'GR', reason: 'their wish' })
      .knows({
        invited: [
          { country: 'RO', focalPoint: 'person/ionescu' },
          { country: 'MD', focalPoint: 'agency/egov-md' },
        ],
      });
    given.running().when('inviteState', { country: 'GR', focalPoint: 'agency/mar' }).refuses('AlreadyDone');
    given
      .running()
      .when('dropState', { country: 'MD', reason: 'their wish' })
      .refuses('NotAParty', /invited: GR, RO/);
    given
      .running()
      .when('changeFocalPoint', { country: 'RO', focalPoint: 'agency/mcsi' })
      .refuses('AlreadyDone', /answers for RO already/);
  });

  it('in the state that coordinates it, for two years, with a reminder half a year before the hand-over', () => {
    const coordinated = given
      .running()
      .command('handOverCoordination', { country: 'GR', party: 'person/nikos-p', since: '2017-01-16' })
      .mails('programme.coordination', 'person/nikos-p')
      .isDue('handOver:GR', '2019-01-16')
      .shows({ countryCoordinator: 'GR', coordinatesUntil: '2019-01-16' });
    coordinated.passes('2018-07-21').mails('programme.handOver', 'person/nikos-p', { tone: 'before' });
    coordinated
      .command('handOverCoordination', { country: 'RO', party: 'agency/mcsi', since: '2018-12-01' })
      .mails('programme.coordinationEnded', 'person/nikos-p')
      .isDue('handOver:RO', '2020-12-01')
      .when('handOverCoordination', { country: 'RO', party: 'agency/mcsi', since: '2018-12-01' })
      .refuses('AlreadyDone');
  });
});

describe('a programme rests or ends', () => {
  it('opens nothing while it is suspended, and goes on where it is told', () => {
    const resting = given
      .running()
      .command('suspend', { reason: 'no funds' })
      .stands('suspended')
      .mails('programme.suspended', 'agency/mcsi')
      .waitsFor();
    resting.when('openEdition', { number: 7 }).refuses('WrongStage');
    const later = resting.passes('2019-06-01');
    expect(later.events.map(({ type }) => type)).not.toContain('editionOpened');
    later
      .command('resume', { nextStart: '2020-10-05' })
      .mails('programme.resumed', 'person/nikos-p')
      .isDue('open:7', '2020-02-04');
  });

  it('tells everybody when it ends or is cancelled', () => {
    given
      .running()
      .command('end', { reason: 'it has done its work' })
      .stands('ended')
      .mails('programme.ended', 'agency/mofa')
      .waitsFor();
    given.running().command('cancel', { reason: 'entered by mistake' }).mails('programme.ended', 'person/nikos-p');
  });
});
