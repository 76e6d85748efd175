import { type ListedEntry, listCalendarEntries } from '../database/calendar-entries.ts';
import type { Preview } from '../activities/mail/preview.ts';
import { calendarOutlooks, type ListedOverride, listOverrides, type OverrideFields } from '../database/calendars.ts';
import type { Directory, FileFault, PeopleOf } from '../database/directory.ts';
import * as lists from '../database/lists.ts';
import type { Made, MakeOptions } from '../documents/make.ts';
import { readCommand } from '../database/register.ts';
import { listMoves, type Move, type ReplanFilter } from '../database/replanning.ts';
import { isTakenWhenOver } from '../domain/case/command.ts';
import type { CaseState } from '../domain/case/state.ts';
import { type CaseView, viewAhead } from '../domain/case/view.ts';
import { type CivilDate, dayOf, type Instant } from '../domain/dates.ts';
import type { RefersTo } from '../domain/fields.ts';
import type { Subject } from '../domain/lifecycle.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { Answer } from '../workflows/messages.ts';
import { closed, nobodyRuns, openedBefore, overInTemporal } from './absent.ts';
import type { Body, CommandOptions, CommandRequest, OpeningFields, OpeningOptions } from './asked.ts';
import { newCommandId, NotRunningError, RunningCases } from './cases.ts';
import { BesideCases } from './beside-cases.ts';
import { CaseDocuments } from './case-documents.ts';
import { Countries } from './countries.ts';
import { Desks } from './desk.ts';
import { Feeds } from './feeds.ts';
import { DirectoryOnRecord } from './directory.ts';
import { RefusedError, unlessRefused } from './errors.ts';
import { Forecasts } from './forecast/forecasts.ts';
import { Previews } from './forecast/previews.ts';
import { Health } from './health/health.ts';
import { checkCommand, checkedId, checkOpening, lifecycleOf, lifecycleOfCase, refuseIdOfLink } from './input.ts';
import { Keys } from './keys.ts';
import { Links } from './links.ts';
import { Lists } from './lists.ts';
import { mailPreviewFrom } from './mail-preview.ts';
import { People } from './people.ts';
import { proverOf, trialProverOf } from './proofs.ts';
import { RegisterConnection } from './register.ts';
import { ServiceRoles } from './roles.ts';
import { Passkeys } from './passkeys.ts';
import { type Session, Sessions } from './sessions.ts';
import { asSent, openingId, sameAsAsked, wasOpened } from './same-command.ts';
import { noOverrideAsChange, overrideAsChange, overridden } from './overrides.ts';
import { settledAsSent } from './settling.ts';
import { type ClientSettings, settingsFrom } from './settings.ts';
import { wouldBeOpened } from './trial.ts';
import { Trials } from './trials.ts';

export type { Answer } from '../workflows/messages.ts';
export type { Body, CommandOptions, OpeningFields, OpeningOptions } from './asked.ts';
export type { Occurrence } from './forecast/forecasts.ts';
export type { Check, Finding, FindingKind } from './health/finding.ts';
export type { Glance } from './health/glance.ts';
export type { Revived, ReviveOptions } from './health/revive.ts';
export { type Service, RefusedError, UnavailableError } from './errors.ts';
export { SettingsError } from '../stack/settings.ts';

/**
 * Opens cases, gives commands and reads lists, from a script of your own. Close it at the end.
 *
 * Services are found in the environment, else at a running `npm start`; each is connected to when it is first needed:
 * only then does a call throw {@link SettingsError} if none is named.
 */
export const connectEntente = (settings: ClientSettings = settingsFrom(process.env)): Entente => new Entente(settings);

export class Entente extends Lists {
  private readonly running: RunningCases;
  private readonly directoryOnRecord: DirectoryOnRecord;
  private readonly trials: Trials;
  private readonly pagesUrl: () => string | undefined;
  /** What is known of countries, and what goes on with each. */
  readonly countries: Countries;
  /** Who is away, who has left, and which addresses mail comes back from. */
  readonly people: People;
  /** What is done to the directory, to calendars and to mail, with its proofs. */
  readonly besideCases: BesideCases;
  /** What people are in the service, whatever the case. */
  readonly roles: ServiceRoles;
  /** The addresses in letters with which their readers answer. */
  readonly links: Links;
  /** With what people prove who gives a command. */
  readonly keys: Keys;
  /** Who signs in at the pages. */
  readonly sessions: Sessions;
  readonly passkeys: Passkeys;
  /** What they find there. */
  readonly desks: Desks;
  readonly feeds: Feeds;
  /** The texts that cases circulate, as they went with letters. */
  readonly caseDocuments: CaseDocuments;
  /** Whether every case that is open on record is carried on. */
  readonly health: Health;
  /** What cases will do by themselves if nobody does anything. */
  readonly forecasts: Forecasts;
  /** What a change would make different of that. */
  readonly previews: Previews;

