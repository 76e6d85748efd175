import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import { widthOf } from '../../client/output/width.ts';
import { sendTimeOf } from '../../database/send-times.ts';
import { dayOf, plus } from '../../domain/dates.ts';
import { faultsOfPage, isTooWide } from '../web/pages.ts';
import { startWorld, type World } from '../world.ts';
import { mainWith } from './command-line.ts';
import { describeConcerned } from './concerned.ts';
import { describeDirectoryPreview } from './directory-preview.ts';
import { describeLists } from './forecast-lists.ts';
import { describeRefused } from './forecast-refused.ts';
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
    expect(csv).toMatch(/^at,case,title,what,due,owed by,letters to,letters go at,readers\r\n/);
    expect(csv).toContain('action/f1');
    const until = `${csv.trim().split('\r\n').at(-1)?.slice(0, 10)}T23:59:59.999Z`;
    const walked: string[] = [];
    for await (const { at, state } of entente.forecasts.ofAll(until)) walked.push(`${at},${state.id}`);
    const listed = csv.trim().split('\r\n').slice(1);
    expect(listed.map((line) => line.split(',').slice(0, 2).join())).toEqual(walked);
    const { out: ics } = await forecast('--output', 'ics');
    expect(ics).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
    const unfolded = ics.replaceAll('\r\n ', '').replaceAll('\r', '');
    expect(unfolded).toMatch(
      /^UID:action\/f1\/accept:klid\/1\/due@entente\n[^]*?^DESCRIPTION:action\/f1\\nklid\\; if nobody answers: \d{4}-/m,
    );
    expect(unfolded.match(/^SUMMARY:A week with many due days: \d+ due days?\\; klid \d+$/gm)?.length).toBeGreaterThan(
      0,
    );
    const uids = unfolded.match(/^UID:.*$/gm) ?? [];
    expect(new Set(uids).size).toBe(uids.length);
  });

  it('is a page that needs no network and no script', async () => {
    const { out } = await forecast('--output', 'html');
    expect(out).toMatch(/^<!doctype html>/);
    expect(out).toMatch(/<th scope="row">klid \(\d+\)<\/th>/);
    expect(out).not.toMatch(/https?:|<script|<link|src=/);
  });

  it('keeps nobody out: on a phone, on a wide screen, in light and dark, on paper', async () => {
    const pages = [(await forecast('--output', 'html')).out, (await forecast('f1', '--output', 'html')).out];
    const browser = await startChromium();
    try {
      for (const width of [360, 1_280])
        for (const colorScheme of ['light', 'dark'] as const) {
          const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
          for (const text of pages) {
            await page.setContent(text);
            expect(await faultsOfPage(page)).toEqual([]);
            expect(await isTooWide(page)).toBe(false);
          }
          await page.emulateMedia({ media: 'print' });
          expect(await faultsOfPage(page)).toEqual([]);
          await page.close();
        }
    } finally {
      await browser.close();
    }
  });
});

describe('what one case will do', () => {
  it('is told day by day, with who is written to', async () => {
    const { code, out } = await forecast('f1');
    expect([code, out]).toEqual([0, expect.stringMatching(/^when +case +what +letters to$/m)]);
    expect(out).not.toContain('action/f2');
    const rows = JSON.parse((await forecast('action/f1', '--output', 'json')).out) as { case: string; letters: [] }[];
    expect(new Set(rows.map((row) => row.case))).toEqual(new Set(['action/f1']));
    expect(rows.some(({ letters }) => letters.length > 0)).toBe(true);
    expect((await forecast('f1', '--output', 'html')).out).toContain('What action/f1 does by itself');
    expect(out).toMatch(/^Who has to decide .*\n\nby +case +who +what +if nobody answers$/m);
  });

  it('is what the case does next, as `show` says it', async () => {
    const { next } = await entente.view('action/f1');
    const [first] = JSON.parse((await forecast('action/f1', '--output', 'json')).out) as { at: string }[];
    expect(first?.at).toBe(next?.at);
  });
});

