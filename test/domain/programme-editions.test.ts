import { describe, expect, it } from 'vitest';
import { edition7, given } from './programme-stages.ts';

describe('the next edition', () => {
  it('is opened by itself with the beginning of its day, cloned from what the programme knows', () => {
    const before = given.running().passes('2017-03-01T14:59:00.000Z');
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
    const story = given.running().passes('2017-03-02');
    expect(story.mailed('programme.openingSoon').map(({ at, to }) => `${at.slice(0, 10)} ${to}`)).toEqual([
      '2017-02-16 person/kim-minji',
    ]);
  });

  it('follows a year later, for decades', () => {
    const story = given.running().passes('2047-06-01');
    const years = story.events.flatMap((event) => ('year' in event ? [event.year] : []));
    expect(years).toEqual(Array.from({ length: 31 }, (_, index) => 2017 + index));
  });

  it('follows a year after the last one though nothing ran on the day', () => {
    given
      .running()
      .sleeps('2017-03-20')
      .happens('editionOpened')
      .opens('edition', { slug: 'kr-bsec-7' })
      .shows({ opensOn: '2018-03-02' });
  });

  it('can be opened early, with what is fixed already', () => {
    given
      .running()
      .command('openEdition', { number: 7, from: '2017-10-30', to: '2017-11-03', hostCountry: 'KR', hostCity: 'Seoul' })
      .opens('edition', {
        slug: 'kr-bsec-7',
        input: expect.objectContaining({ from: '2017-10-30', to: '2017-11-03', hostCountry: 'KR', hostCity: 'Seoul' }),
      })
      .waitsFor('announce:8', 'open:8')
      .isDue('open:8', '2018-03-01');
  });

  it('is opened once though two coordinators ask at once', () => {
    given
      .opened()
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
    given.running().when('openEdition', body).refuses(code, because);
  });

  it('is left out in a year that is skipped, and everybody hears why', () => {
    const skipped = given
      .running()
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
    given
      .running()
      .command('planOpening', { nextStart: '2017-12-04', opensOn: '2017-05-10' })
      .isDue('open:7', '2017-05-09')
      .when('moveDeadline', { deadline: 'open:7', to: '2017-05-30', reason: 'budget' })
      .shows({ opensOn: '2017-05-31' });
  });
});

describe('what an edition tells its programme', () => {
  it('counts as held, and the next edition begins with what was changed in it', () => {
    given
      .held({ funding: 'Korea and Greece', invited: ['GR'], focalPoints: ['person/nikos-p'] })
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
    const next = given
      .held()
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

  it('is refused with a state for which nobody answers, as everywhere', () => {
    const invited = { invited: ['GR', 'RO'], focalPoints: ['person/nikos-p'] };
    given
      .opened()
      .when('recordEditionHeld', { edition: edition7, on: '2017-11-03', ...invited })
      .refuses('InvalidInput', /1 focal point for 2 invited states/);
  });

  it('is refused when said twice, or by a stranger', () => {
    given
      .held()
      .when('recordEditionHeld', { edition: edition7, on: '2017-11-03' })
      .refuses('AlreadyDone', /as held/);
    const closed = given.held().command('recordEditionClosed', { edition: edition7 });
    closed.when('recordEditionClosed', { edition: edition7 }).refuses('AlreadyDone');
    given.running().when('recordEditionHeld', { edition: edition7, on: '2017-01-16' }).refuses('UnknownItem');
    given
      .opened()
      .when('recordEditionClosed', { edition: edition7 })
      .refuses('AlreadyDone', /not held yet/);
  });

  it('gives the number of a cancelled edition to the next, under an id of its own', () => {
    given
      .opened()
      .command('recordEditionFixed', { edition: edition7, from: '2017-10-30', to: '2017-11-03' })
      .command('recordEditionCancelled', { edition: edition7 })
      .shows({ editionsHeld: 6, nextNumber: 7 })
      .command('openEdition', { number: 7, from: '2017-12-04' })
      .opens('edition', { slug: 'kr-bsec-7-try2', input: expect.objectContaining({ number: 7 }) })
      .shows({ opensOn: '2018-03-02', nextStart: '2018-12-04' });
  });
});
