import { type Kysely, type Migration, Migrator, sql, type Transaction } from 'kysely';
import { faultPoint } from './fault-points.ts';
import { register } from './migrations/0001-register.ts';
import { lists } from './migrations/0002-lists.ts';
import { calendars } from './migrations/0003-calendars.ts';
import { countryProfiles } from './migrations/0004-country-profiles.ts';
import { listsOfVisits } from './migrations/0005-lists-of-visits.ts';
import { people } from './migrations/0006-people.ts';
import { sendTimes } from './migrations/0007-send-times.ts';
import { calendarEntries } from './migrations/0008-calendar-entries.ts';
import { gatheringSince } from './migrations/0009-gathering-since.ts';
import { restorations } from './migrations/0020-restorations.ts';
import { defaultsOfCountries } from './migrations/0026-defaults-of-countries.ts';
import { closedCases } from './migrations/0030-closed-cases.ts';
import { addressChanges } from './migrations/0037-address-changes.ts';
import { erasures } from './migrations/0038-erasures.ts';
import { removals } from './migrations/0039-removals.ts';
import { answerLinks } from './migrations/0061-answer-links.ts';
import { eventsBy } from './migrations/0070-events-by.ts';
import { largeLists } from './migrations/0085-large-lists.ts';
import { addressChangesBy } from './migrations/0090-address-changes-by.ts';
import { documents } from './migrations/0092-documents.ts';
import { search } from './migrations/0095-search.ts';
import { rowsChangedInPlace } from './migrations/0099-rows-changed-in-place.ts';
import { answerCodes } from './migrations/0120-answer-codes.ts';
import { listsReadWhatTheyShow } from './migrations/0150-lists-read-what-they-show.ts';
import { quietCasesNamed } from './migrations/0151-quiet-cases-named.ts';
import { orderOfIds } from './migrations/0160-order-of-ids.ts';
import { signIns } from './migrations/0170-sign-ins.ts';
import { roles } from './migrations/0180-roles.ts';
import { proofs } from './migrations/0181-proofs.ts';
import { keysUsed } from './migrations/0182-keys-used.ts';
import { calendarFeeds } from './migrations/0185-calendar-feeds.ts';
import { readerOfACountry } from './migrations/0186-reader-of-a-country.ts';
import { readingLogins } from './migrations/0187-reading-logins.ts';
import { waysIn } from './migrations/0188-ways-in.ts';
import { byProvider } from './migrations/0189-by-provider.ts';
import { passkeys } from './migrations/0189-passkeys.ts';
import { seenCases } from './migrations/0190-seen-cases.ts';
import { doneBesideCases } from './migrations/0194-done-beside-cases.ts';
import { unconfirmedKeys } from './migrations/0195-unconfirmed-keys.ts';
import { searchByThreeLetters } from './migrations/0196-search-by-three-letters.ts';
import { actionsInOrder } from './migrations/0197-actions-in-order.ts';
import { linksByDay } from './migrations/0198-links-by-day.ts';
import { letterPages } from './migrations/0199-letter-pages.ts';
import { commandsByKey } from './migrations/0200-commands-by-key.ts';
import { searchByFourDigits } from './migrations/0201-search-by-four-digits.ts';
import { comingByFacts } from './migrations/0209-coming-by-facts.ts';
import { readersAtATerminal } from './migrations/0219-readers-at-a-terminal.ts';
import { rulesOfEvents } from './migrations/0220-rules-of-events.ts';
import { whatIsOwed } from './migrations/0230-what-is-owed.ts';
import { connect, forMigrations } from './connect.ts';
import { grant, isOwner, roleOf } from './privileges.ts';
import type { Database } from './schema.ts';
import { DatabaseVersionError } from './version-error.ts';
import { lackingViews, makeViews } from './views/made.ts';

