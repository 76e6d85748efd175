import type { CivilDate, Period } from '../dates.ts';
import type { Described, fixedFields, FocalPoint, Intention, Outline, OutlinedActivity } from '../edition/outline.ts';
import type { EditionPeriods } from '../edition/periods.ts';
import type { Question } from '../evaluation.ts';
import type { Country, KeptOf, Party } from '../fields.ts';
import { rulesOf } from '../lifecycle.ts';

/** An edition as its programme knows it. */
export interface EditionOnRecord {
  /** The id of its case. */
  readonly edition: string;
  readonly number: number;
  readonly year: number;
  readonly openedOn: CivilDate;
  /** Its first and last day, once they are fixed. */
  readonly from?: CivilDate;
  readonly to?: CivilDate;
  readonly outcome?: 'held' | 'closed' | 'cancelled';
}

/** The state that leads the programme for a time, usually two years. */
export interface CountryCoordinator {
  readonly country: Country;
  readonly party: Party;
  readonly since: CivilDate;
  readonly until: CivilDate;
  /** Nobody named its last day; what was said before does not say so, and is handed over on the day as it falls. */
  readonly byRule?: true;
}

/** What a programme knows of itself; as an outline it holds what its next edition begins with. */
export interface Programme extends Outline, EditionPeriods {
  readonly stage: 'running' | 'suspended' | 'ended';
  /** The year of its first edition. */
  readonly sinceYear: number;
  readonly period: Period;
  /** Editions that were held, before it came into Entente and since. */
  readonly editionsHeld: number;
  /** The first day of the next edition as planned; it gives that edition its year. */
  readonly nextStart: CivilDate;
  /** The day on which the next edition is opened. */
  readonly opensOn: CivilDate;
  /** So long before its planned start the next edition is opened; absent: on the same day of each period. */
  readonly opensBefore?: Period;
  /** Since when the next edition is waited for. */
  readonly waitingSince: CivilDate;
  /** The number of the last edition of whose opening the coordinator was told in advance. */
  readonly announced: number;
  readonly editions: readonly EditionOnRecord[];
  /** What is intended for the next edition. */
  readonly intended?: Intention;
  readonly skippedYears: readonly number[];
  readonly countryCoordinator?: CountryCoordinator;
}

export type OpeningPlanned = Pick<Programme, 'nextStart' | 'opensOn' | 'opensBefore'>;

export interface EditionOpened extends KeptOf<typeof fixedFields> {
  readonly type: 'editionOpened';
  readonly edition: string;
  readonly nth: number;
  readonly year: number;
  readonly start: CivilDate;
  /** Taken along by this edition, so that the next one has its own. */
  readonly intended?: Intention;
}

/** What can happen to a programme. */
export type ProgrammeEvent =
  | { type: 'described'; changes: Partial<Described> }
  | { type: 'placesChanged'; places: number; placesPerState?: number }
  | { type: 'activitiesOutlined'; activities: readonly OutlinedActivity[]; days?: number }
  | { type: 'questionsSet'; questions: readonly Question[] }
  | ({ type: 'stateInvited' } & FocalPoint)
  | ({ type: 'focalPointChanged' } & FocalPoint)
  | { type: 'stateDropped'; country: Country }
  | ({ type: 'nextIntended'; edition?: string } & Intention)
  | ({ type: 'openingPlanned' } & OpeningPlanned)
  | { type: 'openingAnnounced'; nth: number }
  | EditionOpened
  | { type: 'yearSkipped'; year: number }
  | { type: 'editionFixed'; edition: string; from: CivilDate; to: CivilDate }
  | { type: 'editionHeld'; edition: string; nth: number; on: CivilDate; changes: Partial<Outline> }
  | { type: 'editionClosed'; edition: string }
  | { type: 'editionCancelled'; edition: string; nth: number }
  | ({ type: 'coordinationHandedOver'; former?: Party } & CountryCoordinator)
  | { type: 'suspended' }
  | ({ type: 'resumed' } & OpeningPlanned)
  | { type: 'ended' };

export const { command, eventRules, lifecycle } = rulesOf<Programme, ProgrammeEvent>();

/** The number of the next edition: one that was cancelled leaves its number to it. */
export const nextNumber = ({ editionsHeld, editions }: Programme): number =>
  Math.max(editionsHeld, ...editions.flatMap(({ number, outcome }) => (outcome === 'cancelled' ? [] : number))) + 1;

export const yearOf = (day: CivilDate): number => Number(day.slice(0, 4));

export const nextYear = ({ nextStart }: Programme): number => yearOf(nextStart);

export const editionOf = ({ editions }: Programme, id: string): EditionOnRecord | undefined =>
  editions.find(({ edition }) => edition === id);
