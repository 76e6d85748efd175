import type { CaseEvent } from '../../../domain/case/state.ts';
import type { Instant } from '../../../domain/dates.ts';

/**
 * The four ledgers that are compared after a run. Whoever keeps one knows nothing of the others. `at` and `…At` that are
 * numbers are milliseconds of the machine's clock; instants are case time.
 */
export interface Ledgers {
  readonly driver: readonly DriverEntry[];
  readonly relay: readonly RelayEntry[];
  readonly register: Register;
  readonly histories: readonly CaseHistory[];
  /** When something that the system needs was away or slow, on purpose. */
  readonly outages: readonly Outage[];
}

interface Asked {
  readonly at: number;
  readonly case: string;
  readonly command: string;
  readonly id: string;
}

/** What the driver has asked and heard, one entry for each attempt and each answer. */
export type DriverEntry =
  | ({ readonly what: 'sent' } & Asked)
  | ({ readonly what: 'answered'; readonly event: number } & Asked)
  | ({ readonly what: 'refused'; readonly because: string } & Asked)
  /** No answer: whether it was carried out is not known, and it is asked again under its id. */
  | ({ readonly what: 'failed'; readonly because: string } & Asked)
  | ({ readonly what: 'gaveUp' } & Asked)
  /** The clock of a case stands at one of its due instants now. */
  | {
      readonly what: 'reached';
      readonly at: number;
      readonly case: string;
      readonly due: Instant;
      readonly isDown: boolean;
    };

/** One message that came to the relay with its whole body. */
export interface RelayEntry {
  readonly at: number;
  readonly messageId: string;
  readonly accepted: boolean;
  readonly fault?: string | undefined;
}

export interface RecordedEvent {
  readonly case: string;
  readonly event: CaseEvent;
  readonly recordedAt: number;
}

export interface RecordedMessage {
  readonly key: string;
  readonly case: string;
  readonly event: number;
  readonly deadline: string | null;
  readonly state: string;
  readonly messageId: string | null;
  readonly at: Instant;
  readonly sendAt: Instant;
  readonly changedAt: number;
}

export interface Register {
  readonly cases: readonly {
    readonly id: string;
    readonly kind: string;
    readonly number: number;
    readonly isClosed: boolean;
    readonly state: unknown;
  }[];
  readonly events: readonly RecordedEvent[];
  readonly commands: readonly { readonly case: string; readonly id: string; readonly event: number }[];
  readonly messages: readonly RecordedMessage[];
}

/** A case as Temporal has it: all of its runs together, and how the last one stands. */
export interface CaseHistory {
  readonly case: string;
  readonly runs: number;
  readonly status: string;
  /** The number of its last event as the workflow has it; absent when it does not answer. */
  readonly number?: number | undefined;
  readonly underWay?: number | undefined;
  /** The workflow's own time when it was asked. */
  readonly now: Instant;
  /** The ids of commands that stand anywhere in its histories. */
  readonly commandIds: ReadonlySet<string>;
}

export interface Outage {
  readonly of: string;
  readonly from: number;
  readonly until: number;
}

/**
 * - `lost`: what was acknowledged, decided or sent is not there.
 * - `doubled`: it is there twice.
 * - `stuck`: it has not come to its end and would not by itself.
 * - `late`: it came more than a minute after everything that it needs was back.
 * - `wrong`: two ledgers contradict each other in another way.
 */
export interface Finding {
  readonly kind: 'lost' | 'doubled' | 'stuck' | 'late' | 'wrong';
  readonly case: string;
  readonly says: string;
}
