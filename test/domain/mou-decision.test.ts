import { describe, expect, it } from 'vitest';
import { type CaseState, plannedDeadlines, unplannedDeadlines } from '../../domain/case/state.ts';
import { mou } from '../../domain/mou.ts';
import { given, threeYearsTacit } from './mou-stages.ts';

describe('the decision on the term of an MOU that renews tacitly', () => {
  it('is asked of the coordinator 180, 90 and 30 days before its last day, then climbs while there is time', () => {
    const story = given.inEffect().isDue('decide:1', '2020-04-20').passes('2020-04-21');
    expect(story.mailed('mou.decide').map(({ at, to }) => `${at.slice(0, 10)} ${to}`)).toEqual([
      '2019-10-23 person/kim-minji',
      '2020-01-21 person/kim-minji',
      '2020-03-20 person/kim-minji',
      '2020-04-06 person/kim-minji',
      '2020-04-06 superior-of/person/kim-minji',
      '2020-04-13 person/kim-minji',
      '2020-04-20 person/kim-minji',
    ]);
    story.happens('deadlinePassed', 'decideByPassed').waitsFor('termEnd:1');
  });
  it('is asked of the co-chairs of its committee too, before the last day', () => {
    const story = given
      .inEffect({ jointCommittee: true })
      .command('constituteCommittee', {
        committee: 'kr-gr',
        firstHost: 'mois',
        coChairs: ['lee-jiho', 'papadopoulou-eleni'],
        secretaries: ['kim-minji', 'nikolaou-maria'],
      })
      .passes('2020-04-21');
    const chairs = story.mailed('mou.decide').filter(({ level }) => level === 'coChairs');
    expect(chairs.map(({ at, to }) => `${at.slice(0, 10)} ${to}`)).toEqual([
      '2020-04-13 person/lee-jiho',
      '2020-04-13 person/papadopoulou-eleni',
      '2020-04-20 person/lee-jiho',
      '2020-04-20 person/papadopoulou-eleni',
    ]);
  });

  it('when it was not taken, is told to both sides, with what happens by itself then', () => {
    const story = given.inEffect().passes('2020-04-21');
    expect(story.mailed('mou.leftToText').map(({ to }) => to)).toEqual([
      'agency/mois',
      'agency/mindigital',
      'person/kim-minji',
    ]);
  });

  it('is nobody’s news abroad when its day lay in the past as the case was opened', () => {
    const brought = given
      .proposed({ ...threeYearsTacit, inEffectSince: '2015-11-20' }, '2018-09-28')
      .passes('2018-09-29');
    expect(brought.mailed('mou.leftToText').map(({ to }) => to)).toEqual(['person/kim-minji']);
  });

  it('keeps a plan that an earlier version has made of its ladder, and a day that was moved', () => {
    const { state } = given.inEffect().command('moveDeadline', { deadline: 'decide:1', to: '2020-04-10', reason: 'r' });
    const earlier = JSON.parse(
      JSON.stringify(state, (key, value: unknown) => {
        if (key !== 'basis' && key !== 'insteadOf') return value;
        return String(value).replace(',6,"2017-10-20"]', ',4,"2017-10-20"]');
      }),
    ) as CaseState;
    const [decide] = plannedDeadlines(mou, earlier).filter(({ name }) => name === 'decide:1');
    expect(decide).toMatchObject({ due: { on: '2020-04-10' }, standing: { open: true } });
    expect(unplannedDeadlines(mou, earlier)).toEqual([]);
  });
});
