import { doorName, doorToken, hashOf, keepDoor } from '../database/answer-links.ts';
import { publicCodeKey } from '../database/code-keys.ts';
import { listCaseDocuments, type CaseDocument } from '../database/documents.ts';
import { relativesOf } from '../database/lists/open-cases.ts';
import { findCase, listMessages, type ListedMessage, listWaitingCases, type Page } from '../database/lists.ts';
import { type Names, namesIn } from '../database/names.ts';
import { findPerson, refuseUnknownPerson } from '../database/people/person.ts';
import { listSeen, narrowing, type SeenCase, type SeenFilter, seesCase } from '../database/seen-cases.ts';
import type { Searched } from '../database/lists/page.ts';
import { readEvents, unprovedIn } from '../database/register.ts';
import { coordinatorsFor, owedBy, partIn, type PartIn, type Standpoint, standpointOf } from '../database/standpoint.ts';
import { hasLeft } from '../database/surroundings.ts';
import { actorIn, inService, type InService } from '../database/actor.ts';
import { linkId } from '../domain/case/command-id.ts';
import { invitationsIn } from '../domain/case/invitations.ts';
import { offersTo } from '../domain/case/offered.ts';
import { owedFacts } from '../domain/case/letter.ts';
import { type CaseState, type OpenDeadline, openRungs, plannedDeadlines } from '../domain/case/state.ts';
import { type CaseView, viewAhead } from '../domain/case/view.ts';
import { dayIn, dayOf, type Instant, shift } from '../domain/dates.ts';
import type { Facts, Lifecycle } from '../domain/lifecycle.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';
import { kindOf } from '../domain/case/opening.ts';
import { besideCases } from '../domain/directory-command.ts';
import { refuse } from '../domain/refusal.ts';
import { referencesIn, storyOf } from '../domain/story.ts';
import { caseId as caseIdField } from '../domain/fields.ts';
import type { BesideCases } from './beside-cases.ts';
import { RefusedError, unlessRefused } from './errors.ts';
import { openInvitations, type OpenInvitations } from './invited.ts';
import type { OpenedLink } from './links.ts';
import type { RegisterConnection } from './register.ts';
import type { People } from './people.ts';
import type { Session } from './sessions.ts';
import { pageSeen, type SeenCasePage } from './seen-case.ts';
import { Staff } from './staff.ts';
import { type Lost, lostIn } from './told.ts';

export type { SeenCase, SeenFilter } from '../database/seen-cases.ts';

/** Something that is owed, in its case as it stands. */
export interface Obligation {
  readonly caseId: string;
  readonly lifecycle: Lifecycle;
  readonly state: CaseState;
  readonly deadline: OpenDeadline;
  readonly names: Names;
}

/** What a case does by itself: it reminds, or a due date passes. */
export interface Ahead extends Obligation {
  readonly at: Instant;
  readonly isReminder: boolean;
}

/** What somebody who signs in finds. */
export interface MyDesk extends OpenInvitations {
  /** Most urgent first. */
  readonly owed: readonly Obligation[];
  /** What others owe to the cases that they coordinate. */
  readonly awaited: readonly Obligation[];
  readonly ahead: readonly Ahead[];
  readonly undelivered: readonly (Lost & { readonly names: Names })[];
  /** There is more than was read. */
  readonly isCut: boolean;
}

/** A case, and what whoever has opened it is in it. */
export interface OpenedCase extends OpenedLink {
  readonly part: PartIn;
  readonly view: CaseView;
  readonly messages: readonly ListedMessage[];
  readonly documents: readonly CaseDocument[];
  /** The ids of the commands that came without a proof. */
  readonly unproved: ReadonlySet<string>;
  /** What it hangs together with, itself among it; nothing for whoever only has a part in it. */
  readonly family: readonly CaseState[];
}

/** By what a session does something in a case. */
export type Door = Pick<OpenedCase, 'caseId' | 'hash'> & { readonly codeKey: string };

