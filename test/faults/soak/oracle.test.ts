import { describe, expect, it } from 'vitest';
import { action } from '../../../domain/action.ts';
import type { CaseEvent } from '../../../domain/case/state.ts';
import { given } from '../../domain/given.ts';
import {
  began,
  changed,
  good,
  id,
  idOf,
  kindsIn,
  ledgersOf,
  numberOf,
  recordedAt,
  told,
  withHistory,
  withRegister,
} from './hand-made.ts';
import type { DriverEntry, Ledgers } from './ledgers.ts';
import { findingsIn } from './oracle.ts';

it('four ledgers that agree have nothing to report', () => {
  expect(told.events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['opened', 'planned', 'accepted', 'reminded', 'noted', 'reportedDone']),
  );
  expect(findingsIn(good)).toEqual([]);
});

describe('a command', () => {
  it('that was acknowledged and is not on record is lost', () => {
    const commands = good.register.commands.filter(({ id: command }) => command !== idOf('noted'));
    expect(kindsIn(withRegister({ commands }))).toEqual(['lost']);
  });

  it('that was acknowledged and of which no history knows is lost', () => {
    const commandIds = new Set([...(good.histories[0]?.commandIds ?? [])].filter((each) => each !== idOf('noted')));
    expect(kindsIn(withHistory({ commandIds }))).toEqual(['lost']);
  });

  it('that is carried out twice is doubled', () => {
    const twice = told.command('note', { note: 'Seen.' });
    const events = twice.events.map((event) =>
      event.number === twice.state.number ? { ...event, commandId: idOf('noted') } : event,
    );
    const doubled = { ...ledgersOf(twice).register, commands: good.register.commands };
    const register = {
      ...doubled,
      events: doubled.events.map((each, index) => ({ ...each, event: events[index] as CaseEvent })),
    };
    expect(kindsIn({ ...ledgersOf(twice), driver: good.driver, register })).toContain('doubled');
  });

  it('whose second answer is another one is doubled', () => {
    const again: DriverEntry = {
      what: 'answered',
      at: recordedAt(50),
      case: id,
      command: 'note',
      id: idOf('noted'),
      event: 40,
    };
    expect(kindsIn(changed({ driver: [...good.driver, again] }))).toEqual(['doubled']);
  });

  it('that is on record while its giver was told that it is refused is wrong', () => {
    const driver = good.driver.map((entry): DriverEntry => {
      if (entry.what !== 'answered' || entry.id !== idOf('noted')) return entry;
      const { event: _, ...asked } = entry;
      return { ...asked, what: 'refused', because: 'CaseClosed' };
    });
    expect(kindsIn(changed({ driver }))).toEqual(['wrong']);
  });

  it('that was never answered is stuck, recorded or not', () => {
    const driver = good.driver.filter((entry) => entry.what !== 'answered' || entry.id !== idOf('noted'));
    expect(kindsIn(changed({ driver }))).toEqual(['stuck']);
  });

  it('that took more than a minute of calm is late, and one that waited for an outage is not', () => {
    const at = recordedAt(numberOf('noted'));
    const driver = good.driver.map((entry) =>
      entry.what === 'answered' && entry.id === idOf('noted') ? { ...entry, at: at + 90_000 } : entry,
    );
    expect(kindsIn(changed({ driver }))).toEqual(['late']);
    const outages = [{ of: 'postgres', from: at + 10_000, until: at + 40_000 }];
    expect(kindsIn(changed({ driver, outages }))).toEqual([]);
  });
});

