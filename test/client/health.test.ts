import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseActivities } from '../../activities/cases.ts';
import { connectEntente, type Entente, type Finding } from '../../client/client.ts';
import { type RefusedError } from '../../client/errors.ts';
import { widthOf } from '../../client/output/width.ts';
import { takenFromRegister } from '../register-behind.ts';
import { resetToBefore } from '../reset.ts';
import { startWorld, type World } from '../world.ts';
import { entente as runEntente, mainWith } from './command-line.ts';
import { openPortalAction, portalAction } from './portal-action.ts';

let world: World;
let entente: Entente;
let env: Record<string, string>;

beforeAll(async () => {
  world = await startWorld('2026-01-05T00:00:00.000Z');
  const { databaseUrl, temporal } = world.stack.settings;
  entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  env = world.stack.env;
});
afterAll(async () => {
  await entente?.close();
  await world?.stop();
});

const soon = { timeout: 150_000, interval: 500 };
const opened = (id: string) => openPortalAction(entente, id);

const findingsOf = async (id: string): Promise<readonly Finding[]> =>
  (await entente.health.check()).findings.filter((finding) => finding.case === `action/${id}`);

describe('a register and a Temporal that agree', () => {
  it('have nothing to tell, in a check and in lists', async () => {
    for (const id of ['h1', 'h2', 'h3']) await opened(id);
    await expect.poll(async () => (await entente.health.check()).findings, soon).toEqual([]);
    // As a process of its own: modules are loaded otherwise there than in a test.
    const check = await runEntente(['check'], env);
    expect([check.code, check.out, check.err]).toEqual([
      0,
      '',
      '3 open cases: all are carried on, and nothing is late.\n',
    ]);
    expect((await runEntente(['list'], env)).err).toBe('');
  });
});

