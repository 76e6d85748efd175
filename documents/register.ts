import type { Kysely } from 'kysely';
import { type AgencyRow, type CountryRow, type Database, type PersonRow } from '../database/schema.ts';
import { readDirectory } from '../database/directory.ts';
import { findCase, listEvents } from '../database/lists.ts';
import type { FollowUpAction } from '../domain/action/state.ts';
import type { Appointment } from '../domain/appointment/state.ts';
import type { CaseState } from '../domain/case/state.ts';
import { kindOf } from '../domain/case/opening.ts';
import type { Committee } from '../domain/committee/state.ts';
import type { Instant } from '../domain/dates.ts';
import type { Edition } from '../domain/edition/state.ts';
import type { Meeting } from '../domain/meeting/state.ts';
import type { Mou } from '../domain/mou/state.ts';
import type { Programme } from '../domain/programme/state.ts';
import type { Visit } from '../domain/visit/state.ts';
import type { Workshop } from '../domain/workshop/state.ts';
import { everyRow } from './every-row.ts';

/** What a case of each kind that documents read knows of itself. */
export interface Subjects {
  readonly action: FollowUpAction;
  readonly appointment: Appointment;
  readonly committee: Committee;
  readonly edition: Edition;
  readonly meeting: Meeting;
  readonly mou: Mou;
  readonly programme: Programme;
  readonly visit: Visit;
  readonly workshop: Workshop;
}

/** The register as a document reads it; it remembers how recent the newest of what it read is. */
export class Register {
  readonly db: Kysely<Database>;
  readonly #agencies: ReadonlyMap<string, AgencyRow>;
  readonly #people: ReadonlyMap<string, PersonRow>;
  readonly #countries: ReadonlyMap<string, CountryRow>;
  readonly #standing: CaseState | undefined;
  #asOf: Instant | undefined;
  #profileAsOf: Instant | undefined;

  private constructor(
    db: Kysely<Database>,
    { agencies, people, countries }: Awaited<ReturnType<typeof readDirectory>>,
    standing: CaseState | undefined,
  ) {
    this.db = db;
    this.#standing = standing;
    this.#agencies = new Map(agencies.map((row) => [row.id, row]));
    this.#people = new Map(people.map((row) => [row.id, row]));
    this.#countries = new Map(countries.map((row) => [row.code, row]));
  }

  /** @param standing a case as it will stand, in place of what is on record of it */
  static async open(db: Kysely<Database>, standing?: CaseState): Promise<Register> {
    return new Register(db, await readDirectory(db), standing);
  }

  /** When the last thing happened to any of the cases that were read; without a case, when the profile was recorded. Nothing on record has no time. */
  get asOf(): Instant | undefined {
    return this.#asOf ?? this.#profileAsOf;
  }

  sawCase({ lastAt }: { lastAt: Instant }): void {
    if (!this.#asOf || lastAt > this.#asOf) this.#asOf = lastAt;
  }

  sawProfile(recordedAt: Instant): void {
    if (!this.#profileAsOf || recordedAt > this.#profileAsOf) this.#profileAsOf = recordedAt;
  }

  /** A case of one kind, or nothing if there is none of this id. */
  async find<K extends keyof Subjects>(
    kind: K,
    id: string | undefined,
  ): Promise<CaseState<Subjects[K] & { stage: string }> | undefined> {
    if (id === undefined || kindOf(id) !== kind) return undefined;
    const state = this.#standing?.id === id ? this.#standing : (await findCase(this.db, id))?.state;
    if (!state) return undefined;
    this.sawCase(state);
    // The register holds what the lifecycle of this kind has folded.
    return state as unknown as CaseState<Subjects[K] & { stage: string }>;
  }

  /** Several cases of one kind, in the order of the ids; those that there are not are left out. */
  async all<K extends keyof Subjects>(kind: K, ids: readonly string[]) {
    const found = await Promise.all(ids.map((id) => this.find(kind, id)));
    return found.filter((state) => state !== undefined);
  }

  /** When a case was cancelled, and why. */
  async cancellationOf(id: string): Promise<{ readonly at: Instant; readonly reason: string | null } | undefined> {
    const events = await everyRow((page) => listEvents(this.db, id, page));
    return events.find(({ type }) => type === 'cancelled');
  }

  /** The agency `agency/klid`, or that of `person/kim-minji`. */
  agencyOf(party: string): AgencyRow | undefined {
    const [kind, id = ''] = party.split('/');
    return this.#agencies.get(kind === 'person' ? (this.#people.get(id)?.agency ?? '') : id);
  }

  agency(id: string): { name: string; country: string } | undefined {
    return this.#agencies.get(id);
  }

  countryName(code: string | undefined): string | undefined {
    return code === undefined ? undefined : this.#countries.get(code)?.name;
  }

  isCountry(code: string): boolean {
    return this.#countries.has(code);
  }

  agenciesOf(country: string): readonly AgencyRow[] {
    return [...this.#agencies.values()].filter((agency) => agency.country === country);
  }

  person(id: string): { name: string; office: string | null; agency: string } | undefined {
    return this.#people.get(id);
  }

  /** The name of `agency/klid` or `person/kim-minji`. */
  partyName(party: string): string | undefined {
    const [kind, id = ''] = party.split('/');
    return (kind === 'person' ? this.person(id) : this.agency(id))?.name;
  }
}
