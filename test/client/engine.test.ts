import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Entente, connectEntente, RefusedError } from '../../client/client.ts';
import { startWorld, type World } from '../world.ts';
import { mainWith } from './command-line.ts';

let world: World;
let entente: Entente;

beforeAll(async () => {
  world = await startWorld('2026-01-05T00:00:00.000Z');
  const { databaseUrl, temporal } = world.stack.settings;
  entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
});
afterAll(async () => {
  await entente?.close();
  await world?.stop();
});

const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

const opening = (id: string) => ({
  id,
  by: 'kim',
  title: 'Open data portal',
  countries: ['KR'],
  coordinator: 'kim',
  topic: 'Open data portal',
  owner: 'klid',
  due: day(60),
});

const refusal = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'accepted',
    (error: unknown) => (error instanceof RefusedError ? error.code : String(error)),
  );

describe('the library on the real engine', () => {
  it('opens a case once, however often it is asked, and another under its id never', async () => {
    const first = await entente.open('action', opening('e1'));
    expect(first).toMatchObject({ case: 'action/e1', stage: 'recorded' });
    expect(await entente.open('action', opening('e1'))).toEqual(first);
    expect(await refusal(entente.open('action', { ...opening('e1'), topic: 'Other' }))).toBe('CaseExists');
  });

  it('gives a command once under one id, and shows it at once in register and workflow', async () => {
    await entente.open('action', opening('e2'));
    const body = { by: 'kim', note: 'taken on' };
    const answer = await entente.command('action/e2', 'accept', body, { commandId: 'c1' });
    expect(await entente.command('action/e2', 'accept', body, { commandId: 'c1' })).toEqual(answer);
    expect(await refusal(entente.command('action/e2', 'accept', { by: 'kim' }, { commandId: 'c1' }))).toBe(
      'CommandIdUsed',
    );
    expect((await entente.view('action/e2')).stage).toBe('inProgress');
    expect((await entente.liveView('action/e2')).stage).toBe('inProgress');
  });

  it('says why a command is refused, before and after it is sent, in the same words', async () => {
    await entente.open('action', opening('e3'));
    const body = { by: 'kim', evidence: 'a link' };
    expect(await entente.wouldAccept('action/e3', 'reportDone', body)).toMatchObject({ refused: 'WrongStage' });
    expect(await refusal(entente.command('action/e3', 'reportDone', body))).toBe('WrongStage');
    expect(await refusal(entente.command('action/e3', 'note', { by: 'nobody', note: 'x' }))).toBe('UnknownPerson');
    expect(await refusal(entente.open('action', { ...opening('e4'), owner: 'nobody' }))).toBe('UnknownAgency');
  });

  it('answers a repeated command after the case is over, and refuses a new one', async () => {
    await entente.open('action', opening('e5'));
    const body = { by: 'kim', reason: 'opened by mistake' };
    const answer = await entente.command('action/e5', 'cancel', body, { commandId: 'c2' });
    await expect
      .poll(() => refusal(entente.command('action/e5', 'note', { by: 'kim', note: 'x' })), { timeout: 150_000 })
      .toBe('CaseClosed');
    expect(await entente.command('action/e5', 'cancel', body, { commandId: 'c2' })).toEqual(answer);
    expect(await refusal(entente.open('action', { ...opening('e5'), topic: 'Other' }))).toBe('CaseExists');
  });

  it('knows unknown cases, kinds and commands without asking the engine', async () => {
    expect(await refusal(entente.command('action/none', 'note', { by: 'kim', note: 'x' }))).toBe('UnknownCase');
    expect(await refusal(entente.command('treaty/x', 'note', { by: 'kim', note: 'x' }))).toBe('UnknownKind');
    expect(await refusal(entente.command('action/e1', 'sign', { by: 'kim' }))).toBe('UnknownCommand');
    expect(await refusal(entente.command('action/e1;drop', 'note', { by: 'kim', note: 'x' }))).toBe('InvalidInput');
  });
});

