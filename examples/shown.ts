import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Kysely } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Check } from '../client/client.ts';
import { wrap } from '../client/output/width.ts';
import type { Database } from '../database/schema.ts';
import { dayOf } from '../domain/dates.ts';
import { counted } from '../domain/derived.ts';
import type { Story } from './story.ts';
import type { Summary } from './summary.ts';

/** What is shown of all that the stories left behind. */
export interface Shown {
  readonly letter: Letter;
  readonly paper: { readonly name: string; readonly text: string };
  readonly story: Story;
}

interface Letter {
  readonly to: string;
  readonly sent: string;
  readonly subject: string;
  readonly body: string;
}

// To a reader whose language has no texts, and who therefore reads English.
const letterShown = {
  case_id: 'edition/korea-bsec-7',
  text: 'edition.nominate',
  tone: 'due',
  person: 'yilmaz-ayse',
} as const;
const paperShown = 'minutes-kr-gr-2-mar.md';
const storyShown = 'greece-2017-2018';

/** @throws Error if the stories did not leave them behind */
export async function readShown(
  db: Kysely<Database>,
  stories: readonly Story[],
  documents: readonly string[],
): Promise<Shown> {
  const path = documents.find((each) => basename(each) === paperShown);
  const story = stories.find(({ name }) => name === storyShown);
  if (!path || !story) throw new Error(`The stories were to leave ${paperShown} and to tell ${storyShown}.`);
  return { letter: await readLetter(db), paper: { name: basename(path), text: await readFile(path, 'utf8') }, story };
}

async function readLetter(db: Kysely<Database>): Promise<Letter> {
  const { address, send_at, send_zone, subject, body_text } = await db
    .selectFrom('messages')
    .select(['address', 'send_at', 'send_zone', 'subject', 'body_text'])
    .where('case_id', '=', letterShown.case_id)
    .where('text', '=', letterShown.text)
    .where('tone', '=', letterShown.tone)
    .where('person', '=', letterShown.person)
    .executeTakeFirstOrThrow();
  const zone = send_zone ?? 'UTC';
  const sent = Temporal.Instant.from(send_at).toZonedDateTimeISO(zone);
  return {
    to: address ?? '',
    sent: `${sent.toPlainDate().toString()}, ${sent.toPlainTime().toString({ smallestUnit: 'minute' })} (${zone})`,
    subject: subject ?? '',
    body: body_text ?? '',
  };
}

/** The summary for people, short, in a terminal of `width` columns. */
export function shownText(summary: Summary, shown: Shown, check: Check, width: number): string {
  const parts = [
    counts(summary, check),
    ['One letter, as its reader sees it', letterText(shown.letter, width)],
    [`One paper: ${shown.paper.name}`, paperText(shown.paper.text, width)],
    [`One story in ten lines: ${shown.story.story}`, storyText(shown.story, width)],
    ['What to open', whatToOpen(summary.documents)],
  ];
  return parts
    .map((part) =>
      typeof part === 'string'
        ? part
        : `── ${part[0]} ${'─'.repeat(Math.max(0, width - 4 - (part[0] ?? '').length))}\n\n${part[1]}`,
    )
    .join('\n\n');
}

function counts({ cases, messages, openMeasures, documents }: Summary, { open }: Check): string {
  const late = openMeasures.filter(({ late }) => late);
  return [
    `${counted(cases.length, 'case')}, ${counted(messages.length, 'message')}, ${counted(documents.length, 'document')}.`,
    `${counted(open, 'case')} still open, and each is carried on.`,
    ...late.map(
      ({ id, due, firstDue }) => `Overdue since ${due}: ${id}${due === firstDue ? '' : `, first due ${firstDue}`}.`,
    ),
  ].join('\n');
}

/** What is indented already, as the commands in a letter are, goes on a little further in. */
const indented = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => {
      const lead = `  ${/^ */.exec(line)?.[0] ?? ''}`;
      const deeper = lead.length > 2 ? '  ' : '';
      return wrap(line.trimStart(), width - lead.length - deeper.length).map(
        (part, index) => `${lead}${index > 0 ? deeper : ''}${part}`,
      );
    })
    .map((line) => line.trimEnd())
    .join('\n');

function letterText({ to, sent, subject, body }: Letter, width: number): string {
  const head = [
    ['To:', to],
    ['Sent:', sent],
    ['Subject:', subject],
  ].map(([label = '', value = '']) => {
    const [first = '', ...rest] = wrap(value, width - 12);
    return [`  ${label.padEnd(10)}${first}`, ...rest.map((line) => `${' '.repeat(12)}${line}`)].join('\n');
  });
  return `${head.join('\n')}\n\n${indented(body.trim(), width)}`;
}

/** Its beginning: what it is, when, where and before whom. */
const paperText = (text: string, width: number): string =>
  `${indented(text.split('\n## Participants')[0]?.trim() ?? '', width)}\n  …`;

const storyText = ({ steps }: Story, width: number): string =>
  steps
    .flatMap(({ on, told }) => (told === undefined ? [] : [[dayOf(on), told] as const]))
    .map(([day, told]) =>
      wrap(told, width - 14).map((line, index) => `  ${index === 0 ? day : ' '.repeat(10)}  ${line}`),
    )
    .flat()
    .join('\n');

/** A path is not broken over lines, so that it can be copied. */
const whatToOpen = (documents: readonly string[]): string =>
  [
    `  ${dirname(documents[0] ?? '.')}`,
    `    ${counted(documents.length, 'document')}: minutes, briefing books, press releases, as Markdown and DOCX`,
    '  npm run demo -- --keep     the same, and mailbox and Temporal UI stay up',
    '  npm run demo -- --verbose  each step, and each case with its stages',
    '  npm start                  the same services for real work',
    '  ./entente --help           all that a coordinator can do',
    '  README.md                  one cooperation walked through by hand',
  ].join('\n');
