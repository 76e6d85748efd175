import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import { widthOf } from '../../client/output/width.ts';
import { startWorld, type World } from '../world.ts';
import { mainWith } from './command-line.ts';
import { openPortalAction } from './portal-action.ts';

let world: World;
let entente: Entente;
let env: Record<string, string>;

beforeAll(async () => {
  world = await startWorld(new Date().toISOString());
  const { databaseUrl, temporal } = world.stack.settings;
  entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  env = world.stack.env;
  for (const id of ['f1', 'f2']) await openPortalAction(entente, id);
});
afterAll(async () => {
  await entente?.close();
  await world?.stop();
});

const forecast = (...words: string[]) => mainWith(['forecast', ...words], env);

describe('what all open cases will do', () => {
  it('is added up in a table that fits the terminal, and changes nothing', async () => {
    const before = (await entente.history('action/f1')).rows.length;
    const { code, out, err } = await forecast();
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^If nobody does anything until \d{4}-\d\d-\d\d: \d+ due days, \d+ letters, \d+ of them/);
    expect(out).toMatch(/^week of +due +letters +above +by itself$/m);
    for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
    expect((await forecast()).out).toBe(out);
    expect((await entente.history('action/f1')).rows).toHaveLength(before);
  });

  it.each([
    ['owner', /^agency\/klid +[1-9]/m],
    ['country', /^KR +[1-9]/m],
  ])('is added up by %s', async (group, row) => {
    expect((await forecast('--by', group)).out).toMatch(row);
  });

  it('is there for programs: sums as JSON, each thing that happens as CSV, due days as a calendar', async () => {
    const { total, weeks } = JSON.parse((await forecast('--output', 'json')).out) as {
      total: { letters: number };
      weeks: Record<string, { letters: number }>;
    };
    expect(Object.values(weeks).reduce((sum, { letters }) => sum + letters, 0)).toBe(total.letters);
    const { out: csv } = await forecast('--output', 'csv');
    expect(csv).toMatch(/^at,case,title,what,due,owed by,letters to\r\n/);
    expect(csv).toContain('action/f1');
    const { out: ics } = await forecast('--output', 'ics');
    expect(ics).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
    expect(ics.match(/^UID:action\/f1\/[^\r]*\/due@entente\r$/gm)?.length).toBeGreaterThan(0);
  });

  it('is a page that needs no network and no script', async () => {
    const { out } = await forecast('--output', 'html');
    expect(out).toMatch(/^<!doctype html>/);
    expect(out).toMatch(/<th scope="row">\d{4}-\d\d-\d\d<\/th>/);
    expect(out).not.toMatch(/https?:|<script|<link|src=/);
  });
});

describe('what one case will do', () => {
  it('is told day by day, with who is written to', async () => {
    const { code, out } = await forecast('f1');
    expect(code).toBe(0);
    expect(out).toMatch(/^when +case +what +letters to$/m);
    expect(out).not.toContain('action/f2');
    const rows = JSON.parse((await forecast('action/f1', '--output', 'json')).out) as { case: string; letters: [] }[];
    expect(new Set(rows.map((row) => row.case))).toEqual(new Set(['action/f1']));
    expect(rows.some(({ letters }) => letters.length > 0)).toBe(true);
    expect((await forecast('f1', '--output', 'html')).out).toContain('What action/f1 does by itself');
  });

  it('is what the case does next, as `show` says it', async () => {
    const { next } = await entente.view('action/f1');
    const [first] = JSON.parse((await forecast('action/f1', '--output', 'json')).out) as { at: string }[];
    expect(first?.at).toBe(next?.at);
  });
});

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
