import { type Kysely, sql, type Transaction } from 'kysely';
import {
  type ChangeTarget,
  type DirectoryCommand,
  directoryCommands,
  refuseDirectoryCommand,
} from '../../domain/directory-command.ts';
import { type CivilDate, dayOf, minus } from '../../domain/dates.ts';
import { partyOfPerson } from '../../domain/fields.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { ServiceRole } from '../../domain/service-role.ts';
import { areRolesGiven, inService, type Way } from '../actor.ts';
import { putBesideCases } from '../beside-cases.ts';
import type { Database } from '../schema.ts';
import { findPerson, inPeopleLine, refuseUnknownPerson } from './person.ts';

/** What somebody is in the service, both days included, in their zone; without the first since ever, without the last for good. */
export interface GivenRole {
  readonly person: string;
  readonly role: ServiceRole;
  /** Null of whoever reads for all agencies of a country. */
  readonly agency: string | null;
  readonly country: string | null;
  readonly from: CivilDate | null;
  readonly until: CivilDate | null;
}

type Db = Kysely<Database>;

/** All that were given and not taken back, by person. */
export const listRoles = (db: Db): Promise<readonly (GivenRole & { readonly by: string })[]> =>
  rows(db).orderBy('person').orderBy('role').orderBy('agency').orderBy('country').orderBy('number').execute();

const rows = (db: Db) =>
  db
    .selectFrom('roles')
    .select(['person', 'role', 'agency', 'country', 'from_day as from', 'until_day as until', 'by'])
    .where(sql<boolean>`(from_day is null or until_day is null or from_day <= until_day)`);

type ConcernedBeside = Pick<ChangeTarget, 'person'> &
  Pick<Way, 'isPage'> & { readonly coordinator?: string | undefined };

/**
 * The one door for what is done beside the cases: refuses it to those whose it is not, and to whoever does not prove who they
 * are; else puts on record that they do it, in this transaction.
 */
export const refuseBesideCases = async (
  trx: Transaction<Database>,
  command: DirectoryCommand,
  by: string | undefined,
  concerned: ConcernedBeside = {},
): Promise<Refusal | undefined> =>
  (await refuseNotTheirsBeside(trx, command, by, concerned)) ?? putBesideCases(trx, command, by);

/**
 * Whose it is alone. Before there are roles, the directory is anybody's to change at a terminal; what is about a case is
 * held to always.
 */
export async function refuseNotTheirsBeside(
  db: Db,
  command: DirectoryCommand,
  by: string | undefined,
  concerned: ConcernedBeside = {},
): Promise<Refusal | undefined> {
  const { person, coordinator, isPage } = concerned;
  if (!isPage && coordinator === undefined && !(await areRolesGiven(db))) return undefined;
  const now = new Date().toISOString();
  if (by === undefined)
    return refuse('NotYours', `Not everybody ${directoryCommands[command].does}: say who you are with --as PERSON.`);
  const about = {
    person,
    agency: person && (await ownAgency(db, person)),
    keeper: coordinator === undefined ? undefined : partyOfPerson(coordinator),
    keeperAgency: coordinator && (await ownAgency(db, coordinator)),
  };
  return refuseDirectoryCommand(command, await inService(db, by, now), about, await administrators(db, dayOf(now)));
}

const administrators = async (db: Db, today: CivilDate): Promise<readonly string[]> => {
  const all = await rows(db).where('role', '=', 'administrator').execute();
  const lasting = all.filter(({ until }) => until === null || until >= today);
  return [...new Set(lasting.map(({ person }) => person))].toSorted();
};

/**
 * Why somebody who is an administrator from a day on can be none any more: there has to be another, for good and who does
 * not leave, or nobody could give roles or change the directory from then on.
 */
export async function refuseLastAdministrator(db: Db, person: string, on: CivilDate): Promise<Refusal | undefined> {
  if (!(await administrators(db, on)).includes(person)) return undefined;
  const other = await rows(db)
    .where('role', '=', 'administrator')
    .where('person', '<>', person)
    .where('person', 'in', (from) => from.selectFrom('people').select('id').where('left_on', 'is', null))
    .where('until_day', 'is', null)
    .executeTakeFirst();
  return other
    ? undefined
    : refuse(
        'NotReady',
        `${person} is the last administrator for good: nobody could give roles or change the directory any more. Say \`./entente role give SOMEBODY administrator\` first, of somebody who stays.`,
      );
}

/**
 * Gives somebody a role. Safe to repeat: who has it on these days has it already.
 *
 * The first role of all is an administrator's: from then on nobody else gives any.
 *
 * @returns whether it is new
 */
export const giveRole = (db: Db, given: GivenRole, by: string): Promise<boolean | Refusal> =>
  inPeopleLine(db, async (trx) => {
    const refusal =
      (await refuseUnknownPerson(trx, given.person, by)) ?? (await refuseBesideCases(trx, 'role give', by));
    if (refusal) return refusal;
    const fresh = await freshRoles(trx, [given]);
    const refused = await refuseRoles(trx, fresh);
    if (refused) return refused;
    await putRoles(trx, fresh, by);
    return fresh.length > 0;
  });

