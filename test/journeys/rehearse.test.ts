import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Connection } from '@temporalio/client';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import type { ScenarioAsked } from '../../client/forecast/forecasts.ts';
import { withRehearsalRegister } from '../../database/rehearsals.ts';
import { type Instant, plus } from '../../domain/dates.ts';
import { caseNamed, relativeTime, type ScenarioStep } from '../../domain/scenario/step.ts';
import { inventedStory, readStory } from '../../examples/story.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import { widthOf } from '../../client/output/width.ts';
import type { FileOpening } from '../../client/open-file.ts';
import type { Kind } from '../../domain/kinds.ts';
import { mainWith } from '../client/command-line.ts';
import { openPortalAction } from '../client/portal-action.ts';
import { startWorld, type World } from '../world.ts';
import { line } from './foreseen.ts';

let world: World;
let entente: Entente;

beforeAll(async () => {
  world = await startWorld(new Date().toISOString(), { directory: ['examples/directory.yaml'] });
  const { databaseUrl, temporal } = world.stack.settings;
  entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
});
afterAll(async () => {
  await entente?.close();
  await world?.stop();
});

const step = (
  said: { case: string; do: string; as: string; on: string; with?: Record<string, unknown> },
  index: number,
) => {
  const named = caseNamed(said.case);
  const when = relativeTime(said.on);
  if (!named || !when) throw new Error(`${said.case} ${said.on}`);
  return { index, stands: `step ${index}`, ...said, with: said.with ?? {}, case: named, when } satisfies ScenarioStep;
};

const rehearsed = (asked: ScenarioAsked, until: Instant) =>
  rehearse(
    { ...asked, files: [], onRefusal: asked.onRefusal ?? 'go-on', until },
    { settings: world.stack.settings, signal: new AbortController().signal, tell: () => undefined },
  );

/** What one sees of both: events, letters, and what was refused. What several cases refuse at one instant has no order. */
async function both(asked: ScenarioAsked, until: Instant) {
  const foreseen = await entente.forecasts.withScenario(asked, until);
  const lived = await rehearsed(asked, until);
  const events = (each: typeof lived.occurrences) =>
    each.flatMap(({ state, events: all }) => all.map((event) => line(state.id, event))).sort();
  const letters = foreseen.occurrences.flatMap((each) => each.letters.map(({ key, text }) => `${key} ${text}`)).sort();
  const refusals = (each: typeof foreseen.refused) =>
    each.map(({ step: { index }, refusal }) => `${index} ${refusal.refused}`).sort();
  return {
    foreseen: { events: events(foreseen.occurrences), letters, refused: refusals(foreseen.refused) },
    lived: {
      events: events(lived.occurrences),
      letters: lived.letters.map(({ key, text }) => `${key} ${text}`).sort(),
      refused: refusals(lived.refused),
    },
    kept: lived.letters,
  };
}

