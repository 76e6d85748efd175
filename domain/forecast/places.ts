import type { CivilDate, Instant } from '../dates.ts';
import type { Country, Party } from '../fields.ts';

/** A day on which a country, or an agency in it, does not work. */
export interface DayOff {
  readonly on: CivilDate;
  readonly country: Country;
  /** "Independence Movement Day", "Saturday", "office closed". */
  readonly name: string;
  /** Off every week. */
  readonly weekly: boolean;
}

/** Somebody is not there: for some days, both included, or from a day on for good. */
export interface Gap {
  readonly person: string;
  readonly name: string;
  readonly why: 'away' | 'left';
  readonly from: CivilDate;
  /** Absent: for good. */
  readonly until?: CivilDate;
  readonly standIn?: string;
}

/** What a directory and calendars say of those whom a forecast names. */
export interface Places {
  /**
   * Undefined: a day on which they work, or nobody who is known.
   *
   * @param where a country, `GR`, or a party, `agency/klid`
   */
  dayOff(where: string, on: CivilDate): DayOff | undefined;
  /** Public holidays of a country in the time that is looked at, and days that were said to be off; none that are so every week. */
  holidays(country: Country): readonly DayOff[];
  /** Whether whoever owes something, or the contact of an agency that does, is not there on a day. */
  gap(party: Party, on: CivilDate): Gap | undefined;
  /** Everybody who is away or leaves in the time that is looked at. */
  readonly gaps: readonly Gap[];
}

/** When a letter reaches whom. */
export interface Posted {
  readonly to: string;
  /** The first moment of its reader's working hours. */
  readonly at: Instant;
  /** `person/kim-minji`, or `agency/klid` for a mailbox that is shared; absent: nobody will have it. */
  readonly reader?: string;
  /** Who is not there to read it. */
  readonly insteadOf?: Gap;
}