describe('before a change', () => {
  const run = (...words: string[]) => mainWith(words, { ...env, ENTENTE_AS: 'kim' });
  const numberOf = async () => (await entente.history('action/f2')).rows.length;
  const move = async (later: string) => {
    const { waitsFor } = await entente.view('action/f2');
    const words = ['action', 'move-deadline', 'f2', '--deadline', waitsFor[0]?.deadline ?? ''];
    return [...words, '--later', later, '--reason', 'the budget'];
  };
  interface Shown {
    readonly what: string;
    readonly turn: string;
    readonly in: readonly [string | null, string | null];
  }
  const differencesIn = (out: string) => (JSON.parse(out) as { differences: readonly Shown[] }).differences;

  it('what it makes different is shown in a table that fits the terminal; nothing is stored, and asked twice it is the same', async () => {
    const before = await numberOf();
    const { code, out, err } = await run(...(await move('P1M')), '--preview');
    expect([code, err]).toEqual([0, 'Nothing was done. The same with --yes does it.\n']);
    expect(out).toMatch(/^It would record:\n- action\/f2: /);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/what would be different in 1 case: 1 due day moved, /);
    expect(out).toMatch(/^what +case +which +as it stands +with the change$/m);
    for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
    expect((await run(...(await move('P1M')), '--preview')).out).toBe(out);
    expect((await run(...(await move('P1M')), '--preview', '--output', 'csv')).out).toMatch(
      /^first,what,turn,case,which,as it stands,with the change\r\n/,
    );
    expect(await numberOf()).toBe(before);
  });

  it('what is refused is refused as ever', async () => {
    const words = [...(await move('P1M')).slice(0, -4), '--to', '2020-01-01', '--reason', 'the budget'];
    const [shown, done] = [await run(...words, '--preview'), await run(...words)];
    expect(shown).toEqual(done);
    expect(shown.code).toBe(3);
    const away = ['person', 'away', 'kim', '--from', '2030-01-01', '--to', '2030-01-02', '--stand-in', 'kim'];
    expect(await run(...away, '--preview')).toEqual(await run(...away));
  });

  it('what was shown is what is foreseen once it is done', async () => {
    const shown = differencesIn((await run(...(await move('P1M')), '--preview', '--output', 'json')).out);
    const { code, err } = await run(...(await move('P1M')), '--preview', '--yes');
    expect([code, err]).toEqual([0, expect.not.stringContaining('Nothing was done')]);
    const due = shown.find(({ what }) => what === 'due');
    expect(due?.in[1]).toBe(`due ${(await entente.view('action/f2')).waitsFor[0]?.due}`);
    expect(differencesIn((await run(...(await move('P0D')), '--preview', '--output', 'json')).out)).toEqual([]);
  });

  it('an absence has letters read by whoever stands in, and is said of nobody until it is done', async () => {
    const from = new Date().toISOString().slice(0, 10);
    const until = `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`;
    const away = ['person', 'away', 'kim', '--from', from, '--to', until, '--stand-in', 'han', '--preview'];
    const found = differencesIn((await run(...away, '--output', 'json')).out);
    expect(found.some(({ turn, in: [, then] }) => turn === 'other reader' && then?.endsWith('person/han'))).toBe(true);
    expect((await entente.people.notable(from)).away).toEqual([]);
  });

  it('an opening has its due days, letters and end shown, from a file as well; nothing is opened, and one that is taken is refused', async () => {
    const fields = [
      '--title',
      'Later',
      '--countries',
      'KR',
      '--coordinator',
      'kim',
      '--topic',
      'Later',
      '--owner',
      'klid',
    ];
    const words = ['action', 'open', 'f3', ...fields, '--due', plus(dayOf(new Date().toISOString()), 'P60D')];
    const { code, out } = await run(...words, '--preview');
    expect(code).toBe(0);
    expect(out).toMatch(/^It would record:\n- action\/f3: /);
    expect(out).toMatch(/^case opened +action\/f3 /m);
    for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
    const shown = differencesIn((await run(...words, '--preview', '--output', 'json')).out);
    expect(shown.filter(({ turn }) => turn === 'sent').length).toBeGreaterThan(5);
    const file = join(mkdtempSync(join(tmpdir(), 'entente-preview-')), 'f3.yaml');
    writeFileSync(
      file,
      `{ kind: action, id: f3, title: Later, countries: [KR], coordinator: kim, topic: Later, owner: klid, due: ${words.at(-1)} }`,
    );
    const preview = await run('open', '--file', file, '--preview', '--output', 'json');
    expect(differencesIn(preview.out)).toEqual(shown);
    expect(await entente.isOnRecord('action/f3')).toBe(false);
    const taken = await run('action', 'open', 'f2', ...words.slice(3), '--preview');
    expect([taken.code, taken.err]).toEqual([3, expect.stringContaining('CaseExists')]);
  });

  it('somebody who leaves has coordinators told, and a day off has letters of that day moved; nothing of it is on record', async () => {
    const left = ['person', 'left', 'kim', '--on', new Date().toISOString().slice(0, 10), '--preview'];
    const found = differencesIn((await run(...left, '--output', 'json')).out);
    expect(found.some(({ what, turn }) => what === 'due' && turn === 'owed')).toBe(true);
    expect((await entente.people.notable('2020-01-01')).left).toEqual([]);
    const rows = JSON.parse((await forecast('action/f1', '--output', 'json')).out) as { at: string; letters: [] }[];
    const day = rows.find(({ letters }) => letters.length > 0)?.at.slice(0, 10) ?? '';
    const off = ['calendar', 'override', 'add', 'klid', day, '--closed', '--note', 'Moving house', '--preview'];
    expect(differencesIn((await run(...off, '--output', 'json')).out).map(({ turn }) => turn)).toContain('moved');
    expect(await entente.calendarOverrides('klid')).toEqual([]);
  });
});

