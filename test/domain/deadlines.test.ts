import { describe, expect, it } from 'vitest';
import { deadlinesBy, movedIn } from '../../domain/deadlines.ts';
import { noLadder, shortLadder, warningLadder } from '../../domain/ladder.ts';
import type { CaseHeader } from '../../domain/lifecycle.ts';

interface Loan {
  readonly stage: 'lent' | 'overdue' | 'over';
  readonly pieces: readonly number[];
}

const header: CaseHeader = {
  id: 'loan/1',
  kind: 'loan',
  title: 'A loan',
  countries: ['KR'],
  coordinator: 'kim-minji',
  openedAt: '2018-09-28T06:00:00.000Z',
};
const ladder = warningLadder(7);
const since = '2018-09-28';

const owed = deadlinesBy<Loan, { type: 'kept' }>({
  list: {
    stages: ['lent'],
    isOwed: ({ pieces }) => pieces.length > 1,
    owed: () => ({ says: 'a list', since, workingDays: 5, owedBy: 'coordinator' }),
    answeredBy: { sendList: () => ({}) },
  },
  piece: {
    stages: ['lent', 'overdue'],
    owed: ({ pieces }) =>
      pieces.map((item) => ({
        item,
        says: 'a piece',
        since,
        due: { on: '2018-12-14' },
        owedBy: 'agency/klid',
        ladder,
      })),
    whenMoved: (loan) => ({ ...loan, stage: 'lent' }),
  },
  end: {
    stages: ['overdue'],
    owed: () => ({ says: 'the end', since, due: { on: '2018-12-31' } }),
    whenPassed: { says: 'They are kept', to: ['over'], decide: () => [{ type: 'kept' }] },
  },
});

const at = (stage: Loan['stage'], ...pieces: number[]) => owed.deadlines({ stage, pieces }, header);

describe('deadlines that a kind declares', () => {
  it('are owed at their stages, in their order, if they are owed at all, one for each thing', () => {
    expect(at('lent', 3, 1).map(({ name }) => name)).toEqual(['list', 'piece:3', 'piece:1']);
    expect(at('lent', 1).map(({ name }) => name)).toEqual(['piece:1']);
    expect(at('overdue', 1).map(({ name }) => name)).toEqual(['piece:1', 'end']);
    expect(at('over', 1)).toEqual([]);
  });

  it('count working days from their beginning, and have the short ladder unless another is said or nobody owes them', () => {
    const due = { on: since, workingDays: 5 };
    const [list, piece] = at('lent', 1, 2);
    expect(list).toEqual({
      what: 'list',
      name: 'list',
      says: 'a list',
      since,
      due,
      owedBy: 'person/kim-minji',
      ladder: shortLadder,
    });
    expect(piece).toMatchObject({ due: { on: '2018-12-14' }, owedBy: 'agency/klid', ladder });
    expect(at('overdue')).toEqual([
      { what: 'end', name: 'end', says: 'the end', since, due: { on: '2018-12-31' }, ladder: noLadder },
    ]);
  });

  it('say by which commands they are answered, and what follows when they pass or are moved', () => {
    expect(Object.keys(owed.answers)).toEqual(['list']);
    expect(Object.keys(owed.whenMoved)).toEqual(['piece']);
    expect(Object.keys(owed.whenResumed)).toEqual([]);
    expect(owed.whenPassed).toMatchObject({ end: { from: ['overdue'], to: ['over'] } });
  });

  it('move the day of one of several that are kept in a list, and of none that is no longer asked', () => {
    const pieces = [{ of: 'klid' }, { of: 'nia', due: since }, { of: 'mofa', isBack: true }];
    const whenMoved = movedIn('pieces', 'due', (piece: (typeof pieces)[number]) =>
      piece.isBack ? undefined : piece.of,
    );
    const to = '2018-12-21';
    expect(whenMoved({ pieces }, to, 'klid').pieces).toEqual([{ of: 'klid', due: to }, ...pieces.slice(1)]);
    expect(whenMoved({ pieces }, to, 'mofa')).toEqual({ pieces });
  });
});
