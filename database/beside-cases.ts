import { type Kysely, sql, type Transaction } from 'kysely';
import { notProved, type TakenUnproved } from '../domain/case/proof.ts';
import { besideCases, type DirectoryCommand, directoryCommands } from '../domain/directory-command.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { ProofOnRecord } from './proof-keys.ts';
import { keyThatProves, refuseWithoutProof } from './proved.ts';
import type { Database } from './schema.ts';

/** What somebody does beside the cases, as it is said to the register. */
export interface SaidBesideCases {
  /** One statement is good for one. */
  readonly id: string;
  readonly command: DirectoryCommand;
  /** SHA-256 of command and fields. */
  readonly digest: string;
  readonly proof?: string | undefined;
  /** Whom or what it is about, for whoever reads the record. */
  readonly about?: string | undefined;
}

/** Puts into a transaction what is said of what is done in it, and its proof: that is looked at, and kept, at the door. */
export const putStatement = async (trx: Transaction<Database>, said: SaidBesideCases): Promise<void> => {
  await sql`select set_config('entente.said', ${JSON.stringify(said)}, true)`.execute(trx);
};

async function saidIn(trx: Transaction<Database>, command: DirectoryCommand): Promise<SaidBesideCases | undefined> {
  const { rows } = await sql<{ said: string | null }>`
    select nullif(current_setting('entente.said', true), '') as said`.execute(trx);
  const said = JSON.parse(rows[0]?.said ?? 'null') as SaidBesideCases | null;
  return said?.command === command ? said : undefined;
}

/**
 * Puts on record that somebody does this and how they prove who they are, or refuses it for the lack of that. What is
 * refused later in the transaction takes this back with it.
 */
export async function putBesideCases(
  trx: Transaction<Database>,
  command: DirectoryCommand,
  by: string | undefined,
): Promise<Refusal | undefined> {
  const said = await saidIn(trx, command);
  const proof =
    said?.proof !== undefined && by !== undefined
      ? await provedBy(trx, { ...said, proof: said.proof }, by)
      : ((await refuseWithout(trx, command, by)) ?? { proved: false });
  if (isRefusal(proof)) return proof;
  const { rows } = await sql`
    insert into done_beside_cases (id, command, about, by, digest, proved, proof, key)
    values (${said?.id ?? sql`gen_random_uuid()::text`}, ${command}, ${said?.about ?? null}, ${by ?? null}, ${said?.digest ?? null},
      ${proof.proved}, ${proof.proof ?? null}, ${proof.key ?? null})
    on conflict do nothing returning id`.execute(trx);
  return rows.length > 0
    ? undefined
    : refuse('AlreadyDone', 'This has been taken before, under the same id; nothing has changed now.');
}

async function provedBy(
  trx: Transaction<Database>,
  { id, command, digest, proof }: SaidBesideCases & { readonly proof: string },
  by: string,
): Promise<ProofOnRecord | Refusal> {
  const key = await keyThatProves(trx, proof, { id, case: besideCases, command, digest, by });
  if (!isRefusal(key)) return { proved: true, proof, key };
  return takesAway(command) ? { proved: false } : key;
}

async function refuseWithout(
  trx: Transaction<Database>,
  command: DirectoryCommand,
  by: string | undefined,
): Promise<Refusal | undefined> {
  if (takesAway(command) || !(await isAnybodyThere(trx))) return undefined;
  if ('ofKey' in directoryCommands[command])
    return notProved(by ?? 'somebody', 'no key of theirs is at this computer; log in (`./entente login`)');
  const taken = await takenUnproved(trx);
  if (by !== undefined) return refuseWithoutProof(trx, { by, command, at: new Date().toISOString() }, taken);
  return taken === 'anybody'
    ? undefined
    : refuse('NotProved', 'Nobody is named who does this: say who you are with --as PERSON.');
}

const takesAway = (command: DirectoryCommand): boolean => 'takesAway' in directoryCommands[command];

/** Before there is anybody nobody can prove to be somebody: a directory has to begin. */
async function isAnybodyThere(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select exists (select from people) as is`.execute(db);
  return rows[0]?.is ?? false;
}

/** Whose word is taken without a proof, as the worker has said that started last; before the first, that of operators. */
export async function takenUnproved(db: Kysely<Database>): Promise<TakenUnproved> {
  const found = await db.selectFrom('taken_unproved').select('whose').executeTakeFirst();
  return found?.whose ?? 'operators';
}

/** Says so for the commands that no worker sees. Safe to repeat: it comes out the same. */
export const sayTakenUnproved = async (db: Kysely<Database>, whose: TakenUnproved): Promise<void> => {
  await sql`insert into taken_unproved (whose) values (${whose})
    on conflict (only_one) do update set whose = excluded.whose, since = clock_timestamp()
    where taken_unproved.whose <> excluded.whose`.execute(db);
};
