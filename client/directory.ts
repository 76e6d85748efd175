import { listAddressChanges } from '../database/directory/address-changes.ts';
import {
  type Directory,
  type FileFault,
  importDirectory,
  type ImportResult,
  type PeopleOf,
  readDirectory,
} from '../database/directory.ts';
import { filledInDirectory, refuseUnknownPerson } from '../database/people.ts';
import { findPerson } from '../database/people/person.ts';
import { counted } from '../domain/derived.ts';
import type { BesideCases } from './beside-cases.ts';
import { unlessRefused } from './errors.ts';
import type { Change } from './forecast/previews.ts';
import { succeeding } from './people-changes.ts';
import type { AskedRegister } from './register.ts';

/** Countries, agencies and people, and whose address has changed. */
export class DirectoryOnRecord {
  private readonly register: AskedRegister;
  private readonly besideCases: BesideCases;
  /** Cases that wait for who follows somebody. */
  private readonly tellOfSuccessors: (by: string) => Promise<void>;

  constructor(register: AskedRegister, besideCases: BesideCases, tellOfSuccessors: (by: string) => Promise<void>) {
    this.register = register;
    this.besideCases = besideCases;
    this.tellOfSuccessors = tellOfSuccessors;
  }

  readonly read = (peopleOf?: PeopleOf) => this.register.ask((db) => readDirectory(db, peopleOf));

  /** The zone of whoever is named, their country's unless it is said of them; undefined of somebody whom nobody knows. */
  readonly zoneOf = (person: string) => this.register.ask(async (db) => (await findPerson(db, person))?.zone);

  /** Whose mail went where, and where it goes since; the latest first. */
  readonly addressChanges = () => this.register.ask(listAddressChanges);

  /**
   * Imports a directory in somebody's name, all or nothing. Addresses that it changes are told by a worker.
   *
   * @param by may be somebody whom this import adds: the first one has to begin somewhere
   * @throws {@link RefusedError} if there is no such person, or nobody is named and somebody's mail would go elsewhere
   */
  async import(directory: Directory, faults?: readonly FileFault[], by?: string): Promise<ImportResult> {
    const { said, puts } = importAsChange(directory, faults, by);
    const imported = await this.besideCases.change(said, puts);
    if (by !== undefined) await this.tellOfSuccessors(by);
    return imported;
  }
}

/** An import as a change: what it puts on record, and which cases are told that they wait for nobody any more. */
export const importAsChange = (directory: Directory, faults?: readonly FileFault[], by?: string) =>
  ({
    said: { command: 'directory import', about: inWords(directory), by, fields: { directory } },
    puts: async (trx) => {
      const isAdded = by === undefined || directory.people.some(({ fields }) => fields['id'] === by);
      if (!isAdded) unlessRefused(await refuseUnknownPerson(trx, by));
      return unlessRefused(await importDirectory(trx, directory, faults, by));
    },
    commands: async (trx) => (by === undefined ? [] : succeeding(await filledInDirectory(trx), by)),
  }) satisfies Change;

/** `2 countries, 3 agencies, 14 people` */
const inWords = ({ countries, agencies, people }: Directory): string =>
  `${counted(countries.length, 'country', 'countries')}, ${counted(agencies.length, 'agency', 'agencies')}, ${counted(people.length, 'person', 'people')}`;
