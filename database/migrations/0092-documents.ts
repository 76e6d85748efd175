import { type Kysely, sql } from 'kysely';

/** Texts that are circulated: their bytes once, which cases name them, and which letters carry them. */
export const documents = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`
      create table documents (
        sha256 text constraint documents_pkey primary key,
        type text not null,
        content bytea not null,
        kept_at timestamptz not null default clock_timestamp(),
        constraint documents_are_what_they_are_called check (sha256 = encode(sha256(content), 'hex')),
        constraint documents_are_not_empty check (octet_length(content) between 1 and 10000000)
      )`.execute(db);
    // Compressed as they are, or small: Postgres need not try.
    await sql`alter table documents alter column content set storage external`.execute(db);
    await sql`
      create table case_documents (
        case_id text not null,
        event_number integer not null,
        position integer not null,
        name text not null,
        sha256 text not null constraint case_documents_document_fkey references documents (sha256),
        constraint case_documents_pkey primary key (case_id, event_number, position)
      )`.execute(db);
    await sql`create index case_documents_sha256_idx on case_documents (sha256)`.execute(db);
    await sql`alter table messages add column attached jsonb`.execute(db);
  },
};
