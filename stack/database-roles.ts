import { asClient } from './postgres-roles.ts';
import { PATIENCE_MS, type Reached } from './reach.ts';
import type { DatabaseUrls } from './settings.ts';

interface Role {
  readonly name: string;
  readonly superuser: boolean;
  /** Whether it may do all that the owner of the tables may; null while there are none. */
  readonly owns: boolean | null;
}

const ADVICE = 'see "Postgres" in docs/security.md';

/** Whether whoever takes a worker over, or a reader, could rewrite the record. */
export async function lookAtRoles(urls: DatabaseUrls): Promise<Reached> {
  try {
    const [owner, worker, reader] = [
      await roleAt(urls.databaseOwnerUrl),
      await roleAt(urls.databaseUrl),
      await roleAt(urls.databaseReaderUrl),
    ];
    const says = trouble(owner, worker, reader);
    return says
      ? { ok: false, says: `${says}; ${ADVICE}` }
      : { ok: true, says: `${worker.name} works, ${reader.name} reads, ${owner.name} owns; none is a superuser` };
  } catch (error) {
    return { ok: false, says: `${(error as Error).message}; are all three of DATABASE_…URL right?` };
  }
}

function trouble(owner: Role, worker: Role, reader: Role): string | undefined {
  const superuser = [worker, reader, owner].find((role) => role.superuser);
  if (superuser) return `${superuser.name} is a superuser: whoever has its password has the whole server`;
  const one = new Set([owner.name, worker.name, reader.name]).size === 1;
  if (one) return `one role, ${owner.name}, does for all: whoever has its password can rewrite the record`;
  if (worker.owns ?? worker.name === owner.name)
    return `the worker's role, ${worker.name}, owns the tables: whoever has its password can rewrite the record`;
  if (reader.name !== worker.name) return undefined;
  return `${reader.name} reads and works: whoever only reads could also write`;
}

async function roleAt(url: string): Promise<Role> {
  const query = `select current_user as name, rolsuper as superuser,
      pg_has_role(current_user, (select relowner from pg_class where oid = to_regclass('events')), 'member') as owns
    from pg_roles where rolname = current_user`;
  const [role] = await asClient(url, async (client) => (await client.query<Role>(query)).rows, PATIENCE_MS);
  if (!role) throw new Error('the role is not known to the server');
  return role;
}
