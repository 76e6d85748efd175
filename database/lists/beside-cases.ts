import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, momentOf, type Page } from './page.ts';
import { byMoment, pageOf, type Sorting } from './sorting.ts';

/** Something that was done beside the cases. */
export interface DoneBesideCases {
  readonly at: string;
  readonly command: string;
  readonly about: string | null;
  readonly by: string | null;
  readonly proved: boolean;
  /** At which computer the key was made that proves it; the pages' own is called so. */
  readonly provedAt: string | null;
}

type Row = DoneBesideCases & Readonly<Record<'id' | 'moment', string>>;

function besideCasesQuery(db: Kysely<Database>, page: Page) {
  const query = db
    .selectFrom('done_beside_cases')
    .leftJoin('proof_keys', 'proof_keys.id', 'done_beside_cases.key')
    .select(['done_beside_cases.id', 'at', 'command', 'about', 'by', 'proved', 'place as provedAt'])
    .select(momentOf('at').as('moment'))
    .orderBy('at', 'desc')
    .orderBy('done_beside_cases.id', 'desc')
    .limit(limitOf(page) + 1);
  if (page.after === undefined) return query;
  const [at, id] = keyParts(page.after, [forms.moment, forms.anything]);
  return query.where(sql<boolean>`(at, done_beside_cases.id) < (${at}::timestamptz, ${id})`);
}

export const besideCasesSorting: Sorting<Row> = { ties: [['id', forms.anything]], by: { doneAt: byMoment('at') } };

/** The latest first. */
export async function listBesideCases(db: Kysely<Database>, page: Page = {}): Promise<Listed<DoneBesideCases>> {
  const { rows, ...next } = await pageOf<Row>(db, page, (at) => besideCasesQuery(db, at), {
    keyOf: ({ moment, id }) => keyOf(moment, id),
    sorting: besideCasesSorting,
  });
  return { ...next, rows: rows.map(({ id: _, moment: _moment, ...row }) => row) };
}