const mostOwed = 40;
const mostCases = 200;
export const daysAhead = 30;

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
      const owing = await Promise.all(
        mine.slice(0, mostOwed).map(async ({ caseId, name }) => {
          const found = await findCase(db, caseId);
          return found ? obligationsIn(found.state).filter(({ deadline }) => deadline.name === name) : [];
        }),
      );
      const kept = [];
      for (const party of parties)
        if (party.startsWith('person/'))
          kept.push(await listWaitingCases(db, { coordinator: party.slice(7) }, { limit: mostCases }));
      const states = kept.flatMap(({ rows }) => rows.map(({ state }) => state));
      const all = states.flatMap(obligationsIn);
      const awaited = all.filter(({ deadline }) => deadline.owedBy && !parties.has(deadline.owedBy)).sort(byUrgency);
      const ahead = aheadOf(all, at);
      const owed = owing.flat();
      const undelivered = states.flatMap(lostIn);
      const told = referencesIn(undelivered.map((each) => each.told));
      const names = await namesIn(db, { ...namedIn([...owed, ...all]), told });
      const named = <T extends object>(each: T): T & { readonly names: Names } => ({ ...each, names });
      return {
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
    return this.opened({ person, address, hash: hashOf(deskToken(secret, caseId)) }, caseId);
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
    const found = await this.opened(by, caseId);
    if (found) return pageSeen(found);
    const why = `${id} has no part in ${caseId}, nor reads the cases of its coordinator's agency: pages say that there is no such case.`;
    throw new RefusedError(refuse('NotYours', why));
  }

  private opened(by: Pick<OpenedCase, 'person' | 'address' | 'hash'>, caseId: string): Promise<OpenedCase | undefined> {
    const kind = kindOf(caseId);
    if (!caseIdField.safeParse(caseId).success || !isKind(kind)) return Promise.resolve(undefined);
    const lifecycle = lifecycles[kind];
    return this.register.ask(async (db) => {
      const found = await findCase(db, caseId);
      if (!found) return undefined;
      const { state } = found;
      const at = now();
      const standpoint = await standpointOf(db, by.person, at);
      const part = await partIn(db, standpoint, state);
      if (!part) return undefined;
      const actor = await actorIn(db, lifecycle, state, by.person.person, at, { isPage: true });
      const events = await readEvents(db, caseId);
      const story = storyOf(lifecycle, events);
      const view = viewAhead(lifecycle, state);
      const facts = {
        ...namedIn(obligationsIn(state)),
        ...view.facts,
        invited: invitationsIn(lifecycle, state).flatMap(({ invited }) => invited.map(({ who }) => who)),
        ...Object.fromEntries(events.map(({ by }) => [`by ${by}`, `person/${by}`])),
        coordinator: `person/${state.coordinator}`,
      };
      return {
        ...by,
        caseId,
        level: null,
        lifecycle,
        state,
        events,
        story,
        ways: offersTo(lifecycle, state, actor),
        facts,
        names: await namesIn(db, { ...facts, told: referencesIn(story.map(({ told }) => told)) }),
        part,
        view,
        unproved: await unprovedIn(db, caseId),
        ...(await besideIt(db, state, standpoint, part)),
      };
    });
  }

  /** Whether there is such a case, and they may see it. */
  readonly sees = ({ person }: Session, caseId: string): Promise<boolean> =>
    this.register.ask(async (db) => seesCase(db, await standpointOf(db, person, now()), caseId));

  /** Those whose cases they keep; or all whose cases they read whole. Lists are narrowed by them. */
  readonly coordinators = ({ person }: Session, onlyMine: boolean): Promise<readonly string[]> =>
    this.register.ask(async (db) => coordinatorsFor(db, await standpointOf(db, person, now()), onlyMine));

  /** Those of them who have any, or their cases of a kind, by name: lists can be narrowed to one. */
  readonly narrowing = ({ person }: Session, by: string, most: number) =>
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

/** Letters, papers and the family, as far as they may see them. */
async function besideIt(
  db: Parameters<typeof findCase>[0],
  state: CaseState,
  { parties }: Standpoint,
  part: PartIn,
): Promise<Pick<OpenedCase, 'messages' | 'documents' | 'family'>> {
  const isWhole = part !== 'party';
  const { rows } = await listMessages(db, { case: state.id }, { limit: 200 });
  return {
    messages: rows.filter((row) => row.state === 'sent' && (isWhole || parties.has(row.recipient))),
    documents: isWhole ? await listCaseDocuments(db, state.id) : [],
    family: isWhole ? await relativesOf(db, [state.id]) : [],
  };
}

/** What forms of one case are made with, in one session. */
export const deskToken = (secret: string, caseId: string): string => doorToken(secret.slice(-32), caseId);

function obligationsIn(state: CaseState): Omit<Obligation, 'names'>[] {
  const { kind } = state;
  const lifecycle = isKind(kind) ? lifecycles[kind] : undefined;
  if (!lifecycle) return [];
  return plannedDeadlines(lifecycle, state).map((deadline) => ({ caseId: state.id, lifecycle, state, deadline }));
}

type Unnamed = Omit<Obligation, 'names'>;

const byUrgency = (one: Unnamed, other: Unnamed): number =>
  one.deadline.standing.plan.passesAt < other.deadline.standing.plan.passesAt ? -1 : 1;

function aheadOf(all: readonly Unnamed[], from: Instant): Omit<Ahead, 'names'>[] {
  const until = shift(dayOf(from), daysAhead);
  return all
    .flatMap((each) => {
      const { passedAt, plan } = each.deadline.standing;
      const passing = passedAt ? [] : [{ ...each, at: plan.passesAt, isReminder: false }];
      return [...passing, ...openRungs(each.deadline).map(({ at }) => ({ ...each, at, isReminder: true }))];
    })
    .filter(({ at }) => at > from && dayOf(at) <= until)
    .sort((one, other) => (one.at < other.at ? -1 : 1));
}

/** All that texts about these may name, whatever it is called there. */
const namedIn = (all: readonly Unnamed[]): Facts =>
  Object.fromEntries(
    all.flatMap(({ caseId, lifecycle, state, deadline }) =>
      Object.entries({ ...owedFacts(lifecycle, state, deadline), coordinator: `person/${state.coordinator}` }).map(
        ([name, fact]) => [`${caseId} ${deadline.name} ${name}`, fact],
      ),
    ),
  );
