import { type Kysely, sql, type Transaction } from 'kysely';
import type { CivilDate } from '../../domain/dates.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Database } from '../schema.ts';

/** Somebody in the directory, as far as it decides on where mail goes. */
export interface Person {
  readonly person: string;
  readonly name: string;
  /** The first that does not bounce. */
  readonly address: string | null;
  readonly bounces: boolean;
  /** All of them, in the order in which they are tried. */
  readonly addresses: readonly string[];
  readonly language: string;
  readonly zone: string;
  /** `09:00-18:00`, in their zone. */
  readonly hours: string;
  readonly agency: string;
  readonly superior: string | null;
  /** Has commands at hand. */
  readonly terminal: boolean;
  /** The first day on which they no longer serve. */
  readonly leftOn: CivilDate | null;
}

export const findPerson = (db: Kysely<Database>, id: string): Promise<Person | undefined> =>
  db
    .selectFrom('people')
    .leftJoin('mail_addresses as mail', (join) =>
      join.onRef('mail.id', '=', 'people.id').on('mail.kind', '=', 'person'),
    )
    .innerJoin('agencies', 'agencies.id', 'people.agency')
    .innerJoin('countries', 'countries.code', 'agencies.country')
    .select(['people.id as person', 'people.name', 'agency', 'superior', 'terminal', 'left_on as leftOn'])
    .select((eb) => [
      eb.fn.coalesce('people.language', 'countries.language').as('language'),
      eb.fn.coalesce('people.zone', 'countries.zone').as('zone'),
    ])
    .select([
      sql<string>`working_from || '-' || working_until`.as('hours'),
      sql<string[]>`array_remove(people.email || people.other_addresses, null)`.as('addresses'),
    ])
    .select(['mail.address', sql<boolean>`people.email is not null and mail.address is null`.as('bounces')])
    .where('people.id', '=', id)
    .executeTakeFirst();

export async function refuseUnknownPerson(db: Kysely<Database>, ...ids: string[]): Promise<Refusal | undefined> {
  const rows = await db.selectFrom('people').select('id').where('id', 'in', ids).execute();
  const unknown = ids.find((id) => !rows.some((row) => row.id === id));
  if (unknown === undefined) return undefined;
  return refuse('UnknownPerson', `There is no person "${unknown}"; see \`./entente directory list\`, or import them.`);
}

/** One change to people at a time: two absences at once could each be right alone and wrong together. */
const peopleLock = 4_201_948;

export const inPeopleLine = <T>(db: Kysely<Database>, change: (trx: Transaction<Database>) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${peopleLock})`.execute(trx);
    return change(trx);
  });
