import * as lists from '../database/lists.ts';
import type { Page } from '../database/lists.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { Instant } from '../domain/dates.ts';
import { indicatorSorting } from '../database/lists/countries.ts';
import { dueSorting } from '../database/lists/due.ts';
import { doneSorting } from '../database/lists/events.ts';
import { linkSorting } from '../database/lists/links.ts';
import { quietSorting } from '../database/lists/quiet.ts';
import { actionSorting, committeeSorting, mouSorting, requestSorting } from '../database/lists/registers.ts';
import { besideCasesSorting } from '../database/lists/beside-cases.ts';
import { waitingSorting } from '../database/lists/cases.ts';
import { comingSorting } from '../database/lists/coming-dates.ts';
import { editionSorting, nominationSorting, programmeSorting } from '../database/lists/programmes.ts';
import { visitSorting, workshopSorting } from '../database/lists/visits.ts';
import { RefusedError } from './errors.ts';
import { lifecycleOfCase } from './input.ts';
import type { RegisterConnection } from './register.ts';
import {
  type InCase,
  type ListedView,
  type Owed,
  toldOfDue,
  toldOfEvents,
  waitingAhead,
  type WaitingCase,
  waitingCase,
} from './told.ts';

/** By which columns a page of each list can be put in order, as `sort` of {@link Page} names them. */
const sortings = {
  due: dueSorting,
  quiet: quietSorting,
  requests: requestSorting,
  mous: mouSorting,
  committees: committeeSorting,
  actions: actionSorting,
  dates: comingSorting,
  visits: visitSorting,
  workshops: workshopSorting,
  programmes: programmeSorting,
  editions: editionSorting,
  nominations: nominationSorting,
  waiting: waitingSorting,
  done: doneSorting,
  links: linkSorting,
  indicators: indicatorSorting,
  directory: besideCasesSorting,
} as const;

export const sortable = (list: keyof typeof sortings): readonly string[] => Object.keys(sortings[list].by);

/** What is on record, as pages of lists. A filter that names somebody whom the directory does not know is refused. */
export class Lists {
  protected readonly register: RegisterConnection;

  constructor(register: RegisterConnection) {
    this.register = register;
  }

  readonly cases = (filter?: lists.CaseFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listCases(db, filter, page));

  /** Open cases as they stand, the one whose due date passes next first, with what happens by itself if nobody answers. */
  readonly waiting = (filter?: lists.CaseFilter, page?: Page): Promise<lists.Listed<ListedView>> =>
    this.waitingAs(waitingAhead, filter, page);

  /** The same cases, with what is said of what they wait for to readers of any language. */
  readonly waitingTold = (filter?: lists.CaseFilter, page?: Page): Promise<lists.Listed<WaitingCase>> =>
    this.waitingAs(waitingCase, filter, page);

  private async waitingAs<T>(row: (state: CaseState) => T, filter?: lists.CaseFilter, page?: Page) {
    const listed = await this.register.listed(filter, (db) => lists.listWaitingCases(db, filter, page));
    return { ...listed, rows: listed.rows.map(({ state }) => row(state)) };
  }

  readonly openRequests = (filter?: lists.PlaceFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listOpenRequests(db, filter, page));
  readonly mous = (filter?: lists.MouFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listMous(db, filter, page));
  readonly committees = (filter?: lists.PlaceFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listCommittees(db, filter, page));
  readonly actions = (filter?: lists.ActionFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listActions(db, filter, page));
  readonly visits = (filter?: lists.DatedFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listVisits(db, filter, page));
  readonly workshops = (filter?: lists.DatedFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listWorkshops(db, filter, page));
  readonly programmes = (filter?: lists.DatedFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listProgrammes(db, filter, page));
  readonly editions = (filter?: lists.EditionFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listEditions(db, filter, page));
  readonly outstandingNominations = (filter?: lists.PlaceFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listOutstandingNominations(db, filter, page));
  /**
   * What takes place: visits, workshops, editions, meetings, appointments, signings.
   *
   * @param filter `asOf`, the moment from which on they take place, is now unless said
   */
  readonly comingDates = (filter?: Partial<lists.ComingFilter>, page?: Page) =>
    this.register.listed(filter, (db) => lists.listComingDates(db, { asOf: now(), ...filter }, page));
  readonly due = (filter: Omit<lists.DueFilter, 'asOf'> & Partial<Pick<lists.DueFilter, 'asOf'>>, page?: Page) =>
    this.register.listed(filter, (db) => lists.listDue(db, { asOf: now(), ...filter }, page));
  /** With what each of these is, for readers of any language. */
  readonly toldOfDue = <Row extends Owed>(rows: readonly Row[]) => this.register.ask((db) => toldOfDue(db, rows));

  /** Open cases in which nobody has done anything for too long. */
  readonly quiet = (filter: Omit<lists.QuietFilter, 'asOf'> = {}, page?: Page) =>
    this.register.listed(filter, (db) => lists.listQuiet(db, { asOf: now(), ...filter }, page));

  /** @throws {@link RefusedError} if there is no case of this id */
  readonly history = (caseId: string, page?: Page): Promise<lists.Listed<lists.ListedEvent>> => {
    lifecycleOfCase(caseId);
    return this.register.ask(async (db) => {
      const listed = await lists.listEvents(db, caseId, page);
      if (listed.rows.length === 0 && !(await lists.findCase(db, caseId)))
        throw new RefusedError(await lists.refuseUnknownCase(db, caseId));
      return listed;
    });
  };

  /** What somebody did, in all cases. */
  readonly done = (filter: lists.DoneFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listDone(db, filter, page));
  /** With what each of these says to whoever reads its case whole, in any language. */
  readonly toldOfEvents = <Row extends InCase>(rows: readonly Row[]) =>
    this.register.ask((db) => toldOfEvents(db, rows));
  readonly messages = (filter?: lists.MessageFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listMessages(db, filter, page));
  /** The addresses in letters with which their readers answer. */
  readonly linksOf = (filter: lists.LinkFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listLinksOf(db, filter, page));
  /** The same, with what those are made of that have no subject yet. */
  readonly lettersOf = async <Row extends Pick<lists.ListedMessage, 'key' | 'subject'>>(
    rows: readonly Row[],
  ): Promise<readonly (Row & { readonly letter?: lists.LetterMade | undefined })[]> => {
    const keys = rows.flatMap(({ key, subject }) => (subject === null ? key : []));
    const made = await this.register.ask((db) => lists.lettersMade(db, keys));
    return rows.map((row) => ({ ...row, letter: made.get(row.key) }));
  };

  readonly message = (key: string) => this.register.ask((db) => lists.findMessage(db, key));
  /** Mail that should have gone and did not, or about which a person has to decide. */
  readonly mailTroubles = (page?: Page) => this.register.ask((db) => lists.listMailTroubles(db, now(), page));
}

const now = (): Instant => new Date().toISOString();
