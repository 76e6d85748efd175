import { type Kysely, type Migration, sql } from 'kysely';

/** Whatever holds a case's id or begins with one: Postgres uses an index only where both sides have one collation. */
const columns: Readonly<Record<string, readonly string[]>> = {
  cases: ['id', 'opener'],
  events: ['case_id'],
  commands: ['case_id'],
  deadlines: ['case_id'],
  messages: ['key', 'case_id'],
  answer_links: ['message', 'case_id'],
  case_documents: ['case_id'],
  search_texts: ['case_id'],
};

/**
 * Case ids stand as people count: pg-1, pg-2, pg-10, whatever the database's own locale is. It is a matter of the columns, so
 * every list, key of a page and index follows. Postgres builds the indexes anew and leaves the rows as they are.
 */
export const orderOfIds: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create collation id_order (provider = icu, locale = 'und-u-kn-true')`.execute(db);
    const { rows: views } = await sql<{ name: string; definition: string; comment: string | null }>`
      select relname as name, pg_get_viewdef(oid) as definition, obj_description(oid) as comment from pg_class
      where relnamespace = current_schema()::regnamespace and relkind = 'v' order by oid`.execute(db);
    for (const { name } of views.toReversed()) await sql`drop view ${sql.id(name)}`.execute(db);
    for (const [table, names] of Object.entries(columns)) {
      const changes = names.map((name) => sql`alter column ${sql.id(name)} type text collate id_order`);
      await sql`alter table ${sql.id(table)} ${sql.join(changes)}`.execute(db);
    }
    for (const { name, definition, comment } of views) {
      await sql`create view ${sql.id(name)} as ${sql.raw(definition)}`.execute(db);
      if (comment) await sql`comment on view ${sql.id(name)} is ${sql.lit(comment)}`.execute(db);
    }
  },
};
