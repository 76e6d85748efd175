import { describe, expect, it } from 'vitest';
import { AtWork } from '../../rehearsal/at-work.ts';
import { dueNext, mayGoBesideLetters, type CaseStanding } from '../../rehearsal/standing.ts';

const at = '2027-03-01T00:00:00.000Z';
const until = '2031-11-30T00:00:00.000Z';

const standing = (id: string, about: Partial<CaseStanding>): CaseStanding => ({
  id,
  number: 1,
  eventAt: undefined,
  isReminder: false,
  dueAt: about.eventAt,
  isSending: false,
  mayHaveTold: false,
  mayHaveMore: false,
  ...about,
});
const sends = standing('action/a', { isSending: true, eventAt: '2027-04-01T00:00:00.000Z', isReminder: true });
const reminder = (eventAt: string, about: Partial<CaseStanding> = {}) =>
  standing('action/b', { eventAt, isReminder: true, ...about });

describe('while the letters of one thing go, the next thing', () => {
  it('happens, if it is a reminder of another case, two days later or more', () => {
    expect(mayGoBesideLetters([sends, reminder('2027-03-03T00:00:00.000Z')], at, until)).toBe(true);
  });

  const later = { ...sends, eventAt: '2031-01-01T00:00:00.000Z', dueAt: '2031-01-01T00:00:00.000Z' };
  it.each([
    ['a reminder of the same days, whose mail could be gathered with theirs', reminder('2027-03-02T23:59:59.999Z')],
    [
      'a day that is over, of which other cases may be told',
      reminder('2027-03-09T00:00:00.000Z', { isReminder: false }),
    ],
    ['a letter that waits for its reader', reminder('2027-03-20T00:00:00.000Z', { dueAt: '2027-03-09T00:00:00.000Z' })],
    ['a reminder of a case that sends something itself', reminder('2027-03-09T00:00:00.000Z', { isSending: true })],
  ])('waits where it is %s', (_, next) => {
    expect(mayGoBesideLetters([later, next], at, until)).toBe(false);
  });

  it('waits where there are two of one instant, or nothing before the end', () => {
    const two = ['action/b', 'action/c'].map((id) => reminder('2027-03-09T00:00:00.000Z', { id }));
    expect(mayGoBesideLetters([later, ...two], at, until)).toBe(false);
    expect(mayGoBesideLetters([reminder('2032-01-01T00:00:00.000Z')], at, until)).toBe(false);
  });

  it('waits where only small steps are to be taken', () => {
    expect(mayGoBesideLetters([sends, reminder('2027-03-09T00:00:00.000Z')], at, undefined)).toBe(false);
  });
});

describe('while letters go, cases set out to what is due next', () => {
  const nextDay = '2027-03-02T00:00:00.000Z';

  it('of whatever sort, and however near, if nobody gives anything before then', () => {
    const passes = reminder(nextDay, { isReminder: false });
    expect(dueNext([sends, passes], until)).toEqual([{ id: 'action/b', at: nextDay }]);
    expect(dueNext([sends, passes], nextDay)).toEqual([{ id: 'action/b', at: nextDay }]);
    expect(dueNext([sends, passes], '2027-03-01T23:59:59.999Z')).toEqual([]);
  });

  it('also the one whose letters go', () => {
    const own = { ...sends, dueAt: sends.eventAt };
    expect(dueNext([own], until)).toEqual([{ id: 'action/a', at: sends.eventAt }]);
  });

  it('all those of one instant, and none of later ones', () => {
    const two = [reminder(nextDay), reminder(nextDay, { id: 'action/c' })];
    expect(dueNext([sends, ...two, reminder('2027-03-05T00:00:00.000Z', { id: 'action/d' })], until)).toEqual([
      { id: 'action/b', at: nextDay },
      { id: 'action/c', at: nextDay },
    ]);
  });

  it.each([
    ['a letter that waits for its reader', [reminder('2027-03-20T00:00:00.000Z', { dueAt: nextDay })]],
    [
      'a letter that waits, nor beside it',
      [reminder('2027-03-20T00:00:00.000Z', { dueAt: nextDay }), reminder(nextDay, { id: 'action/c' })],
    ],
    ['nothing', [standing('action/a', { isSending: true })]],
  ])('not to %s', (_, all) => {
    expect(dueNext(all, until)).toEqual([]);
  });
});

describe('what is held back', () => {
  const activity = (atWork: AtWork, workflowId: string, isLocal: boolean) =>
    atWork.interceptor({
      info: { isLocal, activityType: isLocal ? 'record' : 'deliver', workflowExecution: { workflowId } },
    } as never).inbound;
  const run = (atWork: AtWork, workflowId: string, recordedAt?: string) =>
    activity(atWork, workflowId, recordedAt !== undefined)?.execute?.(
      { args: [{ events: [{ at: recordedAt }] }] } as never,
      () => Promise.resolve(workflowId),
    );
  const isDone = (running: Promise<unknown> | undefined) =>
    Promise.race([running?.then(() => true), new Promise((resolve) => setImmediate(resolve, false))]);

  it('letters go when they are let go; what goes on record does at once, and so do letters of other cases', async () => {
    const atWork = new AtWork();
    atWork.holdLettersBack(['action/b']);
    const held = run(atWork, 'action/b');
    expect(await isDone(run(atWork, 'action/b', at))).toBe(true);
    expect(await isDone(run(atWork, 'action/a'))).toBe(true);
    expect(await isDone(held)).toBe(false);
    atWork.letLettersGo();
    expect(await isDone(held)).toBe(true);
    expect(await isDone(run(atWork, 'action/b'))).toBe(true);
  });

  it('cases put nothing on record from an instant on, until they are let go; what they send, and what came before, is not held', async () => {
    const atWork = new AtWork();
    atWork.holdRecordBack([
      { id: 'action/b', at },
      { id: 'action/c', at },
    ]);
    const held = run(atWork, 'action/b', at);
    const heldToo = run(atWork, 'action/c', at);
    for (const free of [
      run(atWork, 'action/b', '2027-02-28T23:59:59.999Z'),
      run(atWork, 'action/a', at),
      run(atWork, 'action/b'),
    ])
      expect(await isDone(free)).toBe(true);
    for (const each of [held, heldToo]) expect(await isDone(each)).toBe(false);
    atWork.letRecordGo();
    for (const each of [held, heldToo]) expect(await isDone(each)).toBe(true);
    expect(await isDone(run(atWork, 'action/b', at))).toBe(true);
  });
});
