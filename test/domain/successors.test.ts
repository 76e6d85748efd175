import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import { commandsOf } from '../../domain/case/command.ts';
import { appointment } from '../../domain/appointment.ts';
import { deadlinesOf, isOver } from '../../domain/case/state.ts';
import { viewOf } from '../../domain/case/view.ts';
import { committee } from '../../domain/committee.ts';
import { kinds } from '../../domain/kinds.ts';
import { isGathered } from '../../domain/send-times.ts';
import { openings } from '../kinds/said.ts';
import { given, type Story } from './given.ts';
import type { Run } from './run.ts';
import { opened, strides, walks } from './walk.ts';
import { test } from '../property.ts';

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

  it('is owed for each of three roles: secretary, contact of an agency and superior', () => {
    const inDirectory = { contactOf: [side], superiorOf: ['oh'] };
    const owed = gone(constituted(), secretary, inDirectory).isDue(name, '2018-10-12').passes('2018-10-10');
    expect(owed.mailed('case.successor').at(-1)?.facts).toMatchObject({
      roles: ['secretary'],
      contactOf: [`agency/${side}`],
    });
    const ends: readonly [string, Record<string, unknown>][] = [
      ['changeSecretary', { side, person: 'new-one' }],
      ['personSucceeded', { person: secretary, contactOf: [side], superiorOf: [] }],
      ['personSucceeded', { person: secretary, contactOf: [], superiorOf: ['oh'] }],
    ];
    for (const order of [ends, ends.toReversed()]) {
      const stories = order.reduce(
        (all, [command, body]) => [...all, (all.at(-1) ?? owed).command(command, body)],
        [] as Story[],
      );
      expect(stories.map(({ state }) => state.deadlines[name]?.open)).toEqual([true, true, false]);
    }
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
    const accepted = given(action, { ...openings.action[0], coordinator: 'kim-minji' }).command('accept');
    const rests = { until: '2019-01-15', whoWaits: 'agency/klid', forWhom: 'agency/mar', reason: 'they wait' };
    const before = gone(accepted, 'kim-minji').command('suspend', rests).passes('2018-12-20');
    expect(before.mailed('case.successor')).toEqual([]);
    const during = gone(accepted.command('suspend', rests), 'kim-minji').passes('2018-12-20').command('resume');
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

describe('a role that no command of its own fills', () => {
  const shared = () => given(action, { ...openings.action[0], coChairs: ['shim-bokyun', 'nikos-p'] });

  it('is owed a successor when somebody leaves, who is named once and chased in their place', () => {
    const left = gone(shared(), 'nikos-p').isDue('successor:nikos-p', '2018-10-12').offers('nameSuccessor');
    left.passes('2018-10-10').mails('case.successor', 'person/kim-minji');
    expect(left.passes('2018-10-10').mailed('case.successor')[0]?.facts).toMatchObject({
      roles: ['coChair'],
      first: 'named',
    });
    const named = left.command('nameSuccessor', { person: 'nikos-p', successor: 'maria-k' });
    named
      .mails('case.successorNamed', 'person/maria-k', { text: 'case.successorNamed' })
      .says(/maria-k follows nikos-p here as co chair/);
    expect(named.state).not.toHaveProperty('successions');
    expect(named.state.subject).toMatchObject({ coChairs: ['shim-bokyun', 'maria-k'] });
    named
      .when('nameSuccessor', { person: 'nikos-p', successor: 'maria-k' })
      .refuses('UnknownItem', /there are: shim-bokyun, maria-k/);
    named.when('nameSuccessor', { person: 'maria-k', successor: 'shim-bokyun' }).refuses('AlreadyDone');
    const chased = named
      .passes('2019-03-01')
      .mailed('action.complete')
      .map(({ to }) => to);
    expect(chased).toContain('person/maria-k');
    expect(chased).not.toContain('person/nikos-p');
  });

  it('takes what is owed along with its day: a host who has still to confirm', () => {
    const asked = given(appointment, { ...openings.appointment[0], host: 'person/nikos-p', confirmBy: '2018-10-05' });
    const named = asked.command('nameSuccessor', { person: 'nikos-p', successor: 'maria-k' });
    named.isDue('confirm', '2018-10-05').mails('case.successorNamed', 'person/maria-k', { answerBy: 'confirm' });
    expect(named.mailed('case.successorNamed')[0]?.facts).toMatchObject({ answerBy: '2018-10-05', roles: ['host'] });
    named.passes('2018-10-04').mails('appointment.confirm', 'person/maria-k');
  });

  it('writes to nobody who names themselves, and is not offered where nobody is named', () => {
    shared().command('nameSuccessor', { person: 'nikos-p', successor: 'maria-k', by: 'maria-k' }).mailsNo();
    const alone = given(action, { ...openings.action[0], coChairs: [] });
    expect(viewOf(action, alone.state).accepts).not.toContain('nameSuccessor');
  });
});

/** The facts that name people who are something in a case; those of a meeting that was held stand in its minutes. */
const naming =
  'coChairs secretaries members head participants focalPoints coordinatedBy host requester rapporteur owner';

/** Whom a case waits for, or names for what lies ahead. */
function namedIn({ lifecycle, state }: Run): string[] {
  if (!state || isOver(lifecycle, state)) return [];
  const isHistory = 'heldOn' in state.subject;
  const facts = Object.entries(lifecycle.facts(state.subject, state));
  const named = isHistory ? [] : facts.flatMap(([name, fact]) => (naming.split(' ').includes(name) ? fact : []));
  const owed = deadlinesOf(lifecycle, state).map(({ owedBy }) => owedBy);
  return [...named, ...owed].filter(
    (who): who is string =>
      typeof who === 'string' && who.startsWith('person/') && who !== `person/${state.coordinator}`,
  );
}

describe.each(kinds)('of every person that a %s names for something', (kind) => {
  test.prop([walks], { numRuns: 4, seed: 12 })('another can be named in their place', ({ dice, moves }) => {
    for (let run = opened(kind, dice), rest = [...moves]; ; ) {
      const { lifecycle, state } = run;
      const roles = state ? (lifecycle.roles?.(state.subject) ?? []) : [];
      for (const who of namedIn(run))
        expect(
          roles.map((each) => each.who),
          who,
        ).toContain(who);
      for (const { by } of roles) expect(Object.keys(commandsOf(lifecycle))).toContain(by);
      const move = rest.shift();
      if (!move) return;
      run = strides(run, move).after;
    }
  });
});
