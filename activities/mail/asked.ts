import { deadlineNamed, type DeadlineName } from '../../domain/deadline-name.ts';
import { answeringCommands } from '../../domain/case/answers.ts';
import type { Message } from '../../domain/case/effects.ts';
import { otherwiseFacts, otherwiseOf, owedBy } from '../../domain/case/otherwise.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { textOf } from '../../domain/case/succession.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { commandsNamedBy } from './lines-to-type.ts';

/** Whether a letter with this text, which chases nothing, asks for what a deadline is about: a command in it answers that. */
export function asksFor(lifecycle: Lifecycle, text: string): (deadline: DeadlineName) => boolean {
  const named = commandsNamedBy(text);
  return ({ what }) => answeringCommands(lifecycle, what).some((command) => named.has(command));
}

/** The deadline that a letter asks its reader to meet; undefined when it asks for nothing that is owed. */
export function askedIn(lifecycle: Lifecycle, state: CaseState, message: Message): string | undefined {
  const { deadline, answerBy, tone, text, to } = message;
  if (deadline ?? answerBy) return tone === 'past' ? undefined : (deadline ?? answerBy);
  const owed = owedBy(lifecycle, state, to);
  return owed.length > 0 ? owed.find(asksFor(lifecycle, text))?.name : undefined;
}

/** With what happens by itself if nobody does what it asks for; `owes` names the text of that. */
export function withOtherwise(lifecycle: Lifecycle, state: CaseState, message: Message): Message {
  const name = message.again ? undefined : askedIn(lifecycle, state, message);
  const otherwise = name === undefined ? undefined : otherwiseOf(lifecycle, state, name);
  if (name === undefined || !otherwise) return message;
  const facts = otherwiseFacts(otherwise);
  if (Object.keys(facts).length === 0) return message;
  // A reminder says itself what is owed, and by whom.
  const owed = message.deadline ? {} : { asksFor: textOf(lifecycle, deadlineNamed(name)), owedBy: message.to };
  return { ...message, facts: { ...message.facts, ...owed, ...facts } };
}
