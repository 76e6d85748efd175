import { beforeAll, describe, expect, it } from 'vitest';
import type { Entente } from '../../client/client.ts';
import type { Change } from '../../client/forecast/previews.ts';
import { absenceAsChange, leavingAsChange } from '../../client/people-changes.ts';
import { casesConcerned } from '../../database/people.ts';
import { dayOf, plus } from '../../domain/dates.ts';
import type { World } from '../world.ts';
import { portalAction } from './portal-action.ts';

interface Around {
  readonly entente: () => Entente;
  readonly world: () => World;
}

/** In a world in which KLID owes something in f1 and f2: park is its contact and han their superior, kim coordinates. */
export function describeConcerned({ entente, world }: Around): void {
  describe('cases that a change of the directory has to do with', () => {
    beforeAll(async () => {
      const opening = { ...portalAction('g1', 'papadopoulou'), countries: ['GR'], owner: 'mar' };
      await entente().open('action', opening);
    });
    const from = new Date().toISOString();
    const today = dayOf(from);
    const span = { from, until: `${plus(today, 'P1Y')}T00:00:00.000Z` };
    const [first, last] = [plus(today, 'P5D'), plus(today, 'P300D')];
    const ofPortals = ['action/f1', 'action/f2'];

    it.each([
      ['park', ofPortals],
      ['han', ofPortals],
      ['kim', ofPortals],
      ['papadopoulou', ['action/g1']],
      ['mute', []],
    ])('are those in which mail can come to %s', async (person, cases) => {
      expect((await casesConcerned(world().db, person)).toSorted()).toEqual(cases);
      expect(await casesConcerned(world().db, person, 1)).toHaveLength(Math.min(1, cases.length));
    });

    const away = (person: string, standIn: string, until = last) =>
      absenceAsChange({ person, from: first, until, standIn, by: 'kim' });
    it.each<[string, Change, number]>([
      ['the contact is away', away('park', 'han', plus(today, 'P40D')), 1],
      ['their superior is away', away('han', 'kim'), 1],
      ['the coordinator is away', away('kim', 'papadopoulou'), 1],
      ['somebody else is away', away('papadopoulou', 'kim'), 1],
      ['somebody whom no case names is away', away('mute', 'kim'), 0],
      ['the contact leaves', leavingAsChange({ person: 'park', on: first, by: 'kim' }), 1],
      ['somebody else leaves', leavingAsChange({ person: 'papadopoulou', on: first, by: 'kim' }), 1],
    ])('are enough to see what it makes different: %s', async (_, change, atLeast) => {
      const { concerns: __, ...ofAll } = change;
      const { previews } = entente();
      const found = await previews.of(change, span);
      expect(found.differences.length).toBeGreaterThanOrEqual(atLeast);
      expect(found).toEqual(await previews.of(ofAll, span));
    });

    it('are counted before somebody waits for a page, and not all that are open', async () => {
      const { previews } = entente();
      const change = away('papadopoulou', 'kim');
      expect(await previews.looksAtMore(change, 1)).toBe(false);
      expect(await previews.looksAtMore(away('park', 'han'), 1)).toBe(true);
      const { concerns: _, ...ofAll } = change;
      expect(await previews.looksAtMore(ofAll, 1)).toBe(true);
    });
  });
}
