import { InvalidArgumentError, type Command, Option } from 'commander';
import type { Listed, Page } from '../../database/lists.ts';
import { date } from '../../domain/fields.ts';
import type { Entente } from '../client.ts';
import { UsageError } from '../errors.ts';
import { readOnClocksOf } from '../output/moment.ts';
import { type Column, type Format, formats, printList, say } from '../output/output.ts';
import { shellWord } from './words.ts';

let reader: string | undefined;

/** Whose clocks are read, from before a command begins: of whoever is named by its `--as`, or by `ENTENTE_AS`. */
export const readAs = (command: Command): void => {
  const { as } = command.opts<{ as?: string }>();
  reader = as ?? (process.env['ENTENTE_AS'] || undefined);
};

/** Connects, acts, and closes whatever happened. The library is loaded only now: help needs none of it. */
export async function withEntente<T>(act: (entente: Entente) => Promise<T>): Promise<T> {
  const { connectEntente } = await import('../client.ts');
  const entente = connectEntente();
  try {
    // Whether the register can be asked at all is told by what is asked of it.
    readOnClocksOf(reader === undefined ? undefined : await entente.zoneOf(reader).catch(() => undefined));
    return await act(entente);
  } finally {
    await entente.close();
  }
}

/** The same for what makes people rely on reminders: says first, in one line, when open cases are not carried on. */
export const withWarning = <T>(act: (entente: Entente) => Promise<T>): Promise<T> =>
  withEntente(async (entente) => {
    const [warning, result] = await Promise.all([entente.health.warning(), act(entente)]);
    if (warning !== undefined) say(warning);
    return result;
  });

export const asOption = (): Option =>
  new Option('--as <person>', 'who acts: the id of a person in the directory').env('ENTENTE_AS');

/** @throws {@link UsageError} when nobody is named */
export function whoActs(as: string | undefined): string {
  if (as) return as;
  throw new UsageError('Say who acts: --as PERSON, or set ENTENTE_AS once for all.');
}

export const outputOption = (choices: readonly Format[] = formats): Option =>
  new Option('-o, --output <format>', 'how to print the result').choices([...choices]).default('table');

export interface ListOptions {
  readonly output: Format;
  readonly after?: string;
  readonly limit?: number;
}

/** The options that every list has. */
export const listOptions = (command: Command): Command =>
  command
    .addOption(outputOption())
    .option('--limit <n>', 'how many rows to a page, 1 to 1000', wholeNumber(1, 1000), 50)
    .option('--after <key>', 'go on after this place: the key that the page before ended with');

/** The text of an option as a whole number within bounds. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d{1,9}$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

/** @throws {@link UsageError} when it is no day */
export function dayGiven(option: string, text: string | undefined): string | undefined {
  if (text === undefined || date.safeParse(text).success) return text;
  throw new UsageError(`--${option} ${text}: must be a day such as 2026-11-01.`);
}

/** Prints one page of a list, and on standard error how to get the next. */
export async function showPage<Row>(
  options: ListOptions,
  columns: readonly Column<Row>[],
  whenEmpty: string,
  list: (entente: Entente, page: Page) => Promise<Listed<Row>>,
  connected: typeof withEntente = withEntente,
): Promise<void> {
  const { after, limit } = options;
  const { rows, next } = await connected((entente) => list(entente, { after, limit }));
  printList(rows, columns, options.output, whenEmpty);
  sayNext(next);
}

export function sayNext(next: string | undefined): void {
  if (next === undefined) return;
  say(
    `\nThere is more: ./entente ${[...withoutAfter(process.argv.slice(2)), '--after', next].map(shellWord).join(' ')}`,
  );
}

function withoutAfter(words: readonly string[]): string[] {
  const at = words.findIndex((word) => word === '--after');
  const rest = at === -1 ? words : [...words.slice(0, at), ...words.slice(at + 2)];
  return rest.filter((word) => !word.startsWith('--after='));
}
