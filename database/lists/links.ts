import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { forms, keyOf, keyParts, type Listed, limitOf, momentOf, type Page } from './page.ts';
import { coordinatedBy } from './placed.ts';
import { byMoment, pageOf, type Sorting } from './sorting.ts';

export interface LinkFilter {
  readonly case?: string | undefined;
  /** Only those of the cases that one of these coordinates. */
  readonly coordinators: readonly string[];
}

/** An address in a letter with which its reader answers; never the address itself. */
export interface ListedLink {
  readonly hash: string;
  readonly message: string;
  readonly caseId: string;
  readonly title: string;
  readonly person: string;
  readonly address: string;
  readonly madeAt: string;
  /** The same to the microsecond. */
  readonly moment: string;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
}

export function linksQuery(db: Kysely<Database>, { case: of, coordinators }: LinkFilter, page: Page) {
  let query = db
    .selectFrom('answer_links')
    .innerJoin('cases', 'cases.id', 'answer_links.case_id')
    .select(['hash', 'message', 'case_id as caseId', 'title', 'person', 'address', 'made_at as madeAt'])
    .select(['revoked_at as revokedAt', 'revoked_by as revokedBy', momentOf('made_at').as('moment')])
    // Spelt as in the index: what is done at the desk has rows of its own there, and no letter.
    .where(sql<boolean>`message not like 'sign-in/%'`)
    .where(coordinatedBy(coordinators))
    .orderBy('made_at', 'desc')
    .orderBy('hash', 'desc')
    .limit(limitOf(page) + 1);
  if (of) query = query.where('case_id', '=', of);
  if (page.after === undefined) return query;
  const [at, hash] = keyParts(page.after, [forms.moment, forms.anything]);
  return query.where(sql<boolean>`(made_at, hash) < (${at}::timestamptz, ${hash})`);
}

export const linkSorting: Sorting<ListedLink> = { ties: [['hash', forms.anything]], by: { made: byMoment('madeAt') } };

/** The addresses in letters, the latest first. */
export const listLinksOf = (db: Kysely<Database>, filter: LinkFilter, page: Page = {}): Promise<Listed<ListedLink>> =>
  pageOf<ListedLink>(db, page, (at) => linksQuery(db, filter, at), {
    keyOf: ({ moment, hash }) => keyOf(moment, hash),
    sorting: linkSorting,
  });
