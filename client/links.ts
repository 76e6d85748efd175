export { type CodeTried, minutesGood } from '../database/answer-codes.ts';
import { actorIn } from '../database/actor.ts';
import { askForCode, codeKeyOf, type CodeTried, tryCode } from '../database/answer-codes.ts';
import { findLink, hashOf, listLinks, macOf, readersByLink, revokeLinks, signInOf } from '../database/answer-links.ts';
import { codeToken } from '../database/code-keys.ts';
import { coordinatorOf } from '../database/lists/messages.ts';
import { findCase } from '../database/lists.ts';
import { keepDocument } from '../database/documents.ts';
import type { GivenFile } from '../database/documents/content.ts';
import { namesIn } from '../database/names.ts';
import { findPerson, refuseUnknownPerson } from '../database/people/person.ts';
import { refuseBesideCases, refuseNotTheirsBeside } from '../database/people/roles.ts';
import { readCommand, readEvents } from '../database/register.ts';
import { linkId } from '../domain/case/command-id.ts';
import { commandsOf } from '../domain/case/command.ts';
import { isRefusal } from '../domain/refusal.ts';
import { referencesIn } from '../domain/story.ts';
import type { Answer } from '../workflows/messages.ts';
import type { BesideCases } from './beside-cases.ts';
import type { RunningCases } from './cases.ts';
import type { Body, CommandOptions } from './client.ts';
import { RefusedError, unlessRefused } from './errors.ts';
import { lifecycleOfCase } from './input.ts';
import { nextFacts, type OpenedLink, openedLink } from './opened-link.ts';
import type { RegisterConnection } from './register.ts';
import type { Trial } from './trial.ts';

/** What a link does in its case. */
interface Doors {
  command(caseId: string, name: string, body: Body, options: CommandOptions): Promise<Answer>;
  wouldAccept(caseId: string, name: string, body: Body, at: undefined, id: string): Promise<Trial>;
}

/** With what an answer by a link comes. */
export interface Answering {
  /** Of the address in the letter. */
  readonly token: string;
  /** Tells answers apart: the same one twice is done once. */
  readonly form: string;
  /** The six digits that were mailed, for an answer that binds. */
  readonly code?: string | undefined;
  /** That it names: put into the register before it, and not if it would be refused. */
  readonly files?: readonly GivenFile[] | undefined;
}

/** Thrown when an answer that binds comes without the code that was mailed for it: nothing has happened. */
export class NotConfirmedError extends Error {
  override readonly name = 'NotConfirmedError';
  /** What became of the code that it came with; absent: it came without one. */
  readonly tried: CodeTried | undefined;
  constructor(command: string, tried?: CodeTried) {
    super(`${command} binds: it is given with the code that Links.askForCode has mailed to the link's person.`);
    this.tried = tried;
  }
}

const tokenPattern = /^[A-Za-z0-9_-]{32}$/;

/** The addresses in letters with which their readers answer. Each is for one person and one obligation. */
export class Links {
  private readonly register: RegisterConnection;
  private readonly running: RunningCases;
  private readonly besideCases: BesideCases;
  private readonly doors: Doors;

  constructor(
    {
      register,
      running,
      besideCases,
    }: { register: RegisterConnection; running: RunningCases; besideCases: BesideCases },
    doors: Doors,
  ) {
    this.register = register;
    this.running = running;
    this.besideCases = besideCases;
    this.doors = doors;
  }

  /** What commands given by links have for an id: it names the link, so the record says of each by which letter it was given. */
  readonly idOf = ({ hash }: Pick<OpenedLink, 'hash'>, form: string): string => linkId({ hash, form });

  /** What an address is for; undefined when there is none of this token. Changes nothing. */
  async open(token: string): Promise<OpenedLink | undefined> {
    if (!tokenPattern.test(token)) return undefined;
    return this.register.ask(async (db) => {
      const link = await findLink(db, hashOf(token));
      // What is done from the desk is done by whoever is signed in alone.
      if (link && signInOf(link.message) !== undefined) return undefined;
      const found = link && (await findCase(db, link.case_id));
      const person = link && (await findPerson(db, link.person));
      if (!link || !found || !person) return undefined;
      const events = await readEvents(db, link.case_id);
      const lifecycle = lifecycleOfCase(link.case_id);
      const way = { commandId: linkId({ hash: link.hash, form: '' }) };
      const actor = await actorIn(db, lifecycle, found.state, link.person, new Date().toISOString(), way);
      const opened = openedLink(link, person, { ...found, events, actor });
      const people = Object.fromEntries(events.map(({ by }) => [`by ${by}`, `person/${by}`]));
      const told = referencesIn(opened.story.map((each) => each.told));
      const named = { ...people, ...opened.facts, ...nextFacts(opened), told, reader: `person/${link.person}` };
      return { ...opened, names: await namesIn(db, named) };
    });
  }

