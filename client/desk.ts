import { inService, type InService } from '../database/actor.ts';
import { doorName, doorToken, hashOf, keepDoor } from '../database/answer-links.ts';
import { publicCodeKey } from '../database/code-keys.ts';
import type { Searched } from '../database/lists/page.ts';
import { listWaitingCases, type Page, statesOf } from '../database/lists.ts';
import { type Names, namesIn } from '../database/names.ts';
import { findPerson, refuseUnknownPerson } from '../database/people/person.ts';
import {
  listSeen,
  narrowing,
  type Narrowing,
  type SeenCase,
  type SeenFilter,
  seesCase,
} from '../database/seen-cases.ts';
import { coordinatorsFor, owedBy, standpointOf } from '../database/standpoint.ts';
import { hasLeft } from '../database/surroundings.ts';
import { linkId } from '../domain/case/command-id.ts';
import { dayIn, type Instant } from '../domain/dates.ts';
import { besideCases } from '../domain/directory-command.ts';
import type { Facts } from '../domain/lifecycle.ts';
import { refuse } from '../domain/refusal.ts';
import { referencesIn } from '../domain/story.ts';
import type { BesideCases } from './beside-cases.ts';
import { RefusedError, unlessRefused } from './errors.ts';
import { openInvitations, type OpenInvitations } from './invited.ts';
import { type Ahead, aheadOf, byUrgency, namedIn, type Obligation, obligationsIn } from './obligations.ts';
import { type OpenedCase, openedCase } from './opened-case.ts';
import type { People } from './people.ts';
import type { RegisterConnection } from './register.ts';
import { pageSeen, type SeenCasePage } from './seen-case.ts';
import type { Session } from './sessions.ts';
import { Staff } from './staff.ts';
import { type Lost, lostIn } from './told.ts';

export type { SeenCase, SeenFilter } from '../database/seen-cases.ts';

/** What somebody who signs in finds. */
export interface MyDesk extends OpenInvitations {
  /** The parties whose mail they would have. */
  readonly actsFor: ReadonlySet<string>;
  /** Most urgent first. */
  readonly owed: readonly Obligation[];
  /** What others owe to the cases that they coordinate. */
  readonly awaited: readonly Obligation[];
  readonly ahead: readonly Ahead[];
  readonly undelivered: readonly (Lost & { readonly names: Names })[];
  /** There is more than was read. */
  readonly isCut: boolean;
}

/** By what a session does something in a case. */
export type Door = Pick<OpenedCase, 'caseId' | 'hash'> & { readonly codeKey: string };

const mostOwed = 40;
const mostCases = 200;

const now = (): Instant => new Date().toISOString();

/** The desk of whoever is signed in. */
export class Desks {
  private readonly register: RegisterConnection;
  readonly staff: Staff;

  constructor(register: RegisterConnection, people: People, besideCases: BesideCases) {
    this.register = register;
    this.staff = new Staff(register, people, besideCases);
  }

  mine({ person }: Session, at: Instant = now()): Promise<MyDesk> {
    return this.register.ask(async (db) => {
      const { parties } = await standpointOf(db, person, at);
      const mine = await owedBy(db, [...parties], mostOwed + 1);
      const due = mine.slice(0, mostOwed);
      const owing = new Map(
        (
          await statesOf(
            db,
            due.map(({ caseId }) => caseId),
          )
        ).map((state) => [state.id, state]),
      );
      const owed = due.flatMap(({ caseId, name }) => {
        const state = owing.get(caseId);
        return state ? obligationsIn(state).filter(({ deadline }) => deadline.name === name) : [];
      });
      const kept = [];
      for (const party of parties)
        if (party.startsWith('person/'))
          kept.push(await listWaitingCases(db, { coordinator: party.slice(7) }, { limit: mostCases }));
      const states = kept.flatMap(({ rows }) => rows.map(({ state }) => state));
      const all = states.flatMap(obligationsIn);
      const awaited = all.filter(({ deadline }) => deadline.owedBy && !parties.has(deadline.owedBy)).sort(byUrgency);
      const ahead = aheadOf(all, at);
      const undelivered = states.flatMap(lostIn);
      const told = referencesIn(undelivered.map((each) => each.told));
      const names = await namesIn(db, { ...namedIn([...owed, ...all]), told });
      const named = <T extends object>(each: T): T & { readonly names: Names } => ({ ...each, names });
      return {
        actsFor: parties,
        owed: owed.map(named),
        awaited: awaited.map(named),
        ahead: ahead.map(named),
        ...(await openInvitations(db, parties, states, dayIn(at, person.zone))),
        undelivered: undelivered.map(named),
        isCut: mine.length > mostOwed || kept.some(({ next }) => next !== undefined),
      };
    });
  }

