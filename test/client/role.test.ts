import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sql } from 'kysely';
import { recordActivities } from '../../activities/record.ts';
import { decide } from '../../domain/case/command.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { sayTakenUnproved } from '../../database/beside-cases.ts';
import { findCase } from '../../database/lists.ts';
import { importDirectory } from '../../database/directory.ts';
import { erasePerson } from '../../database/erasure/erase.ts';
import { lifecycles } from '../../domain/kinds.ts';
import { standpointOf } from '../../database/standpoint.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { fillDirectory } from '../database/people-directory.ts';
import { mainWith } from './command-line.ts';
import { type Register, startRegister } from './register.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
  // What roles say, whoever has proved to be somebody.
  await sayTakenUnproved(register.db, 'anybody');
});
afterAll(() => register?.stop());
beforeEach(async () => {
  await sql`truncate roles`.execute(register.db);
  await fillDirectory(register.db);
});

const run = (as: string, ...words: string[]) => mainWith(words, { ...register.env, ENTENTE_AS: as });
const role = (as: string, ...words: string[]) => run(as, 'role', ...words);
const said = async (as: string, ...words: string[]) => {
  const { out, err } = await run(as, ...words);
  return out + err;
};
const at = '2026-01-05T03:00:00.000Z';

/** Puts an opening or a command on record as the engine does, and says what became of it. */
let current = '';

async function given(name: string, body: Readonly<Record<string, unknown>>, id = `${name}-${String(body['by'])}`) {
  const found = await findCase(register.db, `action/${current}`);
  const command = { id, name, body };
  const events =
    name === 'opening'
      ? decideOpening(lifecycles.action, body, at, id)
      : decide(lifecycles.action, found!.state, command, at);
  if (isRefusal(events)) return events.refused;
  const outcome = await recordActivities({ db: register.db, unproved: 'anybody' }).record({
    kind: 'action',
    before: name === 'opening' ? undefined : found?.state,
    events: [events].flat(),
    command,
  });
  return outcome.outcome === 'refused' ? outcome.refusal.refused : outcome.outcome;
}

const opening = (by: string) => ({
  id: current,
  by,
  title: 'Portal',
  countries: ['KR', 'GR'],
  coordinator: 'coordinator',
  topic: 'Portal',
  owner: 'klid',
  due: '2026-03-05',
});

const withRoles = async () => {
  await role('coordinator', 'give', 'coordinator', 'administrator', '--from', '2020-01-01');
  await role('coordinator', 'give', 'coordinator', 'coordinator', '--from', '2020-01-01');
};

const opened = (id: string) => {
  current = id;
  return given('opening', opening('coordinator'));
};

it('the first role is an administrator’s; then nobody else gives, takes or imports any', async () => {
  expect((await role('third', 'give', 'third', 'coordinator')).err).toContain(
    'The first role is that of an administrator',
  );
  expect((await role('chief', 'give', 'chief', 'administrator')).code).toBe(0);
  expect((await role('third', 'give', 'third', 'coordinator')).err).toContain(
    'third is no administrator: chief gives roles',
  );
  expect((await role('third', 'end', 'chief', 'administrator')).err).toContain('third is no administrator');
  expect((await role('chief', 'end', 'chief', 'administrator')).err).toContain('the last administrator');
  expect((await run('third', 'person', 'left', 'mute', '--on', '2026-12-01')).err).toContain(
    'third is no administrator',
  );
});

it('the last administrator for good neither loses the role nor leaves nor is erased, until another is one who stays', async () => {
  await role('chief', 'give', 'chief', 'administrator');
  const gone = async () => {
    const left = await run('chief', 'person', 'left', 'chief', '--on', '2099-12-01');
    const erasure = { person: 'chief', by: 'chief', reason: 'x', also: [], on: '2098-12-01' };
    const erased = await erasePerson(register.db, erasure);
    const ended = await role('chief', 'end', 'chief', 'administrator');
    return [left.err, isRefusal(erased) ? erased.because : '', ended.err];
  };
  const refused = Array(3).fill(expect.stringContaining('`./entente role give SOMEBODY administrator`'));
  expect(await gone()).toEqual(refused);
  await role('chief', 'give', 'mute', 'administrator', '--until', '2100-01-01');
  await role('chief', 'give', 'third', 'administrator');
  await register.db.updateTable('people').set({ left_on: '2099-01-01' }).where('id', '=', 'third').execute();
  expect(await gone()).toEqual(refused);
  await register.db.updateTable('people').set({ left_on: null }).where('id', '=', 'third').execute();
  expect((await run('chief', 'person', 'left', 'chief', '--on', '2099-12-01', '--dry-run')).err).not.toContain('last');
  expect((await role('chief', 'end', 'chief', 'administrator')).code).toBe(0);
  expect((await role('third', 'end', 'third', 'administrator')).err).toContain('the last administrator');
});

