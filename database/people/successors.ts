import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Successions } from '../../domain/case/succession.ts';
import type { Database } from '../schema.ts';

type Db = Kysely<Database>;

/** What somebody is in the directory, and the open case that sees to another in their place. */
export interface InDirectory {
  readonly contactOf?: string;
  readonly superiorOf?: string;
  /** Absent: no open case concerns it. */
  readonly case?: string;
  readonly coordinator?: string;
}

/** Each agency whose contact they are, and everybody whose superior, with the first open case in which that matters. */
export async function rolesInDirectory(db: Db, person: string): Promise<readonly InDirectory[]> {
  const agencies = await db.selectFrom('agencies').select('id').where('contact', '=', person).orderBy('id').execute();
  const people = await db
    .selectFrom('people')
    .select('id')
    .where('superior', '=', person)
    .where('left_on', 'is', null)
    .orderBy('id')
    .execute();
  const all: InDirectory[] = [];
  for (const { id } of agencies) all.push({ contactOf: id, ...(await firstCase(db, namesAgency(id))) });
  for (const { id } of people) all.push({ superiorOf: id, ...(await firstCase(db, isUpTo(id))) });
  return all;
}

async function firstCase(db: Db, matters: RawBuilder<boolean>) {
  const row = await db
    .selectFrom('cases')
    .select(['id as case', 'coordinator'])
    .where('closed_at', 'is', null)
    .where(matters)
    .orderBy('id')
    .executeTakeFirst();
  return row ?? {};
}

const namesAgency = (id: string) =>
  sql<boolean>`jsonb_path_exists(state->'subject', '$.** ? (@ == $id || @ == $party)', ${JSON.stringify({ id, party: `agency/${id}` })}::text::jsonb)`;

/** What climbs over them climbs to their superior. */
const isUpTo = (id: string) =>
  sql<boolean>`(coordinator = ${id} or exists (select from deadlines d where d.case_id = cases.id and d.owed_by = ${`person/${id}`}))`;

/** What a case waits for: who follows somebody in the directory. */
export interface Awaited {
  readonly case: string;
  readonly coordinator: string;
  readonly person: string;
  readonly contactOf: readonly string[];
  readonly superiorOf: readonly string[];
}

/** All that open cases wait for, of one person or of all. */
export async function awaitedSuccessors(db: Db, person?: string): Promise<readonly Awaited[]> {
  const rows = await db
    .selectFrom('cases')
    .select(['id', 'coordinator', sql<Successions | null>`state->'successions'`.as('successions')])
    .where('closed_at', 'is', null)
    // A suspended case owes nothing meanwhile.
    .where('id', 'in', (from) =>
      from
        .selectFrom('deadlines')
        .select('case_id')
        .where((where) => where.or([where('name', 'like', 'successor:%'), where('name', '=', 'suspension')])),
    )
    .orderBy('id')
    .execute();
  return rows.flatMap(({ id, coordinator, successions }) =>
    Object.entries(successions ?? {})
      .filter(([who]) => person === undefined || who === person)
      .map(([who, { contactOf, superiorOf }]) => ({ case: id, coordinator, person: who, contactOf, superiorOf })),
  );
}

/** How often a case has heard that somebody stays after all: what is said again after that is said anew. */
export async function timesStayed(db: Db, caseId: string, person: string): Promise<{ readonly stayed?: number }> {
  const { stayed } = await db
    .selectFrom('events')
    .select((of) => of.fn.countAll<number>().as('stayed'))
    .where('case_id', '=', caseId)
    .where('type', '=', 'personStays')
    .where(sql<boolean>`data->>'person' = ${person}`)
    .executeTakeFirstOrThrow();
  return Number(stayed) > 0 ? { stayed: Number(stayed) } : {};
}

/** What of it the directory has by now: others in their place. */
export async function filledInDirectory(db: Db): Promise<readonly Awaited[]> {
  const awaited = await awaitedSuccessors(db);
  const agencies = await db
    .selectFrom('agencies')
    .select(['id', 'contact as by'])
    .where('id', 'in', idsOf(awaited, 'contactOf'))
    .execute();
  const people = await db
    .selectFrom('people')
    .select(['id', 'superior as by'])
    .where('id', 'in', idsOf(awaited, 'superiorOf'))
    .execute();
  const followedIn = (rows: typeof agencies, ids: readonly string[], who: string) =>
    ids.filter((id) => rows.some((row) => row.id === id && row.by !== null && row.by !== who));
  return awaited
    .map((each) => ({
      ...each,
      contactOf: followedIn(agencies, each.contactOf, each.person),
      superiorOf: followedIn(people, each.superiorOf, each.person),
    }))
    .filter(({ contactOf, superiorOf }) => contactOf.length + superiorOf.length > 0);
}

/** Never empty, as Postgres wants it. */
const idsOf = (awaited: readonly Awaited[], of: 'contactOf' | 'superiorOf'): string[] => [
  '',
  ...awaited.flatMap((each) => each[of]),
];
