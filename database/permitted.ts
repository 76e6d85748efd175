import type { Kysely } from 'kysely';
import { type Command, commandsOf } from '../domain/case/command.ts';
import { giverIn } from '../domain/case/command-id.ts';
import { system } from '../domain/case/due.ts';
import { givenFor, agenciesCoordinated, refuseOthers } from '../domain/case/permission.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { Instant } from '../domain/dates.ts';
import { isOfCases, type Lifecycle } from '../domain/lifecycle.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { actorIn, inService, type InService, type Way } from './actor.ts';
import type { Database } from './schema.ts';
import { surroundingsOf } from './surroundings.ts';

interface Given {
  readonly command: Pick<Command, 'name' | 'body'> & { readonly id?: string };
  readonly before: CaseState | undefined;
  /** Case time. */
  readonly at: Instant;
  /** Of an opening: who is to coordinate it. */
  readonly coordinator: string;
}

/** Refuses what is not this person's to give, by their positions in the case and by the directory of that day. */
export async function refuseNotTheirs(
  db: Kysely<Database>,
  lifecycle: Lifecycle,
  given: Given,
  way: Way = {},
): Promise<Refusal | undefined> {
  const permitted = await permittedFor(db, lifecycle, given, way);
  return isRefusal(permitted) ? permitted : undefined;
}

/** The same, and whom they stand in for where that alone gives them the right. */
export async function permittedFor(
  db: Kysely<Database>,
  lifecycle: Lifecycle,
  { command, before, at, coordinator }: Given,
  way: Way = {},
): Promise<Refusal | string | undefined> {
  const { by, ...input } = command.body as { readonly by: string } & Record<string, unknown>;
  if (by === system || giverIn(command.id)) return undefined;
  if (!before) return refuseOpener(db, await inService(db, by, at), lifecycle.kind, coordinator);
  const definition = commandsOf(lifecycle)[command.name];
  if (!definition || isOfCases(definition)) return undefined;
  const actor = await actorIn(db, lifecycle, before, by, at, { commandId: command.id, ...way });
  const asked = { name: command.name, definition, input };
  return refuseOthers(lifecycle, before, asked, actor) ?? givenFor(lifecycle, before, asked, actor);
}

async function refuseOpener(
  db: Kysely<Database>,
  { person, roles, isFree }: InService,
  kind: string,
  coordinator: string,
): Promise<Refusal | undefined> {
  if (isFree) return undefined;
  const agency = (await surroundingsOf(db, [`person/${coordinator}`])).people.get(coordinator)?.agency;
  if (agency !== undefined && agenciesCoordinated(roles).has(agency)) return undefined;
  return refuse(
    'NotYours',
    `${person} may not open a case of kind ${kind} that ${coordinator} coordinates; a coordinator of ${agency ?? 'that agency'} may (see \`./entente role list\`).`,
  );
}
