import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDirectoryFiles } from '../../client/directory-files.ts';
import { instantOf, millisecondsOf } from '../../domain/dates.ts';
import { importDirectory } from '../../database/directory.ts';
import { startWorld, type World } from '../world.ts';

/** A delegation to Greece, Romania and Bulgaria, on everything real: one leg is moved, one is cancelled. */

let world: World;
const visit = 'visit/three-legs';
const talk = 'appointment/three-legs-1';
const dataCentre = 'appointment/three-legs-2';

beforeAll(async () => {
  world = await startWorld('2018-06-01T01:00:00.000Z');
  const file = fileURLToPath(new URL('../../examples/directory.yaml', import.meta.url));
  const { directory, faults } = await readDirectoryFiles([file]);
  await importDirectory(world.db, directory, faults, 'kim-minji');
  await planned();
});
afterAll(() => world.stop());

let commands = 0;
const ask = async (id: string, name: string, body: Record<string, unknown>) => {
  commands += 1;
  await world.player.command(id, name, { by: 'choi-hana', ...body }, `c${commands}`);
  await world.delivered();
};

/** Three legs, each with its own agency and traveller; a talk in Romania and a visit to a data centre in Bulgaria. */
async function planned(): Promise<void> {
  const opening = {
    id: 'three-legs',
    by: 'choi-hana',
    title: 'Delegation to three states',
    countries: ['KR', 'GR', 'RO', 'BG'],
    coordinator: 'choi-hana',
    from: '2018-09-24',
    to: '2018-10-05',
    senders: ['mois'],
    usualChecklist: false,
  };
  await world.player.open('visit', opening, 'open');
  const leg = (country: string, from: string, to: string, host: string) =>
    ask(visit, 'addLeg', { country, from, to, host, confirmBy: '2018-08-31' });
  await leg('GR', '2018-09-24', '2018-09-26', 'agency/mar');
  await leg('RO', '2018-09-27', '2018-09-29', 'agency/mcsi');
  await leg('BG', '2018-10-01', '2018-10-03', 'agency/sega-bg');
  await ask(visit, 'nameHead', { person: 'shim-bo-kyun', agency: 'mois', function: 'Vice Minister' });
  await ask(visit, 'addAgency', { agency: 'nia', legs: [1] });
  await ask(visit, 'addAgency', { agency: 'nts', legs: [2] });
  await ask(visit, 'addAgency', { agency: 'klid', legs: [3] });
  await ask(visit, 'addMember', { person: 'lim-haneul', agency: 'nia', function: 'Manager', legs: [1] });
  await ask(visit, 'addMember', { person: 'han-jiwoo', agency: 'nts', function: 'Deputy Director', legs: [2] });
  await ask(visit, 'addMember', { person: 'park-jisoo', agency: 'klid', function: 'Manager', legs: [3] });
  const act = { agency: 'nts', participants: ['han-jiwoo'] };
  await ask(visit, 'planAppointment', { form: 'bilateralTalk', subject: 'taxes', on: '2018-09-28', ...act });
  const centre = { form: 'siteVisit', subject: 'the data centre', on: '2018-10-02', agency: 'klid' };
  await ask(visit, 'planAppointment', { ...centre, participants: ['park-jisoo'] });
}