/** Schemas and namespaces of rehearsals, but for those that the server is about to forget. */
async function leftOver(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where nspname like 'rehearsal%'`.execute(world.db);
  const connection = await Connection.connect(world.stack.settings.temporal.connectionOptions);
  const { namespaces } = await connection.workflowService.listNamespaces({ pageSize: 1_000 });
  await connection.close();
  const names = namespaces.map(({ namespaceInfo }) => namespaceInfo?.name ?? '');
  const ours = names.filter((name) => name.startsWith('rehearsal-') && !name.includes('-deleted-'));
  return [...rows.map(({ name }) => name), ...ours];
}

/** What a story opens first: a request and a programme of years that are over, and a request of years to come. */
const begun = ['greece-2017-2018.yaml', 'korea-bsec-2017.yaml', inventedStory].flatMap((file) => {
  const first = readStory(file).steps.find((each) => 'open' in each);
  return first ? [[file, first] as const] : [];
});

/** The parameters of the comparison: by hand, with more of them. */
const randomCases = Number(process.env['ENTENTE_RANDOM_CASES'] ?? 2);
const seed = Number(process.env['ENTENTE_RANDOM_SEED'] ?? 7);

let drawn = seed;
/** A number below another one, the same in each run. */
const below = (most: number): number => {
  drawn = (drawn * 48_271) % 2_147_483_647;
  return drawn % most;
};
const oneOf = <T>(...all: readonly [T, ...T[]]): T => all[below(all.length)] ?? all[0];

function randomAction(index: number) {
  const due = plus(now().slice(0, 10), `P${3 + below(120)}D`);
  const id = `random-${index}`;
  const header = { id, by: 'choi-hana', title: `Random ${index}`, countries: ['KR'], coordinator: 'choi-hana' };
  const opening = { ...header, topic: 'Portal', owner: oneOf('klid', 'mois', 'mofa'), due };
  return { id: `action/${id}`, kind: 'action' as const, opening };
}

function randomStep(id: string) {
  const said = oneOf<{ do: string; with?: Record<string, unknown> }>(
    { do: 'accept' },
    { do: 'refuse', with: { reason: 'too much' } },
    { do: 'reportDone', with: { evidence: 'live' } },
    { do: 'verify', with: { evidence: 'seen' } },
    { do: 'return', with: { reason: 'not live' } },
    { do: 'handOver', with: { owner: 'mofa', reason: 'theirs' } },
  );
  const days = below(30);
  const on = oneOf('on time', `${days} days late`, `${days} working days after it is asked`, `${days} days early`);
  return { ...said, case: id, as: oneOf('choi-hana', 'park-jisoo'), on: `${oneOf('', 'each time, ')}${on}` };
}

const now = (): Instant => new Date().toISOString();
const inMonths = (months: number, from = now()): Instant => `${plus(from.slice(0, 10), `P${months}M`)}T00:00:00.000Z`;

describe('what is foreseen is what is rehearsed, event by event and letter by letter', () => {
  it('of a case from where it stands, with answers, and the real one is left alone', async () => {
    await openPortalAction(entente, 'r1', 'choi-hana');
    const before = await entente.history('action/r1');
    const steps = [
      step({ case: 'action/r1', do: 'accept', as: 'park-jisoo', on: '2 working days after it is asked' }, 0),
      step({ case: 'action/r1', do: 'refuse', as: 'park-jisoo', on: 'a day late', with: { reason: 'too late' } }, 1),
      step(
        { case: 'action/r1', do: 'reportDone', as: 'park-jisoo', on: '20 days late', with: { evidence: 'live' } },
        2,
      ),
    ];
    const { foreseen, lived, kept } = await both(
      { of: 'action/r1', steps, onRefusal: 'go-on', from: now() },
      inMonths(12),
    );
    expect(foreseen.events.length).toBeGreaterThan(10);
    expect(lived).toEqual(foreseen);
    expect(kept.every(({ body, state }) => body !== undefined || state !== 'sent')).toBe(true);
    expect((await entente.history('action/r1')).rows).toEqual(before.rows);
    expect(await leftOver()).toEqual([]);
  });

  it.each(begun)('of what %s begins with, on its day, with nobody answering', async (_, first) => {
    const opening = { ...first.with, by: first.as } as unknown as FileOpening['opening'];
    const kind = first.open as Kind;
    const of = [{ id: `${kind}/${opening.id}`, kind, opening }];
    const { foreseen, lived } = await both({ of, steps: [], from: first.on }, inMonths(14, first.on));
    expect(foreseen.events.length).toBeGreaterThan(0);
    expect(lived).toEqual(foreseen);
  });

  it(`of ${randomCases} random cases with random answers, seed ${seed}`, async () => {
    const of = Array.from({ length: randomCases }, (_, index) => randomAction(index));
    const steps = of.flatMap(({ id }) => Array.from({ length: 5 }, () => randomStep(id))).map(step);
    const { foreseen, lived } = await both({ of, steps, onRefusal: 'go-on', from: now() }, inMonths(8));
    expect(foreseen.events.length).toBeGreaterThan(randomCases * 4);
    expect(lived).toEqual(foreseen);
  });
});

describe('nothing is left of a rehearsal', () => {
  it('that is interrupted', async () => {
    const stop = new AbortController();
    const asked = {
      of: 'action/r1',
      steps: [],
      files: [],
      onRefusal: 'stop',
      from: now(),
      until: inMonths(12),
    } as const;
    const means = { settings: world.stack.settings, signal: stop.signal, tell: () => stop.abort(new Error('enough')) };
    await expect(rehearse(asked, means)).rejects.toThrow('enough');
    expect(await leftOver()).toEqual([]);
  });

  it('that was killed, once another one has run', async () => {
    const until = inMonths(600).slice(0, 10);
    const killed = spawn('./entente', ['rehearse', 'action/r1', '--until', until], {
      env: { ...process.env, ...world.stack.env },
      stdio: 'ignore',
    });
    await world.player.until('a schema and a namespace', async () => (await leftOver()).length === 2);
    killed.kill('SIGKILL');
    await once(killed, 'close');
    expect(await leftOver()).toHaveLength(2);
    await rehearsed({ of: 'action/r1', steps: [], from: now() }, now());
    expect(await leftOver()).toEqual([]);
  });

  it('that finds no namespace of its own any more, and what it cannot remove is left to the next one', async () => {
    const { databaseOwnerUrl } = world.stack.settings;
    await withRehearsalRegister(databaseOwnerUrl, [], async ({ leave }) => leave());
    await withRehearsalRegister(databaseOwnerUrl, [], async ({ left }) => expect(left).toHaveLength(1));
    expect(await leftOver()).toHaveLength(1);
    await rehearsed({ of: 'action/r1', steps: [], from: now() }, now());
    expect(await leftOver()).toEqual([]);
  });
});

describe('at the command line', () => {
  const command = (...words: string[]) => mainWith(['rehearse', 'action/r1', ...words], world.stack.env);
  const aMonth = ['--until', inMonths(1).slice(0, 10)];

  it('tells each thing that happens with its letters, in a table that fits the terminal', async () => {
    const { code, out, err } = await command(...aMonth);
    expect([code, err]).toEqual([0, expect.stringMatching(/^\d+ letters, of which none was sent; /)]);
    expect(out).toMatch(/^when +case +what +letters$/m);
    for (const each of out.split('\n')) expect(widthOf(each)).toBeLessThanOrEqual(80);
  });

  it('for programs, and on a page with every letter that needs no network and no script', async () => {
    const rows = JSON.parse((await command(...aMonth, '--output', 'json')).out) as {
      letters: { subject: string; body: string }[];
    }[];
    expect(rows.flatMap(({ letters }) => letters).length).toBeGreaterThan(1);
    expect(rows.flatMap(({ letters }) => letters).every(({ subject, body }) => subject && body)).toBe(true);
    const { out } = await command(...aMonth, '--output', 'html');
    expect(out.match(/<details>/g)?.length).toBe(rows.flatMap(({ letters }) => letters).length);
    expect(out).not.toMatch(/<script|<link|src=/);
    expect(await leftOver()).toEqual([]);
  });
});
