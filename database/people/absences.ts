import { type Kysely, sql, type Transaction } from 'kysely';
import type { CivilDate } from '../../domain/dates.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { AbsenceRow, Database } from '../schema.ts';
import { lastDay } from '../surroundings.ts';
import { refuseBesideCases } from './roles.ts';
import { findPerson, inPeopleLine, refuseUnknownPerson } from './person.ts';

/** Somebody is away from the first to the last day, both included, in their zone. */
export interface Absence {
  readonly person: string;
  readonly from: CivilDate;
  readonly until: CivilDate;
  readonly standIn: string;
}

const absences = (db: Kysely<Database>) =>
  db
    .selectFrom('absences')
    .select(['person', 'from_day as from', lastDay.as('until'), 'stand_in as standIn'])
    .where(sql<boolean>`from_day <= ${lastDay}`);

/** Why somebody is not there on a day of their zone, if they are not. */
export const absenceOn = (db: Kysely<Database>, person: string, day: CivilDate): Promise<Absence | undefined> =>
  absences(db)
    .where('person', '=', person)
    .where('from_day', '<=', day)
    .where(lastDay, '>=', day)
    .orderBy('from_day')
    .executeTakeFirst();

/** Who is away on `from` or later, the earliest first. */
export const absencesFrom = (db: Kysely<Database>, from: CivilDate): Promise<readonly Absence[]> =>
  absences(db).where(lastDay, '>=', from).orderBy('from_day').orderBy('person').execute();

/** For whom somebody stands in on `from` or later. */
export const standingInFor = (db: Kysely<Database>, standIn: string, from: CivilDate): Promise<readonly Absence[]> =>
  absences(db).where('stand_in', '=', standIn).where(lastDay, '>=', from).orderBy('from_day').execute();

const within = (db: Kysely<Database>, { from, until }: Absence, whose: 'person' | 'stand_in', id: string) =>
  absences(db)
    .where(whose, '=', id)
    .where('from_day', '<=', until)
    .where(lastDay, '>=', from)
    .orderBy('from_day')
    .execute();

const inWords = ({ from, until }: Pick<Absence, 'from' | 'until'>): string =>
  from === until ? `on ${from}` : `from ${from} to ${until}`;

/** What was said before stands; for whom the absent person stands in at the time, their mail goes on to the stand-in. */
export interface Recorded {
  readonly known: boolean;
  readonly passedOn: readonly Absence[];
}

/**
 * Puts on record that somebody is away and who stands in. Safe to repeat: the same again is known already.
 *
 * A stand-in may not be away in that time, so no loop can come about here; whoever stands in and goes away later names
 * a stand-in of their own, and mail goes on to them.
 */
export const recordAbsence = (db: Kysely<Database>, absence: Absence, by: string): Promise<Recorded | Refusal> =>
  inPeopleLine(db, async (trx) => {
    const known = await within(trx, absence, 'person', absence.person);
    const passedOn = await within(trx, absence, 'stand_in', absence.person);
    if (known.some((each) => isSame(each, absence))) return { known: true, passedOn };
    const refusal =
      (await refuseUnknownPerson(trx, absence.person, absence.standIn, by)) ??
      (await refuseBesideCases(trx, 'person away', by, { person: absence.person })) ??
      refuseInItself(absence) ??
      refuseOverlap(known, absence) ??
      (await refuseStandIn(trx, absence));
    if (refusal) return refusal;
    const { person, from, until, standIn } = absence;
    await trx
      .insertInto('absences')
      .values({ person, from_day: from, until_day: until, stand_in: standIn, by })
      .execute();
    return { known: false, passedOn };
  });

const isSame = (one: Absence, other: Absence): boolean =>
  one.from === other.from && one.until === other.until && one.standIn === other.standIn;

