import { spawn } from 'node:child_process';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Entente, connectEntente } from '../../client/client.ts';
import { sayLetterPages } from '../../database/letter-pages.ts';
import { projectRoot } from '../../stack/running.ts';
import { openPortalAction } from '../client/portal-action.ts';
import { takenFromRegister } from '../register-behind.ts';
import { startWorld, type World } from '../world.ts';

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

interface Told {
  readonly status: number | null;
  readonly out: string;
}

/** The real `npm run doctor`, with nothing in its environment but what is given. */
function doctor(env: Readonly<Record<string, string>>, ...options: string[]): Promise<Told> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['stack/run.mjs', 'stack/doctor.ts', ...options], {
    cwd: projectRoot,
    env: { PATH, HOME, ENTENTE_FOLDER: '/nonexistent', ...env },
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: unknown) => (out += String(text)));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, out })));
}

const lineOf = (name: string, { out }: Told): string | undefined =>
  out
    .replaceAll('\n    ', ' ')
    .split('\n')
    .find((line) => line.slice(2).startsWith(name));
const casesLine = (told: Told): string | undefined => lineOf('Cases', told);

test('what this machine has, where nothing is named', async () => {
  const { status, out } = await doctor({});
  expect(out).toMatch(new RegExp(`^[✓–] Node +${process.versions.node}`, 'm'));
  expect(out).toMatch(/^✓ Settings /m);
  expect(out).not.toMatch(/Cases/);
  expect(out).toContain('Everything that `npm run demo` needs is here.');
  expect(status).toBe(0);
  const wrong = await doctor({}, '--ouput', 'json');
  expect([wrong.status, wrong.out]).toEqual([2, expect.stringMatching(/^Unknown option '--ouput'/)]);
});

test('a service that is named and does not answer', async () => {
  const { status, out } = await doctor({ DATABASE_URL: 'postgres://who:secret@127.0.0.1:1/entente' });
  expect(out).toMatch(/^✗ Database {7}postgres:\/\/who:\*+@127\.0\.0\.1:1\/entente/m);
  expect(out).not.toContain('secret');
  expect([status, casesLine({ status, out })]).toEqual([1, undefined]);
});

test('open cases: that all are carried on, and when one is not, or a register is older than its case', async () => {
  const { env } = world.stack;
  for (const id of ['d1', 'd2']) await openPortalAction(entente, id);
  await expect.poll(async () => (await entente.health.check()).findings, { timeout: 150_000 }).toEqual([]);
  const well = await doctor(env);
  expect(casesLine(well)).toBe('✓ Cases          2 open cases, all carried on');
  expect(lineOf('Who may act', well)).toMatch(
    /^– Who may act {4}nobody has a role yet, .*role give PERSON administrator/,
  );
  expect(lineOf('Pages', well)).toMatch(
    /^– Pages {10}the workers know of none: .*no link to sign in mailed\. Set ENTENTE_WEB_URL/,
  );
  expect(well.status).toBe(0);
  await sayLetterPages(world.db, 'https://entente.example.org');
  await entente.roles.give({ person: 'kim', role: 'administrator' }, { from: '2026-01-01', by: 'kim' });
  // Once there are roles, whoever gives another one proves who they are; here it is what doctor says that counts.
  await sql`insert into roles (person, role, agency, by)
    select id, 'coordinator', agency, 'kim' from people where id = 'kim'`.execute(world.db);

  await world.client.workflow.getHandle('action/d1').terminate();
  await expect.poll(async () => (await entente.health.check()).findings, { timeout: 150_000 }).toHaveLength(1);
  const one = await doctor(env);
  expect(lineOf('Who may act', one)).toBe('✓ Who may act    each command by whom it is for; ./entente role list');
  expect(lineOf('Pages', one)).toBe(
    '✓ Pages          letters and links to sign in lead to https://entente.example.org',
  );
  expect(casesLine(one)).toMatch(/^✗ Cases {10}1 of 2 open cases is not running and reminds nobody: .*revive --all/);
  expect(one.out).toContain('Everything that `npm run demo` needs is here.');
  expect(one.out).toContain('Not all open cases are carried on: `./entente check` says which');
  expect(one.status).toBe(1);
  await entente.health.revive('all', { by: 'kim' });

  const { putBack } = await takenFromRegister(world.db, 'action/d2', 0);
  await world.client.workflow.getHandle('action/d2').cancel();
  await expect
    .poll(async () => (await entente.health.glance()).registerBehind, { timeout: 150_000, interval: 500 })
    .toBe(true);
  const behind = await doctor(env, '--output', 'json');
  const told = JSON.parse(behind.out) as {
    canRun: boolean;
    carriesOn: boolean;
    findings: { name: string; says: string }[];
  };
  expect([behind.status, told.canRun, told.carriesOn]).toEqual([1, true, false]);
  expect(told.findings.find(({ name }) => name === 'Cases')?.says).toContain('The register is older than its cases');
  await putBack();
});
