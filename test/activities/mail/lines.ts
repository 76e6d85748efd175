import type { Command } from 'commander';
import { IntlMessageFormat } from 'intl-messageformat';

/** Lines to type, as somebody would type them: whether the command line would understand them. */

type Elements = ReturnType<IntlMessageFormat['getAst']>;

/** The parser's number for text that is shown as it is. */
const literal = 0;

/** A message in every way in which its choices can come out; a fact stands there as its name. */
export const wordings = (message: string, language: string): readonly string[] =>
  worded(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst());

const worded = (elements: Elements): string[] =>
  elements.reduce<string[]>(
    (before, element) => {
      const ways =
        'options' in element
          ? Object.values(element.options).flatMap(({ value }) => worded(value))
          : [
              element.type === literal || !('value' in element)
                ? String('value' in element ? element.value : '#')
                : `{${String(element.value)}}`,
            ];
      return before.flatMap((start) => ways.map((way) => start + way));
    },
    [''],
  );

/** Why the command line would not take a line; undefined where it would. */
export function faultOfLine(program: Command, line: string): string | undefined {
  const [, ...words] = line.match(/"[^"]*"|\S+/g) ?? [];
  let command = program;
  let given = words;
  while (command.commands.length > 0) {
    const [word = '', ...rest] = given;
    const next = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
    if (!next) return `${command.name()} has no command "${word}"`;
    [command, given] = [next, rest];
  }
  return faultOfArguments(command, given);
}

function faultOfArguments(command: Command, words: readonly string[]): string | undefined {
  const positional: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) {
      positional.push(word);
      continue;
    }
    const option = command.options.find(({ long }) => long === word);
    if (!option) return `${command.name()} has no option ${word}`;
    if (option.required) at += 1;
    if (at >= words.length) return `${word} lacks its value`;
  }
  const { registeredArguments } = command;
  const needed = registeredArguments.filter(({ required }) => required).length;
  const most = registeredArguments.some(({ variadic }) => variadic)
    ? Number.POSITIVE_INFINITY
    : registeredArguments.length;
  return positional.length < needed || positional.length > most
    ? `${command.name()} does not take ${positional.length} arguments`
    : undefined;
}