describe('somebody who is not there', () => {
  it('is told, and letters go when the engine would have them go, to whom it would', async () => {
    const [from, to] = [50, 70].map((days) => plus(dayOf(new Date().toISOString()), `P${days}D`));
    await mainWith(
      ['person', 'away', 'park', '--from', from ?? '', '--to', to ?? '', '--stand-in', 'han', '--as', 'kim'],
      env,
    );
    const all = { from: dayOf(new Date().toISOString()), until: inAYear(), told: () => undefined };
    const { outlook } = await entente.forecasts.addedUp(all);
    const { missing } = outlook;
    expect(missing).toMatchObject([{ person: 'park', why: 'away', standIn: 'han', from, until: to, due: 2 }]);
    expect(missing[0]?.readers).toEqual(['person/han']);
    expect((await forecast('--only', 'missing', '--output', 'csv')).out).toMatch(/^park,.*to han/m);
    const { out: ics } = await forecast('--output', 'ics');
    expect(ics.replaceAll('\r\n ', '')).toMatch(
      new RegExp(`DTSTART;VALUE=DATE:${from?.replaceAll('-', '')}[^]*?SUMMARY:park .*is away.*han stands in`),
    );
    const asked = { of: 'action/f1', steps: [], from: new Date().toISOString() };
    const { occurrences } = await entente.forecasts.withScenario(asked, inAYear());
    const letters = occurrences.flatMap((each) =>
      each.letters.map((letter, index) => ({ letter, posted: each.posted[index] })),
    );
    expect(letters.length).toBeGreaterThan(5);
    for (const { letter, posted } of letters) {
      const { sendAt } = await sendTimeOf(world.db, letter, { now: letter.at, hours: 'office' });
      expect(posted?.at, letter.summary).toBe(sendAt);
    }
    expect(letters.some(({ posted }) => posted?.reader === 'person/han')).toBe(true);
  });
});

const inAYear = (): string => `${plus(dayOf(new Date().toISOString()), 'P1Y')}T00:00:00.000Z`;

describeRefused(forecast);
describeLists(forecast);
describeConcerned({ entente: () => entente, world: () => world });
describeDirectoryPreview((...words) => mainWith(words, { ...env, ENTENTE_AS: 'kim' }));