  /**
   * Answers by a link.
   *
   * @throws {@link NotConfirmedError} if the answer binds and does not come with its code
   * @throws as `Entente.command` does
   */
  async answer(
    link: OpenedLink,
    name: string,
    fields: Readonly<Record<string, unknown>>,
    answering: Answering,
  ): Promise<Answer> {
    const body = { ...fields, by: link.person.person };
    const { form, files = [] } = answering;
    if (commandsOf(link.lifecycle)[name]?.confirms === 'code')
      await this.refuseUnconfirmed(link, name, body, answering);
    else if (files.length > 0) await this.wasAnswered(link, name, body, form);
    for (const file of files) unlessRefused(await this.register.change((db) => keepDocument(db, file)));
    return this.doors.command(link.caseId, name, body, { commandId: this.idOf(link, form) });
  }

  /** What an answer by a link would put on record, or why it would be refused. */
  readonly wouldAccept = (link: OpenedLink, name: string, body: Body): Promise<Trial> =>
    this.doors.wouldAccept(link.caseId, name, body, undefined, this.idOf(link, 'trial'));

  /**
   * Whether a form that came a moment before is on record, to be answered as it was then.
   *
   * @throws {@link RefusedError} if it is not, and would be refused
   */
  private async wasAnswered(link: OpenedLink, command: string, body: Body, form: string): Promise<boolean> {
    const trial = await this.wouldAccept(link, command, body);
    if (!isRefusal(trial)) return false;
    if (await this.answered(link, form)) return true;
    throw new RefusedError(trial);
  }

  /** What would be refused needs no code. */
  private async refuseUnconfirmed(link: OpenedLink, command: string, body: Body, answering: Answering): Promise<void> {
    if (await this.wasAnswered(link, command, body, answering.form)) return;
    const { token, form, code } = answering;
    if (!code) throw new NotConfirmedError(command);
    const { hash } = link;
    const tried = await this.register.change(async (db) => {
      const codeKey = await codeKeyOf(db, hash);
      const mac = macOf(codeKey === null ? token : codeToken(token, codeKey), command, code);
      return tryCode(db, { hash, command, form, mac });
    });
    if (tried.is !== 'right') throw new NotConfirmedError(command, tried);
  }

  /**
   * Has a code mailed to the link's person, without which an answer that binds is not given; each ends the one before.
   *
   * @param says the answer as the page calls it
   * @returns whether one goes out; not if too many were asked for within an hour
   * @throws {@link UnavailableError} if Temporal does not answer
   */
  async askForCode({ hash }: OpenedLink, command: string, says: string): Promise<boolean> {
    const number = await this.register.change((db) => askForCode(db, { hash, command, says }));
    if (number !== undefined) await this.running.mail('answerCode', `answer-code/${hash}/${number}`, { hash, number });
    return number !== undefined;
  }

  /** What was answered to a form that was sent before; undefined if it was not. */
  async answered(link: OpenedLink, form: string): Promise<Answer | undefined> {
    const row = await this.register.ask((db) => readCommand(db, link.caseId, this.idOf(link, form)));
    return row?.answer as Answer | undefined;
  }

  /** The addresses that letters about a case have carried. */
  readonly list = (caseId: string) => {
    lifecycleOfCase(caseId);
    return this.register.ask((db) => listLinks(db, caseId));
  };

  /** Those who have an address in a letter that still stands, if it is this person's to take back; else nobody. */
  readonly revocable = (message: string, by: string): Promise<readonly string[]> =>
    this.register.ask(async (db) => {
      const coordinator = await coordinatorOf(db, message);
      const isNotTheirs = await refuseNotTheirsBeside(db, 'link revoke', by, { coordinator, isPage: true });
      return isNotTheirs ? [] : readersByLink(db, message);
    });

  /**
   * Takes back the addresses in one letter; how many there were that still stood.
   *
   * @param id of a form on the pages, as `Desks.idBesideCases` gives it
   * @throws {@link RefusedError} if the person is not in the directory
   */
  readonly revoke = (
    message: string,
    verdict: { readonly by: string; readonly why: string },
    id?: string,
  ): Promise<number> =>
    this.besideCases.change(
      { command: 'link revoke', about: message, by: verdict.by, fields: { message, why: verdict.why }, id },
      async (trx) => {
        unlessRefused(await refuseUnknownPerson(trx, verdict.by));
        const coordinator = await coordinatorOf(trx, message);
        const way = { coordinator, isPage: id !== undefined };
        unlessRefused(await refuseBesideCases(trx, 'link revoke', verdict.by, way));
        return revokeLinks(trx, message, verdict);
      },
    );
}