  /**
   * A case as somebody may see it who is signed in, with what they can do there now.
   *
   * @param secret of the session
   * @returns nothing if there is no such case, or they have no part in it: nobody is told which
   */
  open({ person, address }: Session, secret: string, caseId: string): Promise<OpenedCase | undefined> {
    return openedCase(this.register, { person, address, hash: hashOf(deskToken(secret, caseId)) }, caseId);
  }

  /**
   * What somebody would see of a case who signs in.
   *
   * @throws {@link RefusedError} if there is no such person, they would not be let in, or no such page would be found
   */
  async seenBy(id: string, caseId: string): Promise<SeenCasePage> {
    const person = await this.register.ask(async (db) => (await refuseUnknownPerson(db, id)) ?? findPerson(db, id));
    const { leftOn, ...known } = unlessRefused(person ?? refuse('UnknownPerson', `There is no person "${id}".`));
    if (hasLeft({ ...known, leftOn }, now()))
      throw new RefusedError(refuse('NotYours', `${id} left the service on ${leftOn}: nobody signs in as them.`));
    const by = { person: { ...known, leftOn }, address: known.address ?? '', hash: '' };
    const found = await openedCase(this.register, by, caseId);
    if (found) return pageSeen(found);
    const why = `${id} has no part in ${caseId}, nor reads the cases of its coordinator's agency: pages say that there is no such case.`;
    throw new RefusedError(refuse('NotYours', why));
  }

  /** Whether there is such a case, and they may see it. */
  readonly sees = ({ person }: Pick<Session, 'person'>, caseId: string): Promise<boolean> =>
    this.register.ask(async (db) => seesCase(db, await standpointOf(db, person, now()), caseId));

  /** Those whose cases they keep; or all whose cases they read whole. Lists are narrowed by them. */
  readonly coordinators = ({ person }: Session, onlyMine: boolean): Promise<readonly string[]> =>
    this.register.ask(async (db) => coordinatorsFor(db, await standpointOf(db, person, now()), onlyMine));

  /** Those of them who have any, or their cases of a kind, by name: lists can be narrowed to one. */
  readonly narrowing = ({ person }: Session, by: Narrowing, most: number) =>
    this.register.ask(async (db) => narrowing(db, await standpointOf(db, person, now()), by, most));

  /** What they are in the service today, or stand in for: nothing before roles are given, since pages take nobody on trust. */
  readonly roles = ({ person }: Session): Promise<InService['roles']> =>
    this.register.ask(async (db) => (await inService(db, person.person, now())).roles);

  /** How everybody, every country and every case is called that these facts name. */
  readonly names = (facts: Facts): Promise<Names> => this.register.ask((db) => namesIn(db, facts));

  /**
   * The cases that they may see.
   *
   * @throws {@link RefusedError} if the search has no words that can be searched, or its filter names what there is not
   */
  readonly list = ({ person }: Session, filter: SeenFilter, page: Page): Promise<Searched<SeenCase>> =>
    this.register.listed(filter, async (db) => listSeen(db, await standpointOf(db, person, now()), filter, page));

  /** By what a session does something in a case, also in one that is not open yet. */
  readonly doorOf = (secret: string, caseId: string): Door => {
    const token = deskToken(secret, caseId);
    return { caseId, hash: hashOf(token), codeKey: publicCodeKey(token) };
  };

  /** Before something is done in a case by a session: the record names both. Safe to repeat. */
  readonly keepDoor = (session: Session, { caseId, hash, codeKey }: Door): Promise<void> =>
    this.register.change((db) =>
      keepDoor(db, {
        hash,
        message: doorName(session.id, caseId),
        person: session.person.person,
        address: session.address,
        case_id: caseId,
        deadline: '',
        version: 0,
        level: null,
        code_key: codeKey,
        way: session.way,
      }),
    );

  /** The id of something that a form of this session does beside the cases: it names both, so the pages can prove it. Safe to repeat. */
  readonly idBesideCases = (session: Session, secret: string, form: string): Promise<string> =>
    this.idIn(session, secret, besideCases, form);

  /** The same of what it gives a case, whether or not it can be opened there. Safe to repeat. */
  async idIn(session: Session, secret: string, caseId: string, form: string): Promise<string> {
    const door = this.doorOf(secret, caseId);
    await this.keepDoor(session, door);
    return linkId({ hash: door.hash, form });
  }
}

/** What forms of one case are made with, in one session. */
export const deskToken = (secret: string, caseId: string): string => doorToken(secret.slice(-32), caseId);
