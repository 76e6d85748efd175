import type { Command } from '../case/command.ts';
import type { Message } from '../case/effects.ts';
import type { CaseEvent, CaseState } from '../case/state.ts';
import type { Kind } from '../kinds.ts';
import type { Deadline } from '../ladder.ts';
import type { CaseHeader, Lifecycle } from '../lifecycle.ts';
import type { Calendar } from '../planning.ts';
import type { Refusal } from '../refusal.ts';

/** At hand for whoever knows the directory whole; else it is looked up when it is asked for. */
type Looked<T> = T | Promise<T>;

/** What a forecast needs to know beyond the cases that it begins with. */
export interface Known {
  /** A case that was told something, or whose id may be taken; undefined when there is none. */
  caseOf(id: string): Promise<CaseState | undefined>;
  /** The calendar by which a deadline counts. */
  calendarOf(deadline: Deadline, header: CaseHeader): Looked<Calendar>;
  /** Why nobody will have a letter, by the directory; undefined: somebody will. */
  nobodyFor(message: Message): Looked<string | undefined>;
  /**
   * What somebody's command puts on record, with what no rule can know, or why the directory has it refused; absent: as it
   * was decided.
   *
   * @param inMemory the cases that the forecast has, whether the register knows them yet or not
   */
  recorded?(asked: Asked, inMemory: ReadonlySet<string>): Promise<readonly CaseEvent[] | Refusal>;
}

/** A command or an opening that the rules take. */
export interface Asked {
  readonly lifecycle: Lifecycle;
  readonly command: Command & { readonly body: { readonly by: string } };
  readonly before: CaseState | undefined;
  readonly events: readonly CaseEvent[];
}

/** A case that is opened by somebody; `id` is that of the command. */
export interface OpeningCommand {
  readonly id: string;
  readonly kind: Kind;
  readonly fields: { readonly id: string; readonly by: string };
}
