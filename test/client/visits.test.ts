import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListedEntry } from '../../database/calendar-entries.ts';
import { widthOf } from '../../client/output/width.ts';
import { edition } from '../../domain/edition.ts';
import { programme } from '../../domain/programme.ts';
import { visit } from '../../domain/visit.ts';
import { workshop } from '../../domain/workshop.ts';
import { importExamples, opened, put } from '../documents/filled-register.ts';
import { given as editions } from '../domain/edition-stages.ts';
import { given as programmes } from '../domain/programme-stages.ts';
import { given as workshops } from '../domain/workshop-stages.ts';
import { mainWith } from './command-line.ts';
import { type Register, startRegister } from './register.ts';

let register: Register;
let env: Record<string, string>;

/** Far ahead, so that it takes place after whatever day it is now. */
const delegation = (id = 'kr-2060') =>
  opened(visit, id, '한국 정부 대표단', '2059-06-01', {
    countries: ['KR'],
    from: '2060-09-27',
    to: '2060-10-02',
    senders: ['mofa', 'mois'],
  }).command('addLeg', { country: 'GR', from: '2060-09-27', to: '2060-09-29', places: ['Αθήνα'], host: 'agency/mar' });

beforeAll(async () => {
  register = await startRegister();
  env = register.env;
  // A filter may only name what the directory knows.
  const places = Object.entries({ KR: 'Asia/Seoul', GR: 'Europe/Athens', RO: 'Europe/Bucharest', BG: 'Europe/Sofia' });
  const countries = places.map(([code, zone]) => ({ code, name: code, zone, language: 'en' }));
  await register.db.insertInto('countries').values(countries).execute();
  await put(register.db, visit, delegation());
  await put(register.db, workshop, workshops.announced());
  await put(register.db, programme, programmes.opened());
  await put(register.db, edition, editions.nominated());
});
afterAll(() => register?.stop());

const run = (...words: string[]) => mainWith(words, env);

describe('the lists of visits, workshops and programmes', () => {
  it.each<[string, RegExp]>([
    ['visits', /visit\/kr-2060 +2060-09-27 +한국 .*GR +proposed +1\. GR\n.*to 2060-10-02/],
    ['workshops', /2017-10-30/],
    ['programmes', /edition\//],
    ['editions', /Seoul/],
    ['dates', /2060-09-27 +2060-10-02 +한국 정부 대표단 .*visit\/kr-2060/],
    // Its ids do not fit side by side.
    ['nominations', /^state +UA\nuntil +2017-09-15/m],
  ])('%s: a table of 80 columns, JSON and CSV with the same rows', async (name, table) => {
    const { out } = await run(name);
    for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
    expect(out).toMatch(table);
    const rows = JSON.parse((await run(name, '-o', 'json')).out) as unknown[];
    expect(rows.length).toBeGreaterThan(0);
    expect(parse((await run(name, '-o', 'csv')).out, { columns: true })).toHaveLength(rows.length);
  });

  it('dates: what has no place on record yet gets none, in tables and in CSV', async () => {
    expect((await run('dates', '--country', 'GR')).out).toMatch(
      /2060-10-02 +한국 정부 대표단 \(visit\) +proposed +visit/,
    );
    const rows = parse((await run('dates', '-o', 'csv')).out, { columns: true }) as { case: string; place: string }[];
    expect(rows).toContainEqual(expect.objectContaining({ case: 'visit/kr-2060', place: '' }));
  });

  it('are narrowed by country and programme, and say when there is none', async () => {
    // Opened for Korea alone, and there is a leg in Greece since.
    expect((await run('visits', '--country', 'GR')).out).toContain('visit/kr-2060');
    expect((await run('list', '--country', 'GR', '-o', 'json')).out).toContain('visit/kr-2060');
    expect((await run('list', '--country', 'RO', '-o', 'json')).out).not.toContain('visit/kr-2060');
    expect((await run('visits', '--country', 'BG')).err).toBe('No visit is like that.\n');
    expect((await run('editions', '--programme', 'kr-bsec')).out).toContain('Seoul');
    expect((await run('editions', '--programme', 'other')).err).toBe('No edition is like that.\n');
    expect((await run('nominations', '--country', 'RO', '-o', 'json')).out).not.toContain('edition/');
  });
});

it('the feed of a country has what takes place there or what its agencies are invited to, not the rest of a visit', async () => {
  await importExamples(register.db);
  const legs = async (place: string) => {
    const { out } = await run('calendar', 'export', place, '-o', 'json');
    return (JSON.parse(out) as ListedEntry[]).flatMap(({ caseId, entry }) =>
      caseId === 'visit/kr-2061' ? [entry.place] : [],
    );
  };
  const story = delegation('kr-2061').command('addLeg', {
    country: 'RO',
    from: '2060-09-30',
    to: '2060-10-02',
    places: ['București'],
    host: 'agency/mcsi',
  });
  const confirmed = story.command('confirmLeg', { leg: 1 }).command('confirmLeg', { leg: 2 });
  const head = { person: 'shim-bo-kyun', agency: 'mois', function: 'Vice Minister' };
  await put(register.db, visit, confirmed.command('nameHead', head));
  expect(await legs('GR')).toEqual(['Αθήνα']);
  expect(await legs('RO')).toEqual(['București']);
  expect(await legs('KR')).toEqual(['Αθήνα', 'București']);
});
