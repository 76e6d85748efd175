import { describe, expect, it } from 'vitest';
import { committee } from '../../domain/committee.ts';
import { given, held, meeting, opening, world } from './committee-stages.ts';

describe('a joint committee is constituted', () => {
  it('meets within a year, the first side hosting', () => {
    given
      .constituted()
      .stands('constituted')
      .isDue('convene:1', '2018-10-19')
      .shows({ nextNumber: 1, nextMeetingBy: '2018-10-20', nextHost: 'agency/mois', meetingsHeld: 0 });
  });

  it('meets first when and where its opening says', () => {
    given.opened(committee, { ...opening, firstHost: 'mindigital', firstMeetingBy: '2018-03-01' }, world).shows({
      nextMeetingBy: '2018-03-01',
      nextHost: 'agency/mindigital',
    });
  });

  it('goes on from the meetings it has held before it came into Entente', () => {
    given
      .opened(committee, { ...opening, meetingsHeld: 3, lastMeetingOn: '2018-02-28' }, { at: '2018-09-01' })
      .stands('active')
      .shows({ nextNumber: 4, nextMeetingBy: '2019-02-28', lastMeetingOn: '2018-02-28' })
      .isDue('convene:4', '2019-02-28');
  });

  it.each([
    ['InvalidInput', { sides: ['mois'] }],
    ['AlreadyDone', { sides: ['mois', 'mois'] }],
    ['InvalidInput', { coChairs: ['shim-bokyun'] }],
    ['InvalidInput', { secretaries: ['a', 'b', 'c'] }],
    ['SamePerson', { coChairs: ['nikos-p', 'nikos-p'] }],
    ['NotAParty', { firstHost: 'klid' }],
    ['InvalidInput', { mou: 'meeting/x-1' }],
    ['InvalidInput', { frequency: 'P0D' }],
    ['DateTooFar', { since: '2188-01-01' }],
    ['InvalidInput', { since: '20188-01-01' }],
    ['DateOutOfOrder', { firstMeetingBy: '2017-10-19' }],
    ['InvalidInput', { meetingsHeld: 2 }],
    ['InvalidInput', { lastMeetingOn: '2017-10-20' }],
    ['DateInFuture', { meetingsHeld: 1, lastMeetingOn: '2017-10-22' }],
    ['DateOutOfOrder', { meetingsHeld: 1, lastMeetingOn: '2017-10-19' }],
  ] as const)('is refused with %s when its opening says %j', (code, part) => {
    given.opened(committee, { ...opening, ...part }, world).refuses(code);
  });
});

describe('the people of a committee', () => {
  it('has members from a day until a day, and invites those who sit on the day of the meeting', () => {
    const story = given
      .constituted()
      .command('appointMember', { person: 'lee-jiho', side: 'mois', from: '2017-11-01' })
      .command('appointMember', { person: 'eleni-d', side: 'mindigital', from: '2017-11-01' })
      .command('appointMember', { person: 'later', side: 'mois', from: '2018-06-01' })
      .command('dischargeMember', { person: 'lee-jiho', on: '2018-03-31' })
      .command('convene', { on: '2018-05-10', place: 'Seoul' })
      .opens('meeting', { input: expect.objectContaining({ members: ['eleni-d'] }) });
    story.shows({ members: ['person/eleni-d', 'person/later'] });
    story
      .command('appointMember', { person: 'lee-jiho', side: 'mois', from: '2018-06-01' })
      .when('dischargeMember', { person: 'lee-jiho', on: '2018-05-01' })
      .refuses('DateOutOfOrder');
  });

  it('refuses a member who sits already, one for a stranger, and the discharge of nobody', () => {
    const story = given.constituted().command('appointMember', { person: 'lee-jiho', side: 'mois' });
    story.when('appointMember', { person: 'lee-jiho', side: 'mindigital' }).refuses('AlreadyDone');
    story.when('appointMember', { person: 'park', side: 'klid' }).refuses('NotAParty');
    story.when('dischargeMember', { person: 'park' }).refuses('UnknownItem');
  });

  it('replaces the co-chair or the secretary of one side only', () => {
    given
      .constituted()
      .command('changeCoChair', { side: 'mindigital', person: 'new-chair' })
      .command('changeSecretary', { side: 'mois', person: 'new-secretary' })
      .shows({
        coChairs: ['person/shim-bokyun', 'person/new-chair'],
        secretaries: ['person/new-secretary', 'person/maria-k'],
      });
  });

  it.each([
    ['AlreadyDone', { side: 'mois', person: 'shim-bokyun' }],
    ['SamePerson', { side: 'mois', person: 'nikos-p' }],
    ['NotAParty', { side: 'klid', person: 'park' }],
    ['DateInFuture', { side: 'mois', person: 'park', from: '2018-10-20' }],
  ] as const)('refuses with %s the co-chair %j', (code, body) => {
    given.constituted().when('changeCoChair', body).refuses(code);
  });

  it('tells a convened meeting of a new co-chair and a new secretary', () => {
    given
      .convened()
      .command('changeCoChair', { side: 'mois', person: 'park' })
      .tells(meeting, 'changeCoChair', { side: 'mois', person: 'park' })
      .command('changeSecretary', { side: 'mois', person: 'choi' })
      .tells(meeting, 'changeSecretary', { side: 'mois', person: 'choi' });
    expect(given.constituted().command('changeCoChair', { side: 'mois', person: 'park' }).last.effects).toEqual([]);
  });
});

