import type { Compilable, Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../bench/measure/query-plan.ts';
import { fill } from '../../bench/scale/generator.ts';
import { casesQuery } from '../../database/lists/cases.ts';
import { doneQuery } from '../../database/lists/events.ts';
import { connect, forMigrations } from '../../database/connect.ts';
import type { Database } from '../../database/schema.ts';
import { surroundingsQuery } from '../../database/surroundings.ts';
import { type Register, startRegister } from '../client/register.ts';

let register: Register;
let db: Kysely<Database>;

beforeAll(async () => {
  register = await startRegister();
  db = connect(register.superuser, 2, forMigrations);
  await fill(db, { actions: 40_000, eventsPerAction: 1 }, () => undefined);
});
afterAll(async () => {
  await db?.destroy();
  await register?.stop();
});

/** A list that used to read all open cases that lay before: here 4,000 are open, all in one place. */
const queries: readonly (readonly [string, () => Compilable])[] = [
  ['closed cases, from the first of many open ones on', () => closedAfter('action/s00036001')],
  ['closed cases', () => closedAfter('action/s00000500')],
  ['what somebody did', () => doneQuery(db, { by: 'p7', since: '2020-01-01' }, 'Asia/Seoul', {})],
];

const closedAfter = (after: string) => casesQuery(db, { standing: 'closed' }, { after });

describe('a page of a list of 40,000 actions', () => {
  it.each(queries)('%s: reads what it shows and little besides', async (_, query) => {
    const { readFromEndToEnd, pages } = await costOf(db, query());
    expect(readFromEndToEnd).toEqual([]);
    expect(pages).toBeLessThan(75);
  });
});

describe('a directory of 3,000 people', () => {
  it('whom a letter concerns: reads them, their agencies and countries, and nobody else', async () => {
    const query = surroundingsQuery(['person/p7', 'person/p1007', 'agency/a7', 'KR']);
    const { pages } = await costOf(db, { compile: () => query.compile(db) });
    expect(pages).toBeLessThan(60);
  });
});
