import { type Liquid, LiquidError, type Template as Parsed } from 'liquidjs';
import type { FileFault } from '../../database/directory.ts';
import { titleOrItemIn } from '../../activities/mail/titles.ts';
import { languageOrEnglish } from '../../activities/mail/texts.ts';
import type { Fields } from '../fields.ts';
import { Gap, type TitleInWords, asTemplatesSee } from '../gap.ts';
import { faultsIn } from './check.ts';
import { liquidIn } from './engine.ts';

/** Thrown when a template cannot be used: nothing is written, and every fault is named with its line. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly faults: readonly FileFault[];
  constructor(faults: readonly FileFault[]) {
    super(faults.map(({ file, line, because }) => `${file}, line ${line}: ${because}`).join('\n'));
    this.faults = faults;
  }
}

/** A field that had no value: where it stands among the fields, and what it would say. */
export interface MissingField {
  readonly field: string;
  readonly says: string;
}

export interface Rendered {
  readonly markdown: string;
  readonly missing: readonly MissingField[];
}

/** Stands after a tag that has a line to itself, so that the line can go. No template and no value can hold it. */
const mark = '\u0000';
const lineOfMarks = new RegExp(`^[ \\t]*${mark}+\\n?`, 'gm');
const tagsAlone = /^[ \t]*((?:\{%-?(?:(?!%\}).)*%\}[ \t]*)+)$/gm;

/** A template that is right for its fields. */
export class Template {
  readonly #liquid: Liquid;
  readonly #parsed: Parsed[];
  readonly #fields: Fields;
  readonly #file: string;
  readonly #titleInWords: TitleInWords;
  #missing: MissingField[] = [];

  /**
   * @param file its path, for faults
   * @throws {@link TemplateError} if its syntax is broken, or it names a field that there is not
   */
  constructor(source: string, file: string, fields: Fields, language: string) {
    this.#file = file;
    this.#fields = fields;
    this.#titleInWords = titlesIn(language);
    this.#liquid = liquidIn(language, (gap) => this.#note(gap));
    this.#parsed = this.#naming(() => this.#liquid.parse(prepared(source), file));
    const faults = faultsIn(this.#parsed, fields);
    if (faults.length > 0) throw new TemplateError(faults.map((fault) => ({ file, ...fault })));
  }

  /** The same values give the same text. */
  render(values: unknown): Rendered {
    this.#missing = [];
    const scope = asTemplatesSee(this.#fields, values, this.#titleInWords);
    const text = this.#naming(() => String(this.#liquid.renderSync(this.#parsed, scope as object)));
    return { markdown: tidied(text), missing: this.#missing };
  }

  #note(gap: Gap): void {
    const [field, says] = [Gap.path(gap), Gap.says(gap)];
    if (!this.#missing.some((each) => each.field === field)) this.#missing.push({ field, says });
  }

  #naming<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (!LiquidError.is(error)) throw error;
      throw new TemplateError(errorsIn(error).map((each) => ({ file: this.#file, ...placeOf(each) })));
    }
  }
}

/** Titles have words of their own in the languages that mail has; in others they stay as they are stored. */
const titlesIn = (code: string): TitleInWords => {
  const language = languageOrEnglish(code);
  return (made, title) => titleOrItemIn(language, made, title);
};

const prepared = (source: string): string =>
  source
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll(mark, '')
    .replace(tagsAlone, `$1${mark}`);

const tidied = (text: string): string =>
  `${text
    .replaceAll(lineOfMarks, '')
    .replaceAll(mark, '')
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;

/** Liquid gathers what is wrong in `errors`, which its types keep to themselves. */
const errorsIn = (error: LiquidError): readonly LiquidError[] =>
  'errors' in error && Array.isArray(error.errors) ? error.errors.filter((each) => LiquidError.is(each)) : [error];

function placeOf({ token, message }: LiquidError): { line: number; because: string } {
  const position: unknown = token?.getPosition();
  const line = Array.isArray(position) ? Number(position[0]) : 1;
  return { line, because: `${message.replace(/, (file:.*|line:\d+(, col:\d+)?)$/s, '')}.` };
}
