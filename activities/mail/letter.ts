import { readFileSync } from 'node:fs';
import { Eta } from 'eta';

export type Tone = 'before' | 'due' | 'overdue' | 'escalation' | 'past' | 'notice';

/** Where the letter is answered in a browser. */
export interface AnswerPage {
  readonly button: string;
  readonly url: string;
  readonly note: string;
}

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
  /** How its reader is addressed, and who signs; a line each. */
  readonly salutation: readonly string[];
  readonly closing: readonly string[];
  /** Whom it is meant for, when somebody else reads it. */
  readonly insteadOf?: string | undefined;
  /** What is asked, by when, what happens otherwise. */
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  readonly paragraphs: readonly string[];
  /** Which files go with it. */
  readonly attached?: string;
  readonly how?: {
    readonly label: string;
    readonly page?: AnswerPage;
    readonly answers: readonly Answer[];
  };
  /** Where its reader says whether they come to what it invites to. */
  readonly invitation?: AnswerPage;
  /** Of the case that it is about. */
  readonly title: string;
  readonly caseId: string;
  readonly footer: readonly string[];
}

/** Reminders to one person in one mail, before they become plain text or HTML. */
export interface Digest {
  readonly language: string;
  readonly subject: string;
  readonly preheader: string;
  readonly heading: string;
  readonly salutation: readonly string[];
  readonly closing: readonly string[];
  readonly paragraphs: readonly string[];
  readonly groups: readonly {
    readonly countries: string;
    readonly cases: readonly {
      readonly title: string;
      readonly caseId: string;
      readonly items: readonly Letter[];
    }[];
  }[];
  /** Cases in which nothing happens; to their coordinator. */
  readonly quiet?: { readonly heading: string; readonly ask: string; readonly lines: readonly string[] };
  readonly footer: readonly string[];
}

const fileOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

const eta = new Eta({ autoEscape: true });
const style = fileOf('./style.css');
const layout = eta.compile(fileOf('./layout.eta'));
const digestLayout = eta.compile(fileOf('./digest.eta'));

/** Every value is escaped by the template engine. */
export const htmlOf = (letter: Letter): string => eta.render(layout, letter);
export const digestHtmlOf = (digest: Digest): string => eta.render(digestLayout, digest);

/** As it is sent: the style sheet is the same for all, and more than half of a letter, so it is not kept with each. */
export const styled = (html: string): string => html.replace('<style></style>', () => `<style>\n${style}</style>`);

const columns = 72;

/** For readers of plain text: what is asked first, lines of 72 columns, commands unbroken. */
export function textOf(letter: Letter): string {
  const { heading, salutation, closing, title, caseId, footer } = letter;
  const parts = [wrapped(heading), ...courtesy(salutation), ...bodyOf(letter), ...courtesy(closing)];
  return `${parts.join('\n\n')}\n\n${signature([`${title} (${caseId})`, ...footer])}`;
}

/** The same of a gathered mail: by country and case, the most urgent first. */
export function digestTextOf({ heading, salutation, closing, paragraphs, groups, quiet, footer }: Digest): string {
  const parts = groups.flatMap(({ countries, cases }) => [
    `${countries}\n${'='.repeat(Math.min(columns, widthOf(countries)))}`,
    ...cases.flatMap(({ title, caseId, items }) => [
      `${wrapped(`${title} (${caseId})`)}\n${'-'.repeat(24)}`,
      ...items.flatMap((item) => [wrapped(item.heading), ...bodyOf(item)]),
    ]),
  ]);
  const resting = quiet
    ? [
        `${quiet.heading}\n${'='.repeat(Math.min(columns, widthOf(quiet.heading)))}`,
        wrapped(quiet.ask),
        quiet.lines.map((line) => hanging('- ', line)).join('\n'),
      ]
    : [];
  const said = [...paragraphs.map(wrapped), ...parts, ...resting];
  const whole = [wrapped(heading), ...courtesy(salutation), ...said, ...courtesy(closing)];
  return `${whole.join('\n\n')}\n\n${signature(footer)}`;
}

const courtesy = (lines: readonly string[]): string[] => (lines.length > 0 ? [lines.map(wrapped).join('\n')] : []);

const signature = (lines: readonly string[]): string => `-- \n${lines.map(wrapped).join('\n')}\n`;

function bodyOf({ insteadOf, rows, paragraphs, attached, how, invitation }: Letter): string[] {
  const widest = Math.max(0, ...rows.map(({ label }) => widthOf(label)));
  const box = rows.map(({ label, value }) => {
    const head = `  ${label}:${' '.repeat(widest - widthOf(label) + 2)}`;
    return hanging(head, value);
  });
  const answers = how ? [`${how.label}:`, ...pageText(how.page), ...how.answers.map(answerText)] : [];
  const comes = invitation ? [`${invitation.button}:`, ...pageText(invitation)] : [];
  const meant = insteadOf === undefined ? [] : [wrapped(insteadOf)];
  return [
    ...meant,
    ...(box.length > 0 ? [box.join('\n')] : []),
    ...paragraphs.map(wrapped),
    ...(attached === undefined ? [] : [wrapped(attached)]),
    ...answers,
    ...comes,
  ];
}

const pageText = (page: AnswerPage | undefined): string[] => (page ? [`${wrapped(page.note)}\n${page.url}`] : []);

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
    const lines: string[] = [];
    let [line, width] = ['', 0];
    for (const word of paragraph.split(/[ \t]+/)) {
      const more = widthOf(word);
      if (line === '') [line, width] = [word, more];
      else if (width + 1 + more <= limit) [line, width] = [`${line} ${word}`, width + 1 + more];
      else {
        lines.push(line);
        [line, width] = [word, more];
      }
    }
    return [...lines, line];
  });
}

const wide = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]/gu;
const narrow = /^[ -~]*$/;

/** In columns of a terminal: Hangul takes two. */
const widthOf = (text: string): number =>
  narrow.test(text) ? text.length : Array.from(text).length + (text.match(wide)?.length ?? 0);
