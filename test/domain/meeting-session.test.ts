import { describe, expect, it } from 'vitest';
import type { Meeting } from '../../domain/meeting/state.ts';
import { attended, given, item } from './meeting-stages.ts';

describe('the meeting is held', () => {
  it('has its record chased when nobody has recorded it', () => {
    given
      .circulated()
      .isDue('record', '2018-10-03')
      .passes('2018-10-09')
      .mails('meeting.record', 'person/maria-k', { tone: 'overdue' });
  });

  it('keeps who attended, who was excused and in whose presence, and tells the committee', () => {
    given
      .adopted()
      .passes('2018-10-01')
      .command('recordHeld', {
        attended,
        excused: ['lee-jiho'],
        guests: ['Ana Popescu, WeGO'],
        inThePresenceOf: ['Minister of Administrative Reconstruction', 'Minister of Digital Policy'],
      })
      .stands('held')
      .shows({
        heldOn: '2018-09-28',
        attended: ['person/shim-bokyun', 'person/nikos-p'],
        excused: ['person/lee-jiho'],
        guests: ['Ana Popescu, WeGO'],
        inThePresenceOf: ['Minister of Administrative Reconstruction', 'Minister of Digital Policy'],
      })
      .tells('committee/kr-gr', 'recordMeetingHeld', { meeting: 'meeting/kr-gr-2', number: 2, on: '2018-09-28' });
  });

  it.each([
    ['InvalidInput', { attended: [] }],
    ['SamePerson', { attended: ['nikos-p'], excused: ['nikos-p'] }],
    ['DateInFuture', { attended, on: '2018-10-10' }],
    ['DateOutOfOrder', { attended, on: '2018-09-27' }],
  ] as const)('is refused with %s for %j', (code, body) => {
    given.adopted().when('recordHeld', body).refuses(code);
  });

  it('is not recorded as held before its agenda is adopted', () => {
    given.circulated().when('recordHeld', { attended }).refuses('WrongStage');
  });
});

describe('what became of each item', () => {
  it('is deferred for a reason that stays on record, and prints only what was said to be printed', () => {
    const reason = 'The call is not understood yet';
    const printed = (story: ReturnType<typeof given.held>) =>
      (story.state.subject as unknown as Meeting).items.find(({ outcome }) => outcome === 'deferred')?.says;
    const held = given.held();
    expect(printed(held.command('defer', { item: 1, reason }))).toBe('');
    const minuted = 'Both sides will study it.';
    expect(printed(held.command('defer', { item: 1, reason, minuted }))).toBe(minuted);
    expect(held.command('defer', { item: 1, reason }).last.events).toMatchObject([{ type: 'deferred', reason }]);
  });

  it('is decided, discussed or deferred', () => {
    const three = given
      .convened()
      .command('proposeItem', { title: 'A', side: 'mois' })
      .command('proposeItem', { title: 'B', side: 'mois' });
    given
      .held(three)
      .command('decide', { item: 1, decision: 'Yes' })
      .command('recordDiscussed', { item: 2, summary: 'Views exchanged' })
      .shows({ undecided: [`3. ${item.title}`], decisions: ['1. Yes'] })
      .command('defer', { item: 3, reason: 'no time' })
      .shows({
        items: ['1. A (decided: Yes)', '2. B (discussed: Views exchanged)', `3. ${item.title} (deferred)`],
        undecided: [],
      });
  });

  it('can be recorded while the meeting is on', () => {
    given
      .adopted()
      .command('decide', { item: 1, decision: 'Yes' })
      .shows({ decisions: ['1. Yes'] });
    // Letters put all of them into one sentence.
    given
      .adopted()
      .command('decide', { item: 1, decision: 'Korea trains officials, online.' })
      .shows({ decisions: ['1. Korea trains officials, online'] });
  });

  it('is recorded once; it is put right with a reason', () => {
    given.decided().when('decide', { item: 1, decision: 'No' }).refuses('AlreadyDone');
    given.decided().when('recordDiscussed', { item: 1 }).refuses('AlreadyDone');
    given
      .decided()
      .command('decide', { item: 1, decision: 'No', reason: 'misheard' })
      .shows({ decisions: ['1. No'] });
    given
      .held()
      .command('defer', { item: 1, reason: 'no time' })
      .when('defer', { item: 1, reason: 'no time' })
      .refuses('AlreadyDone');
  });

  it('is refused for an item that is not on the agenda, and for a deferral without a reason', () => {
    given.held().when('decide', { item: 7, decision: 'Yes' }).refuses('UnknownItem');
    given.held().when('recordDiscussed', { item: 7 }).refuses('UnknownItem');
    given.held().when('defer', { item: 1 }).refuses('ReasonMissing');
  });

  it('tells the previous meeting when item 1 confirms its minutes, once', () => {
    const story = given.held(given.convened({ previous: 'meeting/kr-gr-1' }));
    const confirmed = story
      .command('decide', { item: 1, decision: 'Approved' })
      .tells('meeting/kr-gr-1', 'confirmMinutes', { meeting: 'meeting/kr-gr-2', on: '2018-09-28' });
    expect(confirmed.command('decide', { item: 1, decision: 'Confirmed', reason: 'r' }).last.effects).toEqual([]);
    expect(story.command('decide', { item: 2, decision: 'Yes' }).last.effects).toEqual([]);
    expect(story.command('defer', { item: 1, reason: 'not read' }).last.effects).toEqual([]);
  });
});

describe('actions', () => {
  const action = { topic: 'Introduce the portal', owner: 'klid', due: '2018-12-14' };

  it('are opened as cases of their own with the decision they come from', () => {
    given
      .decided()
      .command('openAction', { ...action, decision: 1 })
      .opens('action', {
        slug: 'kr-gr-2-1',
        title: 'Introduce the portal',
        input: {
          ...action,
          decidedOn: '2018-09-28',
          committee: 'committee/kr-gr',
          meeting: 'meeting/kr-gr-2',
          coChairs: ['shim-bokyun', 'nikos-p'],
          decision: '1. Share the plan',
        },
      })
      .command('openAction', action)
      .opens('action', { slug: 'kr-gr-2-2' })
      .command('openAction', { ...action, id: 'portal' })
      .opens('action', { slug: 'portal' })
      .shows({ actions: ['action/kr-gr-2-1', 'action/kr-gr-2-2', 'action/portal'] });
  });

  it('quote a decision of several lines in one', () => {
    given
      .held()
      .command('decide', { item: 1, decision: `First.\nSecond. ${'x'.repeat(400)}` })
      .command('openAction', { ...action, decision: 1 })
      .opens('action', {
        input: expect.objectContaining({ decision: expect.stringMatching(/^1\. First\. Second\. x{281}…$/) }),
      });
  });

  it('are refused when due before the meeting, from an item without a decision, and under the same id', () => {
    given
      .decided()
      .when('openAction', { ...action, due: '2018-09-27' })
      .refuses('DateOutOfOrder', /the meeting/);
    given
      .decided()
      .when('openAction', { ...action, due: '2188-01-01' })
      .refuses('DateTooFar');
    given
      .decided()
      .when('openAction', { ...action, owner: '' })
      .refuses('InvalidInput');
    given
      .held()
      .when('openAction', { ...action, decision: 1 })
      .refuses('Undecided');
    given
      .decided()
      .when('openAction', { ...action, decision: 4 })
      .refuses('UnknownItem');
    given.adopted().when('openAction', action).refuses('WrongStage');
    const opened = given.decided().command('openAction', { ...action, id: 'portal' });
    opened.when('openAction', { ...action, id: 'portal' }).refuses('AlreadyDone');
  });
});
