import { type Kysely, sql } from 'kysely';
import type { Actor } from '../domain/case/permission.ts';
import { type CaseState, plannedDeadlines } from '../domain/case/state.ts';
import { linkIn } from '../domain/case/command-id.ts';
import { once } from '../domain/case/once.ts';
import { dayIn, type Instant } from '../domain/dates.ts';
import type { Party } from '../domain/fields.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import type { ServiceRole } from '../domain/service-role.ts';
import { addresseeOf } from './addressee.ts';
import { findLink, signInOf } from './answer-links.ts';
import { byKey } from './prepared.ts';
import type { AnswerLinkRow, Database } from './schema.ts';
import { hasLeft, knownWhole, type Person, type Surroundings, surroundingsOf } from './surroundings.ts';

type Db = Kysely<Database>;

interface HeldRole {
  readonly person: string;
  readonly role: ServiceRole;
  /** None of whoever reads for a country. */
  readonly agency: string | null;
}

/** What the directory says of somebody on a day, whatever the case. */
export interface InService {
  readonly person: string;
  /** Whose rights they have, and from whom: `person/ID`, `agency/ID`. */
  readonly rights: ReadonlyMap<string, string>;
  /** Of theirs, and of those for whom they stand in. */
  readonly roles: readonly HeldRole[];
  /** No role has ever been given: whoever is at a terminal opens cases and changes the directory. */
  readonly isFree: boolean;
}

