import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import { OfAnotherGroupError } from '../../client/forecast/added-up.ts';
import type { PostedOccurrence } from '../../client/forecast/forecasts.ts';
import { Moment } from '../../client/forecast/moment.ts';
import { widthOf } from '../../client/output/width.ts';
import { RegisterConnection } from '../../client/register.ts';
import { openGroups } from '../../database/lists/hanging-together.ts';
import { findCase } from '../../database/lists.ts';
import { plus } from '../../domain/dates.ts';
import { startWorld, type World } from '../world.ts';
import { mainWith } from './command-line.ts';
import { itIsAskedOnce } from './forecast-asked-once.ts';
import { foundByOthers, putFamily, sumsOf } from './forecast-in-groups.ts';
import { openPortalAction, portalAction } from './portal-action.ts';
import { describeScenarioOfAll } from './scenario-of-all.ts';

let world: World;
let entente: Entente;
let folder: string;
let family: readonly string[];

beforeAll(async () => {
  world = await startWorld(new Date().toISOString());
  folder = await mkdtemp(join(tmpdir(), 'entente-scenario-'));
  const { databaseUrl, temporal } = world.stack.settings;
  entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  await openPortalAction(entente, 's1');
  family = await putFamily(entente, world);
});
afterAll(async () => {
  await entente?.close();
  await world?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const forecast = (...words: string[]) => mainWith(['forecast', ...words], world.stack.env);
const inDays = (days: number) => plus(new Date().toISOString().slice(0, 10), `P${days}D`);

interface Row {
  readonly at: string;
  readonly case: string;
  readonly says: readonly string[];
}
const rows = (out: string) => JSON.parse(out) as readonly Row[];

const accepting = '- { case: action/s1, do: accept, as: park, on: 2 working days after it is asked }\n';

describe('a case with what people do', () => {
  itIsAskedOnce(() => entente);

  it('is foreseen otherwise than without, and nothing is changed', async () => {
    const before = (await entente.history('action/s1')).rows.length;
    const scenario = await file('accepted.yaml', accepting);
    const alone = rows((await forecast('s1', '--output', 'json')).out);
    const { code, out, err } = await forecast('s1', '--scenario', scenario, '--output', 'json');
    expect([code, err]).toEqual([0, '']);
    const accepted = rows(out).find(({ says }) => says.join().includes('accepted'));
    expect(accepted?.case).toBe('action/s1');
    expect(alone.some(({ says }) => says.join().includes('accepted'))).toBe(false);
    expect((await entente.history('action/s1')).rows).toHaveLength(before);
  });

  it('is foreseen before it is opened, from the file that would open it', async () => {
    const { by, ...opening } = portalAction('s2');
    const opened = await file('s2.yaml', JSON.stringify({ kind: 'action', ...opening }));
    const scenario = await file('s2-answers.yaml', '- { case: action/s2, do: accept, as: park, on: on time }\n');
    const { code, out, err } = await forecast(opened, '--as', by, '--scenario', scenario, '--output', 'json');
    expect([code, err]).toEqual([0, '']);
    expect(rows(out)[0]).toMatchObject({ case: 'action/s2', at: expect.stringContaining(inDays(0)) });
    expect(rows(out).some(({ says }) => says.join().includes('accepted'))).toBe(true);
    await expect(entente.view('action/s2')).rejects.toThrow('no case');
  });

  it('names what nobody is asked until then', async () => {
    const scenario = await file('verify.yaml', '- { case: action/s1, do: verify, as: kim, on: on time }\n');
    const { code, err } = await forecast('s1', '--scenario', scenario);
    expect([code, err.trim()]).toEqual([
      0,
      expect.stringMatching(/verify\.yaml, line 1: until [\d-]+ nobody is asked for that\./),
    ]);
  });
});

describe('a scenario with a fault is refused, with its line and column', () => {
  it.each([
    ['action/unknown', 'accept', 'park', 'on time', /line 2, column 9: case: there is no case action\/unknown/],
    ['visitor/s1', 'accept', 'park', 'on time', /column 9: case: there is no case visitor\/s1/],
    ['that one', 'accept', 'park', 'on time', /column 9: case: "that one" is no case/],
    [
      'action/s1',
      'acept',
      'park',
      'on time',
      /line 3, column 7: do: nobody can give .* "acept"; did you mean accept\?/,
    ],
    ['action/s1', 'accept', 'parc', 'on time', /line 4, column 7: as: there is no person parc; did you mean park\?/],
    ['action/s1', 'accept', 'park', 'soon', /line 5, column 7: on: "soon" is no time; it is a day/],
    ['action/s1', 'accept', 'park', '2001-01-01', /line 5, column 7: on: 2001-01-01 lies in the past/],
    ['action/s1', 'note', 'park', 'on time', /answers: is missing: name the deadline from which "on time"/],
    ['action/s1', 'verify', 'kim', inDays(9), /line 3, column 7: evidence: is missing/],
  ])('%s %s %s %s', async (named, command, person, on, sentence) => {
    const text = `# who does what\n- case: ${named}\n  do: ${command}\n  as: ${person}\n  on: ${on}\n`;
    const { code, out, err } = await forecast('s1', '--scenario', await file('faulty.yaml', text));
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(/^Nothing was looked at: there is 1 fault\.\n/);
    expect(err).toMatch(sentence);
  });

  it('two answers at one instant', async () => {
    const on = `${inDays(3)}T10:00`;
    const text = `- { case: action/s1, do: accept, as: park, on: ${on} }\n- { case: action/s1, do: refuse, as: park, on: ${on}, reason: no }\n`;
    const { code, err } = await forecast('s1', '--scenario', await file('two.yaml', text));
    expect([code, err]).toEqual([
      3,
      expect.stringMatching(/line 2, column \d+: on: falls on the same instant as that of .*two\.yaml, line 1/),
    ]);
    const relative = text.replaceAll(on, 'on time');
    const both = await forecast('s1', '--on-refusal', 'go-on', '--scenario', await file('both.yaml', relative));
    expect([both.code, both.out, both.err]).toEqual([
      3,
      '',
      expect.stringMatching(/line 2, column \d+: on: falls on the same instant as that of .*both\.yaml, line 1/),
    ]);
  });

  it('a field that there is not, all faults at once', async () => {
    const { err } = await forecast(
      's1',
      '--scenario',
      await file('field.yaml', '- { case: action/s1, who: park }\n- 7\n'),
    );
    expect(err).toMatch(/there are 5 faults\.\n[^]*there is no field "who"; there are case, do, as, on/);
  });
});

describe('what a case does not take', () => {
  it.each(['stop', 'go-on'])('is said with where it stands: %s', async (how) => {
    const text = `${accepting}- { case: action/s1, do: refuse, as: park, on: ${inDays(20)}, reason: no }\n`;
    const scenario = await file('refused.yaml', text);
    const { code, out, err } = await forecast('s1', '--scenario', scenario, '--on-refusal', how);
    expect(err).toMatch(
      /refused\.yaml, line 2: refuse of action\/s1 on [\d-]+ is refused \(WrongStage\): refuse is taken at/,
    );
    expect([code, out !== '']).toEqual(how === 'stop' ? [3, false] : [0, true]);
  });

  it('somebody whom the directory does not know is refused as the register would', async () => {
    const text = `- { case: action/s1, do: changeCoordinator, as: kim, on: ${inDays(2)}, with: { coordinator: nobody }, reason: new }\n`;
    const { code, err } = await forecast('s1', '--scenario', await file('nobody.yaml', text));
    expect([code, err]).toEqual([3, expect.stringMatching(/is refused \(UnknownPerson\)/)]);
  });
});

describe('two futures', () => {
  const compare = (...words: string[]) => mainWith(['compare', ...words], world.stack.env);
  const both = async () => [
    's1',
    '--scenario',
    await file('a.yaml', accepting),
    '--scenario',
    await file('b.yaml', '- { case: action/s1, do: accept, as: park, on: 5 working days late }\n'),
  ];

  it('are held against each other in a table that fits the terminal', async () => {
    const { code, out, err } = await compare(...(await both()));
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Until [\d-]+, \d+ differences, \d+ of them letters;/);
    expect(out).toMatch(/^what +case +which +a\.yaml +b\.yaml$/m);
    for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
  });

  it('for programs, and as two lanes of one picture that needs no network', async () => {
    const { differences } = JSON.parse((await compare(...(await both()), '--output', 'json')).out) as {
      differences: { what: string }[];
    };
    expect(differences.some(({ what }) => what === 'letter')).toBe(true);
    expect((await compare(...(await both()), '--output', 'csv')).out).toMatch(/^what,case,which,a\.yaml,b\.yaml\r\n/);
    const { out } = await compare(...(await both()), '--output', 'html');
    expect(out.match(/<circle /g)?.length).toBeGreaterThan(4);
    expect(out).toMatch(/<svg [^]*a\.yaml[^]*b\.yaml[^]*<\/svg>/);
    expect(out).not.toMatch(/https?:|<script|<link|src=/);
  });

  it('one alone is held against nobody doing anything; the same twice does not differ; none is refused', async () => {
    const [id = '', flag = '', a = ''] = await both();
    expect((await compare(id, flag, a, '--output', 'csv')).out).toMatch(
      /^what,case,which,nobody does anything,a\.yaml/,
    );
    expect((await compare(id, flag, a, flag, a)).err).toMatch(/The two do not differ until/);
    const { code, err } = await compare(id);
    expect([code, err]).toEqual([2, expect.stringContaining('Say which two futures')]);
  });
});

async function allOf<T>(rows: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

describe('a register that changes while somebody looks ahead', () => {
  it('is seen as it was at one moment, to the end', async () => {
    const until = `${inDays(365)}T00:00:00.000Z`;
    const plainly = ({ at, state, posted }: PostedOccurrence) => ({ at, case: state.id, title: state.title, posted });
    const expected = await allOf(entente.forecasts.ofAll(until));
    const register = new RegisterConnection({ databaseUrl: () => world.stack.settings.databaseUrl });
    const moment = await Moment.of(register);
    const seen = () => moment.ask(async (db) => (await findCase(db, 'action/s1'))?.state.title);
    const [title, rows] = [await seen(), entente.forecasts.ofAll(until)];
    const { value: first } = (await rows.next()) as { readonly value: PostedOccurrence };
    await world.db.updateTable('people').set({ zone: 'America/Lima' }).where('id', '=', 'park').execute();
    await sql`update cases set state = jsonb_set(state, '{title}', '"changed"') where id = 'action/s1'`.execute(
      world.db,
    );
    expect(await seen()).toBe(title);
    expect([first, ...(await allOf(rows))].map(plainly)).toEqual(expected.map(plainly));
    await moment.end();
    await register.close();
  });
});

describe('cases that hang together', () => {
  it('are looked at in one group, those that do not in others, and the sums are those of all at once', async () => {
    const groups = await openGroups(world.db);
    expect(groups).toContainEqual(family);
    expect(groups).toContainEqual(['action/s1']);
    const sums = await sumsOf(groups, world);
    expect(sums.total.letters).toBeGreaterThan(20);
    expect(sums).toEqual(await sumsOf([groups.flat()], world));
    // Whoever is told something by a case that does not name it, and is open, makes all be looked at at once.
    await expect(foundByOthers('action/s1', world)).rejects.toThrow(OfAnotherGroupError);
    expect(await foundByOthers('action/unknown', world)).toBeUndefined();
  });
});

describeScenarioOfAll({ forecast, file, world: () => world });