const factsOf = async (id: string): Promise<Record<string, unknown>> => {
  const row = await world.db
    .selectFrom('cases')
    .select(['stage', 'facts'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { stage: row.stage, ...(row.facts as Record<string, unknown>) };
};

/** Who was written to since then, by text. Whoever is meant twice, as a person and for an agency, gets one letter. */
async function toldSince(numbers: Readonly<Record<string, number>>): Promise<Record<string, string[]>> {
  const rows = await world.db
    .selectFrom('messages')
    .select(['case_id', 'event_number', 'text', 'address', 'state', 'message_id'])
    .orderBy('address')
    .execute();
  const caught = new Set(world.stack.mailbox?.messages().map(({ messageId }) => messageId));
  const told: Record<string, string[]> = {};
  for (const { case_id, event_number, text, address, state, message_id } of rows) {
    if (event_number <= (numbers[case_id] ?? 0) || state === 'withdrawn') continue;
    expect({ text, address, state, caught: caught.has(message_id ?? '') }).toMatchObject({
      state: 'sent',
      caught: true,
    });
    told[text] = [...(told[text] ?? []), address?.split('@')[0] ?? ''];
  }
  return told;
}

async function numbers(): Promise<Record<string, number>> {
  const rows = await world.db.selectFrom('cases').select(['id', 'number']).execute();
  return Object.fromEntries(rows.map(({ id, number }) => [id, number]));
}

it('the acts of a visit know their visit, and the visit its acts', async () => {
  expect(await factsOf(talk)).toMatchObject({ stage: 'planned', visit, leg: 2, on: '2018-09-28' });
  expect(await factsOf(dataCentre)).toMatchObject({ visit, leg: 3 });
  expect((await factsOf(visit))['acts']).toEqual([
    `${talk} on leg 2: taxes, 2018-09-28 (planned)`,
    `${dataCentre} on leg 3: the data centre, 2018-10-02 (planned)`,
  ]);
});

it('a leg that is moved takes its act along, and tells its host and those who go there alone', async () => {
  const before = await numbers();
  await ask(visit, 'moveLeg', { country: 'BG', from: '2018-10-02', reason: 'A holiday in Sofia.' });
  expect(await factsOf(dataCentre)).toMatchObject({ on: '2018-10-03' });
  expect((await factsOf(visit))['acts']).toContain(`${dataCentre} on leg 3: the data centre, 2018-10-03 (planned)`);
  expect(await toldSince(before)).toEqual({
    'visit.legAskedAnew': ['maria.ivanova'],
    'visit.legMoved': ['kim.minji', 'park.jisoo', 'shim.bo-kyun'],
    'appointment.askedAnew': ['maria.ivanova'],
    'appointment.postponed': ['park.jisoo'],
  });
});

it('a leg that is cancelled calls off its act, and tells its host and those who go there alone', async () => {
  const before = await numbers();
  await ask(visit, 'cancelLeg', { country: 'RO', reason: 'The counterpart has left office.' });
  expect(await factsOf(talk)).toMatchObject({ stage: 'cancelled' });
  const { acts, legs } = await factsOf(visit);
  expect(acts).toContain(`${talk} on leg 2: taxes, 2018-09-28 (cancelled)`);
  expect(legs).toContain('2. RO, 2018-09-27 to 2018-09-29 (cancelled)');
  expect(await toldSince(before)).toEqual({
    'visit.legCancelled': ['andreea.ionescu', 'han.jiwoo', 'kim.minji', 'shim.bo-kyun'],
    'appointment.cancelled': ['andreea.ionescu', 'han.jiwoo'],
  });
});

it('a case that is over cannot become an act: the coordinator hears of it the next working day', async () => {
  await ask(visit, 'addAct', { act: talk, country: 'GR' });
  expect((await factsOf(visit))['acts']).toContainEqual(expect.stringMatching(/^appointment.*it refused: .* is over/));
  await world.player.advanceTo(instantOf(millisecondsOf(world.player.at) + 6 * 86_400_000));
  const told = await world.db
    .selectFrom('messages')
    .select(['recipient', 'state'])
    .where('case_id', '=', visit)
    .where('text', '=', 'visit.refused')
    .execute();
  expect(told).toContainEqual({ recipient: 'person/choi-hana', state: 'sent' });
});

it('is under way and back by itself once the rest is confirmed', async () => {
  await ask(visit, 'dropAct', { act: talk, reason: 'It is over.' });
  await ask(visit, 'confirmLeg', { country: 'GR' });
  await ask(visit, 'confirmLeg', { country: 'BG' });
  await world.player.advanceTo('2018-09-24T08:00:00.000Z');
  expect(await factsOf(visit)).toMatchObject({ stage: 'underWay' });
  await world.player.advanceTo('2018-10-06T08:00:00.000Z');
  expect(await factsOf(visit)).toMatchObject({ stage: 'returned', returnedOn: '2018-10-05' });
});
