import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import type { ScenarioAsked } from '../../client/forecast/forecasts.ts';
import { rehearsalPage } from '../../client/forecast/rehearsal-page.ts';
import { connect } from '../../database/connect.ts';
import { withRehearsalRegister } from '../../database/rehearsals.ts';
import type { Instant } from '../../domain/dates.ts';
import { withNamespace } from '../../rehearsal/place.ts';
import { type Means, rehearse } from '../../rehearsal/rehearse.ts';
import { widthOf } from '../../client/output/width.ts';
import type { FileOpening } from '../../client/open-file.ts';
import type { Kind } from '../../domain/kinds.ts';
import { mainWith } from '../client/command-line.ts';
import { openPortalAction } from '../client/portal-action.ts';
import { startProxy } from '../database/proxy.ts';
import { startWorld, type World } from '../world.ts';
import { bothCalendars, bothWays } from './both-ways.ts';
import { isUnderWay, leftOverIn } from './left-over.ts';
import { begins, ends, randomCase, randomCases, randomStep, seed } from './random-cases.ts';
import { begun } from './begun.ts';
import { halfAYear, inDays, inMonths, now, step } from './steps.ts';

let world: World;
let entente: Entente;

beforeAll(async () => {
  world = await startWorld(new Date().toISOString(), { directory: ['examples/directory.yaml'] });
  const { databaseUrl, temporal } = world.stack.settings;
  entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  await openPortalAction(entente, 'r1', 'choi-hana');
});
afterAll(async () => {
  await entente?.close();
  await world?.stop();
});

const rehearsed = (asked: ScenarioAsked, until: Instant, means: Partial<Means> = {}) =>
  rehearse(
    { ...asked, files: [], onRefusal: asked.onRefusal ?? 'go-on', until },
    { settings: world.stack.settings, signal: new AbortController().signal, tell: () => undefined, ...means },
  );

const both = (asked: ScenarioAsked, until: Instant) => bothWays(asked, until, { entente, rehearsed });

const leftOver = () => leftOverIn(world);

describe('what is foreseen is what is rehearsed, event by event and letter by letter', () => {
  describe('of a case from where it stands, with answers', () => {
    let course: Awaited<ReturnType<typeof both>>;
    let before: Awaited<ReturnType<Entente['history']>>;

    beforeAll(async () => {
      before = await entente.history('action/r1');
      const answer = { case: 'action/r1', as: 'park-jisoo' };
      const steps = [
        step({ ...answer, do: 'accept', on: '2 working days after it is asked' }, 0),
        step({ ...answer, do: 'refuse', on: 'a day late', with: { reason: 'too late' } }, 1),
        step({ ...answer, do: 'reportDone', on: '20 days late', with: { evidence: 'live' } }, 2),
      ];
      course = await both({ of: 'action/r1', steps, onRefusal: 'go-on', from: now() }, inMonths(6));
    });

    it('and each letter that went can be read', () => {
      const { foreseen, lived, kept } = course;
      expect(foreseen.events.length).toBeGreaterThan(10);
      expect(lived).toEqual(foreseen);
      expect(kept.every(({ body, state }) => body !== undefined || state !== 'sent')).toBe(true);
    });

    it('and the real one is left alone', async () => {
      expect((await entente.history('action/r1')).rows).toEqual(before.rows);
      expect(await leftOver()).toEqual([]);
    });

    it('and in a calendar, with by when somebody has to do what, and what happens if not', async () => {
      const { foreseen, lived } = await bothCalendars(course.courses, halfAYear(), entente);
      expect(lived).toBe(foreseen);
      expect(foreseen).toMatch(/^UID:action\/r1\/accept:klid\/\d\/due@entente[^]*?if nobody answers: /m);
      expect(foreseen).toMatch(/^SUMMARY:A week with many due days: \d/m);
    });

    it('and on a page with every letter that needs no network and no script', async () => {
      const page = String(await rehearsalPage('action/r1', course.courses.rehearsed, halfAYear()));
      expect(page.match(/<details>/g)?.length).toBe(course.kept.length);
      expect(page).not.toMatch(/<script|<link|src=/);
    });
  });

  it.each(begun)('of what %s begins with, on its day, with nobody answering', async (_, first) => {
    const opening = { ...first.with, by: first.as } as unknown as FileOpening['opening'];
    const kind = first.open as Kind;
    const of = [{ id: `${kind}/${opening.id}`, kind, opening }];
    const { foreseen, lived } = await both({ of, steps: [], from: first.on }, inMonths(9, first.on));
    expect(foreseen.events.length).toBeGreaterThan(0);
    expect(lived).toEqual(foreseen);
  });

  it(`of ${randomCases} random cases with random answers, seed ${seed}`, async () => {
    const of = Array.from({ length: randomCases }, (_, index) => randomCase(index));
    const steps = of.flatMap((each) => [1, 2, 3, 4, 5].map(() => each)).map(randomStep);
    const { foreseen, lived } = await both({ of, steps, onRefusal: 'go-on', from: begins }, ends);
    expect(foreseen.events.length).toBeGreaterThan(randomCases * 4);
    expect(lived).toEqual(foreseen);
  });
});

