import type { Kysely } from 'kysely';
import type { Giver } from '../domain/case/command-id.ts';
import { itself } from '../domain/case/due.ts';
import type { Reference } from '../domain/references.ts';
import type { Party } from '../domain/fields.ts';
import { type Refusal, type RefusalCode, refuse } from '../domain/refusal.ts';
import type { Database } from './schema.ts';

type Directory = 'country' | 'agency' | 'person' | 'case';

const codes: Record<Directory, RefusalCode> = {
  country: 'UnknownCountry',
  agency: 'UnknownAgency',
  person: 'UnknownPerson',
  case: 'UnknownCase',
};

const remedies: Record<Directory, string> = {
  country: 'Import it with `./entente directory import`, or see `./entente directory list`.',
  agency: 'Import it with `./entente directory import`, or see `./entente directory list`.',
  person: 'Import them with `./entente directory import`, or see `./entente directory list`.',
  case: 'See `./entente list`.',
};

/**
 * Refuses the first reference that names nothing on record. Cases act under a name of their own, and nobody else does.
 *
 * @param giver the case that says so; absent when somebody else does
 */
export async function refuseUnknownReferences(
  db: Kysely<Database>,
  references: readonly Reference[],
  giver?: Giver,
): Promise<Refusal | undefined> {
  const isItself = ({ kind, id }: { kind: Directory; id: string }) => kind === 'person' && id === itself;
  const named = references.map(plainReference);
  const borrowed = giver ? undefined : named.find(isItself);
  if (borrowed)
    return refuse('UnknownPerson', `${borrowed.path}: "${itself}" is the name under which cases act; name a person.`);
  const plain = named.filter((each) => !isItself(each));
  const known = await knownIds(db, plain);
  const unknown = plain.find(({ kind, id }) => !known[kind].has(id));
  return (
    unknown &&
    refuse(
      codes[unknown.kind],
      `${unknown.path}: there is no ${unknown.kind} "${unknown.id}". ${remedies[unknown.kind]}`,
    )
  );
}

function plainReference({ refersTo, id, path }: Reference): { kind: Directory; id: string; path: string } {
  if (refersTo !== 'party') return { kind: refersTo, id, path };
  const [kind, name] = id.split('/') as ['agency' | 'person', string];
  return { kind, id: name, path };
}

async function knownIds(
  db: Kysely<Database>,
  references: readonly { kind: Directory; id: string }[],
): Promise<Record<Directory, Set<string>>> {
  const idsOf = (kind: Directory) => [...new Set(references.filter((each) => each.kind === kind).map(({ id }) => id))];
  const found = async (kind: Directory, read: (ids: string[]) => Promise<{ id: string }[]>) => {
    const ids = idsOf(kind);
    return new Set(ids.length === 0 ? [] : (await read(ids)).map(({ id }) => id));
  };
  return {
    country: await found('country', (ids) =>
      db.selectFrom('countries').select('code as id').where('code', 'in', ids).execute(),
    ),
    agency: await found('agency', (ids) => db.selectFrom('agencies').select('id').where('id', 'in', ids).execute()),
    person: await found('person', (ids) => db.selectFrom('people').select('id').where('id', 'in', ids).execute()),
    case: await found('case', (ids) => db.selectFrom('cases').select('id').where('id', 'in', ids).execute()),
  };
}

/** Refuses to let somebody owe something who could never be reminded. */
export async function refuseUnreachable(db: Kysely<Database>, parties: readonly Party[]): Promise<Refusal | undefined> {
  for (const party of new Set(parties)) {
    const [kind, id = ''] = party.split('/');
    const row =
      kind === 'agency'
        ? await db
            .selectFrom('agencies')
            .leftJoin('people', 'people.id', 'agencies.contact')
            .select(['agencies.email as mailbox', 'people.email as personal'])
            .where('agencies.id', '=', id)
            .executeTakeFirst()
        : await db
            .selectFrom('people')
            .select(['email as mailbox', 'email as personal'])
            .where('id', '=', id)
            .executeTakeFirst();
    if (row && !row.mailbox && !row.personal)
      return refuse(
        'NoAddress',
        `${party} owes something but has no mail address; add one with \`./entente directory import\`.`,
      );
  }
  return undefined;
}
