import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { templateOf } from './kind.ts';
import { documentKinds } from './kinds.ts';

/** The templates that come with Entente; a file of the same name in a folder of one's own goes before. */
export const ownTemplates = fileURLToPath(new URL('templates', import.meta.url));

export interface TemplateFile {
  readonly path: string;
  readonly language: string;
  readonly source: string;
}

const nameOf = (kind: string, language: string): string =>
  language === 'en' ? `${kind}.md` : `${kind}.${language}.md`;

/** Thrown when a folder of templates cannot be used as such. */
export class TemplateFolderError extends Error {
  override readonly name = 'TemplateFolderError';
}

/** Templates by kind and language, from a folder of one's own, where one is named, and from Entente's. */
export class TemplateFolders {
  readonly #folders: readonly { folder: string; files: ReadonlySet<string> }[];
  /** Files in one's own folder that are the template of nothing. */
  readonly unused: readonly string[];

  private constructor(folders: readonly { folder: string; files: ReadonlySet<string> }[]) {
    this.#folders = folders;
    const known = new RegExp(`^(${documentKinds.map(templateOf).join('|')})(\\.[a-z]{2,3})?\\.md$`);
    this.unused = folders
      .filter(({ folder }) => folder !== ownTemplates)
      .flatMap(({ files }) =>
        [...files].filter((file) => file.endsWith('.md') && file !== 'README.md' && !known.test(file)),
      )
      .sort();
  }

  /** @throws {@link TemplateFolderError} if the folder is not there or cannot be read */
  static async open(own: string | undefined): Promise<TemplateFolders> {
    const folders = own === undefined ? [ownTemplates] : [own, ownTemplates];
    return new TemplateFolders(
      await Promise.all(folders.map(async (folder) => ({ folder, files: await filesIn(folder) }))),
    );
  }

  /** The templates of a kind in the languages asked for; in none of them, the English one. */
  async of(kind: string, languages: readonly string[]): Promise<readonly TemplateFile[]> {
    const found = await Promise.all(languages.map((language) => this.#find(kind, language)));
    const those = found.filter((each) => each !== undefined);
    if (those.length > 0) return those;
    const english = await this.#find(kind, 'en');
    if (!english) throw new Error(`There is no template ${nameOf(kind, 'en')}.`);
    return [english];
  }

  async #find(kind: string, language: string): Promise<TemplateFile | undefined> {
    const name = nameOf(kind, language);
    const [first] = this.#folders.filter(({ files }) => files.has(name));
    if (!first) return undefined;
    const path = join(first.folder, name);
    return { path, language, source: await readFile(path, 'utf8') };
  }
}

async function filesIn(folder: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(await readdir(folder));
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new TemplateFolderError(`The folder of templates ${folder} cannot be read (${why}); name another.`, {
      cause: error,
    });
  }
}
