import type { CommandDefinition, Lifecycle, Subject } from '../lifecycle.ts';
import { commandsOf, isOffered } from './command.ts';
import type { CaseState, LifecycleEvent, OpenDeadline } from './state.ts';

/** One way in which what is owed can be answered now. */
export interface AnswerWay {
  readonly command: string;
  readonly definition: CommandDefinition<Subject, LifecycleEvent>;
  /** The fields that are settled by what is owed. */
  readonly settled: Readonly<Record<string, unknown>>;
}

const whatOf = (deadline: string): string => deadline.split(':')[0] ?? deadline;

/** The commands that answer a deadline at one stage or another; none where the lifecycle names none. */
export const answeringCommands = (lifecycle: Lifecycle, deadline: string): readonly string[] =>
  Object.keys(lifecycle.answers?.[whatOf(deadline)] ?? {});

/** How somebody can answer a deadline as the case stands. */
export const answersTo = (
  lifecycle: Lifecycle,
  state: CaseState,
  deadline: OpenDeadline,
  by: string,
): readonly AnswerWay[] =>
  Object.entries(lifecycle.answers?.[whatOf(deadline.name)] ?? {}).flatMap(([command, settledBy]) => {
    const definition = commandsOf(lifecycle)[command];
    return definition && isOffered(lifecycle, state, { name: command, definition, by })
      ? [{ command, definition, settled: settledBy(deadline) }]
      : [];
  });
