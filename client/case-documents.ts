import * as documents from '../database/documents.ts';
import type { CaseDocument } from '../database/documents.ts';
import type { GivenFile } from '../database/documents/content.ts';
import { findCase, refuseUnknownCase } from '../database/lists.ts';
import type { DocumentFile } from '../domain/document.ts';
import { refuse } from '../domain/refusal.ts';
import { RefusedError, unlessRefused } from './errors.ts';
import { lifecycleOfCase } from './input.ts';
import type { RegisterConnection } from './register.ts';

export type { CaseDocument } from '../database/documents.ts';

/** The texts that cases circulate, as they went with letters. */
export class CaseDocuments {
  private readonly register: RegisterConnection;

  constructor(register: RegisterConnection) {
    this.register = register;
  }

  /**
   * Puts a file into the register, for a command that names what is returned. Safe to repeat: the same bytes are there once.
   *
   * @throws {@link RefusedError} if it is empty, too large, or something else than its name says
   */
  async keep(file: GivenFile): Promise<DocumentFile> {
    return unlessRefused(await this.register.change((db) => documents.keepDocument(db, file)));
  }

  /** @throws {@link RefusedError} if there is no such case */
  list(caseId: string): Promise<readonly CaseDocument[]> {
    lifecycleOfCase(caseId);
    return this.register.ask(async (db) => {
      if (!(await findCase(db, caseId))) throw new RefusedError(await refuseUnknownCase(db, caseId));
      return documents.listCaseDocuments(db, caseId);
    });
  }

  /**
   * A file byte for byte, by its name, the event that names it or the beginning of its hash; the last that a case has
   * circulated where nothing is said.
   *
   * @throws {@link RefusedError} if there is none, or several are meant
   */
  async get(caseId: string, which?: string): Promise<CaseDocument & GivenFile> {
    const all = await this.list(caseId);
    const found = which === undefined ? all.slice(-1) : all.filter((each) => isMeant(each, which));
    const hashes = new Set(found.map(({ sha256 }) => sha256));
    const last = found.at(-1);
    if (!last)
      throw new RefusedError(
        refuse(
          'UnknownDocument',
          which === undefined
            ? `${caseId} has circulated no document.`
            : `${caseId} has no document "${which}"; see \`./entente document list ${caseId}\`.`,
        ),
      );
    if (hashes.size > 1)
      throw new RefusedError(
        refuse(
          'UnknownDocument',
          `${caseId} has several documents "${which}"; say which by its hash: ${[...hashes].map((hash) => hash.slice(0, 12)).join(', ')}.`,
        ),
      );
    const contents = await this.register.ask((db) => documents.contentsOf(db, [last.sha256]));
    const content = contents.get(last.sha256);
    if (!content)
      throw new RefusedError(refuse('UnknownDocument', `The register does not have ${last.name} any more.`));
    return { ...last, content };
  }
}

const isMeant = ({ name, sha256, event }: CaseDocument, which: string): boolean =>
  name === which || String(event) === which || (/^[0-9a-f]{8,64}$/.test(which) && sha256.startsWith(which));
