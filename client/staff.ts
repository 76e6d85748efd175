import type { Kysely, Transaction } from 'kysely';
import { inService } from '../database/actor.ts';
import * as records from '../database/people.ts';
import type { Absence, Concern, InDirectory, Recorded } from '../database/people.ts';
import type { Addressee, Nobody } from '../database/addressee.ts';
import type { Database } from '../database/schema.ts';
import { coordinatorsFor, partsAmong, type Standpoint, standpointOf } from '../database/standpoint.ts';
import { onTrial } from '../database/transaction.ts';
import { agenciesCoordinated } from '../domain/case/permission.ts';
import { type CivilDate, dayIn } from '../domain/dates.ts';
import type { DirectoryCommand } from '../domain/directory-command.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Told } from '../domain/story/told.ts';
import type { BesideCases, Said } from './beside-cases.ts';
import { RefusedError } from './errors.ts';
import { absenceSaid, casesByCoordinator, leavingSaid, leftBehind, returnSaid, stayingSaid } from './people-changes.ts';
import type { ByForm, People, PersonView } from './people.ts';
import type { RegisterConnection } from './register.ts';
import type { Session } from './sessions.ts';
import { toldOfDue } from './told.ts';

type Db = Kysely<Database>;

/** Somebody of an agency whose people the reader sees. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly agency: string;
  readonly leftOn: CivilDate | null;
  /** Now and later. */
  readonly away: readonly Absence[];
}

/** What somebody is named for, with what they owe for readers of any language. */
export type SeenConcern = Concern & { readonly told?: Told | undefined };

/** Somebody, as far as whoever has opened their page may see. */
export interface OpenedPerson extends PersonView {
  readonly concerns: readonly SeenConcern[];
  readonly today: CivilDate;
  /** Those of their agency. */
  readonly colleagues: readonly Colleague[];
  /** Who can stand in for them besides: whom the reader sees of other agencies. */
  readonly ofOtherAgencies: readonly Colleague[];
  /** Whether the reader may say when they are away, and that they are back. */
  readonly mayBeSaidAway: boolean;
  /** Whether the reader may say that they leave, and that they stay. */
  readonly mayBeSaidToLeave: boolean;
  /** Whether they coordinate something that the reader may hand to another. */
  readonly mayBeHandedOver: boolean;
}

/** How something comes that is said by a form. */
export interface SentByForm extends ByForm {
  readonly session: Session;
  readonly isTrial: boolean;
}

/** Whom and what somebody's leaving would concern. */
export interface WouldLeave {
  /** What the reader may see of it. */
  readonly concerns: readonly SeenConcern[];
  /** How much more there is, in cases that they do not see. */
  readonly unseen: number;
  /** The coordinators who would be told by mail. */
  readonly told: readonly string[];
  /** Who would get their mail from that day on. */
  readonly mail: Addressee | Nobody;
  /** What they are in the directory that no open case sees to. */
  readonly unattended: readonly InDirectory[];
}

/** The people of whoever is signed in, and what is said of them at the desk. */
export class Staff {
  private readonly register: RegisterConnection;
  private readonly people: People;
  private readonly besideCases: BesideCases;

  constructor(register: RegisterConnection, people: People, besideCases: BesideCases) {
    this.register = register;
    this.people = people;
    this.besideCases = besideCases;
  }

  /** Those of their own agency and of others that they read or coordinate; an administrator sees everybody. By name. */
  readonly list = (session: Session): Promise<readonly Colleague[]> =>
    this.register.ask(async (db) => colleaguesIn(db, await agenciesSeen(db, session), todayOf(session)));

  /** Nothing of somebody who is not among {@link list}; nobody is told whether there is such a person. */
  async open(session: Session, id: string): Promise<OpenedPerson | undefined> {
    const seen = await this.list(session);
    const known = seen.find((each) => each.id === id);
    if (!known) return undefined;
    const today = todayOf(session);
    const view = await this.people.view(id, today);
    return this.register.ask(async (db) => ({
      ...view,
      today,
      concerns: await concernsSeen(db, await standpointNow(db, session), view.concerns),
      mayBeHandedOver:
        view.concerns.some(({ coordinator }) => coordinator === id) && (await keepsCasesOf(db, session, known)),
      colleagues: await colleaguesIn(db, [known.agency], today),
      ofOtherAgencies: seen.filter(({ agency }) => agency !== known.agency),
      mayBeSaidAway: (await refuseOnPage(db, 'person away', session, id)) === undefined,
      mayBeSaidToLeave: (await refuseOnPage(db, 'person left', session, id)) === undefined,
    }));
  }

  /** Puts an absence on record, or only sees whether it would be taken. */
  readonly away = ({ session, ...sent }: SentByForm, absence: Absence): Promise<Recorded | Refusal> => {
    const { person: by } = session.person;
    return this.change({ session, ...sent }, absenceSaid({ ...absence, by }), (trx) =>
      records.recordAbsence(trx, absence, by),
    );
  };

  /** The same of a return. */
  readonly back = (
    { session, ...sent }: SentByForm,
    { person, on }: { readonly person: string; readonly on: CivilDate },
  ): Promise<Absence | Refusal> => {
    const back = { person, on, by: session.person.person };
    return this.change({ session, ...sent }, returnSaid(back), (trx) => records.recordReturn(trx, back));
  };

