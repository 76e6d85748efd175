import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newDatabase, type OwnDatabase } from '../servers/shared.ts';
import { type PostgresProxy, type Side, startPostgresProxy } from './postgres-proxy.ts';

let own: OwnDatabase;
let proxy: PostgresProxy;
let direct: pg.Client;
let client: pg.Client;

const connected = async (url: string): Promise<pg.Client> => {
  const made = new pg.Client({ connectionString: url });
  made.on('error', () => undefined);
  await made.connect();
  return made;
};

beforeAll(async () => {
  own = await newDatabase();
  proxy = await startPostgresProxy(own.urls.databaseOwnerUrl);
  direct = await connected(own.urls.databaseOwnerUrl);
  await direct.query('create table notes (note text)');
});
afterAll(async () => {
  await direct.end();
  await proxy.stop();
  await own.drop();
});
beforeEach(async () => {
  client = await connected(proxy.url);
});
afterEach(() => client.end().catch(() => undefined));

const isThere = async (note: string): Promise<boolean> =>
  (await direct.query('select from notes where note = $1', [note])).rowCount === 1;

/** One transaction that writes a note, in the way of `kind`; resolves to how it ended for its client. */
const ways: Record<string, (note: string) => Promise<unknown>> = {
  'a simple COMMIT': async (note) => {
    await client.query('begin');
    await client.query('insert into notes values ($1)', [note]);
    await client.query('commit');
  },
  'a prepared COMMIT': async (note) => {
    await client.query('begin');
    await client.query({ name: 'write', text: 'insert into notes values ($1)', values: [note] });
    await client.query({ name: 'commit', text: 'commit' });
  },
  'a statement outside of a transaction': (note) => client.query('insert into notes values ($1)', [note]),
};
const endOf = (writing: Promise<unknown>): Promise<string> =>
  writing.then(
    () => 'committed',
    () => 'broken',
  );

describe.each(Object.keys(ways))('%s', (way) => {
  const write = (note: string): Promise<string> => endOf(ways[way]?.(note) ?? Promise.reject(new Error(way)));
  const named = (side: Side, then: string) => `${way}, ${side} ${then}`;

  it.each([
    ['reply', true, 'released', 'committed', true],
    ['reply', true, 'cut', 'broken', true],
    ['request', false, 'released', 'committed', true],
    ['request', false, 'cut', 'broken', false],
  ] as const)('its %s is held (on record: %s), then %s: %s, on record: %s', async (side, held, then, ends, after) => {
    const note = named(side, then);
    const caught = proxy.catchCommit(side, (transaction) => transaction.includes(note));
    const end = write(note);
    await caught.reached;
    expect(await isThere(note)).toBe(held);
    if (then === 'cut') caught.cut();
    else caught.release();
    expect(await end).toBe(ends);
    await expect.poll(() => isThere(note)).toBe(after);
  });

  it('that does not concern the trap passes, and leaves it for the next', async () => {
    const note = `${way}, caught second`;
    const caught = proxy.catchCommit('reply', (transaction) => transaction.includes(note));
    expect(await write(`${way}, passes`)).toBe('committed');
    const end = write(note);
    await caught.reached;
    caught.release();
    expect(await end).toBe('committed');
  });
});

it('what is rolled back or only read is no COMMIT', async () => {
  const caught = proxy.catchCommit('request', (transaction) => transaction.includes('never written'));
  await client.query('begin');
  await client.query('insert into notes values ($1)', ['never written']);
  await client.query('rollback');
  await client.query('select $1::text', ['never written']);
  expect(await isThere('never written')).toBe(false);
  await client.query('insert into notes values ($1)', ['something else']);
  caught.release();
});

it('breaks all connections at once and takes new ones', async () => {
  proxy.cutAll();
  await expect(client.query('select 1')).rejects.toThrow(/.+/);
  client = await connected(proxy.url);
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});