describe('the next meeting', () => {
  it('is announced to coordinator and host 90 days before, once', () => {
    const announced = given.constituted().passes('2018-07-21').mailsNo().passes('2018-07-23');
    announced
      .happens('nextMeetingAnnounced')
      .mails('committee.nextMeeting', 'person/kim-minji')
      .mails('committee.nextMeeting', 'agency/mois')
      .waitsFor('convene:1');
    announced.passes('2018-08-10').mailsNo('committee.nextMeeting');
  });

  it('is owed by the coordinator, who is warned, then by the superior and the co-chairs', () => {
    given
      .constituted()
      .passes('2018-08-22')
      .mails('committee.convene', 'person/kim-minji', { tone: 'before' })
      .passes('2018-11-06')
      .mails('committee.convene', 'superior-of/person/kim-minji', { tone: 'escalation' })
      .passes('2018-12-10')
      .mails('committee.convene', 'person/shim-bokyun', { tone: 'escalation' })
      .mails('committee.convene', 'person/nikos-p', { tone: 'escalation' });
  });

  it('is no longer asked for once it is convened, nor while the committee is suspended', () => {
    given.convened().stands('meetingConvened').waitsFor();
    given.constituted().command('suspend', { reason: 'elections' }).stands('suspended').waitsFor();
  });

  it('can be moved, and its due date is the new one from then on', () => {
    given
      .constituted()
      .command('moveDeadline', { deadline: 'convene:1', to: '2018-12-01', reason: 'elections' })
      .isDue('convene:1', '2018-12-01')
      .shows({ nextMeetingBy: '2018-12-01' });
  });

  it('follows a new frequency from the last meeting on', () => {
    given
      .active()
      .command('changeFrequency', { frequency: 'P6M', reason: 'much to do' })
      .isDue('convene:2', '2018-11-09');
    given.constituted().command('changeFrequency', { frequency: 'P6M', reason: 'r' }).isDue('convene:1', '2018-10-19');
    given.active().when('changeFrequency', { frequency: 'P1Y', reason: 'r' }).refuses('AlreadyDone');
    given.active().when('changeFrequency', { frequency: 'P0M', reason: 'r' }).refuses('InvalidInput');
  });
});

describe('hosts alternate', () => {
  it('gives the next turn to the other side once a meeting is held', () => {
    given.active().shows({ nextHost: 'agency/mindigital', nextNumber: 2 });
  });

  it('swaps a turn with a reason, and tells both sides', () => {
    given.constituted().when('swapHost', { host: 'mindigital' }).refuses('ReasonMissing');
    given.constituted().when('swapHost', { host: 'mois', reason: 'r' }).refuses('AlreadyDone');
    given.constituted().when('swapHost', { host: 'klid', reason: 'r' }).refuses('NotAParty');
    given
      .constituted()
      .command('swapHost', { host: 'mindigital', reason: 'visit' })
      .mails('committee.hostSwapped', 'agency/mois')
      .mails('committee.hostSwapped', 'agency/mindigital')
      .shows({ nextHost: 'agency/mindigital' });
  });

  it('gives the turn that was passed over after the swapped one, among three sides too', () => {
    const three = given
      .opened(
        committee,
        { ...opening, sides: ['a', 'b', 'c'], coChairs: ['p', 'q', 'r'], secretaries: ['s', 't', 'u'] },
        world,
      )
      .command('swapHost', { host: 'c', reason: 'r' })
      .command('convene', { on: '2017-12-01', place: 'X' })
      .passes('2017-12-01');
    held(three, meeting, '2017-12-01')
      .shows({ nextHost: 'agency/a' })
      .knows({ turns: ['a', 'b', 'c'] });
  });

  it('lets another side host a single meeting with a reason only', () => {
    const body = { on: '2018-05-10', place: 'Athens', host: 'mindigital' };
    given.constituted().when('convene', body).refuses('NotTheirTurn', /mois/);
    given
      .constituted()
      .command('convene', { ...body, reason: 'visit' })
      .opens('meeting', { input: expect.objectContaining({ host: 'mindigital' }) });
    given
      .constituted()
      .when('convene', { ...body, host: 'klid', reason: 'r' })
      .refuses('NotAParty');
  });
});