const migrations: Record<string, Migration> = {
  '0001-register': register,
  '0002-lists': lists,
  '0003-calendars': calendars,
  '0004-country-profiles': countryProfiles,
  '0005-lists-of-visits': listsOfVisits,
  '0006-people': people,
  '0007-send-times': sendTimes,
  '0008-calendar-entries': calendarEntries,
  '0009-gathering-since': gatheringSince,
  '0020-restorations': restorations,
  '0026-defaults-of-countries': defaultsOfCountries,
  '0030-closed-cases': closedCases,
  '0037-address-changes': addressChanges,
  '0038-erasures': erasures,
  '0039-removals': removals,
  '0061-answer-links': answerLinks,
  '0070-events-by': eventsBy,
  '0085-large-lists': largeLists,
  '0090-address-changes-by': addressChangesBy,
  '0092-documents': documents,
  '0095-search': search,
  '0099-rows-changed-in-place': rowsChangedInPlace,
  '0120-answer-codes': answerCodes,
  '0150-lists-read-what-they-show': listsReadWhatTheyShow,
  '0151-quiet-cases-named': quietCasesNamed,
  '0160-order-of-ids': orderOfIds,
  '0170-sign-ins': signIns,
  '0180-roles': roles,
  '0181-proofs': proofs,
  '0182-keys-used': keysUsed,
  '0185-calendar-feeds': calendarFeeds,
  '0186-reader-of-a-country': readerOfACountry,
  '0187-reading-logins': readingLogins,
  '0188-ways-in': waysIn,
  '0189-by-provider': byProvider,
  '0189-passkeys': passkeys,
  '0190-seen-cases': seenCases,
  '0194-done-beside-cases': doneBesideCases,
  '0195-unconfirmed-keys': unconfirmedKeys,
  '0196-search-by-three-letters': searchByThreeLetters,
  '0197-actions-in-order': actionsInOrder,
  '0198-links-by-day': linksByDay,
  '0199-letter-pages': letterPages,
  '0200-commands-by-key': commandsByKey,
  '0201-search-by-four-digits': searchByFourDigits,
  '0209-coming-by-facts': comingByFacts,
  '0219-readers-at-a-terminal': readersAtATerminal,
  '0220-rules-of-events': rulesOfEvents,
  '0230-what-is-owed': whatIsOwed,
};

const oldestPostgres = 150_000;

/** One register by the roles that connect to it; one role may do for all. */
export interface RegisterUrls {
  readonly databaseUrl: string;
  readonly databaseOwnerUrl: string;
  readonly databaseReaderUrl: string;
}

/** What was done: migrations by their names, and the roles that were granted what they may do. */
export interface Prepared {
  readonly migrated: readonly string[];
  readonly granted: readonly string[];
}

/**
 * Brings the register to this version as its owner, and grants to the roles of the worker and the reader what they may.
 *
 * @throws {@link DatabaseVersionError} as {@link migrate} does
 */
export async function prepareRegister(urls: RegisterUrls): Promise<Prepared> {
  const owner = connect(urls.databaseOwnerUrl, 2, forMigrations);
  try {
    const migrated = await migrate(owner);
    const roles = { worker: await roleAt(urls.databaseUrl), reader: await roleAt(urls.databaseReaderUrl) };
    return { migrated, granted: await grant(owner, roles) };
  } finally {
    await owner.destroy();
  }
}

async function roleAt(url: string): Promise<string> {
  const db = connect(url, 1);
  try {
    return await roleOf(db);
  } finally {
    await db.destroy();
  }
}

/**
 * Brings the register to this version. Several at once are safe: one migrates, the others wait for its lock.
 *
 * @throws {@link DatabaseVersionError} if Postgres is too old, a newer Entente has migrated the database, or the role
 * may not migrate it
 */
export async function migrate(db: Kysely<Database>): Promise<readonly string[]> {
  await refuseOldPostgres(db);
  await refuseNewerRegister(db);
  const migrated = await migrateTables(db);
  await bringViews(db);
  return migrated;
}

