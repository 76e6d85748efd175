import type { Afresh, OnRecord } from '../../database/on-record.ts';
import type { Command } from '../../domain/case/command.ts';
import type { CaseEvent, CaseState } from '../../domain/case/state.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Plan } from '../../domain/ladder.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { RulesVersion } from '../../domain/rules-version.ts';
import type { Answer } from '../../workflows/messages.ts';

/** What a case and the register say to each other. Histories hold it: nothing here may change what it means. */

export interface RecordInput {
  readonly kind: string;
  /** The case as it knows itself; undefined when it is being opened. */
  readonly before?: CaseState | undefined;
  readonly events: readonly CaseEvent[];
  /** What was asked, when somebody asked; `opening` is the name under which a case is opened. */
  readonly command?: Command | undefined;
  /** A case that plays other years: its readers keep their hours, whatever mailbox takes its mail. */
  readonly played?: boolean | undefined;
  /** Case time: an event that was overdue carries an earlier one. Absent in cases of earlier versions: that of the events. */
  readonly now?: Instant | undefined;
  /** By which the events were decided. Absent in cases of earlier versions: then nobody knows. */
  readonly rules?: RulesVersion | undefined;
}

export type RecordOutcome =
  | {
      readonly outcome: 'recorded';
      /**
       * As they stand on record. Temporal may put this outcome into a later workflow task than the one that asked for it, so a
       * replay decides by another clock. Absent in histories of earlier versions.
       */
      readonly events?: readonly CaseEvent[] | undefined;
      readonly plans: readonly Plan[];
      readonly answer?: Answer | undefined;
      /** When messages go, by their keys. One that is missing goes at once, as all did in earlier versions. */
      readonly sendAt?: SendTimes | undefined;
    }
  /** The same command is on record: this is what it was answered. */
  | { readonly outcome: 'answered'; readonly answer: Answer }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** Nothing was written: an attempt that the case knows nothing of has put these events on record. */
  | { readonly outcome: 'ahead'; readonly onRecord: CaseOnRecord };

/** What the register has of a case beyond what the case itself knows. */
export type CaseOnRecord = Omit<OnRecord, 'answers'> & {
  readonly answers: readonly (readonly [commandId: string, answer: Answer])[];
};

export interface CatchUpInput {
  readonly kind: string;
  readonly case: string;
  /** The case as it knows itself; undefined when it knows nothing yet. */
  readonly before?: CaseState | undefined;
  /** What is asked of it. A case that knows nothing has been opened by this command, or is somebody else's. */
  readonly commandId?: string | undefined;
  /** It is reading its events again. */
  readonly afresh?: Afresh | undefined;
}

export type SendTimes = Readonly<Record<string, Instant>>;
