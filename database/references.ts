import type { Kysely } from 'kysely';
import type { Giver } from '../domain/case/command-id.ts';
import { system } from '../domain/case/due.ts';
import type { Reference } from '../domain/references.ts';
import type { Party } from '../domain/fields.ts';
import { type Refusal, type RefusalCode, refuse } from '../domain/refusal.ts';
import { suggested } from './lists/like-named.ts';
import type { Database } from './schema.ts';
import { type Person, surroundingsOf } from './surroundings.ts';

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
  const isItself = ({ kind, id }: { kind: Directory; id: string }) => kind === 'person' && id === system;
  const named = references.map(plainReference);
  const borrowed = giver ? undefined : named.find(isItself);
  if (borrowed)
    return refuse('UnknownPerson', `${borrowed.path}: "${system}" is the name under which cases act; name a person.`);
  const plain = named.filter((each) => !isItself(each));
  const known = await knownIds(db, plain);
  const unknown = plain.find(({ kind, id }) => !known[kind].has(id));
  if (!unknown) return undefined;
  const { kind, id, path } = unknown;
  const suggestion = await suggested(db, kind, id);
  const advice = suggestion ? `; ${suggestion}` : `. ${remedies[kind]}`;
  return refuse(codes[kind], `${path}: there is no ${kind} "${id}"${advice}`);
}

/** The entries of the directory that are named, as {@link surroundingsOf} takes them. */
export const entriesIn = (references: readonly Reference[]): string[] =>
  references.map(plainReference).flatMap(entryOf);

const entryOf = ({ kind, id }: { kind: Directory; id: string }): string[] =>
  kind === 'case' ? [] : [kind === 'country' ? id : `${kind}/${id}`];

function plainReference({ refersTo, id, path }: Reference): { kind: Directory; id: string; path: string } {
  if (refersTo !== 'party') return { kind: refersTo, id, path };
  const [kind, name] = id.split('/') as ['agency' | 'person', string];
  return { kind, id: name, path };
}

async function knownIds(
  db: Kysely<Database>,
  references: readonly { kind: Directory; id: string }[],
): Promise<Record<Directory, { has(id: string): boolean }>> {
  const cases = references.flatMap(({ kind, id }) => (kind === 'case' ? [id] : []));
  const { people, agencies, countries } = await surroundingsOf(db, references.flatMap(entryOf));
  const found = cases.length === 0 ? [] : await db.selectFrom('cases').select('id').where('id', 'in', cases).execute();
  return { country: countries, agency: agencies, person: people, case: new Set(found.map(({ id }) => id)) };
}

/** Refuses to let somebody owe something who could never be reminded. */
export async function refuseUnreachable(db: Kysely<Database>, parties: readonly Party[]): Promise<Refusal | undefined> {
  const { people, agencies } = await surroundingsOf(db, parties);
  const hasAddress = (person: Person | undefined) => (person?.addresses.length ?? 0) > 0;
  for (const party of parties) {
    const [kind, id = ''] = party.split('/');
    const agency = kind === 'agency' ? agencies.get(id) : undefined;
    const person = people.get(agency ? (agency.contact ?? '') : id);
    const isKnown = agency !== undefined || person !== undefined;
    if (isKnown && !agency?.address && !agency?.bounces && !hasAddress(person))
      return refuse(
        'NoAddress',
        `${party} owes something but has no mail address; add one with \`./entente directory import\`.`,
      );
  }
  return undefined;
}
