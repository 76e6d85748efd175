import { answersOf } from '../case/answers.ts';
import { commandsOf } from '../case/command.ts';
import { nothing } from '../case/settled.ts';
import { deadlineNamed } from '../deadline-name.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { caseInWords, type ScenarioStep, type When } from './step.ts';

/**
 * Whether two steps answer one question at one time, so that the second cannot be taken whenever the first is: the first leads
 * to stages at which nobody gives the second. Where they say otherwise about something, they may be about different things.
 */
export function isSecondAnswer(lifecycle: Lifecycle, first: ScenarioStep, second: ScenarioStep): boolean {
  if (caseInWords(first.case) !== caseInWords(second.case) || !isSameTime(first.when, second.when)) return false;
  const question = questionOf(lifecycle, first);
  if (question === undefined || question !== questionOf(lifecycle, second)) return false;
  if (Object.entries(first.with).some(([field, value]) => field in second.with && second.with[field] !== value))
    return false;
  const { to = [] } = commandsOf(lifecycle)[first.do] ?? {};
  const { from = [] } = commandsOf(lifecycle)[second.do] ?? {};
  return to.length > 0 && from.length > 0 && !to.some((stage) => from.includes(stage));
}

const isSameTime = (one: When, other: When): boolean =>
  !('at' in one) &&
  !('at' in other) &&
  one.from === other.from &&
  one.days === other.days &&
  (one.unit === other.unit || one.days === 0);

/** The one question that a step answers by a rule; undefined where it may be one of several. */
function questionOf(lifecycle: Lifecycle, { do: command, answers }: ScenarioStep): string | undefined {
  const questions = Object.keys(lifecycle.answers ?? {}).filter(
    (what) => command in (answersOf(lifecycle, what) ?? {}),
  );
  if (answers !== undefined) {
    const { what, item } = deadlineNamed(answers);
    return questions.includes(what) && (item !== undefined || isAlone(lifecycle, what, command)) ? answers : undefined;
  }
  const [only, ...others] = questions;
  return only !== undefined && others.length === 0 && isAlone(lifecycle, only, command) ? only : undefined;
}

/** Whether the question has no item that the answer would have to name. */
const isAlone = (lifecycle: Lifecycle, what: string, command: string): boolean =>
  answersOf(lifecycle, what)?.[command] === nothing;
