import { type Addressee, addresseeOf, type Nobody } from '../database/addressee.ts';
import * as records from '../database/people.ts';
import type { Absence, Bounce, Concern, Person, Recorded } from '../database/people.ts';
import { digestOf } from '../database/digest.ts';
import type { CivilDate } from '../domain/dates.ts';
import type { Party } from '../domain/fields.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Body, CommandOptions } from './client.ts';
import { RefusedError, UnavailableError, unlessRefused } from './errors.ts';
import type { RegisterConnection } from './register.ts';

type GiveCommand = (caseId: string, name: string, body: Body, options: CommandOptions) => Promise<unknown>;

type Register = Pick<RegisterConnection, 'ask' | 'change'>;

/** What somebody's leaving means. */
export interface Leaving {
  readonly concerns: readonly Concern[];
  /** The coordinators who are told by mail. */
  readonly told: readonly string[];
  /** Who gets their mail from that day on. */
  readonly mail: Addressee | Nobody;
}

export interface Bounced {
  /** Whose address it is: `person/kim-minji`, or `agency/klid` for its mailbox. */
  readonly holder: Party;
  /** It was marked before. */
  readonly known: boolean;
  /** The keys of the messages whose cases were told that they came back. */
  readonly returned: readonly string[];
  /** Who gets what is sent to them from now on. */
  readonly mail: Addressee | Nobody;
}

/** Everything that is said of somebody. */
export interface PersonView {
  readonly person: Person;
  readonly mail: Addressee | Nobody;
  readonly away: readonly Absence[];
  readonly standsInFor: readonly Absence[];
  readonly bounces: readonly Bounce[];
  readonly concerns: readonly Concern[];
}

/** A list in a command holds so many. */
const mostNamed = 500;

/** Cases that are told at once. */
const atOnce = 8;

/** Who is away, who has left, and which addresses mail comes back from. Every change is safe to repeat. */
export class People {
  private readonly register: Register;
  private readonly command: GiveCommand;

  constructor(register: Register, command: GiveCommand) {
    this.register = register;
    this.command = command;
  }

  /** @throws {@link RefusedError} if the days overlap, or the stand-in is unknown, unreachable, away then, or part of a loop */
  readonly away = async ({ by, ...absence }: Absence & { readonly by: string }): Promise<Recorded> =>
    unlessRefused(await this.register.change((db) => records.recordAbsence(db, absence, by)));

  /** @throws {@link RefusedError} if they were there already */
  readonly back = async (back: { person: string; on: CivilDate; by: string }): Promise<Absence> =>
    unlessRefused(await this.register.change((db) => records.recordReturn(db, back)));

  /**
   * Somebody leaves the service: coordinators of what concerns them are told, each by one mail, in the first of their cases.
   *
   * @throws {@link RefusedError} if one of the two people is unknown
   * @throws {@link UnavailableError} if not every case could be told; their leaving is on record then, and saying it
   * again tells the others
   */
  async left(leaving: { readonly person: string; readonly on: CivilDate; readonly by: string }): Promise<Leaving> {
    const { person, on, by } = leaving;
    const { concerns, mail } = await this.register.change(async (db) => {
      unlessRefused(await records.recordLeaving(db, leaving));
      const sending = { at: `${on}T12:00:00.000Z` };
      return {
        concerns: await records.concernsOf(db, person, on),
        mail: await addresseeOf(db, `person/${person}`, sending),
      };
    });
    const told: string[] = [];
    for (const [coordinator, cases] of casesByCoordinator(concerns))
      if (await this.tellOfLeaving(cases, { by, person, on })) told.push(coordinator);
    return { concerns, told, mail };
  }

  /** Every case has it on record; the first that takes it tells their coordinator of all. False when all are over by now. */
  private async tellOfLeaving(cases: readonly string[], leaving: Body): Promise<boolean> {
    let isTold = false;
    for (let rest: readonly string[] = cases; rest.length > 0; ) {
      const next = rest.slice(0, isTold ? atOnce : 1);
      rest = rest.slice(next.length);
      const body: Body = { ...leaving, concerned: isTold ? [] : cases.slice(0, mostNamed) };
      const taken = await Promise.all(
        next.map((caseId) => this.tell(caseId, 'personLeft', body, `left-${digestOf(caseId, body)}`)),
      );
      isTold ||= taken.includes(true);
    }
    return isTold;
  }

  readonly stays = async (stay: { person: string; by: string }): Promise<void> =>
    unlessRefused(await this.register.change((db) => records.recordStaying(db, stay)));