describe('a rehearsal that asks too much', () => {
  beforeAll(async () => {
    for (const id of ['t1', 't2']) await openPortalAction(entente, id, 'choi-hana');
  });

  const answers = [
    { do: 'accept', as: 'park-jisoo', on: '0 days after it is asked' },
    { do: 'reportDone', as: 'park-jisoo', on: 'each time, 0 days after it is asked', with: { evidence: 'live' } },
    { do: 'return', as: 'choi-hana', on: 'each time, 0 days after it is asked', with: { reason: 'not live' } },
  ];

  it('of a case that answers itself again and again ends with its name, and leaves nothing', async () => {
    const steps = answers.map((said) => ({ case: 'action/t1', ...said })).map(step);
    await expect(rehearsed({ of: 'action/t1', steps, from: now() }, inMonths(12), { mostEvents: 12 })).rejects.toThrow(
      'action/t1 never comes to rest: more than 12 events follow from one another.',
    );
    expect(await leftOver()).toEqual([]);
  });

  it('of an answer before there is a question is refused there, and stops or goes on as chosen', async () => {
    const said = { case: 'action/t1', as: 'choi-hana', on: inDays(1) };
    const early = step({ ...said, do: 'verify', on: 'on time', with: { evidence: 'seen' } }, 0);
    const steps = [{ ...early, when: { at: said.on } }];
    const asked = { of: 'action/t1', steps, from: now() };
    const stopped = rehearsed({ ...asked, onRefusal: 'stop' }, inDays(16));
    await expect(stopped).rejects.toThrow(/^step 0: verify of action\/t1 on .* is refused \(WrongStage\)/);
    expect(await leftOver()).toEqual([]);
    const { refused, occurrences } = await rehearsed(asked, inDays(16));
    expect(refused.map(({ refusal }) => refusal.refused)).toEqual(['WrongStage']);
    expect(occurrences.filter(({ at }) => at > said.on).length).toBeGreaterThan(0);
  });

  it('of more cases than are taken along names those that it leaves out', async () => {
    const { databaseOwnerUrl } = world.stack.settings;
    const copied = (most: number) =>
      withRehearsalRegister(databaseOwnerUrl, ['action/t1', 'action/t2'], (register) => register.copied, most);
    expect(await copied(1)).toMatchObject({ cases: ['action/t1'], leftOut: ['action/t2'] });
    expect(await copied(2)).toMatchObject({ cases: ['action/t1', 'action/t2'], leftOut: [] });
  });
});

it('a worker of another version beside it gets nothing of a rehearsal: its namespace and its schema are its own', async () => {
  const { databaseOwnerUrl, temporal } = world.stack.settings;
  await withRehearsalRegister(databaseOwnerUrl, [], (register) =>
    withNamespace(temporal.connectionOptions, register, async (namespace) => {
      expect(await leftOver()).toEqual([register.name, namespace]);
      expect(namespace).not.toBe(temporal.namespace);
      const { rows } = await sql<{ schema: string }>`select current_schema as schema`.execute(register.db);
      expect(rows).toEqual([{ schema: register.name }]);
    }),
  );
  expect(await leftOver()).toEqual([]);
});