describe('a case', () => {
  it('with a gap in its events has lost one', () => {
    const events = good.register.events.filter(({ event }) => event.type !== 'noted');
    expect(kindsIn(withRegister({ events }))).toContain('lost');
  });

  it('whose state is not the fold of its events is wrong', () => {
    const cases = good.register.cases.map((row) => ({ ...row, state: { ...(row.state as object), title: 'Another' } }));
    expect(kindsIn(withRegister({ cases }))).toEqual(['wrong']);
  });

  it.each([
    ['whose workflow has failed', { status: 'FAILED' }],
    ['whose workflow does not answer', { number: undefined }],
    ['whose workflow is behind the register', { number: told.state.number - 1 }],
    ['that has something under way for ever', { underWay: 1 }],
    ['whose next reminder is overdue by its own clock', { now: '2018-12-20T00:00:00.000Z' }],
  ])('%s is stuck', (_, change) => {
    expect(kindsIn(withHistory(change))).toEqual(['stuck']);
  });

  it('that is on record and unknown to Temporal is stuck', () => {
    expect(kindsIn(changed({ histories: [] }))).toContain('stuck');
  });

  it('that runs and is not on record is lost, unless its opening was refused', () => {
    const stranger = { ...(good.histories[0] as Ledgers['histories'][number]), case: 'action/other' };
    expect(kindsIn(changed({ histories: [...good.histories, stranger] }))).toEqual(['lost']);
    const failed = { ...stranger, status: 'FAILED' };
    const because = 'There is no agency of this name.';
    const refused: DriverEntry = {
      what: 'refused',
      at: began,
      case: 'action/other',
      command: 'opening',
      id: 'o',
      because,
    };
    expect(kindsIn(changed({ histories: [...good.histories, failed], driver: [...good.driver, refused] }))).toEqual([]);
  });

  it('that takes a command while something older is due is wrong', () => {
    const later = '2018-12-20T06:00:00.000Z';
    const number = numberOf('reportedDone');
    const before = good.register.events.filter(({ event }) => event.number < number);
    const note = {
      type: 'noted',
      note: 'Late.',
      number,
      at: later,
      by: 'kim-minji',
      commandId: 'x',
    };
    const events = [...before, { case: id, event: note as CaseEvent, recordedAt: recordedAt(99) }];
    expect(
      findingsIn(withRegister({ cases: good.register.cases.map((row) => ({ ...row, number })), events })).map(
        ({ says }) => says,
      ),
    ).toEqual(
      expect.arrayContaining([expect.stringMatching(/^complete was due at 2018-12-0.* when event .* \(noted\)/)]),
    );
  });
});

describe('a due date', () => {
  it('that is reminded of twice is doubled', () => {
    const first = told.events.find(({ type }) => type === 'reminded') as CaseEvent;
    const again = { case: id, event: { ...first, number: told.state.number + 1 }, recordedAt: recordedAt(99) };
    expect(kindsIn(withRegister({ events: [...good.register.events, again] }))).toContain('doubled');
  });

  it('put on record more than a minute after the last recovery is late', () => {
    const number = numberOf('reminded');
    const driver = good.driver.map((entry) =>
      entry.what === 'reached' ? { ...entry, at: recordedAt(number) - 100_000 } : entry,
    );
    expect(kindsIn(changed({ driver }))).toEqual(['late']);
    const outages = [{ of: 'all workers', from: recordedAt(number) - 100_000, until: recordedAt(number) - 50_000 }];
    expect(kindsIn(changed({ driver, outages }))).toEqual([]);
  });
});

it('what a case was to tell another one and that is on record nowhere is lost, unless it says that it was in vain', () => {
  const committee = 'committee/kr-gr';
  const story = given(action, { topic: 'Portal', owner: 'klid', due: '2018-12-14', committee });
  const [telling] = story.effects.filter(({ type }) => type === 'tell');
  const ledgers = ledgersOf(story);
  const says = findingsIn(ledgers).map(({ kind, says: what }) => `${kind}: ${what}`);
  expect(says).toEqual([`lost: it never told ${committee} to recordAction`]);
  const taken = { case: committee, id: telling?.key ?? '', event: 7 };
  expect(
    findingsIn({ ...ledgers, register: { ...ledgers.register, commands: [...ledgers.register.commands, taken] } }),
  ).toEqual([]);
});