  constructor(settings: ClientSettings) {
    super(new RegisterConnection(settings));
    this.pagesUrl = settings.pagesUrl ?? (() => undefined);
    this.countries = new Countries(this.register);
    this.caseDocuments = new CaseDocuments(this.register);
    const prove = proverOf(settings, this.register);
    this.trials = new Trials(this.register, settings.pagesKey ? undefined : trialProverOf(settings, this.register));
    const besideCases = new BesideCases(this.register, prove);
    this.besideCases = besideCases;
    this.directoryOnRecord = new DirectoryOnRecord(this.register, besideCases, (by) =>
      this.people.tellOfSuccessors(by),
    );
    this.forecasts = new Forecasts(this.register);
    this.previews = new Previews(this.register, besideCases);
    this.running = new RunningCases(settings.temporal, undefined, () => this.register.trouble(), prove);
    this.health = new Health(this.register, this.running, settings.temporal);
    this.people = new People(this.register, besideCases, (...asked) => this.give(...asked));
    this.roles = new ServiceRoles(this.register, besideCases);
    this.sessions = new Sessions(this.register, this.running);
    this.desks = new Desks(this.register, this.people, besideCases);
    this.passkeys = new Passkeys(this.register, this.sessions);
    this.feeds = new Feeds(this.register);
    this.keys = new Keys(this.register, besideCases);
    this.links = new Links(
      { register: this.register, running: this.running, besideCases },
      {
        command: (...asked) => this.give(...asked),
        wouldAccept: (...asked) => this.wouldAccept(...asked),
      },
    );
  }

  /**
   * Opens a case and returns once it is on record. Repeated with the same fields, it opens it once.
   *
   * @throws {@link RefusedError} if the opening is refused, or another case has the id
   * @throws {@link UnavailableError} if Temporal, Postgres or a worker does not answer
   */
  async open(kind: string, opening: OpeningFields, options: OpeningOptions = {}): Promise<Answer> {
    if (options.commandId !== undefined) refuseIdOfLink(options.commandId);
    return this.opening(kind, opening, options);
  }

  /**
   * The same for somebody who is signed in at the pages, which is on record: its id names the session, and what it says, so
   * that twice is once.
   *
   * @param secret of the session
   * @throws as {@link open} does
   */
  async openBySession(session: Session, secret: string, kind: string, opening: OpeningFields): Promise<Answer> {
    const door = this.desks.doorOf(secret, `${kind}/${opening.id}`);
    await this.desks.keepDoor(session, door);
    const form = openingId(asSent(opening)).slice('open-'.length, 29);
    return this.opening(kind, opening, { commandId: this.links.idOf(door, form) });
  }

  private async opening(kind: string, opening: OpeningFields, options: OpeningOptions): Promise<Answer> {
    const fields = asSent(opening);
    await this.refuseOpening(kind, opening, options.startsAt);
    const commandId = checkedId(options.commandId ?? openingId(fields));
    const id = `${kind}/${opening.id}`;
    try {
      const request = { kind, opening: fields, commandId, startsAt: options.startsAt };
      return sameAsAsked(await this.running.open(request), 'opening', fields, commandId);
    } catch (error) {
      if (!(error instanceof NotRunningError)) throw error;
      const answer = await this.answered(id, commandId);
      if (answer) return sameAsAsked(answer, 'opening', fields, commandId);
      const standing = await this.register.ask((db) => lists.findCase(db, id));
      throw new RefusedError(openedBefore(id, standing?.state));
    }
  }

  /**
   * Gives a case a command and returns once it is on record. One that is open on record and that nobody runs is started
   * again from the register first.
   *
   * @throws {@link RefusedError} if the command is refused; nothing has happened then
   * @throws {@link UnavailableError} if Temporal, Postgres or a worker does not answer; with a `commandId`, the command
   * may still be carried out, and giving it again under that id is safe
   */
  async command(caseId: string, name: string, body: Body, options: CommandOptions = {}): Promise<Answer> {
    if (options.commandId !== undefined) refuseIdOfLink(options.commandId);
    return this.give(caseId, name, body, options);
  }

