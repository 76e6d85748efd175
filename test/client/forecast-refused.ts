import { describe, expect, it } from 'vitest';
import type { mainWith } from './command-line.ts';

/** What a forecast is not asked for, in the world of those that are. */
export function describeRefused(forecast: (...words: string[]) => ReturnType<typeof mainWith>): void {
  describe('refused is', () => {
    it.each([
      [['--until', '2001-01-01'], /--until 2001-01-01: lies in the past\./],
      [['--until', '2150-01-01'], /--until 2150-01-01: at most 50 years ahead\./],
      [['--until', 'soon'], /--until soon: must be a day such as 2026-11-01\./],
      [['--by', 'colour'], /Allowed choices are week, owner, country/],
      [['--output', 'xml'], /Allowed choices are table, json, csv, ics, html/],
    ])('%j, with what to do', async (words, sentence) => {
      const { code, out, err } = await forecast(...words);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(sentence);
    });

    it('a case that there is not', async () => {
      const { code, err } = await forecast('action/f');
      expect(code).toBe(3);
      expect(err).toMatch(/no case "?action\/f"?/);
    });
  });
}
