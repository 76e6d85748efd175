import pg from 'pg';
import { expect, it, vi } from 'vitest';
import type { Entente } from '../../client/client.ts';
import { dayOf, plus } from '../../domain/dates.ts';

const now = new Date().toISOString();
const due = plus(dayOf(now), 'P3M');
const until = `${plus(dayOf(now), 'P1Y')}T00:00:00.000Z`;
const header = { by: 'kim', coordinator: 'kim', countries: ['KR', 'GR'] };

const actions = (many: number) =>
  Array.from({ length: many }, (_, nth) => {
    const id = `asked-once-${nth}`;
    const opening = { ...header, id, title: `Action ${nth}`, topic: 'Portal', owner: 'klid', due };
    return { kind: 'action' as const, id: `action/${id}`, opening };
  });

export function itIsAskedOnce(entente: () => Entente): void {
  it('asks the register no oftener for twenty openings than for one', async () => {
    const asked = vi.spyOn(pg.Client.prototype, 'query');
    try {
      const counts = new Map<number, number[]>();
      for (const many of [1, 20, 1, 20, 1, 20]) {
        asked.mockClear();
        const { occurrences } = await entente().forecasts.withScenario(
          { of: actions(many), steps: [], from: now },
          until,
        );
        expect(new Set(occurrences.map(({ state }) => state.id)).size).toBe(many);
        counts.set(many, [...(counts.get(many) ?? []), asked.mock.calls.length]);
      }
      // Whoever comes first on a connection has a little more to ask, and a worker of this process asks now and then.
      expect(Math.min(...(counts.get(20) ?? []))).toBeLessThanOrEqual(Math.max(...(counts.get(1) ?? [])));
    } finally {
      asked.mockRestore();
    }
  });
}