  private async give(caseId: string, name: string, body: Body, options: CommandOptions): Promise<Answer> {
    checkCommand(lifecycleOfCase(caseId), name, body);
    const fields = asSent(body);
    const commandId = checkedId(options.commandId ?? newCommandId());
    try {
      const answer = await this.running.command({ caseId, name, body: fields, commandId, asOf: options.asOf });
      return sameAsAsked(answer, name, fields, commandId);
    } catch (error) {
      if (!(error instanceof NotRunningError)) throw error;
      const request = { caseId, name, body: fields, commandId, asOf: options.asOf };
      const answer = (await this.answered(caseId, commandId)) ?? (await this.commandFromRegister(request));
      return sameAsAsked(answer, name, fields, commandId);
    }
  }

  private async refuseOpening(kind: string, opening: OpeningFields, at: Instant = now()): Promise<void> {
    const lifecycle = lifecycleOf(kind);
    checkOpening(lifecycle, opening);
    const event = await this.register.ask((db) => wouldBeOpened(db, lifecycle, opening, at));
    if (isRefusal(event)) throw new RefusedError(event);
  }

  /** @see {@link Trials.wouldAccept} */
  readonly wouldAccept = (...asked: Parameters<Trials['wouldAccept']>) => this.trials.wouldAccept(...asked);
  /** @see {@link Trials.wouldOpen} */
  readonly wouldOpen = (...asked: Parameters<Trials['wouldOpen']>) => this.trials.wouldOpen(...asked);

  /** Whether a case was opened with these very fields before; a refusal if it was with others. */
  readonly wasOpened = (kind: string, opening: OpeningFields): Promise<boolean | Refusal> =>
    this.register.ask((db) => wasOpened(db, `${kind}/${opening.id}`, opening));

  /**
   * The id of the one case that is meant by what follows the "/" of it.
   *
   * @throws {@link RefusedError} if it is the case's of several kinds, or of none
   */
  readonly caseNamed = async (given: string): Promise<string> =>
    unlessRefused(await this.register.ask((db) => lists.caseNamed(db, given)));

  readonly isOnRecord = async (caseId: string): Promise<boolean> =>
    (await this.register.ask((db) => lists.findCase(db, caseId))) !== undefined;

  /** `did you mean kim-minji?`, of something that a field which refers to such things does not take. */
  readonly suggestion = (refersTo: RefersTo, typed: string): Promise<string | undefined> =>
    this.register.ask((db) => lists.suggested(db, refersTo, typed));

  /**
   * A case as it stands on record.
   *
   * @throws {@link RefusedError} if there is no case of this id
   */
  async view(caseId: string): Promise<CaseView> {
    return viewAhead(lifecycleOfCase(caseId), await this.register.caseOnRecord(caseId));
  }

  /**
   * What a case knows of itself, as its rules hold it.
   *
   * @throws {@link RefusedError} if there is no case of this id
   */
  async subject(caseId: string): Promise<Subject> {
    lifecycleOfCase(caseId);
    return (await this.register.caseOnRecord(caseId)).subject;
  }

  /** A case as its running workflow has it. */
  async liveView(caseId: string): Promise<CaseView> {
    lifecycleOfCase(caseId);
    try {
      return await this.running.view(caseId);
    } catch (error) {
      if (!(error instanceof NotRunningError)) throw error;
      throw nobodyRuns((await this.stillOpen(caseId)).id, error);
    }
  }

  /** Says that a message in doubt has arrived; false when it was not in doubt. What has not arrived is told `sendAgain`. */
  readonly settleAsSent = (key: string, verdict: { by: string; why: string }) =>
    settledAsSent(this.besideCases, key, verdict);

  /**
   * The messages that a case has still to send, or would send next by itself, as they would look; nothing is sent.
   *
   * @throws {@link RefusedError} if there is no case of this id
   */
  readonly mailPreview = (caseId: string): Promise<readonly Preview[]> =>
    mailPreviewFrom(this.register, caseId, this.pagesUrl());

