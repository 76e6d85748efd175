import { readFileSync } from 'node:fs';
import { Eta } from 'eta';

export type Tone = 'before' | 'due' | 'overdue' | 'escalation' | 'notice';

/** A message in words, before it becomes plain text or HTML. */
export interface Letter {
  readonly language: string;
  readonly tone: Tone;
  readonly subject: string;
  /** What mail programs show beside the subject. */
  readonly preheader: string;
  readonly heading: string;
  /** What is asked, by when, what happens otherwise. */
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  readonly paragraphs: readonly string[];
  readonly how?: { readonly label: string } & ({ readonly command: string } | { readonly sentence: string });
  /** Of the case that it is about. */
  readonly title: string;
  readonly caseId: string;
  readonly footer: readonly string[];
}

/** One reminder in a gathered mail. */
export interface DigestItem {
  readonly tone: Exclude<Tone, 'notice'>;
  readonly ask: string;
  /** "Due in 3 days" */
  readonly when: string;
  readonly by: string;
  readonly otherwise: { readonly label: string; readonly value: string };
  readonly notes: readonly string[];
  readonly how?: { readonly command?: string; readonly sentence: string } | undefined;
}

/** Reminders to one person in one mail, before they become plain text or HTML. */
export interface Digest {
  readonly language: string;
  readonly subject: string;
  readonly preheader: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly groups: readonly {
    readonly countries: string;
    readonly cases: readonly { readonly title: string; readonly caseId: string; readonly items: readonly DigestItem[] }[];
  }[];
  readonly footer: readonly string[];
}

const fileOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

const eta = new Eta({ autoEscape: true });
const style = fileOf('./style.css');
const layout = eta.compile(fileOf('./layout.eta'));
const digestLayout = eta.compile(fileOf('./digest.eta'));

/** Every value is escaped by the template engine; raw is the style sheet alone. */
export const htmlOf = (letter: Letter): string => eta.render(layout, { ...letter, style });
export const digestHtmlOf = (digest: Digest): string => eta.render(digestLayout, { ...digest, style });

const columns = 72;

/** For readers of plain text: what is asked first, lines of 72 columns, commands unbroken. */
export function textOf({ heading, rows, paragraphs, how, title, caseId, footer }: Letter): string {
  const widest = Math.max(0, ...rows.map(({ label }) => widthOf(label)));
  const box = rows.map(({ label, value }) => {
    const head = `  ${label}:${' '.repeat(widest - widthOf(label) + 2)}`;
    return hanging(head, value);
  });
  const answer = how ? [`${how.label}:\n\n${'command' in how ? indented(how.command) : wrapped(how.sentence)}`] : [];
  const parts = [wrapped(heading), ...(box.length > 0 ? [box.join('\n')] : []), ...paragraphs.map(wrapped), ...answer];
  return `${parts.join('\n\n')}\n\n-- \n${[`${title} (${caseId})`, ...footer].map(wrapped).join('\n')}\n`;
}

/** The same of a gathered mail: by country and case, the most urgent first. */
export function digestTextOf({ heading, preheader, paragraphs, groups, footer }: Digest): string {
  const parts = groups.flatMap(({ countries, cases }) => [
    `${countries}\n${'='.repeat(Math.min(columns, widthOf(countries)))}`,
    ...cases.flatMap(({ title, caseId, items }) => [wrapped(`${title} (${caseId})`), ...items.map(itemText)]),
  ]);
  return `${[wrapped(heading), wrapped(preheader), ...paragraphs.map(wrapped), ...parts].join('\n\n')}\n\n-- \n${footer.map(wrapped).join('\n')}\n`;
}

function itemText({ ask, by, when, otherwise, notes, how }: DigestItem): string {
  const lines = [ask, `${when}: ${by}`, `${otherwise.label}: ${otherwise.value}`, ...notes, ...(how ? [how.sentence] : [])];
  const [first = '', ...rest] = lines.map((line) => hanging('    ', line));
  return [`  * ${first.trimStart()}`, ...rest, ...(how?.command ? [`\n${indented(how.command)}`] : [])].join('\n');
}

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
