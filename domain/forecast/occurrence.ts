import type { Message } from '../case/effects.ts';
import type { CaseEvent, CaseState, OpenDeadline } from '../case/state.ts';
import type { Instant } from '../dates.ts';
import type { Refusal } from '../refusal.ts';
import type { OtherCase } from './other-case.ts';

/** Something that happens by itself: in a case whose time has come, or in one that it tells or opens. */
export interface Occurrence {
  readonly at: Instant;
  /** The case as it stands afterwards, without its story. */
  readonly state: CaseState;
  readonly events: readonly CaseEvent[];
  /** What happens, in sentences; found when they are read. */
  readonly says: readonly string[];
  readonly letters: readonly Message[];
  /** What other cases are to take in, whether they do or not. */
  readonly tells: readonly OtherCase[];
  /** What another case has not taken in, where that is what this one is told. */
  readonly inVain?: { readonly key: string; readonly refusal: Refusal } | undefined;
  /** What is reminded of, or whose day is over. */
  readonly about?: OpenDeadline;
  /** The day that is over was no working day of whoever owed it. */
  readonly onDayOff?: boolean;
  /** The case that told or opened this one; absent: its own time has come. */
  readonly because?: string;
  /** Who asked for it, where somebody did. */
  readonly askedBy?: string;
}
