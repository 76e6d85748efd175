import { readFileSync } from 'node:fs';
import { Eta } from 'eta';

export type Tone = 'before' | 'due' | 'overdue' | 'escalation' | 'notice';

/** A line to type, or a sentence. */
export type Answer = { readonly command: string } | { readonly sentence: string };

/** A message in words, before it becomes plain text or HTML. */
export interface Letter {
  readonly language: string;
  readonly tone: Tone;
  readonly subject: string;
  /** What mail programs show beside the subject. */
  readonly preheader: string;
  readonly heading: string;
  /** Whom it is meant for, when somebody else reads it. */
  readonly insteadOf?: string | undefined;
  /** What is asked, by when, what happens otherwise. */
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  readonly paragraphs: readonly string[];
  readonly how?: { readonly label: string; readonly answers: readonly Answer[] };
  /** Of the case that it is about. */
  readonly title: string;
  readonly caseId: string;
  readonly footer: readonly string[];
}

const eta = new Eta({ autoEscape: true });
const layout = eta.compile(readFileSync(new URL('./layout.eta', import.meta.url), 'utf8'));

/** Every value is escaped by the template engine; the layout has no raw output. */
export const htmlOf = (letter: Letter): string => eta.render(layout, letter);

const columns = 72;

/** For readers of plain text: what is asked first, lines of 72 columns, commands unbroken. */
export function textOf({ heading, insteadOf, rows, paragraphs, how, title, caseId, footer }: Letter): string {
  const widest = Math.max(0, ...rows.map(({ label }) => widthOf(label)));
  const box = rows.map(({ label, value }) => {
    const head = `  ${label}:${' '.repeat(widest - widthOf(label) + 2)}`;
    return hanging(head, value);
  });
  const answers = how ? [`${how.label}:`, ...how.answers.map(answerText)] : [];
  const meant = insteadOf === undefined ? [] : [wrapped(insteadOf)];
  const parts = [
    wrapped(heading),
    ...meant,
    ...(box.length > 0 ? [box.join('\n')] : []),
    ...paragraphs.map(wrapped),
    ...answers,
  ];
  return `${parts.join('\n\n')}\n\n-- \n${[`${title} (${caseId})`, ...footer].map(wrapped).join('\n')}\n`;
}

const answerText = (answer: Answer): string =>
  'command' in answer ? indented(answer.command) : wrapped(answer.sentence);

const indented = (lines: string): string =>
  lines
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');

const wrapped = (text: string): string => linesOf(text, columns).join('\n');

const hanging = (head: string, text: string): string =>
  linesOf(text, columns - widthOf(head))
    .map((line, index) => (index === 0 ? head : ' '.repeat(widthOf(head))) + line)
    .join('\n');

/** Words are kept whole, and so are the line breaks that somebody wrote. */
function linesOf(text: string, limit: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [''];
    for (const word of paragraph.split(/[ \t]+/)) {
      const line = lines.at(-1) ?? '';
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && widthOf(longer) > limit) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  });
}

const wide = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]/gu;

/** In columns of a terminal: Hangul takes two. */
const widthOf = (text: string): number => Array.from(text).length + (text.match(wide)?.length ?? 0);