function refuseInItself({ person, from, until, standIn }: Absence): Refusal | undefined {
  if (until < from)
    return refuse('DateOutOfOrder', `The absence ends on ${until}, before it begins on ${from}; exchange the dates.`);
  return person === standIn
    ? refuse('SamePerson', `${person} cannot stand in for themselves; name another.`)
    : undefined;
}

function refuseOverlap([other]: readonly Absence[], { person }: Absence): Refusal | undefined {
  return (
    other &&
    refuse(
      'Away',
      `${person} is away ${inWords(other)} already, ${other.standIn} standing in; say \`./entente person back ${person} --on ${other.from}\` first to replace that.`,
    )
  );
}

async function refuseStandIn(trx: Transaction<Database>, absence: Absence): Promise<Refusal | undefined> {
  const { standIn, until } = absence;
  const [away] = await within(trx, absence, 'person', standIn);
  if (away) {
    const loop = await loopOf(trx, absence);
    return loop
      ? refuse(
          'Away',
          `${loop.join(', who stands in for ').replace(', who', '')}: that would be a loop. ${standIn} is away ${inWords(away)}; name somebody who is there.`,
        )
      : refuse('Away', `${standIn} is away ${inWords(away)}, ${away.standIn} standing in; name somebody who is there.`);
  }
  const { address, leftOn } = (await findPerson(trx, standIn)) ?? {};
  if (leftOn && leftOn <= until)
    return refuse('Away', `${standIn} left the service on ${leftOn}; name somebody who is there.`);
  return address
    ? undefined
    : refuse('NoAddress', `${standIn} has no mail address that works, so nothing would reach them; name another.`);
}

/** The way from a person over their stand-ins back to them, each standing in for the next; undefined when it ends elsewhere. */
async function loopOf(trx: Transaction<Database>, absence: Absence): Promise<string[] | undefined> {
  const way = [absence.person, absence.standIn];
  for (;;) {
    const [next] = await within(trx, absence, 'person', way.at(-1) ?? '');
    if (!next) return undefined;
    way.push(next.standIn);
    if (next.standIn === absence.person) return way.reverse();
    if (way.indexOf(next.standIn) < way.length - 1) return undefined;
  }
}

/**
 * Somebody is there again from `on` on; from its first day on, an absence is as if it had never been said. Safe to
 * repeat: who is there already is there.
 */
export const recordReturn = (
  db: Kysely<Database>,
  { person, on, by }: { readonly person: string; readonly on: CivilDate; readonly by: string },
): Promise<Absence | Refusal> =>
  inPeopleLine(db, async (trx) => {
    const refusal =
      (await refuseUnknownPerson(trx, person, by)) ?? (await refuseBesideCases(trx, 'person back', by, { person }));
    if (refusal) return refusal;
    const away = await absenceOn(trx, person, on);
    if (!away) return refuseThere(person, on, await lastReturn(trx, person, on), await absencesFrom(trx, on));
    await trx
      .updateTable('absences')
      .set({ back_on: on, back_by: by, back_recorded_at: sql<string>`clock_timestamp()` })
      .where('person', '=', person)
      .where('from_day', '=', away.from)
      .where(lastDay, '>=', on)
      .execute();
    return away;
  });

const lastReturn = (trx: Transaction<Database>, person: string, on: CivilDate): Promise<AbsenceRow | undefined> =>
  trx.selectFrom('absences').selectAll().where('person', '=', person).where('back_on', '=', on).executeTakeFirst();

function refuseThere(
  person: string,
  on: CivilDate,
  returned: AbsenceRow | undefined,
  ahead: readonly Absence[],
): Absence | Refusal {
  if (returned) return { person, from: returned.from_day, until: returned.until_day, standIn: returned.stand_in };
  const next = ahead.find((each) => each.person === person);
  return refuse(
    'AlreadyDone',
    next
      ? `${person} is there on ${on} and away ${inWords(next)}; to take that back, say --on ${next.from}.`
      : `${person} is there on ${on}: no absence is on record.`,
  );
}
