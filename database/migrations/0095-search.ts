import { type Kysely, type Migration, sql } from 'kysely';

/**
 * Pairs of letters, since a word is found wherever it stands in another: Hangul is written without blanks. Not trigrams
 * by an extension: it takes other scripts for blanks where the database's locale is C, as it is in the embedded one.
 */
const statements = [
  `create table search_texts (
    case_id text not null,
    number integer not null,
    folded text not null,
    pairs smallint[] not null,
    ids text[] not null,
    primary key (case_id, number)
  )`,
  `comment on table search_texts is
    'By which words cases are found: what their events say, without accents and capitals, and the ids that they name'`,
];

const indexes = [
  'create index search_texts_pairs on search_texts using gin (pairs)',
  'create index search_texts_ids on search_texts using gin (ids)',
];

/** What is searched is written by a later one, which knows how. */
export const search: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...statements, ...indexes]) await sql.raw(statement).execute(db);
  },
};