/** Whether anybody has ever been given a role. Until then everybody at a terminal opens cases and changes the directory. */
export async function areRolesGiven(db: Db): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select exists (select from roles) as is`.execute(db);
  return rows[0]?.is ?? false;
}

/** For whom somebody acts at a moment: themselves, and those whose mail they read instead of them. */
export async function insteadOfWhom(db: Db, person: string, at: Instant): Promise<readonly Person[]> {
  const { rows } = await sql<{ id: string }>`${byKey}
    select person as id from absences where stand_in = ${person}
      and ${at}::timestamptz::date between from_day - 1 and until_day + 1
    union select id from people where left_on is not null and (superior = ${person}
      or agency in (select id from agencies where contact = ${person}))`.execute(db);
  const others: Person[] = [];
  for (const { id } of rows) {
    const reader = await addresseeOf(db, `person/${id}`, { at });
    const other = (await surroundingsOf(db, [`person/${id}`])).people.get(id);
    if (other && 'person' in reader && reader.person === person) others.push(other);
  }
  return others;
}

/** By somebody, the last moment of which it was asked: a scenario opens and answers much at one. */
const lastServices = once(
  (_: Surroundings) => new Map<string, { readonly at: Instant; readonly service: InService }>(),
);

/** @param at case time */
export async function inService(db: Db, person: string, at: Instant): Promise<InService> {
  const whole = knownWhole(db);
  const last = whole && lastServices(whole).get(person);
  if (last?.at === at) return last.service;
  const service = await serviceOf(db, person, at);
  if (whole) lastServices(whole).set(person, { at, service });
  return service;
}

async function serviceOf(db: Db, person: string, at: Instant): Promise<InService> {
  const self = (await surroundingsOf(db, [`person/${person}`])).people.get(person);
  const serves = self && !hasLeft(self, at);
  const all = self && serves ? [self, ...(await insteadOfWhom(db, person, at))] : [];
  const ids = all.map((each) => each.person);
  const { contacts, roles, given } = await saidOf(db, ids, all, at);
  const rights = new Map<string, string>();
  for (const { person: whose, agency } of all)
    for (const party of [
      `person/${whose}`,
      `agency/${agency}`,
      ...contacts.filter((each) => each.contact === whose).map(({ id }) => `agency/${id}`),
    ])
      if (!rights.has(party)) rights.set(party, whose);
  return { person, rights, roles, isFree: !given };
}

interface Said {
  readonly contacts: readonly { readonly id: string; readonly contact: string }[];
  readonly roles: readonly HeldRole[];
  readonly given: boolean;
}

async function saidOf(db: Db, ids: readonly string[], all: readonly Person[], at: Instant): Promise<Said> {
  const { rows } = await sql<Said>`${byKey}
    select exists (select from roles) as given,
    (select coalesce(json_agg(json_build_object('id', id, 'contact', contact) order by id), '[]')
      from agencies where contact = any(${ids}::text[])) as contacts,
    (select coalesce(json_agg(json_build_object('person', person, 'role', role, 'agency', agency, 'from', from_day, 'until', until_day) order by number), '[]')
      from roles where person = any(${ids}::text[])) as roles`.execute(db);
  const { contacts, roles, given } = rows[0] ?? { contacts: [], roles: [], given: false };
  const dayOf = new Map(all.map(({ person, zone }) => [person, dayIn(at, zone)]));
  const isNow = ({ person, from, until }: HeldRole & Spanned): boolean => {
    const day = dayOf.get(person) ?? '';
    return (from === null || from <= day) && (until === null || day <= until);
  };
  return { contacts, roles: (roles as readonly (HeldRole & Spanned)[]).filter(isNow), given };
}

interface Spanned {
  readonly from: string | null;
  readonly until: string | null;
}

/** How a command comes: by the link of a letter, from the desk, or neither. */
export interface Way {
  /** That of the command: one that a page makes names its link. */
  readonly commandId?: string | undefined;
  readonly isPage?: boolean | undefined;
}

export const isFromPage = ({ commandId, isPage = false }: Way): boolean => isPage || linkIn(commandId) !== undefined;

/** Somebody who gives a command to a case. */
export async function actorIn(
  db: Db,
  lifecycle: Lifecycle,
  state: CaseState,
  person: string,
  at: Instant,
  way: Way = {},
): Promise<Actor> {
  const hash = linkIn(way.commandId)?.hash;
  const service = await inService(db, person, at);
  const link = hash === undefined ? undefined : await findLink(db, hash);
  const rights = new Map<string, string>(service.rights);
  for (const [role, whose] of await rolesIn(db, state, service)) if (!rights.has(role)) rights.set(role, whose);
  return {
    person,
    rights,
    above: await aboveOf(db, lifecycle, state, person, at),
    asked: link && askedBy(link, state, person),
    isFree: service.isFree && !isFromPage(way),
  };
}

/** Co-chairs hear of it and are not asked; from the desk somebody acts as they are, and by no letter. */
export const askedBy = (
  { person, case_id, deadline, version, level, message }: AnswerLinkRow,
  state: Pick<CaseState, 'id'>,
  by: string,
) =>
  person === by && case_id === state.id && level !== 'coChairs' && signInOf(message) === undefined
    ? { deadline, version }
    : undefined;

async function rolesIn(
  db: Db,
  { coordinator }: CaseState,
  { roles }: InService,
): Promise<readonly (readonly [string, string])[]> {
  if (roles.length === 0) return [];
  const agency = (await surroundingsOf(db, [`person/${coordinator}`])).people.get(coordinator)?.agency;
  return roles
    .filter(({ role, agency: of }) => role !== 'coordinator' || of === agency)
    .map(({ person, role }) => [`role/${role === 'coordinator' ? 'colleague' : role}`, person] as const);
}

/** Those who owe something of which this superior of theirs has been told. */
async function aboveOf(
  db: Db,
  lifecycle: Lifecycle,
  state: CaseState,
  person: string,
  at: Instant,
): Promise<ReadonlySet<string>> {
  const above = new Set<string>();
  const reached = plannedDeadlines(lifecycle, state).filter(
    ({ standing: { sent, plan, rung } }) =>
      (sent?.superior ?? 0) > 0 || plan.rungs.some(({ number, to }) => number <= rung && to.includes('superior')),
  );
  for (const party of new Set(reached.flatMap(({ owedBy }) => owedBy ?? []))) {
    const superior = await addresseeOf(db, `superior-of/${party as Party}`, { at, coordinator: state.coordinator });
    if ('person' in superior && superior.person === person) above.add(party);
  }
  return above;
}
