import { IntlMessageFormat } from 'intl-messageformat';
import type { Value } from './facts.ts';

const compiled = new Map<string, { format: IntlMessageFormat; names: readonly string[] }>();

/** Values are values: braces and tags in them are shown as they are, since only the message itself is parsed. */
function compile(message: string, language: string) {
  const known = compiled.get(`${language} ${message}`);
  if (known) return known;
  // Texts are plain; a "<" in one is a "<".
  const format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  const fresh = { format, names: [...new Set(namesIn(format.getAst()))] };
  compiled.set(`${language} ${message}`, fresh);
  return fresh;
}

type Elements = ReturnType<IntlMessageFormat['getAst']>;

const namesIn = (elements: Elements): string[] =>
  elements.flatMap((element) => {
    // Literal text and the "#" of a plural name nothing.
    if (!('value' in element) || element.type === 0) return [];
    const branches = 'options' in element ? Object.values(element.options) : [];
    return [String(element.value), ...branches.flatMap((branch) => namesIn(branch.value))];
  });

/**
 * The facts that a message names.
 *
 * @throws SyntaxError if it is not ICU MessageFormat
 */
export const factsNamedIn = (message: string, language: string): readonly string[] => compile(message, language).names;

/** A message with its facts filled in; `valueOf` is asked for each name in it. */
export function formatted(message: string, language: string, valueOf: (name: string) => Value): string {
  const { format, names } = compile(message, language);
  const values = Object.fromEntries(names.map((name) => [name, valueOf(name)]));
  return String(format.format(values));
}
