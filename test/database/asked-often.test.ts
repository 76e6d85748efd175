import { type Kysely, type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf } from '../../bench/measure/query-plan.ts';
import { insteadOfWhom } from '../../database/actor.ts';
import { connect, forPeople } from '../../database/connect.ts';
import { behindQuery, moreToComeQuery } from '../../database/gathering.ts';
import { casesQuery } from '../../database/lists/cases.ts';
import { doubting } from '../../database/ledger.ts';
import type { Database } from '../../database/schema.ts';
import { surroundingsQuery } from '../../database/surroundings.ts';
import { type Register, startRegister } from '../client/register.ts';

/** What is asked for each case or letter must neither be planned each time nor read the whole directory. */

const people = 3_000;
const asked: readonly (readonly [string, (person: number) => RawBuilder<unknown>])[] = [
  ['whom something concerns', (n) => surroundingsQuery([`person/p${n}`, `agency/g${n}`, 'KR'], '2026-06-10')],
  [
    'whether more is to come for a gathered mail',
    (n) => moreToComeQuery({ key: 'none', reader: `person/p${n}`, day: '2026-06-10' }),
  ],
  ['how many reminders are due and not on record yet', (n) => behindQuery({ key: `none-${n}` })],
];

/** Reminders of one morning. */
const morning = '2026-06-10T00:00:00.000Z';
const manyUnderWay = [
  `insert into cases (id, kind, title, stage, countries, coordinator, owner, opened_at, last_at, number, late, facts, state)
    select 'action/d' || n, 'action', 'Case ' || n, 'recorded', array['KR'], 'p' || n, 'agency/g' || n, '${morning}', '${morning}', 1, false, '{}', '{}'
    from generate_series(1, ${people}) n`,
  `insert into messages (key, case_id, event_number, text, recipient, summary, at, send_at, facts, state)
    select 'action/d' || n || '/complete/1/1/owner', 'action/d' || n, 1, 'reminder', 'agency/g' || n, 'Reminder', '${morning}', '${morning}', '{}', 'planned' from generate_series(1, ${people}) n`,
  'analyze cases, messages',
];

let register: Register;
let db: Kysely<Database>;
beforeAll(async () => {
  register = await startRegister();
  db = connect(register.env.DATABASE_URL ?? '', 1);
  const statements = [
    `insert into countries (code, name, zone, language) values ('KR', 'Korea', 'Asia/Seoul', 'en') on conflict do nothing`,
    `insert into agencies (id, country, name) select 'g' || n, 'KR', 'Agency ' || n from generate_series(1, ${people}) n`,
    `insert into people (id, name, email, agency, superior) select 'p' || n, 'Person ' || n, 'p' || n || '@example.org', 'g' || n,
      case when n > 1 then 'p' || n / 2 end from generate_series(1, ${people}) n`,
    `update agencies set contact = 'p' || substr(id, 2) where id ~ '^g\\d+$'`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
});
afterAll(async () => {
  await db?.destroy();
  await register?.stop();
});

describe.each(asked)('%s', (_, query) => {
  it('is planned by a connection a few times, and not each time', async () => {
    for (let n = 1; n <= 8; n += 1) await query(n).execute(db);
    const { rows } = await sql<{ generic: number }>`
      select generic_plans::int as generic from pg_prepared_statements where statement = ${query(1).compile(db).sql}`.execute(
      db,
    );
    expect(rows).toEqual([{ generic: 3 }]);
  });

  it('reads who is concerned, and nobody else, of a directory of 3,000 people', async () => {
    const { pages } = await costOf(db, { compile: () => query(3).compile(db) });
    expect(pages).toBeLessThan(200);
  });
});

it('a connection of people plans what it looks up by key a few times, and a list each time', async () => {
  const asking = connect(register.url, 1, forPeople);
  for (let n = 1; n <= 8; n += 1) {
    await insteadOfWhom(asking, `p${n}`, morning);
    await surroundingsQuery([`person/p${n}`]).execute(asking);
    await casesQuery(asking, { owner: `agency/g${n}` }, {}).execute();
  }
  const { rows } = await sql<{ generic: number }>`
    select generic_plans::int as generic from pg_prepared_statements order by statement`.execute(asking);
  await asking.destroy();
  expect(rows).toEqual([{ generic: 3 }, { generic: 3 }]);
});

describe('with thousands of messages under way, each of them asks', () => {
  beforeAll(async () => {
    for (const statement of manyUnderWay) await sql.raw(statement).execute(db);
  });

  it('what became of it by its own row, and those that went with it', async () => {
    const { pages } = await costOf(db, doubting(db, 'action/d2500/complete/1/1/owner', 'The sender went away'));
    expect(pages).toBeLessThan(100);
  });
});