describe('a case that is open on record and that nobody runs', () => {
  it('is found when it was terminated, and lists say so first', async () => {
    await opened('t1');
    await world.client.workflow.getHandle('action/t1').terminate('by mistake');
    await expect
      .poll(() => findingsOf('t1'), soon)
      .toMatchObject([{ kind: 'notRunning', says: 'terminated in Temporal' }]);
    const { code, out, err } = await mainWith(['check'], env);
    expect(code).toBe(5);
    expect(out).toMatch(/^action\/t1 +\d{4}-\d\d-\d\d \d\d:\d\d UTC +terminated in Temporal$/m);
    for (const line of `${out}${err}`.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
    for (const words of [['list'], ['next'], ['show', 'action/t1'], ['mail', 'check'], ['due']])
      expect((await mainWith(words, env)).err).toMatch(/^1 of 4 open cases is not running and reminds nobody: /);
  });

  it('is found when Temporal has never heard of it', async () => {
    await opened('d1');
    await world.client.workflowService.deleteWorkflowExecution({
      namespace: world.client.options.namespace,
      workflowExecution: { workflowId: 'action/d1' },
    });
    await expect
      .poll(() => findingsOf('d1'), soon)
      .toMatchObject([{ kind: 'notRunning', since: null, says: 'Temporal does not know it' }]);
  });

  it('is found when something else runs under its id', async () => {
    await opened('o1');
    await world.client.workflow.getHandle('action/o1').terminate();
    await world.client.workflow.start('stranger', { workflowId: 'action/o1', taskQueue: 'elsewhere' });
    await expect
      .poll(() => findingsOf('o1'), soon)
      .toMatchObject([{ kind: 'otherRun', says: 'a workflow "stranger"' }]);
  });

  it('is told as JSON with what to do', async () => {
    const { code, out } = await mainWith(['check', '--output', 'json'], env);
    expect(code).toBe(5);
    const check = JSON.parse(out) as { open: number; findings: { case: string; todo: string }[] };
    expect(check.open).toBe(6);
    expect(check.findings.map((finding) => finding.case)).toEqual(
      expect.arrayContaining(['action/t1', 'action/d1', 'action/o1']),
    );
    expect(check.findings.every(({ todo }) => todo.length > 0)).toBe(true);
  });
});

const terminated = async (id: string): Promise<unknown> =>
  (await opened(id)) && world.client.workflow.getHandle(`action/${id}`).terminate();
const typesOf = async (id: string): Promise<readonly string[]> =>
  (await entente.history(`action/${id}`)).rows.map(({ type }) => type);
const statusOf = async (id: string): Promise<string> =>
  (await world.client.workflow.getHandle(`action/${id}`).describe()).status.name;
const mailOf = async (id: string): Promise<number> => {
  const { rows } = await entente.messages({ case: `action/${id}` });
  const sent = new Set(rows.map(({ messageId }) => messageId));
  return (world.stack.mailbox?.messages() ?? []).filter(({ messageId }) => sent.has(messageId ?? null)).length;
};
const allSent = (id: string) =>
  expect
    .poll(async () => (await entente.messages({ case: `action/${id}`, standing: 'expected' })).rows, soon)
    .toEqual([]);

describe('reviving', () => {
  it('starts a case again with its state and a note of who did it, repeats no letter, and does it once', async () => {
    await opened('r1');
    await allSent('r1');
    const mails = await mailOf('r1');
    expect(mails).toBeGreaterThan(0);
    await world.client.workflow.getHandle('action/r1').terminate();
    const dry = await mainWith(['revive', 'action/r1', '--as', 'kim', '--dry-run'], env);
    expect(dry.out).toMatch(/^action\/r1 +would be started again$/m);
    expect(await statusOf('r1')).toBe('TERMINATED');
    const first = await mainWith(['revive', 'action/r1', '--as', 'kim'], env);
    expect([first.code, first.out]).toEqual([0, expect.stringMatching(/^action\/r1 +started again$/m)]);
    const again = await mainWith(['revive', 'action/r1', '--as', 'kim'], env);
    expect([again.code, again.out]).toEqual([0, expect.stringMatching(/^action\/r1 +runs, and lacks nothing$/m)]);
    expect((await entente.history('action/r1')).rows.at(-1)).toMatchObject({
      type: 'noted',
      by: 'kim',
      says: expect.stringContaining('Started again from the register: its workflow was terminated.'),
    });
    expect((await typesOf('r1')).filter((type) => type === 'noted')).toHaveLength(1);
    await entente.command('action/r1', 'accept', { by: 'park' });
    expect((await entente.liveView('action/r1')).stage).toBe('inProgress');
    await allSent('r1');
    expect(await mailOf('r1')).toBe(mails);
    expect(await findingsOf('r1')).toEqual([]);
  });

  it('refuses who is nobody, what is not on record and what is over, and does nothing then', async () => {
    await terminated('r2');
    const codeOf = (cases: readonly string[], by: string) =>
      entente.health.revive(cases, { by }).catch((error: RefusedError) => error.code);
    expect(await codeOf(['action/r2'], 'nobody')).toBe('UnknownPerson');
    expect(await codeOf(['action/r2', 'action/none'], 'kim')).toBe('UnknownCase');
    await opened('r3');
    await entente.command('action/r3', 'cancel', { by: 'kim', reason: 'a mistake' });
    await allSent('r3');
    expect(await codeOf(['action/r2', 'action/r3'], 'kim')).toBe('CaseClosed');
    expect(await statusOf('r2')).toBe('TERMINATED');
    expect((await mainWith(['revive', '--as', 'kim'], env)).code).toBe(2);
  });

  it('has a case catch up that was reset to an earlier point', async () => {
    await opened('b1');
    await entente.command('action/b1', 'accept', { by: 'park' });
    await resetToBefore(world.client, 'action/b1', 'accept');
    await expect.poll(() => findingsOf('b1'), soon).toMatchObject([{ kind: 'behind' }]);
    expect(await entente.health.revive(['action/b1'], { by: 'kim' })).toEqual([
      { case: 'action/b1', outcome: 'caughtUp' },
    ]);
    expect((await entente.liveView('action/b1')).stage).toBe('inProgress');
    expect((await typesOf('b1')).filter((type) => type === 'accepted' || type === 'noted')).toEqual(['accepted']);
    await expect.poll(() => findingsOf('b1'), soon).toEqual([]);
  });

  it('with --all takes every case that a check finds, and leaves what is not a case alone', async () => {
    const revived = await entente.health.revive('all', { by: 'kim' });
    const done = revived.filter(({ outcome }) => outcome === 'revived').map((each) => each.case);
    expect(done).toEqual(expect.arrayContaining(['action/t1', 'action/d1', 'action/r2']));
    expect(done).not.toContain('action/o1');
    await world.client.workflow.getHandle('action/o1').terminate();
    const all = (...more: readonly string[]) => mainWith(['revive', '--all', '--as', 'kim', ...more], env);
    await expect.poll(async () => (await all('--dry-run')).out, soon).toMatch(/^action\/o1 +would be started again$/m);
    expect(await statusOf('o1')).toBe('TERMINATED');
    const started = await all();
    expect([started.code, started.out]).toEqual([0, expect.stringMatching(/^action\/o1 +started again$/m)]);
    expect(started.out).not.toMatch(/action\/(?!o1)/);
    await expect.poll(async () => (await entente.health.check()).findings, soon).toEqual([]);
    const again = await all();
    expect([again.code, again.out + again.err]).toEqual([
      0,
      expect.stringContaining('Every case that is open on record runs.'),
    ]);
    expect((await typesOf('o1')).filter((type) => type === 'noted')).toHaveLength(1);
  });
});

describe('a case that nobody runs', () => {
  it('is started again by its next command, which is carried out once', async () => {
    await terminated('c1');
    const body = { by: 'park' };
    const answer = await entente.command('action/c1', 'accept', body, { commandId: 'accept-c1' });
    expect(answer).toMatchObject({ stage: 'inProgress', event: 3 });
    expect(await statusOf('c1')).toBe('RUNNING');
    await world.client.workflow.getHandle('action/c1').terminate();
    expect(await entente.command('action/c1', 'accept', body, { commandId: 'accept-c1' })).toEqual(answer);
    await expect(entente.command('action/c1', 'accept', body)).rejects.toMatchObject({ code: 'WrongStage' });
    expect(await statusOf('c1')).toBe('RUNNING');
  });

  it('is started again by a word of another case', async () => {
    await terminated('c2');
    const activities = caseActivities({ db: world.db });
    const word = {
      case: 'action/c2',
      command: 'note',
      body: { by: 'kim', note: 'From elsewhere' },
      commandId: 'word-1',
    };
    const tell = (told: typeof word) =>
      new MockActivityEnvironment({}, { client: world.client }).run(
        (one: typeof word) => activities.tellCase(one),
        told,
      );
    expect(await tell(word)).toBeNull();
    expect(await tell(word)).toBeNull();
    expect(await statusOf('c2')).toBe('RUNNING');
    expect((await typesOf('c2')).filter((type) => type === 'noted')).toHaveLength(1);
    expect(await tell({ ...word, case: 'action/none' })).toMatchObject({ refused: 'CaseClosed' });
  });

  it('is started again by the same opening, also when another one has failed meanwhile', async () => {
    const first = await opened('c3');
    await allSent('c3');
    await world.client.workflow.getHandle('action/c3').terminate();
    const other = entente.open('action', { ...portalAction('c3'), topic: 'Another' });
    await expect(other).rejects.toMatchObject({ code: 'CaseExists' });
    await expect.poll(() => findingsOf('c3'), soon).toMatchObject([{ kind: 'notRunning', says: 'failed' }]);
    expect(await opened('c3')).toEqual(first);
    expect(await statusOf('c3')).toBe('RUNNING');
    expect(await typesOf('c3')).toEqual(['opened', 'planned']);
  });

  it('is not carried on behind the back of a register that is older than its end', async () => {
    await opened('c4');
    await entente.command('action/c4', 'cancel', { by: 'kim', reason: 'a mistake' });
    await allSent('c4');
    await expect.poll(() => statusOf('c4'), soon).toBe('COMPLETED');
    const { putBack } = await takenFromRegister(world.db, 'action/c4', -1);
    const command = entente.command('action/c4', 'note', { by: 'kim', note: 'x' });
    await expect(command).rejects.toThrow(/over in Temporal and open on record: the register is older/);
    await expect
      .poll(() => findingsOf('c4'), soon)
      .toMatchObject([{ kind: 'ahead', says: 'over in Temporal, open on record' }]);
    await putBack();
  });
});

describe('a register that is older than its cases', () => {
  it.each([['nothing of it', 'a2', 0]] as const)(
    'is found with %s: the case waits, and lists say why',
    async (_, id, kept) => {
      await opened(id);
      await entente.command(`action/${id}`, 'accept', { by: 'park' });
      await allSent(id);
      const { putBack } = await takenFromRegister(world.db, `action/${id}`, kept);
      await expect.poll(() => findingsOf(id), soon).toMatchObject([{ kind: 'ahead' }]);
      // A task that is tried again for as long as it takes; one that only brings a command is given up with it.
      await world.client.workflow.getHandle(`action/${id}`).cancel();
      await expect
        .poll(() => findingsOf(id), soon)
        .toMatchObject([{ kind: 'ahead', says: expect.stringContaining('RegisterBehind: The register has') }]);
      expect((await mainWith(['list'], env)).err).toMatch(/cannot go on: .* The register is older than its cases/);
      await putBack();
      await expect.poll(() => statusOf(id), { ...soon, timeout: 150_000 }).toBe('CANCELLED');
      await expect.poll(() => findingsOf(id), soon).toEqual([]);
    },
    200_000,
  );
});
