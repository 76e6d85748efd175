import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { parseJson, writePrivately } from './running.ts';

/** Whose the tables are, who works on them, who only reads. None is a superuser. */
const roles = ['owner', 'worker', 'reader'] as const;

export type RoleUrls = Record<(typeof roles)[number], string>;

type Passwords = Record<(typeof roles)[number], string>;

const passwordsSchema = z.object({ owner: z.string(), worker: z.string(), reader: z.string() });

const nameOf = (role: (typeof roles)[number]): string => `entente_${role}`;

/** Kept from one start to the next, so that what runs apart from us can connect again. A lost file is made anew. */
function passwordsIn(folder: string): Passwords {
  const file = join(folder, 'postgres.roles.json');
  const kept = existsSync(file) ? passwordsSchema.safeParse(parseJson(readFileSync(file, 'utf8'))).data : undefined;
  if (kept) return kept;
  const password = () => randomBytes(18).toString('base64url');
  const passwords = { owner: password(), worker: password(), reader: password() };
  writePrivately(file, `${JSON.stringify(passwords)}\n`);
  return passwords;
}

/**
 * Makes the database and its three roles, or brings those of an earlier version to them. Safe to repeat.
 *
 * What each may do with the tables is said by whoever migrates: the tables are theirs.
 *
 * @param superuser the URL of the superuser in the database, who does nothing else
 */
export async function setUpRoles(superuser: string, database: string, folder: string): Promise<RoleUrls> {
  const passwords = passwordsIn(folder);
  await asClient(inDatabase(superuser, 'postgres'), async (client) => {
    for (const role of roles) await setUpRole(client, nameOf(role), passwords[role]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
    await client.query(`alter database ${database} owner to ${nameOf('owner')}`);
    // Temporary tables are tables: only the owner makes any.
    await client.query(`revoke all on database ${database} from public`);
    await client.query(`grant connect on database ${database} to ${nameOf('worker')}, ${nameOf('reader')}`);
  });
  await asClient(superuser, async (client) => {
    await client.query('revoke create on schema public from public');
    await handOver(client, nameOf('owner'));
  });
  const urlOf = (role: (typeof roles)[number]) =>
    Object.assign(new URL(superuser), { username: nameOf(role), password: passwords[role] }).href;
  return { owner: urlOf('owner'), worker: urlOf('worker'), reader: urlOf('reader') };
}

async function setUpRole(client: pg.Client, name: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await client.query(`create role ${name}`);
  await client.query(
    `alter role ${name} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
      password ${client.escapeLiteral(password)}`,
  );
}

/** In a register of an earlier version everything belongs to the superuser. */
async function handOver(client: pg.Client, owner: string): Promise<void> {
  const { rows } = await client.query<{ command: string }>(
    `select format('alter table %s owner to ${owner}', oid::regclass) as command from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') and relowner <> '${owner}'::regrole
    union all
    select format('alter function %s owner to ${owner}', oid::regprocedure) from pg_proc
      where pronamespace = 'public'::regnamespace and proowner <> '${owner}'::regrole`,
  );
  for (const { command } of rows) await client.query(command);
}

/** The same server and role, another database. */
export const inDatabase = (url: string, database: string): string =>
  Object.assign(new URL(url), { pathname: `/${database}` }).href;

/** A server that is down or starting says so at once; one on a busy machine takes seconds to let somebody in. */
const LET_IN_WITHIN_MS = 20_000;

/** Connects for as long as `act` takes. */
export async function asClient<T>(
  connectionString: string,
  act: (client: pg.Client) => Promise<T>,
  connectionTimeoutMillis = LET_IN_WITHIN_MS,
): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis });
  client.on('error', () => {});
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