  /** All countries and agencies, and the people of some agency or country, or all. */
  readonly directory = (peopleOf?: PeopleOf) => this.directoryOnRecord.read(peopleOf);
  readonly zoneOf = (person: string) => this.directoryOnRecord.zoneOf(person);
  /** Imports a directory, all or nothing; `by` is who changes it. Cases that wait for who follows somebody are told. */
  readonly importDirectory = (directory: Directory, faults?: readonly FileFault[], by?: string) =>
    this.directoryOnRecord.import(directory, faults, by);
  readonly addressChanges = () => this.directoryOnRecord.addressChanges();

  /** How far ahead the public holidays of the countries in the directory are known. */
  readonly calendarOutlooks = () => this.register.ask((db) => calendarOutlooks(db, dayOf(now())));
  /** Says of one day whether a country (`KR`) or an agency (`klid`) works; what is planned already stays. */
  readonly addCalendarOverride = (place: string, fields: OverrideFields, by?: string): Promise<void> =>
    overridden(this.besideCases, overrideAsChange(place, fields, by));
  readonly removeCalendarOverride = (place: string, date: CivilDate, by?: string): Promise<void> =>
    overridden(this.besideCases, noOverrideAsChange(place, date, by));
  readonly calendarOverrides = async (place?: string): Promise<readonly ListedOverride[]> =>
    unlessRefused(await this.register.ask((db) => listOverrides(db, place)));

  /** What would move in open cases if they were planned anew by the calendars of today; changes nothing. */
  readonly calendarMoves = async (filter?: ReplanFilter): Promise<readonly Move[]> =>
    unlessRefused(await this.register.ask((db) => listMoves(db, filter)));

  /** What stands in people's calendars: of all, of a country (`KR`) or of an agency (`klid`). */
  readonly calendarEntries = async (place?: string): Promise<readonly ListedEntry[]> =>
    unlessRefused(await this.register.ask((db) => listCalendarEntries(db, place)));

  /**
   * Makes the documents of one kind of a case or a country: files in memory, the same for the same register.
   *
   * @throws {@link RefusedError} if there is no such document or case, or it is too early; `FileFaultsError` with
   * every fault of a template
   */
  readonly documents = async (kind: string, subject: string, options: MakeOptions = {}): Promise<Made> => {
    // Loaded only now: other commands need no DOCX.
    const { documentsFrom } = await import('./documents.ts');
    return documentsFrom(this.register, kind, subject, options);
  };

  async close(): Promise<void> {
    await Promise.all([this.register.close(), this.running.close(), this.health.close()]);
  }

  /** What the register says was answered to a command, when its case no longer runs. */
  private async answered(caseId: string, commandId: string): Promise<Answer | undefined> {
    const row = await this.register.ask((db) => readCommand(db, caseId, commandId));
    return row && (row.answer as Answer);
  }

  /** Starts a case that nobody runs again from the register, and gives it the command. */
  private async commandFromRegister(request: CommandRequest): Promise<Answer> {
    const { caseId, asOf: startsAt } = request;
    const state = await this.register.caseOnRecord(caseId);
    const thoughOver = state.closedAt !== undefined;
    const refusal = thoughOver ? await this.refusalWhenOver(state, request) : undefined;
    if (refusal) {
      // Given twice at once, it may have been put on record meanwhile, and be refused for that alone.
      const answer = await this.answered(caseId, request.commandId);
      if (answer) return answer;
      throw new RefusedError(refusal);
    }
    return this.running
      .commandFromRegister(request, { caseId, title: state.title, startsAt, thoughOver })
      .catch((error: unknown) => {
        throw error instanceof NotRunningError ? overInTemporal(caseId, error) : error;
      });
  }

  /** What a case that is over does not take starts no workflow. */
  private async refusalWhenOver(state: CaseState, request: CommandRequest): Promise<Refusal | undefined> {
    const { caseId, name, body, asOf = now() } = request;
    if (!isTakenWhenOver(lifecycleOfCase(caseId), state, name)) return closed(state);
    const trial = await this.wouldAccept(caseId, name, body as Body, asOf);
    return isRefusal(trial) ? trial : undefined;
  }

  /** @throws {@link RefusedError} if there is no such case, or it is over */
  private async stillOpen(caseId: string): Promise<CaseState> {
    const state = await this.register.caseOnRecord(caseId);
    if (state.closedAt) throw new RefusedError(closed(state));
    return state;
  }
}

const now = (): Instant => new Date().toISOString();
