import { type Kysely, sql } from 'kysely';
import { itself } from '../../domain/case/due.ts';
import type { Instant } from '../../domain/dates.ts';
import { quietAfter } from '../../domain/quiet.ts';
import type { Database } from '../schema.ts';
import { holdsWords, type SearchFilter, withWords } from './search.ts';
import { forms, keyParts, type Listed, limitOf, type Page, paged } from './page.ts';

export interface QuietFilter extends SearchFilter {
  /** The moment from which is counted back. */
  readonly asOf: Instant;
  /** For all kinds alike; absent: by kind and stage. */
  readonly days?: number | undefined;
  readonly kind?: string | undefined;
  readonly country?: string | undefined;
  readonly owner?: string | undefined;
  readonly coordinator?: string | undefined;
}

export interface QuietCase {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly stage: string;
  readonly coordinator: string;
  readonly owner: string | null;
  /** When somebody last did something, and what; what the case did by itself, such as reminding, does not count. */
  readonly lastAt: string;
  readonly lastBy: string;
  readonly lastSays: string;
  readonly quietDays: number;
  readonly quietAfterDays: number;
}

const limits = Object.fromEntries(quietAfter.map(({ kind, stage, days }) => [`${kind}/${stage}`, days]));

/** The last thing that somebody did stands near the end of a case's events: by their numbers it is found at once. */
export function quietQuery(db: Kysely<Database>, filter: QuietFilter, page: Page) {
  const { asOf, days, kind, country, owner, coordinator, words } = filter;
  // Looked up for each row: joined, the limits would have all open cases read before the first is shown.
  const byStage = sql`${JSON.stringify(limits)}::jsonb->(cases.kind || '/' || cases.stage)`;
  const after = days === undefined ? sql<number>`(${byStage})::integer` : sql<number>`${days}::integer`;
  const quiet = sql<number>`floor(extract(epoch from ${asOf}::timestamptz - acted.at) / 86400)::integer`;
  let query = db
    .selectFrom('cases')
    .innerJoinLateral(
      (from) =>
        from
          .selectFrom('events')
          .select(['at', 'by', 'says'])
          .whereRef('case_id', '=', 'cases.id')
          .where('by', '<>', itself)
          .orderBy('number', 'desc')
          .limit(1)
          .as('acted'),
      (join) => join.onTrue(),
    )
    .select(['cases.id', 'cases.kind', 'cases.title', 'cases.stage', 'cases.coordinator', 'cases.owner'])
    .select(['acted.at as lastAt', 'acted.by as lastBy', 'acted.says as lastSays'])
    .select([quiet.as('quietDays'), after.as('quietAfterDays')])
    .where('cases.closed_at', 'is', null)
    // Whoever suspends a case has said why nothing happens.
    .where(sql<boolean>`not cases.state ? 'suspended'`)
    .where(sql<boolean>`${quiet} >= ${after}`)
    .orderBy('cases.id')
    .limit(limitOf(page) + 1);
  if (kind) query = query.where('cases.kind', '=', kind);
  if (country) query = query.where(sql<boolean>`cases.countries @> array[${country}]`);
  if (owner) query = query.where('cases.owner', '=', owner);
  if (coordinator) query = query.where('cases.coordinator', '=', coordinator);
  if (words) query = query.where(holdsWords('cases.id', words));
  return page.after === undefined ? query : query.where('cases.id', '>', keyParts(page.after, [forms.caseId])[0]);
}

/** Open cases in which nobody has done anything for too long, by id. */
export const listQuiet = async (
  db: Kysely<Database>,
  filter: QuietFilter,
  page: Page = {},
): Promise<Listed<QuietCase>> =>
  paged(await quietQuery(db, await withWords(db, filter), page).execute(), page, ({ id }) => id);
