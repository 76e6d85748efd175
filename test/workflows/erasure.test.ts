import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import { erasePerson } from '../../database/erasure/erase.ts';
import { readEvents } from '../../database/register.ts';
import { fold } from '../../domain/case/evolve.ts';
import { lifecycles } from '../../domain/kinds.ts';
import { rulesOfToday } from '../../domain/rules-version.ts';
import { openPortalAction } from '../client/portal-action.ts';
import { startWorld, type World } from '../world.ts';

/** Somebody who stood in a case that is still open is erased: it goes on, and never says that name again. */
let world: World;
let entente: Entente;
beforeAll(async () => {
  world = await startWorld(new Date().toISOString());
  const { databaseUrl, temporal } = world.stack.settings;
  entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
});
afterAll(async () => {
  await entente?.close();
  await world?.stop();
});

let number = 0;

/** A case in which somebody has spoken, and their erasure. */
async function erasedFrom(id: string, notes = 1): Promise<{ caseId: string; pseudonym: string; name: string }> {
  number += 1;
  const person = `lee-${number}`;
  const name = `Lee Number-${number}`;
  const found = { name, agency: 'klid', email: `lee${number}@klid.example.org`, language: 'en' };
  await world.db
    .insertInto('people')
    .values({ id: person, ...found, zone: 'Asia/Seoul', other_addresses: [] })
    .execute();
  const caseId = `action/${id}`;
  await openPortalAction(entente, id);
  for (let each = 1; each <= notes; each++)
    await entente.command(caseId, 'note', { by: person, note: `${name} says ${each}` });
  const erased = await erasePerson(world.db, { person, by: 'kim', reason: `${name} asked`, on: '2026-03-01' });
  if (!('pseudonym' in erased)) throw new Error(erased.because);
  expect(erased.reread).toEqual([caseId]);
  return { caseId, pseudonym: erased.pseudonym, name: `${person}|${name}` };
}

const onRecord = async (caseId: string): Promise<string> => {
  const { rows } = await sql<{ text: string }>`
    select row_to_json(c)::text as text from cases c where id = ${caseId}
    union all select row_to_json(e)::text from events e where case_id = ${caseId}`.execute(world.db);
  return rows.map(({ text }) => text).join('\n');
};

async function stateIsThatOfItsEvents(caseId: string): Promise<void> {
  const { state } = await world.db
    .selectFrom('cases')
    .select('state')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const folded = fold(lifecycles.action, await readEvents(world.db, caseId));
  expect({ ...folded, log: [] }).toEqual(state);
}

it('a command to a case that knew them is decided and recorded without the name, and what happened before stays', async () => {
  const { caseId, pseudonym, name } = await erasedFrom('spoken');
  await entente.command(caseId, 'note', { by: 'kim', note: 'Going on' });
  expect(await onRecord(caseId)).not.toMatch(new RegExp(name));
  expect(await onRecord(caseId)).toContain(`${pseudonym} says 1`);
  expect((await entente.history(caseId)).rows.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['noted', 'personErased', 'noted']),
  );
  expect(new Set((await entente.history(caseId)).rows.map(({ rules }) => rules))).toEqual(new Set([rulesOfToday]));
  await stateIsThatOfItsEvents(caseId);
  expect(JSON.stringify(await entente.liveView(caseId))).not.toMatch(new RegExp(name));
});

it('a case that is told to catch up shows the pseudonym in Temporal, sends no letter again, and is told once', async () => {
  const { caseId, pseudonym, name } = await erasedFrom('caught-up');
  const keys = () => world.db.selectFrom('messages').select('key').where('case_id', '=', caseId).execute();
  const before = await keys();
  const first = await entente.health.revive([caseId], { by: 'kim' });
  const second = await entente.health.revive([caseId], { by: 'kim' });
  expect([first, second].flat().map(({ outcome }) => outcome)).toEqual(['caughtUp', 'leftAlone']);
  const view = JSON.stringify(await entente.liveView(caseId));
  expect(view).not.toMatch(new RegExp(name));
  expect(view).toContain(pseudonym);
  expect(await keys()).toEqual(before);
});

it('somebody else erased afterwards is gone as well, and what both said is told apart', async () => {
  const { caseId, pseudonym } = await erasedFrom('first-of-two');
  await world.db
    .insertInto('people')
    .values({
      id: 'second',
      name: 'The Second',
      agency: 'klid',
      email: null,
      language: 'en',
      zone: 'Asia/Seoul',
      other_addresses: [],
    })
    .execute();
  await entente.command(caseId, 'note', { by: 'second', note: 'I too' });
  const again = await erasePerson(world.db, { person: 'second', by: 'kim', reason: 'asked', on: '2026-03-01' });
  if (!('pseudonym' in again)) throw new Error(again.because);
  await entente.command(caseId, 'note', { by: 'kim', note: 'Going on' });
  const text = await onRecord(caseId);
  expect(text).not.toMatch(/"second"|The Second/);
  expect(text).toContain(pseudonym);
  expect(text).toContain(again.pseudonym);
  await stateIsThatOfItsEvents(caseId);
});

it('a case with more events than one answer holds reads them all again', { timeout: 240_000 }, async () => {
  const { caseId, name } = await erasedFrom('long', 1);
  // As long as the record of years: written beside the case, which learns of it with its next command.
  await sql`insert into events (case_id, number, type, at, by, says, data)
    select case_id, number + n, 'noted', at, 'kim', 'Note: more', '{"note": "more"}'
    from events, generate_series(1, 700) n where case_id = ${caseId} and type = 'personErased'`.execute(world.db);
  await sql`update cases set number = number + 700 where id = ${caseId}`.execute(world.db);
  await entente.command(caseId, 'note', { by: 'kim', note: 'Going on' });
  expect(await onRecord(caseId)).not.toMatch(new RegExp(name));
  await stateIsThatOfItsEvents(caseId);
});