it('with roles, what is done beside the cases is whose it is, and refused to others with whose', async () => {
  const away = ['--from', '2027-03-01', '--to', '2027-03-05', '--stand-in', 'chief'];
  const override = ['calendar', 'override', 'add', 'klid', '2027-03-02', '--closed', '--note', 'Moving house'];
  await role('chief', 'give', 'chief', 'administrator', '--from', '2020-01-01');
  const refused = [
    await run('coordinator', 'person', 'away', 'third', ...away),
    await run('third', 'person', 'bounced', 'chief@klid.example.org', '--reason', 'unknown'),
    await run('third', ...override),
    await run('third', 'mail', 'settle', 'nothing', '--sent', '--reason', 'seen'),
    await run('third', 'link', 'revoke', 'nothing', '--reason', 'lost'),
  ];
  expect(refused[0]?.err).toContain('coordinator may not do this: whom it is about, or');
  expect(refused[1]?.err).toContain('an operator, or chief says whose address bounces');
  expect(refused[2]?.err).toContain('says which days are worked');
  expect(refused[4]?.err).toContain('takes back the addresses in letters');
  expect(refused.map(({ code }) => code === 0)).toEqual([false, false, false, false, false]);
  expect((await run('third', 'person', 'away', 'third', ...away)).err).not.toContain('may not');
  expect((await run('chief', 'person', 'back', 'third', '--on', '2027-03-01')).code).toBe(0);
  await role('chief', 'give', 'third', 'operator', '--from', '2020-01-01');
  expect((await run('third', ...override)).code).toBe(0);
});

it('a role that is given or ended twice is given or ended once', async () => {
  await role('chief', 'give', 'chief', 'administrator');
  expect((await role('chief', 'give', 'third', 'operator', '--agency', 'mar')).err + '').not.toContain('Refused');
  expect(await said('chief', 'role', 'give', 'third', 'operator', '--agency', 'mar')).toContain('already');
  await role('chief', 'end', 'third', 'operator', '--agency', 'mar');
  expect(await said('chief', 'role', 'end', 'third', 'operator', '--agency', 'mar')).toContain('by then');
  const listed = JSON.parse((await role('chief', 'list', '--output', 'json')).out) as { person: string }[];
  expect(listed.map(({ person }) => person)).toEqual(['chief']);
});

it('a reader may be one of a country, once, and be it no more', async () => {
  await role('chief', 'give', 'chief', 'administrator');
  const country = (what: string) => said('chief', 'role', what, 'third', 'reader', '--country', 'KR');
  expect(await country('give')).toContain('third is reader of KR from');
  expect(await country('give')).toContain('already');
  const standing = { person: 'third', agency: 'none', zone: 'Asia/Seoul' } as never;
  const reads = async () => (await standpointOf(register.db, standing, new Date().toISOString())).reads;
  const ofKorea = (await sql<{ id: string }>`select id from agencies where country = 'KR'`.execute(register.db)).rows;
  expect(new Set(await reads())).toEqual(new Set(['none', ...ofKorea.map(({ id }) => id)]));
  expect(await country('end')).toContain('no more');
  expect(await reads()).toEqual(['none']);
});

it('what is wrong with a role is said, and nothing is stored', async () => {
  await role('chief', 'give', 'chief', 'administrator');
  expect(await said('chief', 'role', 'give', 'third', 'coordinator', '--agency', 'none')).toContain('no agency "none"');
  expect(await said('chief', 'role', 'give', 'nobody', 'coordinator')).toContain('no person "nobody"');
  expect(await said('chief', 'role', 'give', 'third', 'reader', '--from', '2026-02-30')).toContain('--from');
  expect(await said('chief', 'role', 'end', 'third', 'reader')).toContain('third is no reader of klid');
  const country = (role: string, code: string) => said('chief', 'role', 'give', 'third', role, '--country', code);
  expect(await country('reader', 'XX')).toContain('no country "XX"');
  expect(await country('coordinator', 'KR')).toContain('only a reader is one of a country');
  expect(await said('chief', 'role', 'end', 'third', 'reader', '--country', 'KR')).toContain('no reader of KR');
  expect(
    await said('chief', 'role', 'give', 'third', 'reader', '--from', '2026-03-02', '--until', '2026-03-01'),
  ).toContain('exchange the dates');
  expect(await register.db.selectFrom('roles').selectAll().execute()).toHaveLength(1);
});

it('an import gives roles, once, and names an administrator with the first', async () => {
  const entry = (roles: readonly string[]) => ({
    fields: { id: 'third', name: 'The third', agency: 'klid', email: 'third@klid.example.org', roles },
    file: 'people.yaml',
    line: 1,
  });
  const imported = (roles: readonly string[]) =>
    importDirectory(register.db, { countries: [], agencies: [], people: [entry(roles)] }, [], 'third');
  expect(await imported(['coordinator'])).toMatchObject({ refused: 'NotReady' });
  await imported(['administrator', 'coordinator@mar']);
  await imported(['administrator', 'coordinator@mar']);
  expect(await register.db.selectFrom('roles').select(['role', 'agency']).orderBy('number').execute()).toEqual([
    { role: 'administrator', agency: 'klid' },
    { role: 'coordinator', agency: 'mar' },
  ]);
  await expect(imported(['king'])).rejects.toThrow(/people.yaml, line 1: roles.0: must be coordinator/);
  await expect(imported(['reader@none'])).rejects.toThrow(/there is no agency "none"/);
});

