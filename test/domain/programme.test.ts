import { describe, expect, it } from 'vitest';
import { programme } from '../../domain/programme.ts';
import { given } from './given.ts';

const opening = {
  id: 'kr-bsec',
  title: 'ICT cooperation programme',
  sinceYear: 2011,
  nextStart: '2017-10-30',
  opensOn: '2017-03-02',
  editionsHeld: 6,
  organisers: ['mofa', 'klid'],
  funding: 'the Government of the Republic of Korea',
  purpose: 'to share experience',
  audience: 'civil servants',
  invited: ['GR', 'RO'],
  focalPoints: ['person/nikos-p', 'agency/mcsi'],
  places: 18,
  placesPerState: 2,
  activities: [{ form: 'workshop', title: 'E-government of Korea', onDay: 1 }],
};
const world = { at: '2017-01-16' };
const running = (part = {}) => given(programme, { ...opening, ...part }, world);
const edition7 = 'edition/kr-bsec-7';
const opened = () => running().command('openEdition', { number: 7 });
const held = (changes = {}) =>
  opened()
    .passes('2017-11-03')
    .command('recordEditionHeld', { edition: edition7, on: '2017-11-03', ...changes });

describe('a programme that began long ago', () => {
  it('is entered with the editions behind it, and waits for the next', () => {
    running()
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
    ['InvalidInput', { focalPoints: ['person/nikos-p'] }, /1 focal points for 2/],
  ] as const)('is refused with %s when its opening says %j', (code, part, because) => {
    running(part).refuses(code, because);
  });

  it('reckons the day of the opening from the planned start unless a day is given', () => {
    running({ opensOn: undefined }).shows({ opensOn: '2017-02-28' });
    running({ opensOn: undefined, opensBefore: 'P3M' }).shows({ opensOn: '2017-07-30' });
    running({ opensOn: undefined, opensBefore: 'P1Y' }).shows({ opensOn: '2017-01-16' });
  });
});

describe('the next edition', () => {
  it('is opened by itself with the beginning of its day, cloned from what the programme knows', () => {
    const before = running().passes('2017-03-01T14:59:00.000Z');
    expect(before.events.map(({ type }) => type)).not.toContain('editionOpened');
    before
      .passes('2017-03-01T15:00:00.000Z')
      .happens('deadlinePassed', 'editionOpened')
      .opens('edition', {
        slug: 'kr-bsec-7',
        title: 'ICT cooperation programme, edition 7 (2017)',
        input: expect.objectContaining({
          programme: 'programme/kr-bsec',
          programmeName: 'ICT cooperation programme',
          programmeSince: 2011,
          number: 7,
          from: '2017-10-30',
          organisers: ['mofa', 'klid'],
          funding: 'the Government of the Republic of Korea',
          purpose: 'to share experience',
          audience: 'civil servants',
          invited: ['GR', 'RO'],
          focalPoints: ['person/nikos-p', 'agency/mcsi'],
          places: 18,
          placesPerState: 2,
          days: 5,
          activities: [{ form: 'workshop', title: 'E-government of Korea', onDay: 1 }],
          nominateBefore: 'P45D',
        }),
      })
      .shows({ nextNumber: 8, nextStart: '2018-10-30', opensOn: '2018-03-02', openEditions: [edition7] });
  });

  it('is announced to the coordinator two weeks ahead, once', () => {
    const story = running().passes('2017-03-02');
    expect(story.mailed('programme.openingSoon').map(({ at, to }) => `${at.slice(0, 10)} ${to}`)).toEqual([
      '2017-02-16 person/kim-minji',
    ]);
  });

  it('follows a year later, for decades', () => {
    const story = running().passes('2047-06-01');
    const years = story.events.flatMap((event) => ('year' in event ? [event.year] : []));
    expect(years).toEqual(Array.from({ length: 31 }, (_, index) => 2017 + index));
  });

  it('follows a year after the last one though nothing ran on the day', () => {
    running()
      .sleeps('2017-03-20')
      .happens('editionOpened')
      .opens('edition', { slug: 'kr-bsec-7' })
      .shows({ opensOn: '2018-03-02' });
  });

  it('can be opened early, with what is fixed already', () => {
    running()
      .command('openEdition', { number: 7, from: '2017-10-30', to: '2017-11-03', hostCountry: 'KR', hostCity: 'Seoul' })
      .opens('edition', {
        slug: 'kr-bsec-7',
        input: expect.objectContaining({ from: '2017-10-30', to: '2017-11-03', hostCountry: 'KR', hostCity: 'Seoul' }),
      })
      .waitsFor('announce:8', 'open:8')
      .isDue('open:8', '2018-03-01');
  });

  it('is opened once though two coordinators ask at once', () => {
    opened()
      .when('openEdition', { number: 7, by: 'lee-jiho' })
      .refuses('AlreadyDone', /Edition 7 was opened on 2017-01-16 \(edition\/kr-bsec-7\); the next one is number 8/);
  });

  it.each([
    ['AlreadyDone', { number: 6 }, /held before/],
    ['NotReady', { number: 8 }, /next edition is number 7/],
    ['InvalidInput', { number: 0 }, /number/],
    ['DateOutOfOrder', { number: 7, from: '2017-01-15' }, /before today/],
    ['DateOutOfOrder', { number: 7, from: '2017-10-30', to: '2017-10-29' }, /first day/],
    ['InvalidInput', { number: 7, hostCity: 'Seoul' }, /has both/],
  ] as const)('is refused with %s for %j', (code, body, because) => {
    running().when('openEdition', body).refuses(code, because);
  });

  it('is left out in a year that is skipped, and everybody hears why', () => {
    const skipped = running()
      .command('skipYear', { year: 2017, reason: 'elections' })
      .mails('programme.yearSkipped', 'person/nikos-p')
      .mails('programme.yearSkipped', 'agency/klid')
      .shows({ nextNumber: 7, nextStart: '2018-10-30', opensOn: '2018-03-02', skippedYears: ['2017'] });
    skipped.when('skipYear', { year: 2017, reason: 'elections' }).refuses('AlreadyDone', /skipped already/);
    skipped.when('skipYear', { year: 2020, reason: 'elections' }).refuses('NotReady', /planned for 2018/);
    skipped
      .passes('2018-03-02')
      .opens('edition', { slug: 'kr-bsec-7', title: 'ICT cooperation programme, edition 7 (2018)' });
  });

  it('is planned for another day, and opened then', () => {
    running()
      .command('planOpening', { nextStart: '2017-12-04', opensOn: '2017-05-10' })
      .isDue('open:7', '2017-05-09')
      .when('moveDeadline', { deadline: 'open:7', to: '2017-05-30', reason: 'budget' })
      .shows({ opensOn: '2017-05-31' });
  });
});

