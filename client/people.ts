import { type Addressee, addresseeOf, type Nobody } from '../database/addressee.ts';
import * as records from '../database/people.ts';
import type { Absence, Bounce, Concern, InDirectory, Person, Recorded } from '../database/people.ts';
import { digestOf } from '../database/digest.ts';
import { longestForm } from '../domain/case/command-id.ts';
import type { CivilDate } from '../domain/dates.ts';
import type { Party } from '../domain/fields.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { BesideCases } from './beside-cases.ts';
import type { Body, CommandOptions } from './client.ts';
import { RefusedError, UnavailableError, unlessRefused } from './errors.ts';
import {
  type AbsenceSaid,
  absenceSaid,
  casesByCoordinator,
  leavingSaid,
  leftBehind,
  type LeavingSaid,
  mostNamed,
  type ReturnSaid,
  returnSaid,
  seenToBy,
  stayingSaid,
  succeeding,
} from './people-changes.ts';
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
  /** What they are in the directory that no open case sees to. */
  readonly unattended: readonly InDirectory[];
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

/** By what a form of the pages puts something on record, and tells cases of it. */
export interface ByForm {
  /** As `Desks.idBesideCases` gives it. */
  readonly id: string;
  /** As `Desks.idIn` gives it. */
  readonly idIn: (caseId: string, form: string) => Promise<string>;
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

/** Cases that are told at once. */
const atOnce = 8;

/** Who is away, who has left, and which addresses mail comes back from. Every change is safe to repeat. */
export class People {
  private readonly register: Register;
  private readonly besideCases: BesideCases;
  private readonly command: GiveCommand;

  constructor(register: Register, besideCases: BesideCases, command: GiveCommand) {
    this.register = register;
    this.besideCases = besideCases;
    this.command = command;
  }

  /**
   * @param id of a form on the pages, as `Desks.idBesideCases` gives it
   * @throws {@link RefusedError} if the days overlap, or the stand-in is unknown, unreachable, away then, or part of a loop
   */
  readonly away = async ({ by, ...absence }: AbsenceSaid, id?: string): Promise<Recorded> =>
    unlessRefused(
      await this.besideCases.change({ ...absenceSaid({ by, ...absence }), id }, (trx) =>
        records.recordAbsence(trx, absence, by),
      ),
    );

  /** @throws {@link RefusedError} if they were there already */
  readonly back = async (back: ReturnSaid, id?: string): Promise<Absence> =>
    unlessRefused(await this.besideCases.change({ ...returnSaid(back), id }, (trx) => records.recordReturn(trx, back)));

  /**
   * Somebody leaves the service: coordinators of what concerns them are told, each by one mail, in the first of their cases.
   *
   * @throws {@link RefusedError} if one of the two people is unknown
   * @throws {@link UnavailableError} if not every case could be told; their leaving is on record then, and saying it
   * again tells the others
   */
  async left(leaving: LeavingSaid, byForm?: ByForm): Promise<Leaving> {
    const said = { ...leavingSaid(leaving), id: byForm?.id };
    const { concerns, inDirectory, mail } = await this.besideCases.change(said, async (trx) => {
      const refusal = await records.recordLeaving(trx, leaving);
      // A form that comes again goes on where it stopped, unless something else was said since.
      const stands = (await records.findPerson(trx, leaving.person))?.leftOn === leaving.on;
      if (refusal && !(refusal.refused === 'AlreadyDone' && stands)) throw new RefusedError(refusal);
      return leftBehind(trx, leaving);
    });
    const told: string[] = [];
    const inCases = [...concerns, ...inDirectory];
    for (const [coordinator, cases] of casesByCoordinator(inCases)) {
      const bodyFor = (caseId: string) => ({ ...leaving, ...seenToBy(caseId, inDirectory) });
      if (await this.tellAll(cases, 'personLeft', bodyFor, byForm)) told.push(coordinator);
    }
    return { concerns, told, mail, unattended: inDirectory.filter((role) => role.case === undefined) };
  }