it('before the first role is given, too, a case takes of each what is theirs to give, and a trial says the same', async () => {
  current = 'no-roles';
  expect(await given('opening', opening('mute'))).toBe('recorded');
  expect(await given('accept', { by: 'lonely' })).toBe('NotYours');
  expect(await given('accept', { by: 'third' })).toBe('recorded');
  expect(await given('extend', { by: 'third', to: '2026-04-05', reason: 'x' })).toBe('NotYours');
  expect(await given('drop', { by: 'mute', reason: 'x', decision: 'x' })).toBe('NotYours');
  expect(await given('changeCoordinator', { by: 'mute', coordinator: 'mute' })).toBe('NotYours');
  const drop = ['action', 'drop', 'no-roles', '--decision', 'x', '--reason', 'x', '--dry-run'];
  expect((await run('mute', ...drop)).err).toContain(
    'mute may not give drop in action/no-roles; its coordinator (coordinator) may',
  );
  expect((await run('coordinator', ...drop)).code).toBe(0);
  expect(await given('extend', { by: 'coordinator', to: '2026-04-05', reason: 'x' })).toBe('recorded');
});

it('before the first role is given, whoever is at a terminal changes the directory, and cases hear what comes of it', async () => {
  await opened('beginning');
  const override = ['calendar', 'override', 'add', 'klid', '2027-04-02', '--closed', '--note', 'Moving house'];
  expect((await run('mute', ...override)).code).toBe(0);
  expect(await given('personLeft', { by: 'mute', person: 'third', on: '2099-12-01' })).toBe('recorded');
  const { key } = await register.db
    .updateTable('messages')
    .set({ state: 'refused' })
    .where('case_id', '=', 'action/beginning')
    .where('text', '=', 'action.asked')
    .returning('key')
    .executeTakeFirstOrThrow();
  const settle = ['mail', 'settle', key, '--sent', '--reason', 'seen'];
  const revoke = ['link', 'revoke', key, '--reason', 'lost'];
  expect((await run('mute', ...settle)).err).toContain('mute may not do this: the coordinator of the case');
  expect((await run('mute', ...revoke)).err).toContain('mute may not do this: the coordinator of the case');
  expect((await run('coordinator', ...settle)).code).toBe(0);
  expect((await run('coordinator', ...revoke)).err).not.toContain('may not');
  await withRoles();
  expect(await given('personLeft', { by: 'mute', person: 'chief', on: '2099-12-01' }, 'later')).toBe('NotYours');
});

it('with roles, a case is opened by a coordinator of that agency, and takes what is theirs to give of each', async () => {
  await withRoles();
  current = 'strict';
  expect(await given('opening', opening('third'))).toBe('NotYours');
  expect(await given('opening', opening('coordinator'))).toBe('recorded');
  expect(await given('accept', { by: 'lonely' })).toBe('NotYours');
  expect(await given('accept', { by: 'third' })).toBe('recorded');
  expect(await given('extend', { by: 'third', to: '2026-04-05', reason: 'x' })).toBe('NotYours');
  expect(await given('reportDone', { by: 'coordinator', evidence: 'by telephone' })).toBe('recorded');
  expect(await given('verify', { by: 'coordinator', evidence: 'seen' })).toBe('SamePerson');
  expect(await given('verify', { by: 'third', evidence: 'seen' })).toBe('NotYours');
});

it('whoever stands in may that day, but does not look at what the absent one did', async () => {
  await withRoles();
  await opened('stood-in');
  await given('accept', { by: 'third' });
  await given('reportDone', { by: 'coordinator', evidence: 'by telephone' });
  const absence = ['person', 'away', 'coordinator', '--from', '2026-01-05', '--to', '2026-01-06', '--stand-in', 'boss'];
  await run('coordinator', ...absence);
  expect(await given('verify', { by: 'boss', evidence: 'seen' })).toBe('SamePerson');
  expect(await given('note', { by: 'boss', note: 'seen' })).toBe('recorded');
  expect(await given('note', { by: 'lonely', note: 'seen' })).toBe('NotYours');
});

it('what somebody’s stand-in has reported, they do not verify when they are back', async () => {
  await withRoles();
  await opened('in-place');
  await given('accept', { by: 'third' });
  const absence = ['person', 'away', 'coordinator', '--from', '2026-01-05', '--to', '2026-01-06', '--stand-in', 'boss'];
  await run('coordinator', ...absence);
  expect(await given('reportDone', { by: 'boss', evidence: 'by telephone' })).toBe('recorded');
  const { state } = (await findCase(register.db, 'action/in-place'))!;
  expect(state.subject).toMatchObject({ reportedBy: 'boss', reportedFor: 'coordinator' });
  expect(await given('verify', { by: 'coordinator', evidence: 'seen' })).toBe('SamePerson');
  expect(await said('coordinator', 'history', 'action/in-place')).toContain('boss for coordinator');
});
