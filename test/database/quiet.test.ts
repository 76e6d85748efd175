import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from 'kysely';
import { listQuiet, type QuietFilter } from '../../database/lists.ts';
import { kinds, lifecycles } from '../../domain/kinds.ts';
import { quietAfter, quietAfterDays } from '../../domain/quiet.ts';
import { type Register, startRegister } from '../client/register.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
  await sql`insert into countries values ('KR', 'Korea', 'Asia/Seoul', 'ko'), ('GR', 'Greece', 'Europe/Athens', 'el')`.execute(
    register.db,
  );
  await sql`insert into agencies values ('klid', 'KR', 'KLID'), ('mar', 'GR', 'MAR')`.execute(register.db);
  await sql`insert into people values ('kim', 'Kim', 'k@example.org', 'klid', null, 'ko', 'Asia/Seoul'),
    ('lee', 'Lee', 'l@example.org', 'klid', null, 'ko', 'Asia/Seoul')`.execute(register.db);
  await aCase('action/recent', { acted: '2026-05-01' });
  await aCase('action/reminded', { acted: '2026-03-01', reminded: '2026-05-30' });
  await aCase('action/suspended', { acted: '2026-03-01', state: { suspended: { until: '2026-12-01' } } });
  await aCase('action/closed', { acted: '2026-03-01', closed: true });
  await aCase('mou/negotiated', { acted: '2026-03-01', stage: 'underNegotiation', country: 'GR', coordinator: 'lee' });
  await aCase('mou/running', { acted: '2026-03-01', stage: 'inEffect' });
  await aCase('request/waiting', { acted: '2026-05-01', stage: 'received' });
});
afterAll(() => register?.stop());

interface Given {
  readonly acted: string;
  readonly reminded?: string;
  readonly stage?: string;
  readonly country?: string;
  readonly coordinator?: string;
  readonly closed?: boolean;
  readonly state?: object;
}

async function aCase(id: string, given: Given): Promise<void> {
  const { acted, reminded, stage = 'inProgress', country = 'KR', coordinator = 'kim', closed, state = {} } = given;
  await sql`insert into cases values (${id}, ${id.split('/')[0]}, ${`Case ${id}`}, ${stage}, array[${country}], ${coordinator},
    'agency/klid', null, ${acted}::timestamptz, ${reminded ?? acted}::timestamptz, ${closed ? acted : null}::timestamptz, 1, false, null,
    '{}', ${JSON.stringify(state)}::jsonb, false, ${acted}::timestamptz,
    ${closed || 'suspended' in state ? null : quietAfterDays(id.split('/')[0] ?? '', stage)})`.execute(register.db);
  await sql`insert into events values (${id}, 1, 'opened', ${acted}::timestamptz, 'kim', null, null, 'Opened.', '{}')`.execute(
    register.db,
  );
  if (reminded)
    await sql`insert into events values (${id}, 2, 'reminded', ${reminded}::timestamptz, 'entente', null, null, 'Reminded.', '{}')`.execute(
      register.db,
    );
}

const quiet = async (filter: Omit<QuietFilter, 'asOf'> = {}) =>
  (await listQuiet(register.db, { asOf: '2026-06-01T00:00:00.000Z', ...filter })).rows.map(({ id }) => id);

it('names the open cases in which nobody has done anything for as long as their kind and stage may rest', async () => {
  expect(await quiet()).toEqual(['action/reminded', 'mou/negotiated', 'request/waiting']);
});

it('says who did what last, and how long ago; what a case does by itself is nothing', async () => {
  const { rows } = await listQuiet(register.db, { asOf: '2026-06-01T00:00:00.000Z', kind: 'action' });
  expect(rows).toMatchObject([
    { id: 'action/reminded', lastBy: 'kim', lastSays: 'Opened.', quietDays: 92, quietAfterDays: 60 },
  ]);
});

it('takes another number of days, and the filters of other lists', async () => {
  expect(await quiet({ days: 20, kind: 'action' })).toEqual(['action/reminded', 'action/recent']);
  expect(await quiet({ days: 92 })).toEqual(['action/reminded', 'mou/negotiated', 'mou/running']);
  expect(await quiet({ days: 93 })).toEqual([]);
  expect(await quiet({ country: 'GR' })).toEqual(['mou/negotiated']);
  expect(await quiet({ coordinator: 'kim' })).toEqual(['action/reminded', 'request/waiting']);
  expect(await quiet({ owner: 'agency/mar' })).toEqual([]);
});

it('comes by pages', async () => {
  const asOf = '2026-06-01T00:00:00.000Z';
  const first = await listQuiet(register.db, { asOf }, { limit: 2 });
  expect(first.rows).toHaveLength(2);
  const second = await listQuiet(register.db, { asOf }, { limit: 2, after: first.next });
  expect(second.rows.map(({ id }) => id)).toEqual(['request/waiting']);
});

it('knows how long every kind may rest at every stage at which it is open', () => {
  for (const kind of kinds) {
    const { stages, finalStages } = lifecycles[kind];
    const open = Object.keys(stages).filter((stage) => !Object.hasOwn(finalStages, stage));
    expect(quietAfter.filter((each) => each.kind === kind).map(({ stage }) => stage)).toEqual(open);
  }
});