  /** What would follow if somebody left on a day, or why it would be refused. Changes nothing. */
  wouldLeave(
    { session, ...sent }: Omit<SentByForm, 'isTrial'>,
    { person, on }: { readonly person: string; readonly on: CivilDate },
  ): Promise<WouldLeave | Refusal> {
    const leaving = { person, on, by: session.person.person };
    return this.change({ ...sent, session, isTrial: true }, leavingSaid(leaving), async (trx) => {
      const refusal = await records.recordLeaving(trx, leaving);
      if (refusal) return refusal;
      const { concerns, inDirectory, mail } = await leftBehind(trx, leaving);
      const seen = await concernsSeen(trx, await standpointNow(trx, session), concerns);
      return {
        concerns: seen,
        unseen: concerns.length - seen.length,
        told: [...casesByCoordinator([...concerns, ...inDirectory]).keys()],
        mail,
        unattended: inDirectory.filter((role) => role.case === undefined),
      };
    });
  }

  /** The coordinators who would be told that somebody stays after all, or why that would be refused. Changes nothing. */
  wouldStay({ session, ...sent }: Omit<SentByForm, 'isTrial'>, person: string): Promise<readonly string[] | Refusal> {
    const staying = { person, by: session.person.person };
    return this.change({ ...sent, session, isTrial: true }, stayingSaid(staying), async (trx) => {
      const awaited = await records.awaitedSuccessors(trx, person);
      return (await records.recordStaying(trx, staying)) ?? [...casesByCoordinator(awaited).keys()];
    });
  }

  /**
   * Puts somebody's leaving on record and tells the cases that it concerns. The same form again goes on where it stopped.
   *
   * @throws {@link UnavailableError} if not every case could be told
   */
  readonly left = (sent: SentByForm, { person, on }: { readonly person: string; readonly on: CivilDate }) =>
    this.telling(sent, 'person left', person, () =>
      this.people.left({ person, on, by: sent.session.person.person }, sent),
    );

  /** The same of somebody who stays after all. */
  readonly stays = (sent: SentByForm, person: string) =>
    this.telling(sent, 'person stays', person, () =>
      this.people.stays({ person, by: sent.session.person.person }, sent),
    );

  /** @returns why it is refused, if it is */
  private async telling(
    { session }: SentByForm,
    command: DirectoryCommand,
    person: string,
    act: () => Promise<unknown>,
  ): Promise<Refusal | undefined> {
    const refusal = await this.register.ask((db) => refuseOnPage(db, command, session, person));
    if (refusal) return refusal;
    try {
      await act();
      return undefined;
    } catch (error) {
      if (error instanceof RefusedError) return error.refusal;
      throw error;
    }
  }

  /** Nothing is stored by a trial, nor when it is refused. */
  private change<T>(
    { session, id, isTrial }: Omit<SentByForm, 'idIn'>,
    said: Said,
    act: (trx: Transaction<Database>) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    return this.besideCases.change({ ...said, id }, async (trx) => {
      const refusal = await refuseOnPage(trx, said.command, session, String(said.fields['person']));
      if (refusal) return refusal;
      return isTrial ? onTrial(trx, () => act(trx)) : act(trx);
    });
  }
}

const todayOf = ({ person }: Session): CivilDate => dayIn(new Date().toISOString(), person.zone);

const standpointNow = (db: Db, { person }: Session): Promise<Standpoint> =>
  standpointOf(db, person, new Date().toISOString());

/** Pages take nobody on trust, also before roles are given. */
const refuseOnPage = (db: Db, command: DirectoryCommand, { person }: Session, about: string) =>
  records.refuseNotTheirsBeside(db, command, person.person, { person: about, isPage: true });

/** The coordinator themselves, whoever stands in for them, and a coordinator of their agency. */
async function keepsCasesOf(db: Db, { person }: Session, { id, agency }: Colleague): Promise<boolean> {
  const { rights, roles } = await inService(db, person.person, new Date().toISOString());
  return rights.has(`person/${id}`) || agenciesCoordinated(roles).has(agency);
}

/** Undefined: those of all agencies. */
async function agenciesSeen(db: Db, session: Session): Promise<readonly string[] | undefined> {
  const { roles } = await inService(db, session.person.person, new Date().toISOString());
  if (roles.some(({ role }) => role === 'administrator')) return undefined;
  return (await standpointNow(db, session)).reads;
}

async function colleaguesIn(
  db: Db,
  agencies: readonly string[] | undefined,
  from: CivilDate,
): Promise<readonly Colleague[]> {
  const people = await records.peopleOfAgencies(db, agencies);
  const absences = await records.absencesFrom(db, from);
  return people.map((each) => ({ ...each, away: absences.filter(({ person }) => person === each.id) }));
}

/** Of what somebody is named for, what the reader may see: cases that they read whole or have a part in, and the directory. */
async function concernsSeen(
  db: Db,
  standpoint: Standpoint,
  concerns: readonly Concern[],
): Promise<readonly SeenConcern[]> {
  const whole = new Set(await coordinatorsFor(db, standpoint, false));
  const cases = concerns.flatMap(({ case: id }) => id ?? []);
  const parts = new Set(await partsAmong(db, standpoint, cases));
  const seen = concerns.filter(
    ({ case: id, coordinator = '' }) => id === undefined || whole.has(coordinator) || parts.has(id),
  );
  const owed = await toldOfDue(
    db,
    seen.flatMap(({ case: caseId, deadline }) => (caseId && deadline ? [{ caseId, deadline }] : [])),
  );
  const told = new Map(owed.map((each) => [`${each.caseId} ${each.deadline}`, each.told]));
  return seen.map((each) => ({ ...each, told: told.get(`${each.case} ${each.deadline}`) }));
}