describe('what an edition tells its programme', () => {
  it('counts as held, and the next edition begins with what was changed in it', () => {
    held({ funding: 'Korea and Greece', invited: ['GR'], focalPoints: ['person/nikos-p'] })
      .shows({ editionsHeld: 7, nextNumber: 8 })
      .passes('2018-03-02')
      .opens('edition', {
        slug: 'kr-bsec-8',
        input: expect.objectContaining({
          number: 8,
          from: '2018-10-30',
          funding: 'Korea and Greece',
          invited: ['GR'],
          organisers: ['mofa', 'klid'],
        }),
      });
  });

  it('carries the intention into the next edition, and only into that', () => {
    const next = held()
      .command('recordIntention', {
        edition: edition7,
        intention: 'in two or three member states',
        hostsAtLeast: 2,
        hostsAtMost: 3,
      })
      .shows({ nextHow: 'in two or three member states' })
      .passes('2018-03-02')
      .opens('edition', {
        input: expect.objectContaining({
          intended: { intention: 'in two or three member states', hosts: [], hostsAtLeast: 2, hostsAtMost: 3 },
        }),
      });
    expect(next.state.subject).not.toHaveProperty('intended');
  });

  it('is refused when said twice, or by a stranger', () => {
    held()
      .when('recordEditionHeld', { edition: edition7, on: '2017-11-03' })
      .refuses('AlreadyDone', /as held/);
    const closed = held().command('recordEditionClosed', { edition: edition7 });
    closed.when('recordEditionClosed', { edition: edition7 }).refuses('AlreadyDone');
    running().when('recordEditionHeld', { edition: edition7, on: '2017-01-16' }).refuses('UnknownItem');
    opened()
      .when('recordEditionClosed', { edition: edition7 })
      .refuses('AlreadyDone', /not held yet/);
  });

  it('gives the number of a cancelled edition to the next, under an id of its own', () => {
    opened()
      .command('recordEditionFixed', { edition: edition7, from: '2017-10-30', to: '2017-11-03' })
      .command('recordEditionCancelled', { edition: edition7 })
      .shows({ editionsHeld: 6, nextNumber: 7 })
      .command('openEdition', { number: 7, from: '2017-12-04' })
      .opens('edition', { slug: 'kr-bsec-7-try2', input: expect.objectContaining({ number: 7 }) })
      .shows({ opensOn: '2018-03-02', nextStart: '2018-12-04' });
  });
});

describe('a programme changes for the editions to come', () => {
  it('in its description, its places, its activities and its questions', () => {
    running()
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
    running()
      .when('describe', {})
      .refuses('InvalidInput', /Nothing is given/);
    running()
      .when('outlineActivities', { activities: [{ form: 'wrapUp', title: 'Wrap-up', onDay: 6 }] })
      .refuses('DateOutOfOrder', /lasts 5 days/);
  });

  it('in who is invited and who answers for them', () => {
    running()
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
    running().when('inviteState', { country: 'GR', focalPoint: 'agency/mar' }).refuses('AlreadyDone');
    running()
      .when('dropState', { country: 'MD', reason: 'their wish' })
      .refuses('NotAParty', /invited: GR, RO/);
    running()
      .when('changeFocalPoint', { country: 'RO', focalPoint: 'agency/mcsi' })
      .refuses('AlreadyDone', /answers for RO already/);
  });

  it('in the state that coordinates it, for two years, with a reminder half a year before the hand-over', () => {
    const coordinated = running()
      .command('handOverCoordination', { country: 'GR', party: 'person/nikos-p', since: '2017-01-16' })
      .mails('programme.coordination', 'person/nikos-p')
      .isDue('handOver:GR', '2019-01-16')
      .shows({ countryCoordinator: 'GR', coordinatesUntil: '2019-01-16' });
    coordinated.passes('2018-07-21').mails('programme.handOver', 'person/nikos-p', { tone: 'before' });
    coordinated
      .command('handOverCoordination', { country: 'RO', party: 'agency/mcsi', since: '2018-12-01' })
      .isDue('handOver:RO', '2020-12-01')
      .when('handOverCoordination', { country: 'RO', party: 'agency/mcsi', since: '2018-12-01' })
      .refuses('AlreadyDone');
  });
});

describe('a programme rests or ends', () => {
  it('opens nothing while it is suspended, and goes on where it is told', () => {
    const resting = running()
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
    running()
      .command('end', { reason: 'it has done its work' })
      .stands('ended')
      .mails('programme.ended', 'agency/mofa')
      .waitsFor();
    running().command('cancel', { reason: 'entered by mistake' }).mails('programme.ended', 'person/nikos-p');
  });
});