  /**
   * Mail to an address came back: it is no longer written to, and the case of the message hears that it did not arrive.
   * Without the message's key or Message-ID, the last one sent there counts.
   *
   * @throws {@link RefusedError} if nobody has the address, or no such message went there
   */
  async bounced(bounce: {
    readonly address: string;
    readonly why: string;
    readonly by: string;
    readonly key?: string | undefined;
    readonly messageId?: string | undefined;
    /** The address is not to blame: only the case of the message hears of it. */
    readonly spared?: boolean | undefined;
  }): Promise<Bounced> {
    const { address, why, by, key, messageId, spared = false } = bounce;
    const { holder, known } = unlessRefused(await this.register.ask((db) => records.findHolder(db, address, by)));
    const isNamed = key !== undefined || messageId !== undefined;
    // Said twice, the last message is another one: that did not come back as well.
    const messages =
      known && !isNamed
        ? []
        : await this.register.ask((db) => records.messagesReturned(db, address, { key, messageId }));
    if (key !== undefined && messages.length === 0) throw new RefusedError(neverSent(key, address));
    // The mark comes last: until it stands, saying the same again goes on where it stopped.
    for (const message of messages) {
      const body = {
        by,
        message: message.key,
        to: message.recipient,
        text: message.text,
        why: `It came back from ${address}${spared ? '' : ', which is no longer written to'}: ${why}`,
      };
      await this.tell(message.caseId, 'messageReturned', body, `returned-${digestOf(message.key, message.attempts)}`);
      await this.register.change((db) => records.markReturned(db, message.key, why));
    }
    const mail = await this.register.change(async (db) => {
      if (!spared) await records.markBounced(db, { address, by, why });
      return addresseeOf(db, holder, { at: new Date().toISOString() });
    });
    return { holder, known, returned: messages.map((message) => message.key), mail };
  }

  readonly reachable = async (reachable: { address: string; by: string }): Promise<void> =>
    unlessRefused(await this.register.change((db) => records.recordReachable(db, reachable)));

  /** Who is away from that day on, who has left, and which addresses bounce. */
  readonly notable = (from: CivilDate) =>
    this.register.ask(async (db) => ({
      away: await records.absencesFrom(db, from),
      left: await records.listLeft(db),
      bounces: await records.listBounces(db),
    }));

  /** @throws {@link RefusedError} if there is no such person */
  readonly view = (id: string, today: CivilDate): Promise<PersonView> =>
    this.register.ask(async (db) => {
      unlessRefused(await records.refuseUnknownPerson(db, id));
      const person = await records.findPerson(db, id);
      if (!person) throw new RefusedError(refuse('UnknownPerson', `There is no person "${id}".`));
      return {
        person,
        mail: await addresseeOf(db, `person/${id}`, { at: new Date().toISOString() }),
        away: (await records.absencesFrom(db, today)).filter((each) => each.person === id),
        standsInFor: await records.standingInFor(db, id, today),
        bounces: (await records.listBounces(db)).filter(({ holder }) => holder === `person/${id}`),
        concerns: await records.concernsOf(db, id, today),
      };
    });

  /** A case that is over by now needs to hear nothing: false. */
  private async tell(caseId: string, name: string, body: Body, commandId: string): Promise<boolean> {
    try {
      await this.command(caseId, name, body, { commandId });
      return true;
    } catch (error) {
      if (error instanceof RefusedError && ['CaseClosed', 'AlreadyDone'].includes(error.code))
        return error.code === 'AlreadyDone';
      if (!(error instanceof UnavailableError)) throw error;
      const sentence = `It is on record, but ${caseId} could not be told of it: ${error.message} Say the same again then; nothing is done twice.`;
      throw new UnavailableError(error.what, sentence, { cause: error });
    }
  }
}

const neverSent = (key: string, address: string): Refusal =>
  refuse('UnknownItem', `No message "${key}" was sent to ${address}; see \`./entente mail list\`.`);

function casesByCoordinator(concerns: readonly Concern[]): ReadonlyMap<string, readonly string[]> {
  const byCoordinator = new Map<string, Set<string>>();
  for (const { case: id, coordinator } of concerns)
    if (id && coordinator) byCoordinator.set(coordinator, (byCoordinator.get(coordinator) ?? new Set()).add(id));
  return new Map([...byCoordinator].map(([coordinator, cases]) => [coordinator, [...cases]]));
}
