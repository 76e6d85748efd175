import { partyOfPerson } from '../fields.ts';
import type { Deadline } from '../ladder.ts';
import type { AnswerRules, CommandDefinition, Lifecycle, SettledFields, Subject } from '../lifecycle.ts';
import { commandsOf, isOffered } from './command.ts';
import { facts } from './settled.ts';
import type { CaseState, LifecycleEvent, OpenDeadline } from './state.ts';

/** One way in which what is owed can be answered now. */
export interface AnswerWay {
  readonly command: string;
  readonly definition: CommandDefinition<Subject, LifecycleEvent>;
  /** The fields that are settled by what is owed. */
  readonly settled: Readonly<Record<string, unknown>>;
  /** Whether all its fields are asked for: of what the coordinator owes; others who answer a letter say less. */
  readonly asksAll: boolean;
}

const whichDate = facts({ deadline: 'deadline' });

/** What the core asks for, in cases of all kinds. */
const commonAnswers: AnswerRules = { extension: { grantExtension: whichDate, refuseExtension: whichDate } };

const named: SettledFields = ({ name }) => ({ deadline: name });

/** By command, how what is owed can be answered, by WHAT of its deadline. Whoever can answer something can ask for more time as well. */
export function answersOf({ answers }: Lifecycle, what: string): AnswerRules[string] {
  const own = answers?.[what];
  return own ? { ...own, askExtension: named } : (commonAnswers[what] ?? {});
}

/** The commands that answer a deadline at one stage or another; none where the lifecycle names none. */
export const answeringCommands = (lifecycle: Lifecycle, what: string): readonly string[] =>
  Object.keys(answersOf(lifecycle, what));

/** What a deadline settles of the fields of a command that answers it. */
export const settledFields = (lifecycle: Lifecycle, command: string, deadline: Deadline) =>
  answersOf(lifecycle, deadline.what)?.[command]?.(deadline) ?? {};

/** Whether a command answers any deadline by a rule. */
export const isAnswer = (lifecycle: Lifecycle, command: string): boolean =>
  [...Object.keys(lifecycle.answers ?? {}), ...Object.keys(commonAnswers)].some((what) =>
    answeringCommands(lifecycle, what).includes(command),
  );

/** How somebody can answer a deadline as the case stands. */
export const answersTo = (
  lifecycle: Lifecycle,
  state: CaseState,
  deadline: OpenDeadline,
  by: string,
): readonly AnswerWay[] =>
  Object.entries(answersOf(lifecycle, deadline.what)).flatMap(([command, settledBy]) => {
    const definition = commandsOf(lifecycle)[command];
    return definition && isOffered(lifecycle, state, { name: command, definition, by })
      ? [
          {
            command,
            definition,
            settled: settledBy(deadline),
            asksAll: deadline.owedBy === partyOfPerson(state.coordinator),
          },
        ]
      : [];
  });
