import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEntente, type Entente, type Finding } from '../../client/client.ts';
import { widthOf } from '../../client/output/width.ts';
import { startWorld, type World } from '../world.ts';
import { entente as runEntente, mainWith } from './command-line.ts';

let world: World;
let entente: Entente;
let env: Record<string, string>;

beforeAll(async () => {
  world = await startWorld('2026-01-05T00:00:00.000Z', {
    // Two failures in a row are enough here to count as trouble; by themselves servers wait for five.
    dynamicConfig: ['system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2'],
  });
  const { databaseUrl, temporal } = world.stack.settings;
  entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  env = world.stack.env;
});
afterAll(async () => {
  await entente?.close();
  await world?.stop();
});

const soon = { timeout: 40_000, interval: 500 };
const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

const opened = (id: string) =>
  entente.open('action', {
    id,
    by: 'kim',
    title: `Open data portal ${id}`,
    countries: ['KR'],
    coordinator: 'kim',
    topic: 'Open data portal',
    owner: 'klid',
    due: day(60),
  });

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
    const { workflowService, options } = world.client;
    await workflowService.deleteWorkflowExecution({
      namespace: options.namespace,
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
