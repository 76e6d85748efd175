import { listAddressChanges } from '../database/directory/address-changes.ts';
import {
  type Directory,
  type FileFault,
  importDirectory,
  type ImportResult,
  readDirectory,
} from '../database/directory.ts';
import { refuseUnknownPerson } from '../database/people.ts';
import { findPerson } from '../database/people/person.ts';
import { unlessRefused } from './errors.ts';
import type { RegisterConnection } from './register.ts';

/** Countries, agencies and people, and whose address has changed. */
export class DirectoryOnRecord {
  private readonly register: RegisterConnection;
  /** Cases that wait for who follows somebody. */
  private readonly tellOfSuccessors: (by: string) => Promise<void>;

  constructor(register: RegisterConnection, tellOfSuccessors: (by: string) => Promise<void>) {
    this.register = register;
    this.tellOfSuccessors = tellOfSuccessors;
  }

  readonly read = () => this.register.ask(readDirectory);

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
    const imported = await this.register.change(async (db) => {
      const isAdded = by === undefined || directory.people.some(({ fields }) => fields['id'] === by);
      if (!isAdded) unlessRefused(await refuseUnknownPerson(db, by));
      return unlessRefused(await importDirectory(db, directory, faults, by));
    });
    if (by !== undefined) await this.tellOfSuccessors(by);
    return imported;
  }
}
