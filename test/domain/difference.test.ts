import { describe, expect, it } from 'vitest';
import { action } from '../../domain/action.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { Forecast } from '../../domain/forecast.ts';
import { type Difference, differencesBetween } from '../../domain/forecast/difference.ts';
import { Lines, type Reader } from '../../domain/forecast/lines.ts';
import { mondayToFriday } from '../../domain/planning.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { given } from './given.ts';

const changedAt = '2018-10-01T01:00:00.000Z';
const until = '2019-10-01T00:00:00.000Z';
const portal = given(action, { topic: 'Portal', owner: 'klid', due: '2018-12-14' }, { at: '2018-09-28' }).command(
  'accept',
).state;

interface Given {
  readonly name: string;
  readonly body: Record<string, unknown>;
}

/** What a case does with what it is told, and then by itself. */
async function course(state: CaseState, told: readonly Given[] = [], reads: Pick<Reader, 'reads'> = {}) {
  const lines = new Lines({ changedAt, ...reads });
  lines.begins(state);
  const forecast = new Forecast({
    caseOf: async () => undefined,
    calendarOf: () => mondayToFriday('Asia/Seoul'),
    nobodyFor: () => undefined,
  });
  forecast.add(state);
  for (const { name, body } of told) {
    const command = { id: 'preview', name, body: { by: 'kim-minji', ...body } };
    const happened = await forecast.give(state.id, command, changedAt);
    if (isRefusal(happened)) throw new Error(happened.because);
    happened.forEach((occurrence) => lines.add(occurrence));
  }
  for await (const occurrence of forecast.until(until)) lines.add(occurrence);
  return lines;
}

const changed = async (...told: Given[]) => differencesBetween(await course(portal), await course(portal, told));
const moved = (to: string): Given => ({
  name: 'moveDeadline',
  body: { deadline: 'complete', to, reason: 'the budget' },
});
const turnsOf = (found: readonly Difference[], what: Difference['what']) =>
  new Set(found.filter((each) => each.what === what).map(({ turn }) => turn));

describe('what a change makes different', () => {
  it('is nothing where nothing is changed, though due days lie beyond what is looked at', async () => {
    expect(differencesBetween(await course(portal), await course(portal))).toEqual([]);
    const far = given(action, { topic: 'Portal', owner: 'klid', due: '2025-12-15' }, { at: '2018-09-28' }).state;
    expect(
      differencesBetween(await course(far), await course(far, [{ name: 'note', body: { note: 'by phone' } }])),
    ).toEqual([]);
  });

  it('is a due day moved, with its letters, each from a day to a day', async () => {
    const found = await changed(moved('2019-01-18'));
    expect(found.find(({ what }) => what === 'due')).toMatchObject({
      turn: 'moved',
      in: ['due 2018-12-14', 'due 2019-01-18'],
    });
    const letters = found.filter(({ what, turn }) => what === 'letter' && turn === 'moved');
    expect(letters.length).toBeGreaterThan(2);
    for (const { in: days } of letters) expect((days[0] ?? '') < (days[1] ?? '')).toBe(true);
    expect(found.map(({ first }) => first)).toEqual(found.map(({ first }) => first).toSorted());
  });

  it('is a case closed, what is no longer owed and what is no longer sent', async () => {
    const found = await changed({ name: 'cancel', body: { reason: 'a mistake' } });
    expect(turnsOf(found, 'case')).toEqual(new Set(['closed']));
    expect(turnsOf(found, 'due')).toEqual(new Set(['no longer owed']));
    expect(turnsOf(found, 'letter')).toContain('no longer sent');
    expect(found.filter(({ turn }) => turn === 'no longer sent').every(({ in: [, then] }) => then === undefined)).toBe(
      true,
    );
  });

  it('is what falls into the past: reminders that lay ahead and would lie behind', async () => {
    const found = await changed(moved('2018-10-03'));
    expect(turnsOf(found, 'reminder')).toEqual(new Set(['in the past']));
    expect(found.filter(({ what }) => what === 'reminder').length).toBeGreaterThan(1);
    const days = found.filter(({ what }) => what === 'reminder').map(({ in: [, then] }) => then ?? '');
    for (const day of days) expect(day <= changedAt).toBe(true);
  });

  it('is a letter on the same day that somebody else reads', async () => {
    const reads = { reads: () => ({ on: '2018-12-01', reader: 'person/han' }) };
    const same = { reads: () => ({ on: '2018-12-01' }) };
    const found = differencesBetween(await course(portal, [], same), await course(portal, [], reads));
    expect(new Set(found.map(({ turn }) => turn))).toEqual(new Set(['other reader']));
    expect(found[0]?.in).toEqual(['2018-12-01', '2018-12-01, read by person/han']);
  });

  it('is one letter more, and not that all after it have moved', async () => {
    const [one, other] = [await course(portal), await course(portal)];
    const [letters = []] = [...other.letters.values()].filter((each) => each.length > 0);
    const [first] = letters;
    if (!first) throw new Error('no letter');
    letters.unshift({ ...first, is: '2018-10-02', on: '2018-10-02' });
    expect(differencesBetween(one, other)).toEqual([
      {
        what: 'letter',
        case: 'action/kr-gr-1',
        says: first.says,
        turn: 'sent',
        in: [undefined, '2018-10-02'],
        first: '2018-10-02',
      },
    ]);
  });
});
