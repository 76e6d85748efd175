import { createHash, createHmac } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { AnswerLinkRow, Database } from './schema.ts';

type Db = Kysely<Database>;

/** All that the register has of a token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** All that the register has of a code. Whoever does not have the token cannot find the code by trying all there are. */
export const macOf = (token: string, command: string, code: string): string =>
  createHmac('sha256', token)
    .update(JSON.stringify(['answer code', command, code]))
    .digest('hex');

const doorPrefix = 'sign-in/';

/** What stands in the place of a letter's key where somebody who is signed in does something in a case. */
export const doorName = (signIn: string, caseId: string): string => `${doorPrefix}${signIn}/${caseId}`;

/** The sign-in of such a name; of a letter's key none. */
export const signInOf = (message: string): string | undefined =>
  message.startsWith(doorPrefix) ? message.slice(doorPrefix.length).split('/')[0] : undefined;

/** By what somebody who is signed in gives commands to one case. */
export const doorToken = (secret: string, caseId: string): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['desk', caseId]))
    .digest()
    .subarray(0, 24)
    .toString('base64url');

/** Something that is owed, as it is planned now. */
export interface Obligation {
  readonly deadline: string;
  readonly version: number;
}

/** What a message is about that somebody can answer: what it chases, or else what its recipient owes to this case, soonest first. */
export const obligationsOf = (
  db: Db,
  { case_id, deadline, recipient }: { case_id: string; deadline: string | null; recipient: string },
): Promise<Obligation[]> =>
  db
    .selectFrom('deadlines')
    .select(['name as deadline', 'version'])
    .where('case_id', '=', case_id)
    .where((row) => (deadline === null ? row('owed_by', '=', recipient) : row('name', '=', deadline)))
    .orderBy('passes_at')
    .orderBy('name')
    .execute();

export type NewLink = Pick<
  AnswerLinkRow,
  'hash' | 'message' | 'person' | 'address' | 'case_id' | 'deadline' | 'version' | 'level'
> &
  Partial<Pick<AnswerLinkRow, 'code_key' | 'way'>>;

/** Keeps what an address is for. Safe to repeat: the same letter to the same person has the same address. */
export const keepLink = async (db: Db, link: NewLink): Promise<void> => {
  const { hash, address, level, code_key = null } = link;
  await db
    .insertInto('answer_links')
    .values(link)
    .onConflict((conflict) =>
      conflict.columns(['message', 'person', 'deadline', 'version']).doUpdateSet({ hash, address, level, code_key }),
    )
    .execute();
};

/**
 * By what a session does something in a case: of the same session it is the same. Two forms at once may both keep it, of
 * whom the second conflicts by the hash as well.
 */
export const keepDoor = async (db: Db, door: NewLink): Promise<void> => {
  await db
    .insertInto('answer_links')
    .values(door)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** The addresses of one letter to one person; of a gathered mail all of them. */
export const linksIn = (db: Db, messages: readonly string[], person: string): Promise<AnswerLinkRow[]> =>
  db
    .selectFrom('answer_links')
    .selectAll()
    .where('message', 'in', [...messages])
    .where('person', '=', person)
    .orderBy('made_at', 'desc')
    .execute();

export const findLink = (db: Db, hash: string): Promise<AnswerLinkRow | undefined> =>
  db.selectFrom('answer_links').selectAll().where('hash', '=', hash).executeTakeFirst();

/** The addresses that letters about a case have carried, in the order in which they were made; never the address itself. */
export const listLinks = (db: Db, caseId: string): Promise<Omit<AnswerLinkRow, 'hash' | 'code_key' | 'way'>[]> =>
  db
    .selectFrom('answer_links')
    .select(['message', 'person', 'address', 'case_id', 'deadline', 'version', 'level', 'made_at'])
    .select(['revoked_at', 'revoked_by', 'revoked_because'])
    .where('case_id', '=', caseId)
    .where('message', 'not like', `${doorPrefix}%`)
    .orderBy('made_at')
    .orderBy('message')
    .execute();

/** Who has an address in a letter that was not taken back. */
export async function readersByLink(db: Db, message: string): Promise<readonly string[]> {
  const query = db.selectFrom('answer_links').select('person').distinct().where('message', '=', message);
  const rows = await query.where('revoked_at', 'is', null).orderBy('person').execute();
  return rows.map(({ person }) => person);
}

/** Takes back the addresses of one letter; how many there were. Safe to repeat: the first reason stays. */
export async function revokeLinks(
  db: Db,
  message: string,
  { by, why }: { readonly by: string; readonly why: string },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('answer_links')
    .set({ revoked_at: sql<string>`clock_timestamp()`, revoked_by: by, revoked_because: why })
    .where('message', '=', message)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