async function migrateTables(db: Kysely<Database>): Promise<readonly string[]> {
  const pending = await pendingMigrations(db);
  if (pending.length === 0) return [];
  const provider = { getMigrations: async () => withFaultPoints(migrations) };
  // Between two releases they come about in another order than that of their names.
  const migrator = new Migrator({ db, provider, allowUnorderedMigrations: true });
  const { error, results = [] } = await migrator.migrateToLatest();
  if ((error as { code?: string } | undefined)?.code === insufficientPrivilege) throw await mayNotMake(db, pending);
  if (error) throw error;
  return results.map(({ migrationName }) => migrationName);
}

const insufficientPrivilege = '42501';

const mayNotMake = async (db: Kysely<Database>, lacking: readonly string[]): Promise<DatabaseVersionError> =>
  new DatabaseVersionError(
    `The register lacks ${lacking.join(', ')}, and the role ${await roleOf(db)} may not make tables; set DATABASE_OWNER_URL, or run \`./entente migrate\` where it is set.`,
  );

/** Kysely's own, which it does not export: nobody migrates while views are made. */
const migrationLock = sql.lit('3853314791062309107');

/** The views of facts as this version declares them. They come after all migrations, since these know what views were once. */
async function bringViews(db: Kysely<Database>): Promise<void> {
  if (!(await isOwner(db))) {
    const lacking = await lackingViews(db);
    if (lacking.length > 0) throw await mayNotMake(db, lacking);
    return;
  }
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(trx);
    // While this one waited, a newer one may have migrated.
    await refuseNewerRegister(trx);
    await makeViews(trx);
  });
}

/** Carries out all migrations that a register does not have yet, in a transaction that is under way, and makes its views. */
export async function migrateWholly(trx: Transaction<Database>): Promise<void> {
  await migrateTo(trx, knownMigrations);
  await makeViews(trx);
}

async function pendingMigrations(db: Kysely<Database>): Promise<readonly string[]> {
  const done = await migrationsIn(db);
  return Object.keys(migrations).filter((name) => !done.includes(name));
}

/** Carries out those of the named migrations that a register does not have yet, in a transaction that is under way. */
export async function migrateTo(trx: Transaction<Database>, names: readonly string[]): Promise<void> {
  const done = await migrationsIn(trx);
  for (const name of names.filter((each) => !done.includes(each))) {
    await migrations[name]?.up(trx);
    await sql`insert into kysely_migration (name, timestamp) values (${name}, ${new Date().toISOString()})`.execute(
      trx,
    );
  }
}

/** The migrations of this version that a register may have; others are of a newer one. */
export const knownMigrations: readonly string[] = Object.keys(migrations);

/** The migrations that a register has, in order; none where there is no register. */
export async function migrationsIn(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows } = await sql<{ found: boolean }>`select to_regclass('kysely_migration') is not null as found`.execute(
    db,
  );
  if (!rows[0]?.found) return [];
  const { rows: done } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return done.map(({ name }) => name);
}

const withFaultPoints = (all: Record<string, Migration>): Record<string, Migration> =>
  Object.fromEntries(
    Object.entries(all).map(([name, migration]) => {
      const up: Migration['up'] = async (db) => {
        await migration.up(db);
        await faultPoint('duringMigration', () => name);
      };
      return [name, { ...migration, up }];
    }),
  );

async function refuseOldPostgres(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ number: string; version: string }>`
    select current_setting('server_version_num') as number, current_setting('server_version') as version`.execute(db);
  const [server] = rows;
  if (server && Number(server.number) < oldestPostgres)
    throw new DatabaseVersionError(`The database is PostgreSQL ${server.version}; Entente needs 15 or newer.`);
}

/** Refuses a register that holds migrations which this version does not know: it would misread them. */
export async function refuseNewerRegister(db: Kysely<Database>): Promise<void> {
  const unknown = (await migrationsIn(db)).filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0)
    throw new DatabaseVersionError(
      `The database was migrated by a newer Entente (${unknown.join(', ')}); update this one, or point DATABASE_URL elsewhere.`,
    );
}
