import { type Kysely, sql } from 'kysely';
import { spaced } from '../../domain/case/label.ts';
import type { CivilDate } from '../../domain/dates.ts';
import { idOrder } from '../../domain/id-order.ts';
import type { Database } from '../schema.ts';

type Db = Kysely<Database>;

/** Something that somebody does in an open case, or is for others in the directory. */
export interface Concern {
  /** Absent: it is in the directory. */
  readonly case?: string;
  readonly title?: string;
  readonly coordinator?: string;
  /** In words: "coordinates", "owes completion of …", "co chairs", "contact of agency/klid". */
  readonly what: string;
  readonly due?: CivilDate;
  /** As what they are named in a case: the word under which it knows them; or what they are in the directory. */
  readonly role?: string;
  /** For whom they are that in the directory, and on which days they stand in. */
  readonly of?: string;
  readonly from?: CivilDate;
  readonly until?: CivilDate;
  /** What they owe, by name, and as whom. */
  readonly deadline?: string;
  readonly owedBy?: string;
}

/** All that somebody coordinates, owes, or is named for in open cases, by case; then who relies on them in the directory. */
export async function concernsOf(db: Db, person: string, on: CivilDate): Promise<readonly Concern[]> {
  const inCases = [...(await coordinated(db, person)), ...(await owed(db, person)), ...(await named(db, person, on))];
  return [...inCases.sort((a, b) => idOrder(a.case, b.case)), ...(await inDirectory(db, person, on))];
}

type InCase = Concern & { readonly case: string };

const coordinated = async (db: Db, person: string): Promise<InCase[]> => {
  const rows = await db
    .selectFrom('cases')
    .select(['id as case', 'title', 'coordinator'])
    .where('coordinator', '=', person)
    .where('closed_at', 'is', null)
    .execute();
  return rows.map((row) => ({ ...row, what: 'coordinates', role: 'coordinator' }));
};

/** In person, and as the contact to whom an agency's reminders go. */
async function owed(db: Db, person: string): Promise<InCase[]> {
  const agencies = await db.selectFrom('agencies').select('id').where('contact', '=', person).execute();
  const parties = [`person/${person}`, ...agencies.map(({ id }) => `agency/${id}`)];
  const rows = await db
    .selectFrom('deadlines as owed')
    .innerJoin('cases', 'cases.id', 'owed.case_id')
    .select(['cases.id as case', 'title', 'coordinator', 'says', 'owed_by as owedBy', 'due', 'name as deadline'])
    .where('owed_by', 'in', parties)
    .orderBy('due')
    .execute();
  return rows.map(({ says, owedBy, ...row }) => ({
    ...row,
    ...(owedBy ? { owedBy } : {}),
    what: `owes ${says}${owedBy === `person/${person}` ? '' : `, as contact of ${owedBy}`}`,
  }));
}

/** Whatever the kind: somebody who stands in what a case knows is named there under some word. */
async function named(db: Db, person: string, on: CivilDate): Promise<InCase[]> {
  const rows = await namedQuery(db, person).execute();
  return rows.flatMap(({ subject, ...row }) =>
    [...new Set(rolesIn(subject, person, on))].map((role) => ({ ...row, what: spaced(role), role })),
  );
}

/** Whoever a case knows was named in what happened to it, or opened it: there they are found by an index. */
export function namedQuery(db: Db, person: string) {
  const names = JSON.stringify({ id: person, party: `person/${person}` });
  return db
    .selectFrom('cases')
    .select(['id as case', 'title', 'coordinator', sql<unknown>`state->'subject'`.as('subject')])
    .where('closed_at', 'is', null)
    .where('id', 'in', (from) =>
      from.selectFrom('search_texts').select('case_id').where(sql<boolean>`ids @> array[${person}]`),
    )
    .where(
      sql<boolean>`jsonb_path_exists(state->'subject', '$.** ? (@ == $id || @ == $party)', ${names}::text::jsonb)`,
    );
}

/** What somebody did, or was present at, is history and passes to nobody. */
const isHistory = (word: string): boolean => /^by$|By$|^(attended|excused|presence)$/.test(word);
/** Words that say nothing of what somebody is: the one above them does. */
const isPlain = (word: string): boolean => ['person', 'id', 'who'].includes(word);

function rolesIn(value: unknown, person: string, on: CivilDate, word = 'named'): string[] {
  if (value === person || value === `person/${person}`) return [word];
  if (Array.isArray(value)) return value.flatMap((each) => rolesIn(each, person, on, word));
  if (typeof value !== 'object' || value === null) return [];
  const { until } = value as { until?: unknown };
  if (typeof until === 'string' && until < on) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    isHistory(key) ? [] : rolesIn(each, person, on, isPlain(key) ? word : key),
  );
}

async function inDirectory(db: Db, person: string, on: CivilDate): Promise<Concern[]> {
  const contact = db
    .selectFrom('agencies')
    .select([sql<string>`'agency/' || id`.as('of'), sql<string>`'contactOf'`.as('role')])
    .select([sql<string | null>`null`.as('from'), sql<string | null>`null`.as('until')])
    .where('contact', '=', person);
  const superior = db
    .selectFrom('people')
    .select([sql<string>`'person/' || id`.as('of'), sql<string>`'superiorOf'`.as('role')])
    .select([sql<string | null>`null`.as('from'), sql<string | null>`null`.as('until')])
    .where('superior', '=', person);
  const standsIn = db
    .selectFrom('absences')
    .select([sql<string>`'person/' || person`.as('of'), sql<string>`'standsInFor'`.as('role')])
    .select([sql<string | null>`from_day::text`.as('from'), sql<string | null>`until_day::text`.as('until')])
    .where('stand_in', '=', person)
    .where('until_day', '>=', on)
    .where((eb) => eb.or([eb('back_on', 'is', null), eb('back_on', '>', on)]));
  const rows = await contact
    .unionAll(superior)
    .unionAll(standsIn)
    .orderBy('role')
    .orderBy('of')
    .orderBy('from')
    .execute();
  return rows.map(({ of, role, from, until }) => ({
    what: `${spaced(role)} ${of}${from && until ? ` from ${from} to ${until}` : ''}`,
    role,
    of,
    ...(from && until ? { from, until } : {}),
  }));
}
