import type { CivilDate, Period } from '../dates.ts';
import type { Intention, Outline } from '../edition/outline.ts';
import type { Country, Party } from '../fields.ts';
import { rulesOf } from '../lifecycle.ts';

/** An edition as its programme knows it. */
export interface EditionOnRecord {
  /** The id of its case. */
  readonly edition: string;
  readonly number: number;
  readonly year: number;
  readonly openedOn: CivilDate;
  readonly from?: CivilDate;
  readonly to?: CivilDate;
  readonly outcome?: 'held' | 'closed' | 'cancelled';
}

/** The member state that leads the programme for a time. */
export interface CountryCoordinator {
  readonly country: Country;
  readonly party: Party;
  readonly since: CivilDate;
  readonly until: CivilDate;
}

/** What a programme knows of itself: the outline is what the next edition begins with. */
export interface Programme extends Outline {
  readonly stage: 'running' | 'suspended' | 'ended';
  readonly name: string;
  /** The year of its first edition. */
  readonly sinceYear: number;
  readonly period: Period;
  /** Editions held before it came into Entente, and since. */
  readonly editionsHeld: number;
  /** The first day of the next edition as planned; it gives the edition its year. */
  readonly nextStart: CivilDate;
  /** The day on which the next edition is opened. */
  readonly opensOn: CivilDate;
  /** So long before its planned start the next edition is opened; absent: on the same day of each period. */
  readonly opensBefore?: Period;
  /** Since when the next edition is waited for. */
  readonly waitingSince: CivilDate;
  /** The number of the last edition of whose opening the coordinator was told in advance. */
  readonly announced: number;
  /** How often the next number was opened: a cancelled edition leaves its number to another. */
  readonly attempts: number;
  readonly editions: readonly EditionOnRecord[];
  /** What is intended for the next edition. */
  readonly intention?: Intention;
  readonly skippedYears: readonly number[];
  readonly countryCoordinator?: CountryCoordinator;
}

/** What can happen to a programme. */
export type ProgrammeEvent = {
  type: 'described';
  changes: Partial<Pick<Outline, 'organisers' | 'funding' | 'purpose' | 'audience' | 'places'>>;
};

export const { command, lifecycle } = rulesOf<Programme, ProgrammeEvent>();
