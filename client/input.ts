import { bodyOf, commandsOf } from '../domain/case/command.ts';
import { linkIdPrefix, refuseCommandId } from '../domain/case/command-id.ts';
import { faultsIn, sentenceOfFaults } from '../domain/case/faults.ts';
import { kindOf, openingSchema } from '../domain/case/opening.ts';
import { caseId } from '../domain/fields.ts';
import { isKind, kinds, lifecycles } from '../domain/kinds.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import { refuseOversized } from '../domain/limits.ts';
import { refuse } from '../domain/refusal.ts';
import { RefusedError, unlessRefused } from './errors.ts';

/** @throws {@link RefusedError} */
export function lifecycleOf(kind: string): Lifecycle {
  if (isKind(kind)) return lifecycles[kind];
  throw new RefusedError(refuse('UnknownKind', `There is no kind of case "${kind}"; there are ${kinds.join(', ')}.`));
}

/**
 * The lifecycle that a case id speaks of.
 *
 * @throws {@link RefusedError} if the id has odd characters in it or names no kind
 */
export function lifecycleOfCase(id: string): Lifecycle {
  if (!caseId.safeParse(id).success)
    throw new RefusedError(
      refuse('InvalidInput', `"${id}" is no case id; it looks like mou/kr-gr-2017 (a-z, 0-9 and "-").`),
    );
  return lifecycleOf(kindOf(id));
}

/** @throws {@link RefusedError} if the kind has no such command, or the body is not what it takes */
export function checkCommand(lifecycle: Lifecycle, name: string, body: unknown): void {
  const commands = commandsOf(lifecycle);
  const definition = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!definition)
    throw new RefusedError(
      refuse(
        'UnknownCommand',
        `A case of kind ${lifecycle.kind} has no command "${name}"; it has ${Object.keys(commands).join(', ')}.`,
      ),
    );
  unlessRefused(refuseOversized(body));
  const faults = faultsIn(bodyOf(definition), body);
  // The lack of a reason has a code of its own, which the rules give.
  if (faults.some(({ path }) => path[0] !== 'reason'))
    throw new RefusedError(refuse('InvalidInput', sentenceOfFaults(faults)));
}

/** @throws {@link RefusedError} */
export function checkOpening(lifecycle: Lifecycle, opening: unknown): void {
  unlessRefused(refuseOversized(opening));
  const faults = faultsIn(openingSchema(lifecycle), opening);
  if (faults.length > 0) throw new RefusedError(refuse('InvalidInput', sentenceOfFaults(faults)));
}

/** @throws {@link RefusedError} if it can be the id of no command */
export function checkedId(id: string): string {
  unlessRefused(refuseCommandId(id));
  return id;
}

/**
 * What was answered by the link of a letter says so by its id: nobody else takes one of that form.
 *
 * @throws {@link RefusedError}
 */
export function refuseIdOfLink(id: string): void {
  if (!id.startsWith(linkIdPrefix)) return;
  const because = `Ids that begin with "${linkIdPrefix}" are those of answers given by the link of a letter; take another.`;
  throw new RefusedError(refuse('InvalidInput', because));
}