/** Those that nobody has been given yet. */
export async function freshRoles(
  trx: Transaction<Database>,
  given: readonly GivenRole[],
): Promise<readonly GivenRole[]> {
  const known = given.length > 0 ? await rows(trx).execute() : [];
  return given.filter((each) => !known.some((other) => isWithin(each, other)));
}

/** Why such roles are not given; those of people who are in the directory already. */
async function refuseRoles(trx: Transaction<Database>, fresh: readonly GivenRole[]): Promise<Refusal | undefined> {
  return (
    fresh.map(refuseInItself).find((each) => each) ??
    (await refuseUnknownAgency(trx, fresh)) ??
    (await refuseUnknownCountry(trx, fresh)) ??
    (await refuseFirst(trx, fresh))
  );
}

/** Somebody has to be able to give the others. */
export async function refuseFirst(db: Db, fresh: readonly GivenRole[]): Promise<Refusal | undefined> {
  const isFirst = fresh.length > 0 && !(await areRolesGiven(db));
  return isFirst && !fresh.some(({ role, until }) => role === 'administrator' && until === null)
    ? refuse(
        'NotReady',
        'The first role is that of an administrator, for good: from then on nobody else gives roles. Say `./entente role give PERSON administrator` first.',
      )
    : undefined;
}

export async function putRoles(trx: Transaction<Database>, fresh: readonly GivenRole[], by: string): Promise<void> {
  for (const { person, role, agency, country, from, until } of fresh)
    await trx
      .insertInto('roles')
      .values({ person, role, agency, country, from_day: from, until_day: until, by })
      .execute();
}

const isWithin = (one: GivenRole, other: GivenRole): boolean =>
  one.person === other.person &&
  one.role === other.role &&
  one.agency === other.agency &&
  one.country === other.country &&
  (other.from === null || (one.from !== null && other.from <= one.from)) &&
  (other.until === null || (one.until !== null && one.until <= other.until));

const refuseInItself = ({ role, country, from, until }: GivenRole): Refusal | undefined => {
  if (country !== null && role !== 'reader')
    return refuse('InvalidInput', `A ${role} is one of an agency; only a reader is one of a country.`);
  return from !== null && until !== null && until < from
    ? refuse('DateOutOfOrder', `The role ends on ${until}, before it begins on ${from}; exchange the dates.`)
    : undefined;
};

async function refuseUnknownAgency(db: Db, given: readonly GivenRole[]): Promise<Refusal | undefined> {
  const agencies = new Set((await db.selectFrom('agencies').select('id').execute()).map(({ id }) => id));
  const unknown = given.find(({ agency }) => agency !== null && !agencies.has(agency));
  return (
    unknown &&
    refuse(
      'UnknownAgency',
      `There is no agency "${unknown.agency}"; see \`./entente directory list --table agencies\`, or import it.`,
    )
  );
}

async function refuseUnknownCountry(db: Db, given: readonly GivenRole[]): Promise<Refusal | undefined> {
  const countries = new Set((await db.selectFrom('countries').select('code').execute()).map(({ code }) => code));
  const unknown = given.find(({ country }) => country !== null && !countries.has(country));
  return (
    unknown &&
    refuse(
      'UnknownCountry',
      `There is no country "${unknown.country}"; see \`./entente directory list --table countries\`.`,
    )
  );
}

/**
 * From `on` on somebody has a role no more; what was to begin later is as if it had never been given. Safe to repeat.
 *
 * @returns whether it is new
 */
export const endRole = (
  db: Db,
  {
    person,
    role,
    agency,
    country,
    on,
  }: Pick<GivenRole, 'person' | 'role' | 'agency' | 'country'> & { readonly on: CivilDate },
  by: string,
): Promise<boolean | Refusal> =>
  inPeopleLine(db, async (trx) => {
    const refusal = (await refuseUnknownPerson(trx, person, by)) ?? (await refuseBesideCases(trx, 'role end', by));
    if (refusal) return refusal;
    const held = await trx
      .selectFrom('roles')
      .select(['number', 'from_day as from', 'until_day as until'])
      .where('person', '=', person)
      .where('role', '=', role)
      .where('agency', 'is not distinct from', agency)
      .where('country', 'is not distinct from', country)
      .execute();
    if (held.length === 0)
      return refuse('UnknownItem', `${person} is no ${role} of ${agency ?? country}; see \`./entente role list\`.`);
    const until = minus(on, 'P1D');
    const lasting = held.filter((each) => each.until === null || each.until > until);
    if (lasting.length === 0) return false;
    const last = role === 'administrator' ? await refuseLastAdministrator(trx, person, on) : undefined;
    if (last) return last;
    await trx
      .updateTable('roles')
      .set({ until_day: until, ended_by: by, ended_at: sql<string>`clock_timestamp()` })
      .where(
        'number',
        'in',
        lasting.map(({ number }) => number),
      )
      .execute();
    return true;
  });

/** The agency whose roles somebody has unless another is said: their own. */
export const ownAgency = async (db: Db, person: string): Promise<string | undefined> =>
  (await findPerson(db, person))?.agency;
