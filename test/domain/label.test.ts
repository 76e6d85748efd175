import { describe, expect, it } from 'vitest';
import { namedBy } from '../../domain/deadline-name.ts';
import { given as visits, greece } from './visit-stages.ts';
import { dayInWords, nameOf, namesAt, reminderLabel, timelineLabel } from '../../domain/case/label.ts';
import { nextSentence } from '../../domain/case/view.ts';
import type { PlannedRung } from '../../domain/ladder.ts';

describe('the labels of timers and activities', () => {
  it('number reminders in words up to the tenth', () => {
    const label = (number: number) => reminderLabel(number, 'klid', '2018-12-14', 'completion of "The portal"');
    expect([1, 2, 10, 11].map(label)).toEqual([
      'First reminder to klid, due 14 Dec 2018: completion of "The portal"',
      'Second reminder to klid, due 14 Dec 2018: completion of "The portal"',
      'Tenth reminder to klid, due 14 Dec 2018: completion of "The portal"',
      'Reminder 11 to klid, due 14 Dec 2018: completion of "The portal"',
    ]);
  });

  it('are no longer than the time line shows: it cuts off their beginning, which tells one from another', () => {
    const label = reminderLabel(8, 'mindigital and the superior', '2019-02-01', 'completion of "A services model"');
    expect(timelineLabel(label)).toBe(
      'Eighth reminder to mindigital and the superior, due 1 Feb 2019: completion of "…',
    );
    expect(timelineLabel('Due date passes')).toBe('Due date passes');
  });

  it('name days as people write them, whatever the machine’s language', () => {
    expect(['2018-03-14', '2018-12-01T00:00:00.000Z'].map(dayInWords)).toEqual(['14 Mar 2018', '1 Dec 2018']);
  });

  it('name recipients without the prefix of their kind', () => {
    expect(['agency/klid', 'person/kim-minji', 'superior-of/agency/klid'].map(nameOf)).toEqual([
      'klid',
      'kim-minji',
      'the superior of klid',
    ]);
    expect(namesAt(['owner', 'superior'], 'agency/klid')).toBe('klid and the superior');
    expect(namesAt(['owner'], undefined)).toBe('the coordinator');
  });

  it('say of a timer what it will do', () => {
    const rung: PlannedRung = { number: 2, at: '2018-12-07T00:00:00.000Z', tone: 'before', to: ['owner'] };
    expect(nextSentence({ at: rung.at, deadline, rung })).toBe(
      'Second reminder to klid, due 14 Dec 2018: completion of "전자문서"',
    );
    expect(nextSentence({ at: '2018-12-15T00:00:00.000Z', deadline })).toBe(
      'Due date passes, 14 Dec 2018: completion of "전자문서"',
    );
  });
});

const deadline = {
  ...namedBy({ what: 'complete' }),
  says: 'completion of "전자문서"',
  since: '2018-09-28',
  due: { on: '2018-12-14' },
  owedBy: 'agency/klid' as const,
  ladder: [],
  standing: {
    plan: {
      deadline: 'complete',
      version: 1,
      basis: '',
      due: '2018-12-14',
      zone: 'Asia/Seoul',
      passesAt: '2018-12-14T15:00:00.000Z',
      rungs: [],
    },
    open: true,
    firstDue: '2018-12-14',
    rung: 1,
    spent: [],
    everLate: false,
  },
};

describe('what is planned, as a sentence', () => {
  it('names a few due dates, and counts many', () => {
    const many = visits.proposed().state.log.at(-1)?.says;
    expect(many).toBe('6 due dates set, from 2018-09-06 to 2018-09-27.');
    const one = visits.proposed().command('addLeg', greece).state.log.at(-1)?.says;
    expect(one).toBe('Due date set to 2018-09-06 (Asia/Seoul): confirmation of leg 1 (GR), 2018-09-27 to 2018-09-30.');
  });
});
