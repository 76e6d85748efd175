import { textIn } from './texts.ts';

/** A line that is typed as it stands, in whatever language the letter is. */
export const isCommand = (text: string): boolean => text.startsWith('./entente ');

/** Lines that ask for nothing: they show what there is. */
const showing = new Set(['show', 'history', 'next', 'person', 'mail']);

/** Whether a line to type answers something. */
export const isAnswer = (text: string): boolean => isCommand(text) && !showing.has(text.split(' ')[1] ?? '');

/** The commands of its case that a text names, as cases call them. */
export function commandsNamedBy(name: string): ReadonlySet<string> {
  const lines = (textIn('en', name).text.how ?? []).filter(isAnswer);
  return new Set(lines.map((line) => camelCased((line.split(' ')[2] ?? '').replace(/-file$/, ''))));
}

const camelCased = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
