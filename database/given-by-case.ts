import type { Kysely } from 'kysely';
import { type Command, commandsOf } from '../domain/case/command.ts';
import { giverIn, refuseCommandId } from '../domain/case/command-id.ts';
import { type KeyedEffect, targetOf } from '../domain/case/effects.ts';
import { fold } from '../domain/case/evolve.ts';
import { kindOf } from '../domain/case/opening.ts';
import { transition } from '../domain/case/transition.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';
import { isOfCases, type Lifecycle } from '../domain/lifecycle.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import { readEvents } from './register.ts';
import type { Database } from './schema.ts';

/** What is asked of which case: `opening` is the name under which it is opened. */
export interface Asked {
  readonly lifecycle: Lifecycle;
  readonly case: string;
  readonly command: Command;
}

/**
 * Refuses what only cases say, unless one does. Whoever reaches Temporal can send what they like under any id, so an id
 * that is a case's is believed only if that case's own record leads to this very word: this command, to this case.
 */
export async function refuseForged(db: Kysely<Database>, asked: Asked): Promise<Refusal | undefined> {
  const { lifecycle, command } = asked;
  if (giverIn(command.id)) return (await isOnRecord(db, asked)) ? undefined : forged(command.id);
  const definition = commandsOf(lifecycle)[command.name];
  if (definition && isOfCases(definition))
    return refuse(
      'NotAParty',
      `${command.name} is what other cases say when it has happened there; nobody else gives it.`,
    );
  return refuseCommandId(command.id);
}

const forged = (id: string): Refusal =>
  refuse(
    'NotAParty',
    `The id ${id} is that of a case's own word, and that case has said no such thing; choose another id.`,
  );

async function isOnRecord(db: Kysely<Database>, { case: id, command }: Asked): Promise<boolean> {
  const effect = await effectOnRecord(db, command.id);
  if (!effect || targetOf(effect) !== id) return false;
  return effect.type === 'open'
    ? command.name === 'opening'
    : effect.type === 'tell' && effect.command === command.name;
}

/** What the register says is to be done under this key, by the rules of today, as a case does that goes on from the register. */
async function effectOnRecord(db: Kysely<Database>, key: string): Promise<KeyedEffect | undefined> {
  const giver = giverIn(key);
  const kind = giver && kindOf(giver.case);
  if (!giver || !kind || !isKind(kind)) return undefined;
  const lifecycle = lifecycles[kind];
  const events = await readEvents(db, giver.case, giver.event);
  const [cause] = events.splice(-1);
  if (cause?.number !== giver.event) return undefined;
  const before = events.length > 0 ? fold(lifecycle, events) : undefined;
  return transition(lifecycle, before, [cause]).effects.find((effect) => effect.key === key);
}
