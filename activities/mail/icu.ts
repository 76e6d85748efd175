import { IntlMessageFormat } from 'intl-messageformat';
import { readable } from '../../domain/text.ts';
import type { Value } from './facts.ts';

interface Compiled {
  readonly format: IntlMessageFormat;
  readonly names: readonly string[];
}

/** By language, and in it by message: a key of both would have to be put together at each sentence. */
const compiled = new Map<string, Map<string, Compiled>>();

/** Most sentences name no fact and have nothing to parse: they are said as they stand. */
const isPlain = (message: string): boolean => !/[{}']/.test(message);

/** Without a format for it, which costs as much again. Texts are plain; a "<" in one is a "<". */
function parsed(message: string): Elements {
  const { __parse: parse } = IntlMessageFormat;
  if (!parse) throw new Error('intl-messageformat comes without its parser.');
  return parse(message, { ignoreTag: true });
}

/** Values are values: braces and tags in them are shown as they are, since only the message itself is parsed. */
function compile(message: string, language: string): Compiled {
  const inLanguage = compiled.get(language) ?? new Map<string, Compiled>();
  if (inLanguage.size === 0) compiled.set(language, inLanguage);
  const known = inLanguage.get(message);
  if (known) return known;
  const format = new IntlMessageFormat(parsed(message), language);
  const fresh = { format, names: [...new Set(namesIn(format.getAst()))] };
  inLanguage.set(message, fresh);
  return fresh;
}

type Elements = ReturnType<IntlMessageFormat['getAst']>;
type Element = Elements[number];

/** Of the parser's elements; its own enumeration is not exported. */
const literal = 0;
const plural = 6;
const pound = 7;

const branchesOf = (element: Element): Elements[] =>
  'options' in element ? Object.values(element.options).map(({ value }) => value) : [];

const namesIn = (elements: Elements): string[] =>
  elements.flatMap((element) => {
    // Literal text and the "#" of a plural name nothing.
    if (!('value' in element) || element.type === literal) return [];
    return [String(element.value), ...branchesOf(element).flatMap(namesIn)];
  });

/**
 * The facts that a message names.
 *
 * @throws SyntaxError if it is not ICU MessageFormat
 */
export const factsNamedIn = (message: string, language: string): readonly string[] =>
  isPlain(message) ? [] : compile(message, language).names;

const shown = (value: Value): Value => (typeof value === 'string' ? readable(value) : value);

/** A message with its facts filled in; `valueOf` is asked for each name in it. */
export function formatted(message: string, language: string, valueOf: (name: string) => Value): string {
  const text = isPlain(message) ? message : filledIn(compile(message, language), valueOf);
  return language === 'el' ? withFirstOfMonth(text) : text;
}

function filledIn({ format, names }: Compiled, valueOf: (name: string) => Value): string {
  const values = Object.fromEntries(names.map((name) => [name, shown(valueOf(name))]));
  return String(format.format(values));
}

/** Days of a month are "στις 2 Μαρτίου" in Greek, and its first is "την 1η Μαρτίου". */
const withFirstOfMonth = (text: string): string =>
  text.replace(/(?<!\p{L})(σ|Σ)?τις (?=1η \p{Lu})/gu, (_, first?: string) => (first === 'Σ' ? 'Την ' : 'την '));

/** What a translator has to put right in a message, as sentences; none if it can be written whatever the facts are. */
export function faultsOf(message: string, language: string): readonly string[] {
  if (isPlain(message)) return [];
  try {
    return faultsIn(parsed(message), language);
  } catch (error) {
    return [syntaxFault(error)];
  }
}

function syntaxFault(error: unknown): string {
  const { message, location } = error as Error & { location?: { start: { column: number } } };
  const said = inWords[message] ?? message.toLowerCase().replaceAll('_', ' ');
  return location ? `${said} (at character ${location.start.column})` : said;
}

const inWords: Readonly<Record<string, string>> = {
  MISSING_OTHER_CLAUSE: 'a plural or select has no branch "other"',
  EXPECT_ARGUMENT_CLOSING_BRACE: 'a brace { is never closed',
  UNCLOSED_QUOTE_IN_ARGUMENT_STYLE: "a quotation with ' is never closed",
  EMPTY_ARGUMENT: 'braces {} name no fact',
  MALFORMED_ARGUMENT: 'what stands between braces is no name of a fact',
  EXPECT_PLURAL_ARGUMENT_SELECTOR: 'a plural has a branch without a name such as one, few, other or =0',
  EXPECT_PLURAL_ARGUMENT_SELECTOR_FRAGMENT: 'a branch of a plural has no text between braces',
  EXPECT_SELECT_ARGUMENT_SELECTOR: 'a select has a branch without a name',
  EXPECT_SELECT_ARGUMENT_SELECTOR_FRAGMENT: 'a branch of a select has no text between braces',
  INVALID_ARGUMENT_TYPE: 'what follows a fact is neither plural nor select',
};

const faultsIn = (elements: Elements, language: string): string[] =>
  elements.flatMap((element) => [
    ...literalFaults(element),
    ...pluralFaults(element, language),
    ...branchesOf(element).flatMap((branch) => faultsIn(branch, language)),
  ]);

const literalFaults = (element: Element): string[] =>
  element.type === literal && 'value' in element && /[{}]/.test(String(element.value))
    ? ["a brace would be shown as it is; it has no partner, or stands after a straight ' (write ’ instead)"]
    : [];

const plurals = new Map<string, readonly string[]>();

function pluralsOf(language: string): readonly string[] {
  const known = plurals.get(language) ?? new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  plurals.set(language, known);
  return known;
}

function pluralFaults(element: Element, language: string): string[] {
  if (element.type !== plural || !('options' in element)) return [];
  const needed = pluralsOf(language);
  const given = Object.keys(element.options);
  const has = (category: string) => given.includes(category) || (category === 'one' && given.includes('=1'));
  const unknown = given.filter((name) => !name.startsWith('=') && !needed.includes(name));
  // Where the number is not shown, one branch may do for all.
  const shown = Object.values(element.options).some(({ value }) => value.some(({ type }) => type === pound));
  const missing = shown ? needed.filter((category) => !has(category)) : [];
  return [
    ...unknown.map(
      (name) => `the plural of {${element.value}} has a branch "${name}", which ${language} does not have`,
    ),
    ...missing.map((name) => `the plural of {${element.value}} lacks the branch "${name}", which ${language} needs`),
  ];
}
