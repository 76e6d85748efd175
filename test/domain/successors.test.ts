import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { committee } from '../../domain/committee.ts';
import { isGathered } from '../../domain/send-times.ts';
import { openings } from './openings.ts';
import { given, type Story } from './given.ts';

/** Somebody leaves: who follows them in each case is owed by its coordinator, until somebody does. */

const gone = (story: Story, person: string, more: Record<string, unknown> = {}): Story =>
  story.command('personLeft', { person, on: '2018-10-01', contactOf: [], superiorOf: [], ...more });

const constituted = () => given(committee, { ...openings.committee[0], coordinator: 'han' }, { at: '2018-09-28' });
const [secretary = ''] = (openings.committee[0]?.['secretaries'] ?? []) as string[];
const [side = ''] = (openings.committee[0]?.['sides'] ?? []) as string[];
const name = `successor:${secretary}`;

describe('who follows somebody who has left', () => {
  it('is owed within ten working days, reminded, climbs to the superior, and rests once they are named', () => {
    const owed = gone(constituted(), secretary).isDue(name, '2018-10-12');
    const climbed = owed
      .passes('2018-10-10')
      .mails('case.successor', 'person/han', { tone: 'before' })
      .passes('2018-10-23')
      .mails('case.successor', 'superior-of/person/han', { tone: 'escalation' });
    expect(climbed.mailed('case.successor').at(-1)?.facts).toMatchObject({
      leaver: `person/${secretary}`,
      roles: ['secretary'],
      first: 'secretary',
    });
    const filled = climbed.command('changeSecretary', { side, person: 'new-one', from: '2018-10-20' });
    expect(filled.state.deadlines[name]).toMatchObject({ open: false });
    expect(filled.state).not.toHaveProperty('successions');
    filled.passes('2019-03-01').mailsNo('case.successor');
  });

  it('is owed by the last day of whoever leaves later than that, on a working day', () => {
    gone(constituted(), secretary, { on: '2018-12-17' }).isDue(name, '2018-12-14');
  });

  it('is owed until the last of several roles is filled, the coordinator being one', () => {
    const both = gone(given(committee, { ...openings.committee[0], coordinator: secretary }), secretary);
    const half = both.command('changeSecretary', { side, person: 'new-one' });
    expect(half.state.deadlines[name]).toMatchObject({ open: true });
    const handedOver = half.command('changeCoordinator', { coordinator: 'lee-jiho' });
    expect(handedOver.state.deadlines[name]).toMatchObject({ open: false });
  });

  it('passes to a new coordinator with the case', () => {
    const story = gone(constituted(), secretary).command('changeCoordinator', { coordinator: 'lee-jiho' });
    story.passes('2018-10-10').mails('case.successor', 'person/lee-jiho');
  });

  it('in the directory is owed until the directory names somebody', () => {
    const story = gone(given(action, openings.action[0]), 'park', { contactOf: ['klid', 'mar'], superiorOf: ['oh'] });
    const some = story.command('personSucceeded', { person: 'park', contactOf: ['klid'], superiorOf: ['oh'] });
    expect(some.state.successions).toMatchObject({ park: { contactOf: ['mar'], superiorOf: [] } });
    some.when('personSucceeded', { person: 'park', contactOf: ['klid'], superiorOf: [] }).refuses('AlreadyDone');
    const all = some.command('personSucceeded', { person: 'park', contactOf: ['mar'], superiorOf: [] });
    expect(all.state.deadlines['successor:park']).toMatchObject({ open: false });
  });

  it('asked anew while a case rests is another obligation, with days of its own', () => {
    const rests = { until: '2018-12-31', whoWaits: 'agency/klid', forWhom: 'agency/mar', reason: 'no budget yet' };
    const suspended = gone(given(action, openings.action[0]), 'park', { contactOf: ['klid'] }).command(
      'suspend',
      rests,
    );
    const vacant = suspended.command('leaveVacant', { person: 'park', reason: 'the agency is dissolved' });
    const anew = gone(vacant.passes('2018-10-13'), 'park', { contactOf: ['mar'] }).command('resume');
    expect(anew.state.deadlines['successor:park']).toMatchObject({ open: true, firstDue: '2018-10-26' });
    expect(anew.state.successions?.['park']?.since).toBe('2018-10-13');
    anew.isDue('successor:park', '2018-10-26');
  });

  it('is no longer owed when nobody is to follow, for a reason, or when they stay, of which the coordinator hears', () => {
    const owed = gone(constituted(), secretary);
    owed.when('leaveVacant', { person: secretary }).refuses('ReasonMissing');
    const vacant = owed.offers('leaveVacant').command('leaveVacant', { person: secretary, reason: 'the side leaves' });
    expect(vacant.state.deadlines[name]).toMatchObject({ open: false });
    vacant.when('leaveVacant', { person: secretary, reason: 'again' }).refuses('AlreadyDone');
    const stays = owed.command('personStays', { person: secretary, concerned: [owed.state.id] });
    stays.mails('case.personStays', 'person/han');
    expect(stays.state.deadlines[name]).toMatchObject({ open: false });
    gone(stays, secretary).passes('2018-10-10').mails('case.successor');
  });

  it('is not owed where they were nothing in which somebody could follow, nor twice when it is said twice', () => {
    expect(gone(constituted(), 'park').state).not.toHaveProperty('successions');
    const twice = gone(gone(constituted(), secretary), secretary).isDue(name, '2018-10-12').passes('2018-10-10');
    expect(twice.mailed('case.successor')).toHaveLength(1);
  });

  it('rests while the case is suspended, and has its working days when it goes on', () => {
    const opened = given(action, { ...openings.action[0], coordinator: 'kim-minji' }).command('accept');
    const rests = { until: '2019-01-15', whoWaits: 'agency/klid', forWhom: 'agency/mar', reason: 'they wait' };
    const before = gone(opened, 'kim-minji').command('suspend', rests).passes('2018-12-20');
    expect(before.mailed('case.successor')).toEqual([]);
    const during = gone(opened.command('suspend', rests), 'kim-minji').passes('2018-12-20').command('resume');
    during.isDue('successor:kim-minji', '2019-01-03');
    before.command('resume').isDue('successor:kim-minji', '2019-01-03');
  });

  it('was not owed by what earlier versions recorded', () => {
    const before = constituted().command('personLeft', { person: secretary, on: '2018-10-01', concerned: [] });
    expect(before.state).not.toHaveProperty('successions');
  });

  it('comes in the one mail of its day, in however many cases', () => {
    const at = '2018-10-23T00:00:00.000Z';
    expect(isGathered({ tone: 'escalation', at, deadline: name }, at)).toBe(true);
    expect(isGathered({ tone: 'escalation', at, deadline: 'complete' }, at)).toBe(false);
  });
});
