import { describe, expect, it } from 'vitest';
import { onlyOne } from '../../client/commands/forecast-text.ts';
import { widthOf } from '../../client/output/width.ts';
import type { mainWith } from './command-line.ts';

/** What a forecast gives list by list, in the world of two open actions. */
export function describeLists(forecast: (...words: string[]) => ReturnType<typeof mainWith>): void {
  describe('what is to come', () => {
    it('is there list by list, as a table that fits the terminal or as CSV', async () => {
      const { busiest } = JSON.parse((await forecast('--output', 'json')).out) as {
        busiest: readonly { week: string; due: number }[];
      };
      const { out } = await forecast('--only', 'busiest', '--output', 'csv');
      expect(out).toMatch(/^week of,due,most of it owed by\r\n/);
      expect(out).toContain(`${busiest[0]?.week},${busiest[0]?.due},klid `);
      expect((await forecast()).out).toContain(`Weeks with most due days (${busiest.length})`);
      for (const only of onlyOne) {
        const { code, out: table } = await forecast('--only', only);
        expect([only, code, table.split('\n').filter((line) => widthOf(line) > 80)]).toEqual([only, 0, []]);
      }
      expect((await forecast('--only', 'load', '--output', 'html')).code).toBe(2);
    });

    it('has what somebody is asked for, of one case as of all', async () => {
      const asks = async (...words: string[]) => (await forecast(...words, '--only', 'asks', '--output', 'csv')).out;
      const all = await asks();
      expect(all).toMatch(/^by,case,who,what,if nobody answers\r\n/);
      const ofF1 = all.split('\r\n').filter((row) => row.includes(',action/f1,'));
      expect(ofF1.length).toBeGreaterThan(0);
      expect((await asks('f1')).trim().split('\r\n').slice(1)).toEqual(ofF1);
      expect((await forecast('f1', '--only', 'busiest', '--output', 'csv')).out).toMatch(
        /^\d{4}-\d\d-\d\d,\d,klid \d/m,
      );
      expect((await forecast('f1', '--only', 'asks', '--output', 'json')).code).toBe(2);
      const { out: ics } = await forecast('f1', '--output', 'ics');
      expect(ics).toMatch(/^UID:action\/f1\/accept:klid\/1\/due@entente\r$/m);
      expect(ics).not.toContain('action/f2');
      expect(ics).toContain('SUMMARY:A week with many due days');
    });
  });
}