it('gives way to those who work on real cases, says so, and comes to its end', async () => {
  // As workers do, and whoever gives a command.
  const real = connect(world.stack.settings.databaseUrl, 1);
  const told: boolean[] = [];
  let isOver = false;
  const tell = (_: Instant, waits?: boolean) => void (waits !== undefined && told.push(waits));
  const rehearsing = rehearsed({ of: 'action/r1', steps: [], from: now() }, now(), { tell });
  const ended = rehearsing.finally(() => (isOver = true));
  await world.player.until('it to wait', async () => {
    await sql`select`.execute(real);
    return told.includes(true) || isOver;
  });
  await real.destroy();
  await ended;
  expect(told).toEqual([true, false]);
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

  it('but of one that was killed at its work, which gives way to other work', async () => {
    const until = inMonths(600).slice(0, 10);
    const killed = spawn('./entente', ['rehearse', 'action/r1', '--until', until], {
      env: { ...process.env, ...world.stack.env },
      stdio: 'ignore',
    });
    await world.player.until('a schema and a namespace', async () => (await leftOver()).length === 2);
    expect(getPriority(killed.pid ?? 0)).toBeGreaterThanOrEqual(10);
    killed.kill('SIGKILL');
    await once(killed, 'close');
    expect(await leftOver()).toHaveLength(2);
  });

  it('that finds no namespace of its own any more, and what is left of both goes with the next one', async () => {
    const { databaseOwnerUrl } = world.stack.settings;
    await withRehearsalRegister(databaseOwnerUrl, [], async ({ leave }) => leave());
    await withRehearsalRegister(databaseOwnerUrl, [], async ({ left }) => expect(left).toHaveLength(2));
    expect(await leftOver()).toHaveLength(3);
    await rehearsed({ of: 'action/r1', steps: [], from: now() }, now());
    expect(await leftOver()).toEqual([]);
  });
});

describe('a rehearsal that loses a server in its middle ends with who is down', () => {
  beforeAll(() => openPortalAction(entente, 'l1', 'choi-hana'));

  /** Through a proxy that goes, as a server does that is killed, when the case has done something. */
  async function lost(port: number, env: (proxied: (url: string) => string) => Record<string, string>) {
    const before = await leftOver();
    const proxy = await startProxy(port);
    const proxied = (url: string) => url.replace(`:${port}`, `:${proxy.port}`);
    const words = ['rehearse', 'action/l1', '--until', inMonths(599).slice(0, 10)];
    const run = mainWith(words, { ...world.stack.env, ...env(proxied) });
    await world.player.until('it to be under way', () => isUnderWay(world, before));
    await proxy.stop();
    return run;
  }

  it('Postgres', async () => {
    const { databaseUrl, databaseOwnerUrl } = world.stack.settings;
    const { code, out, err } = await lost(Number(new URL(databaseUrl).port), (proxied) => ({
      DATABASE_URL: proxied(databaseUrl),
      DATABASE_OWNER_URL: proxied(databaseOwnerUrl),
    }));
    expect([code, out]).toEqual([4, '']);
    // A worker that was just noting what became of a letter waits for Postgres, and says before it that it was stopped.
    expect(err).toMatch(/(^|\n)Postgres does not answer at 127\.0\.0\.1:[^\n]*\n$/);
  });

  it('Temporal', async () => {
    const { address } = world.stack.temporal;
    const { code, out, err } = await lost(Number(address.split(':')[1]), (proxied) => ({
      TEMPORAL_ADDRESS: proxied(address),
    }));
    expect([code, out]).toEqual([4, '']);
    expect(err).toMatch(
      /^Temporal at 127\.0\.0\.1:\d+ does not answer; what is left of the rehearsal goes with the next one\.\n$/,
    );
  });

  it('and what is left of both goes with the next one, once they are back', async () => {
    expect((await leftOver()).length).toBeGreaterThan(0);
    await rehearsed({ of: 'action/l1', steps: [], from: now() }, now());
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

  it('for programs, with the words of each letter', async () => {
    const rows = JSON.parse((await command(...aMonth, '--output', 'json')).out) as {
      letters: { subject: string; body: string }[];
    }[];
    expect(rows.flatMap(({ letters }) => letters).length).toBeGreaterThan(1);
    expect(rows.flatMap(({ letters }) => letters).every(({ subject, body }) => subject && body)).toBe(true);
    expect(await leftOver()).toEqual([]);
  });
});
