import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../bench/measure/query-plan.ts';
import { fill } from '../../bench/scale/generator.ts';
import { questions } from '../../bench/scale/questions.ts';
import { casesQuery } from '../../database/lists/cases.ts';
import { connect, forMigrations } from '../../database/connect.ts';
import type { Database } from '../../database/schema.ts';
import { surroundingsQuery } from '../../database/surroundings.ts';
import { type Register, startRegister } from '../client/register.ts';

const actions = 40_000;
const last = `action/s${String(actions).padStart(8, '0')}`;

let register: Register;
let db: Kysely<Database>;

beforeAll(async () => {
  register = await startRegister();
  db = connect(register.superuser, 2, forMigrations);
  await fill(db, { actions, eventsPerAction: 2 }, () => undefined);
});
afterAll(async () => {
  await db?.destroy();
  await register?.stop();
});

const usual = 120;
/** What reads more than that, and why. */
const more: Readonly<Record<string, number>> = {
  // The case of each line is looked up.
  'what is due': 51 * 5,
  'what is due in a country': 51 * 8,
  'what is due in a small country': 51 * 8,
  'what somebody did': 51 * 5,
  'the MOU register with closed ones': 51 * 4,
  // Read in the order of the list until fifty are of the country, or all of the country are looked up, whichever is less.
  'MOUs of a country': 51 * 4,
  'visits of a country': 51 * 6,
  'all cases of a small country': 51 * 20,
  'all actions of a small country': 51 * 20,
  // The rows of three lists side by side, a page of each.
  'mail that should have gone': 51 * 3,
  // What somebody did last in each that is shown is looked up.
  'quiet cases': 51 * 5,
  'quiet cases of a country': 51 * 20,
  'quiet cases of a small country': 51 * 10,
};

describe('a page of a list of 40,000 actions', () => {
  it.each(Object.keys(questions))('%s: reads what it shows and little besides', async (list) => {
    for (const nth of [0, 7]) {
      const query = questions[list]?.(db, nth, last);
      if (!query) throw new Error(`There is no question "${list}".`);
      const { readFromEndToEnd, pages } = await costOf(db, query);
      expect(readFromEndToEnd).toEqual([]);
      expect(pages).toBeLessThan(more[list] ?? usual);
    }
  });

  it.each(['action/s00036001', 'action/s00000500'])('closed cases after %s: reads no open one', async (after) => {
    const { pages } = await costOf(db, casesQuery(db, { standing: 'closed' }, { after }));
    expect(pages).toBeLessThan(usual);
  });
});

describe('a directory of 3,000 people', () => {
  it('whom a letter concerns: reads them, their agencies and countries, and nobody else', async () => {
    const query = surroundingsQuery(['person/p7', 'person/p1007', 'agency/a7', 'KR']);
    const { pages } = await costOf(db, { compile: () => query.compile(db) });
    expect(pages).toBeLessThan(60);
  });
});
