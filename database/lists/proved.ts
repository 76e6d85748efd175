import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { statementIn } from '../signed.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, type Page, paged } from './page.ts';

type Db = Kysely<Database>;

/** By a key, by whoever gave it, or by both: one of them at least. */
export interface UsedFilter {
  readonly key?: string | undefined;
  readonly by?: string | undefined;
}

/** A command on record that a key has proved. */
export interface ProvedBy {
  /** When it was written, by the register's clock. */
  readonly at: string;
  readonly key: string;
  /** The computer at which the key was made; of the pages' own, `pages`. */
  readonly place: string;
  readonly by: string | null;
  /** As it was signed; null if the signature on record is not that of the key. */
  readonly command: string | null;
  /** Null of what was done beside the cases. */
  readonly caseId: string | null;
  readonly says: string | null;
  readonly id: string;
}

/** The first of the events of a command stands for it; they follow one another. */
const ofCases = (db: Db, { key, by }: UsedFilter) =>
  db
    .selectFrom('commands')
    .innerJoin('events', (join) =>
      join.onRef('events.case_id', '=', 'commands.case_id').onRef('events.command_id', '=', 'commands.command_id'),
    )
    .select(['recorded_at as at', 'key', 'proof', sql<string | null>`events.by`.as('by')])
    .select([sql<string | null>`events.case_id`.as('caseId'), sql<string | null>`says`.as('says')])
    .select('commands.command_id as id')
    .where('key', 'is not', null)
    .where((of) => {
      const before = of
        .selectFrom('events as before')
        .whereRef('before.case_id', '=', 'events.case_id')
        .where('before.number', '=', of.eb('events.number', '-', 1))
        .whereRef('before.command_id', '=', 'events.command_id');
      return of.not(of.exists(before));
    })
    .$if(key !== undefined, (query) => query.where('key', '=', key ?? ''))
    .$if(by !== undefined, (query) => query.where('events.by', '=', by ?? ''));

const ofOthers = (db: Db, { key, by }: UsedFilter) =>
  db
    .selectFrom('done_beside_cases')
    .select(['at', 'key', 'proof', 'by', sql<string | null>`null`.as('caseId'), 'about as says', 'id'])
    .where('key', 'is not', null)
    .$if(key !== undefined, (query) => query.where('key', '=', key ?? ''))
    .$if(by !== undefined, (query) => query.where('by', '=', by ?? ''));

/** To the microsecond: so close to one another are commands. */
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

/** The latest first. */
export async function listProved(db: Db, filter: UsedFilter, page: Page = {}): Promise<Listed<ProvedBy>> {
  const place = page.after === undefined ? undefined : keyParts(page.after, [moment, forms.anything]);
  const rows = await db
    .selectFrom(ofCases(db, filter).unionAll(ofOthers(db, filter)).as('used'))
    .innerJoin('proof_keys', 'proof_keys.id', 'used.key')
    .select(['used.at', 'used.by', 'used.caseId', 'used.says', 'used.id', 'proof_keys.id as key', 'place', 'proof'])
    .select('public_key as publicKey')
    .select(sql<string>`to_char(used.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('moment'))
    .$if(place !== undefined, (query) =>
      query.where(sql<boolean>`(used.at, used.id) < (${place?.[0]}::timestamptz, ${place?.[1]})`),
    )
    .orderBy('used.at', 'desc')
    .orderBy('used.id', 'desc')
    .limit(limitOf(page) + 1)
    .execute();
  const { rows: shown, next } = paged(rows, page, (row) => keyOf(row.moment, row.id));
  const listed = shown.map(({ proof, publicKey, moment: _, ...row }) => ({
    ...row,
    command: statementIn(proof ?? '', publicKey)?.command ?? null,
  }));
  return next === undefined ? { rows: listed } : { rows: listed, next };
}