  /** Every case has it on record; the first that takes it tells their coordinator of all. False when all are over by now. */
  private async tellAll(
    cases: readonly string[],
    name: 'personLeft' | 'personStays',
    bodyFor: (caseId: string) => Body & { readonly person: string },
    byForm: ByForm | undefined,
  ): Promise<boolean> {
    let isTold = false;
    for (let rest: readonly string[] = cases; rest.length > 0; ) {
      const next = rest.slice(0, isTold ? atOnce : 1);
      rest = rest.slice(next.length);
      const concerned: readonly string[] = isTold ? [] : cases.slice(0, mostNamed);
      const taken = await Promise.all(
        next.map(async (caseId) => {
          const body = { ...bodyFor(caseId), concerned };
          const before = await this.register.ask((db) => records.timesStayed(db, caseId, body.person));
          const commandId = `${name === 'personLeft' ? 'left' : 'stays'}-${digestOf(caseId, { ...body, ...before })}`;
          return this.tell(
            caseId,
            name,
            body,
            (await byForm?.idIn(caseId, commandId.slice(0, longestForm))) ?? commandId,
          );
        }),
      );
      isTold ||= taken.includes(true);
    }
    return isTold;
  }

  /**
   * What was said of somebody's leaving is taken back, and whoever was to name others hears of it.
   *
   * @returns the coordinators who are told by mail
   * @throws {@link RefusedError} if nothing of the kind is on record
   * @throws {@link UnavailableError} if not every case could be told; saying it again tells the others
   */
  async stays(
    { person, by }: { readonly person: string; readonly by: string },
    byForm?: ByForm,
  ): Promise<readonly string[]> {
    const awaited = await this.register.ask((db) => records.awaitedSuccessors(db, person));
    const refusal = await this.besideCases.change({ ...stayingSaid({ person, by }), id: byForm?.id }, (trx) =>
      records.recordStaying(trx, { person, by }),
    );
    const stands =
      awaited.length > 0 && (await this.register.ask((db) => records.findPerson(db, person)))?.leftOn === null;
    if (refusal && !(refusal.refused === 'AlreadyDone' && stands)) throw new RefusedError(refusal);
    const told: string[] = [];
    for (const [coordinator, cases] of casesByCoordinator(awaited))
      if (await this.tellAll(cases, 'personStays', () => ({ by, person }), byForm)) told.push(coordinator);
    return told;
  }

  /**
   * Cases that wait for others in the directory hear that it names them. Safe to repeat: who was told waits no more.
   *
   * @throws {@link UnavailableError} if not every case could be told; the next import tells the others
   */
  async tellOfSuccessors(by: string): Promise<void> {
    const awaited = await this.register.ask(records.filledInDirectory);
    for (const { case: caseId, name, body } of succeeding(awaited, by)) await this.tell(caseId, name, body);
  }

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
    if (!spared) {
      const fields = { address, why };
      await this.besideCases.change({ command: 'person bounced', about: address, by, fields }, async (trx) =>
        unlessRefused(await records.recordBounced(trx, { ...fields, by })),
      );
    }
    const mail = await this.register.ask((db) => addresseeOf(db, holder, { at: new Date().toISOString() }));
    return { holder, known, returned: messages.map((message) => message.key), mail };
  }

  readonly reachable = async (reachable: { address: string; by: string }): Promise<void> =>
    unlessRefused(
      await this.besideCases.change(
        {
          command: 'person reachable',
          about: reachable.address,
          by: reachable.by,
          fields: { address: reachable.address },
        },
        (trx) => records.recordReachable(trx, reachable),
      ),
    );

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
  private async tell(caseId: string, name: string, body: Body, commandId?: string): Promise<boolean> {
    try {
      await this.command(caseId, name, body, commandId === undefined ? {} : { commandId });
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
