import type { Instant } from '../domain/dates.ts';

/** A command's fields in one record: who acts, why, and what the command itself takes. */
export type Body = { readonly by: string; readonly reason?: string | undefined } & Readonly<Record<string, unknown>>;

/** An opening's fields in one record: what every case has, and what its kind takes. */
export type OpeningFields = {
  /** The readable id, unique among the kind: `kr-gr-2017`. */
  readonly id: string;
  readonly by: string;
  readonly title: string;
  readonly countries: readonly string[];
  readonly coordinator: string;
} & Readonly<Record<string, unknown>>;

export interface CommandOptions {
  /** Chosen before sending: the same id with the same content is done once. */
  readonly commandId?: string | undefined;
  /** Of a played case only: its clock runs on to this instant before. */
  readonly asOf?: Instant | undefined;
}

export interface OpeningOptions {
  readonly commandId?: string | undefined;
  /** Plays the case from this instant on, instead of now. */
  readonly startsAt?: Instant | undefined;
}

/** A command as it is sent. */
export interface CommandRequest {
  readonly caseId: string;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly commandId: string;
  readonly asOf?: Instant | undefined;
}

export interface OpeningRequest {
  readonly kind: string;
  readonly opening: Readonly<Record<string, unknown>>;
  readonly commandId: string;
  readonly startsAt?: Instant | undefined;
}