describe('what would come of a command, at a terminal', () => {
  const run = (...words: string[]) => mainWith(words, world.stack.env);
  beforeAll(() => entente.open('action', opening('t1')));

  it('an opening with the very fields of a case that is on record says so, and nothing is opened anew', async () => {
    const { id, countries, ...fields } = opening('t1');
    const options = Object.entries({ ...fields, countries: countries.join(',') }).filter(([name]) => name !== 'by');
    const words = ['action', 'open', id, ...options.flatMap(([name, value]) => [`--${name}`, value]), '--as', 'kim'];
    expect(await run(...words, '--dry-run')).toMatchObject({ code: 0, out: expect.stringMatching(/^It is on record/) });
    expect(await run(...words, '--preview')).toMatchObject({ code: 0, err: expect.stringMatching(/^It is on record/) });
    const before = (await entente.history('action/t1')).rows.length;
    expect((await run(...words, '--preview', '--yes')).out).toContain('action/t1 is at "recorded"');
    expect((await entente.history('action/t1')).rows).toHaveLength(before);
  });

  it('a dry run says what a preview puts on record at once, and by when what is owed then is due', async () => {
    const words = ['action', 'refuse', 't1', '--reason', 'No staff.', '--as', 'park'];
    interface Shown {
      readonly wouldRecord: readonly string[];
      readonly noLongerOwed: readonly { readonly says: string; readonly due: string }[];
      readonly newlyOwed: readonly { readonly says: string; readonly due: string }[];
    }
    const tried = JSON.parse((await run(...words, '--dry-run', '--output', 'json')).out) as Shown;
    const previewed = JSON.parse((await run(...words, '--preview', '--output', 'json')).out) as { says: string[] };
    expect(previewed.says).toEqual(tried.wouldRecord.map((sentence) => `action/t1: ${sentence}`));
    expect(tried.newlyOwed).toEqual([
      { says: expect.stringMatching(/^a new owner /), owedBy: 'person/kim', due: expect.stringMatching(/^\d{4}-/) },
    ]);
    expect(tried.noLongerOwed.map(({ says }) => says.split(' ')[0])).toContain('acceptance');
  });
});

describe('the rules of another checkout', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const rooms = [
    'activities',
    'calendars',
    'client',
    'database',
    'documents',
    'domain',
    'rehearsal',
    'stack',
    'workflows',
  ];
  const changed = 'domain/action/deadlines.ts';
  let other: string;
  const forecast = (...words: string[]) => mainWith(['forecast', ...words], world.stack.env);
  const write = async (change: (source: string) => string): Promise<void> =>
    writeFile(join(other, changed), change(await readFile(join(root, changed), 'utf8')));

  beforeAll(async () => {
    other = await mkdtemp(join(tmpdir(), 'entente-other-'));
    for (const room of [...rooms, 'package.json']) await cp(join(root, room), join(other, room), { recursive: true });
    for (const id of ['x1', 'x2']) await entente.open('action', opening(id));
    await entente.command('action/x2', 'accept', { by: 'kim' });
    await entente.command('action/x2', 'reportDone', { by: 'kim', evidence: 'a link' });
  });
  afterAll(() => rm(other, { recursive: true, force: true }));

  it('name the open cases that would go otherwise in the next year, and how; the same rules name none', async () => {
    expect(await forecast('--rules', root)).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringMatching(/^By those rules every open case goes as by these until /),
    });
    await write((source) => source.replace("wasLate ? [] : [{ type: 'wasLate' }]", 'wasLate ? [] : []'));
    const { code, out, err } = await forecast('--rules', other);
    expect([code, err]).toEqual([0, expect.stringMatching(/^\d+ cases? would go otherwise until /)]);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/action\/x1 1 \d{4}-\d\d-\d\d no more .*late/);
    expect(out).not.toContain('action/x2');
    expect((await forecast('--rules', other)).out).toBe(out);
  });

  it.each([
    ['is no checkout', async () => rm(join(other, 'package.json')), /is no checkout of this project\./],
    ['does not compile', async () => write(() => 'const = 1;'), /does not compile: domain\/action\/deadlines\.ts:1: /],
    [
      'cannot be loaded',
      async () => write((source) => `throw new Error('lost');\n${source}`),
      /rules have failed: .*lost/,
    ],
  ])('of one that %s are refused in a sentence', async (_, damage, sentence) => {
    await cp(join(root, 'package.json'), join(other, 'package.json'));
    await damage();
    const { code, out, err } = await forecast('--rules', other);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
  });
});
