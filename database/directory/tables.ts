import type { Generated } from 'kysely';
import type { ServiceRole } from '../../domain/service-role.ts';

/** The tables of people, agencies and countries: who they are, and where their mail goes. */

export interface CountryTable {
  code: string;
  name: string;
  zone: string;
  language: string;
}

export interface AgencyTable {
  id: string;
  country: string;
  name: string;
  /** The mailbox that answers for it when it has no contact. */
  email: string | null;
  contact: string | null;
}

export interface PersonTable {
  id: string;
  name: string;
  email: string | null;
  agency: string;
  office: string | null;
  /** As the zone, that of the country of their agency unless it is said. */
  language: string | null;
  zone: string | null;
  superior: string | null;
  /** Written to, in order, when `email` bounces; without an `email` there is none. */
  other_addresses: Generated<string[]>;
  /** Working hours as `HH:MM` in the person's zone. */
  working_from: Generated<string>;
  working_until: Generated<string>;
  /** The first day on which they no longer serve, in their zone. */
  left_on: Generated<string | null>;
  left_by: Generated<string | null>;
  /** Has a terminal: letters say the command as well. */
  terminal: Generated<boolean>;
}

/** Who is away, both days included in their zone. Nothing is deleted: `back_on`, the first day of being there, cuts it short. */
export interface AbsenceTable {
  person: string;
  from_day: string;
  until_day: string;
  stand_in: string;
  by: string;
  recorded_at: Generated<string>;
  back_on: Generated<string | null>;
  back_by: Generated<string | null>;
  back_recorded_at: Generated<string | null>;
}

/** What somebody is in the service. Nothing is deleted: who ends a role gives it a last day, or one before its first. */
export interface RoleTable {
  number: Generated<number>;
  person: string;
  role: ServiceRole;
  /** Null: of all agencies of the country, which a reader alone may be. */
  agency: string | null;
  country: Generated<string | null>;
  /** In the zone of the person, as `until_day`, the last one; null: since ever, for as long as they serve. */
  from_day: string | null;
  until_day: string | null;
  by: string;
  recorded_at: Generated<string>;
  ended_by: Generated<string | null>;
  ended_at: Generated<string | null>;
}

/** A role of Postgres that reads the cases of an agency, or of all agencies of a country, and nothing else. */
export interface ReadingLoginTable {
  login: string;
  agency: string | null;
  country: string | null;
  given_at: Generated<string>;
}

/** An address, in small letters, that mail came back from; it stands until somebody says that it is reachable. */
export interface BounceTable {
  address: string;
  /** Who said so: a person, or `entente` for what the mail server answered. */
  by: string;
  why: string;
  recorded_at: Generated<string>;
  reachable_by: Generated<string | null>;
  reachable_at: Generated<string | null>;
}

/** Whose mail goes to another address since then, by whose word; a null `became` is none at all. Only `told_at` and `reply` may be written later. */
export interface AddressChangeTable {
  number: Generated<number>;
  /** `person/ID` or `agency/ID`. */
  holder: string;
  name: string;
  was: string;
  became: string | null;
  by: string;
  at: Generated<string>;
  /** When the old address was told, at the first byte of that mail. */
  told_at: Generated<string | null>;
  /** What the mail server said to it last. */
  reply: Generated<string | null>;
}

/** A view: the first address of a person or an agency that does not bounce; null when all do, no row when there is none. */
export interface MailAddressView {
  kind: 'person' | 'agency';
  id: string;
  address: string | null;
}
