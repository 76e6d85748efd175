import { fileURLToPath } from 'node:url';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readDirectoryFiles } from '../../client/directory-files.ts';
import { importDirectory } from '../../database/directory.ts';
import { digestOf } from '../../database/digest.ts';
import { startWorld, type World } from '../world.ts';

/** A programme and its editions on everything real, over a year. */

let world: World;
beforeAll(async () => {
  world = await startWorld('2017-03-06T01:00:00.000Z');
  const file = fileURLToPath(new URL('../../examples/directory.yaml', import.meta.url));
  const { directory, faults } = await readDirectoryFiles([file]);
  await importDirectory(world.db, directory, faults, 'kim-minji');
});
afterAll(() => world?.stop());

const focalPoints = {
  AM: 'mtcit-am',
  AZ: 'mtcht-az',
  BG: 'sega-bg',
  GR: 'mar',
  MD: 'egov-md',
  RO: 'mcsi',
  RS: 'ite-rs',
  TR: 'mod-tr',
  UA: 'sae-ua',
};
const by = 'park-jisoo';
const programme = {
  by,
  title: 'ICT cooperation programme',
  countries: ['KR', ...Object.keys(focalPoints)],
  coordinator: by,
  sinceYear: 2011,
  editionsHeld: 6,
  nextStart: '2017-10-30',
  opensOn: '2017-03-27',
  organisers: ['mofa', 'klid'],
  invited: Object.keys(focalPoints),
  focalPoints: Object.values(focalPoints).map((agency) => `agency/${agency}`),
};
const edition = 'edition/korea-bsec-7';

const caseOf = (id: string) =>
  world.db.selectFrom('cases').select(['stage', 'opened_at', 'facts']).where('id', '=', id).executeTakeFirst();
const addressesOf = async (...states: (keyof typeof focalPoints)[]): Promise<string[]> => {
  const agencies = states.map((state) => focalPoints[state]);
  const rows = await world.db
    .selectFrom('agencies')
    .innerJoin('people', 'people.id', 'agencies.contact')
    .select('people.email')
    .where('agencies.id', 'in', agencies)
    .execute();
  return rows.map(({ email }) => email ?? '').sort();
};

const caught = () => world.stack.mailbox?.messages() ?? [];

/** Whom mail reached while something was done, the coordinator and the organisers aside. */
async function reached(during: () => Promise<unknown>): Promise<string[]> {
  const before = new Set(caught().map(({ messageId }) => messageId));
  await during();
  await world.delivered();
  const since = caught().filter(({ messageId }) => !before.has(messageId));
  const korean = /@(klid|mofa)\.example\.org$/;
  return [...new Set(since.flatMap(({ envelope }) => envelope.to))].filter((address) => !korean.test(address)).sort();
}

const tell = (command: string, body: Record<string, unknown> = {}) =>
  world.player.command(edition, command, { by, ...body }, `edition-${digestOf(command, body)}`);
const nominate = (country: string, name: string) =>
  tell('nominate', { nominees: [{ name, country, organisation: 'Ministry', position: 'Expert' }] });

it('a programme opens its next edition by itself, with the beginning of its day in Korea', async () => {
  await world.player.open('programme', { ...programme, id: 'korea-bsec' }, 'open-programme');
  await world.player.advanceTo('2017-03-26T14:00:00.000Z');
  expect(await caseOf(edition)).toBeUndefined();
  await world.player.advanceTo('2017-03-26T16:00:00.000Z');
  await world.player.settled();
  expect(await caseOf(edition)).toMatchObject({
    stage: 'announced',
    opened_at: '2017-03-26T15:00:00.000Z',
    facts: { number: 7, year: '2017', invited: Object.keys(focalPoints) },
  });
});

it('an edition of nine invited states reminds only those that have not answered', async () => {
  await tell('fixDays', { from: '2017-10-30', to: '2017-11-03' });
  await tell('addHost', { country: 'KR', city: 'Seoul' });
  await world.player.advanceTo('2017-07-24T01:00:00.000Z');
  const asked = await reached(() => tell('openNominations', { nominationsBy: '2017-09-15' }));
  expect(asked).toEqual(await addressesOf('AM', 'AZ', 'BG', 'GR', 'MD', 'RO', 'RS', 'TR', 'UA'));

  await world.player.advanceTo('2017-08-16T01:00:00.000Z');
  await nominate('RO', 'Ioana Dobre');
  await nominate('BG', 'Георги Димитров');
  await nominate('AM', 'Armen Petrosyan');
  await tell('declineInvitation', { country: 'MD' });
  const first = await reached(() => world.player.advanceTo('2017-09-04T12:00:00.000Z'));
  expect(first).toEqual(await addressesOf('AZ', 'GR', 'RS', 'TR', 'UA'));

  await nominate('GR', 'Κατερίνα Ιωάννου');
  await nominate('RS', 'Јована Илић');
  const second = await reached(() => world.player.advanceTo('2017-09-14T12:00:00.000Z'));
  expect(second).toEqual(await addressesOf('AZ', 'TR', 'UA'));

  await nominate('AZ', 'Elvin Hüseynov');
  const onTheDay = await reached(() => world.player.advanceTo('2017-09-18T12:00:00.000Z'));
  expect(onTheDay).toEqual(await addressesOf('TR', 'UA'));
  expect(await caseOf(edition)).toMatchObject({ facts: { notAnswered: ['TR', 'UA'], declinedBy: ['MD'] } });
});

it('takes the same nominations once, though the command comes twice', async () => {
  const again = await nominate('AZ', 'Elvin Hüseynov');
  expect(again.case).toBe(edition);
  expect(await caseOf(edition)).toMatchObject({ facts: { nominated: 6 } });
});

it('two commands that open the next edition at once open one', async () => {
  const open = (id: string) => world.player.command('programme/korea-bsec', 'openEdition', { by, number: 8 }, id);
  const outcomes = await Promise.allSettled([open('first'), open('second')]);
  await world.player.settled();

  const opened = outcomes.filter(({ status }) => status === 'fulfilled');
  expect(opened).toHaveLength(1);
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  expect(refusals[0]).toBeInstanceOf(WorkflowUpdateFailedError);
  const { cause } = refusals[0] as WorkflowUpdateFailedError;
  expect(cause).toBeInstanceOf(ApplicationFailure);
  expect(cause).toMatchObject({ type: 'AlreadyDone', message: expect.stringContaining('edition/korea-bsec-8') });

  await expect(open('third')).rejects.toThrow(WorkflowUpdateFailedError);
  const editions = await world.db
    .selectFrom('cases')
    .select('id')
    .where('kind', '=', 'edition')
    .orderBy('id')
    .execute();
  expect(editions).toEqual([{ id: edition }, { id: 'edition/korea-bsec-8' }]);
});
