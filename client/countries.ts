import { countryCalendarOf } from '../calendars/index.ts';
import {
  type CountryProfile,
  importCountryProfiles,
  type ProfileImport,
  readProfile,
  withdrawRecord,
} from '../database/country-profiles.ts';
import type { ProfileRecord, Profiles, RecordKind } from '../database/country-profiles/record.ts';
import type { FileFault } from '../database/directory.ts';
import * as lists from '../database/lists.ts';
import type { Listed, Page } from '../database/lists.ts';
import type { CountryRow } from '../database/schema.ts';
import { wholeDirectory } from '../database/surroundings.ts';
import { dayOffIn, type LocalName } from '../domain/calendar.ts';
import { type CivilDate, type Instant, shift } from '../domain/dates.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { FileFaultsError, RefusedError } from './errors.ts';
import type { RegisterConnection } from './register.ts';

/** What is known of a country and what goes on with it, as much as stands on a page. */
export interface CountryPage extends CountryProfile {
  readonly country: CountryRow;
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly openCases: Listed<lists.ListedCase>;
  readonly instruments: Listed<lists.RegisteredMou>;
  readonly actions: Listed<lists.MatrixAction>;
  readonly comingDates: Listed<lists.ComingDate>;
  readonly due: Listed<lists.DueDeadline>;
}

/** A day on which a country does not work. */
export interface DayOff {
  readonly on: CivilDate;
  readonly country: string;
  /** In English: of the holiday, of the weekday, or `office closed`. */
  readonly name: string;
  /** Off every week. */
  readonly weekly: boolean;
  /** What the country itself calls the holiday. */
  readonly local?: LocalName;
}

interface PageAsOf extends Page {
  readonly asOf?: Instant | undefined;
}

/** How far ahead a page looks for what is due. */
const daysAhead = 365;

/** What is known of countries: indicators, national plans, notes, and what goes on with each. */
export class Countries {
  private readonly register: RegisterConnection;

  constructor(register: RegisterConnection) {
    this.register = register;
  }

  readonly list = () => this.register.ask(lists.listCountries);

  /** The days on which a country of the directory does not work: every week, as a holiday, or since somebody said so. */
  readonly daysOff = (from: CivilDate, until: CivilDate): Promise<readonly DayOff[]> =>
    this.register.ask(async (db) => {
      const countries = [...(await wholeDirectory(db)).countries.values()];
      const all: DayOff[] = [];
      for (let on = from; on <= until; on = shift(on, 1))
        for (const { code, overrides } of countries) {
          const day = dayOffIn(countryCalendarOf(code), on, overrides);
          if (day) all.push({ on, country: code, ...day });
        }
      return all;
    });

  /**
   * One country on a page: what is known of it, and the first rows of each list that concerns it.
   *
   * @param page how many rows of each list; `asOf`, the moment that "what is coming" is counted from, is now unless said
   * @throws {@link RefusedError} if there is no such country in the directory
   */
  async show(code: string, { asOf = new Date().toISOString(), ...page }: PageAsOf = {}): Promise<CountryPage> {
    return this.register.ask(async (db) => {
      const country = await db.selectFrom('countries').selectAll().where('code', '=', code).executeTakeFirst();
      if (!country) throw new RefusedError(unknownCountry(code));
      const here = { country: code };
      const [profile, agencies, openCases, instruments, actions, comingDates, due] = await Promise.all([
        readProfile(db, code),
        db.selectFrom('agencies').select(['id', 'name']).where('country', '=', code).orderBy('id').execute(),
        lists.listCases(db, here, page),
        lists.listMous(db, { ...here, inEffect: true }, page),
        lists.listActions(db, here, page),
        lists.listComingDates(db, { ...here, asOf }, page),
        lists.listDue(db, { ...here, asOf, days: daysAhead }, page),
      ]);
      return { country, agencies, ...profile, openCases, instruments, actions, comingDates, due };
    });
  }

  /** What stands on record of it: of a country that the directory has not, nothing. */
  readonly profile = (code: string): Promise<CountryProfile> => this.register.ask((db) => readProfile(db, code));

  readonly indicators = (filter?: lists.IndicatorFilter, page?: Page) =>
    this.register.listed(filter, (db) => lists.listIndicators(db, filter, page));

  /** Everything that was ever recorded of a country, also what was replaced or withdrawn. */
  readonly history = (code: string, page?: Page): Promise<Listed<lists.CountryHistoryEntry>> =>
    this.register.ask(async (db) => {
      const country = await db.selectFrom('countries').select('code').where('code', '=', code).executeTakeFirst();
      if (!country) throw new RefusedError(unknownCountry(code));
      return lists.listCountryHistory(db, code, page);
    });

  /**
   * Records indicators, plans and notes, all or nothing; importing twice is harmless.
   *
   * @param by the person who records them
   * @throws {@link RefusedError} if nobody is `by`; {@link FileFaultsError} with every fault of every entry
   */
  async import(profiles: Profiles, by: string, faults: readonly FileFault[] = []): Promise<ProfileImport> {
    const result = await this.register.change((db) => importCountryProfiles(db, profiles, by, faults));
    if (isRefusal(result)) throw new RefusedError(result);
    if ('faults' in result) throw new FileFaultsError('Nothing was imported', result.faults);
    return result;
  }

  /**
   * Records one thing of a country.
   *
   * @throws {@link RefusedError} if it is not as its kind has to be, or the country is unknown
   */
  async record(kind: RecordKind, record: ProfileRecord, by: string): Promise<ProfileImport> {
    const entry = { fields: { ...record }, file: '', line: 0 };
    const profiles = { indicators: [], plans: [], notes: [], [kind]: [entry] };
    const result = await this.register.change((db) => importCountryProfiles(db, profiles, by));
    if (isRefusal(result)) throw new RefusedError(result);
    if ('faults' in result)
      throw new RefusedError(refuse('InvalidInput', `${result.faults.map(({ because }) => because).join('; ')}.`));
    return result;
  }

  /**
   * Takes back what was recorded by mistake; it stays in the history.
   *
   * @throws {@link RefusedError} if nothing of the country stands under this number
   */
  async withdraw(code: string, number: number, verdict: { by: string; because: string }): Promise<void> {
    const refusal = await this.register.change((db) => withdrawRecord(db, code, number, verdict));
    if (refusal) throw new RefusedError(refusal);
  }
}

const unknownCountry = (code: string): Refusal =>
  refuse(
    'UnknownCountry',
    `There is no country "${code}" in the directory; \`./entente country list\` shows those there are.`,
  );
