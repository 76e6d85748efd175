import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '../../database/connect.ts';
import { mainWith } from './command-line.ts';
import { type Register, startRegister } from './register.ts';

let register: Register;
let folder: string;
beforeAll(async () => {
  register = await startRegister();
  folder = await mkdtemp(join(tmpdir(), 'entente-addresses-'));
});
afterAll(async () => {
  await register?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Addresses {
  readonly park?: string;
  readonly klid?: string;
  readonly contact?: string;
}

const directory = ({ park = 'park@klid.example.org', klid = 'office@klid.example.org', contact }: Addresses = {}) => `
countries: [{ code: KR, name: Korea, zone: Asia/Seoul, language: ko }]
agencies: [{ id: klid, country: KR, name: KLID, email: ${klid}${contact ? `, contact: ${contact}` : ''} }]
people:
  - { id: kim, name: Kim, agency: klid, email: kim@klid.example.org }
  - { id: park, name: Park, agency: klid, addresses: [${park}] }
`;

async function imported(text: string, as = 'kim') {
  const file = join(folder, 'directory.yaml');
  await writeFile(file, text);
  return mainWith(['directory', 'import', file, ...(as === '' ? [] : ['--as', as])], register.env);
}

/** What has been put on record since it was last asked. */
let seen = 0;
async function newOnRecord() {
  const rows = await register.db
    .selectFrom('address_changes')
    .select(['number', 'holder', 'was', 'became', 'by'])
    .where('number', '>', seen)
    .orderBy('number')
    .execute();
  seen = rows.at(-1)?.number ?? seen;
  return rows.map(({ holder, was, became, by }) => `${holder} ${was} > ${became} by ${by}`);
}

it('what is new, and other capitals, change no address; another address is on record with who said so', async () => {
  expect((await imported(directory())).code).toBe(0);
  expect((await imported(directory({ park: 'PARK@klid.example.org' }))).code).toBe(0);
  expect(await newOnRecord()).toEqual([]);
  await imported(directory({ park: 'park@elsewhere.example.org', klid: 'new@klid.example.org' }));
  const both = [
    'person/park PARK@klid.example.org > park@elsewhere.example.org by kim',
    'agency/klid office@klid.example.org > new@klid.example.org by kim',
  ];
  expect(await newOnRecord()).toEqual(both);
  await imported(directory({ park: 'park@elsewhere.example.org', klid: 'new@klid.example.org' }));
  expect(await newOnRecord()).toEqual([]);
  const { out } = await mainWith(['directory', 'changes', '--output', 'csv'], register.env);
  expect(out).toMatch(
    /agency\/klid,office@klid.*\r\n.*person\/park,PARK@klid.example.org,park@elsewhere.example.org,kim/,
  );
});

it('an address that is taken off a list, or no longer tried first, has lost mail; one that is added has not', async () => {
  const klid = 'new@klid.example.org';
  await imported(directory({ klid, park: 'park@elsewhere.example.org, second@example.org' }));
  expect(await newOnRecord()).toEqual([]);
  await imported(directory({ klid, park: 'second@example.org, park@elsewhere.example.org' }));
  expect(await newOnRecord()).toEqual(['person/park park@elsewhere.example.org > second@example.org by kim']);
  await imported(directory({ klid, park: 'second@example.org' }));
  expect(await newOnRecord()).toEqual(['person/park park@elsewhere.example.org > second@example.org by kim']);
});

it('an agency whose contact becomes somebody else goes elsewhere too', async () => {
  const addresses = { klid: 'new@klid.example.org', park: 'second@example.org' };
  await imported(directory({ ...addresses, contact: 'park' }));
  expect(await newOnRecord()).toEqual([]);
  await imported(directory({ ...addresses, contact: 'kim' }));
  expect(await newOnRecord()).toEqual(['agency/klid second@example.org > kim@klid.example.org by kim']);
});

it('nobody unnamed or unknown changes where mail goes, and nobody in it has the name of the cases', async () => {
  for (const as of ['nobody-knows', 'entente']) {
    const { code, err } = await imported(directory({ park: 'park@fourth.example.org' }), as);
    expect([code, err]).toEqual([3, expect.stringContaining(`There is no person "${as}"`)]);
  }
  const unsigned = await imported(directory({ park: 'park@fourth.example.org' }), '');
  expect([unsigned.code, unsigned.err]).toEqual([3, expect.stringMatching(/mail to person\/park.* goes.*--as PERSON/)]);
  const named = await imported(`${directory()}  - { id: entente, name: E, agency: klid, email: e@klid.example.org }\n`);
  expect([named.code, named.err]).toEqual([3, expect.stringContaining('"entente" is the name under which cases act')]);
  expect(await newOnRecord()).toEqual([]);
});

it('what is on record of a change stays, whoever has taken a worker over', async () => {
  const worker = connect(register.url);
  try {
    await expect(sql`update address_changes set was = 'x@example.org'`.execute(worker)).rejects.toThrow('stay as they');
    await expect(sql`delete from address_changes`.execute(worker)).rejects.toThrow('permission denied');
  } finally {
    await worker.destroy();
  }
});
