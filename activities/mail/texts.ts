import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const folder = fileURLToPath(new URL('./texts/', import.meta.url));

const message = z.string().min(1);

/** What is asked, and what happens otherwise: for a deadline, in all tones. */
const reminder = z.strictObject({
  ask: message,
  otherwise: message,
  why: message.optional(),
  how: message.optional(),
});

/** News: something has happened. */
const notice = z.strictObject({ subject: message, body: z.array(message).min(1), how: message.optional() });

const kindFile = z.record(z.string(), z.union([reminder, notice]));

const tone = z.strictObject({ subject: message, heading: message });

/** What reminders have in common, by tone and by level. */
const ladder = z.strictObject({
  before: tone,
  due: tone,
  overdue: tone,
  escalation: tone,
  superior: message,
  coordinator: message,
  coChairs: message,
  counted: message,
  collapsed: message,
  moved: message,
});

/** What stands around every text. */
const frame = z.strictObject({
  what: message,
  by: message,
  otherwise: message,
  owedBy: message,
  why: message,
  how: message,
  day: message,
  superiorOf: message,
  coordinator: message,
  automatic: message,
});

/** What stands around reminders that are gathered in one mail. */
const digest = z.strictObject({ subject: message, heading: message, outage: message, gathered: message });

export type Reminder = z.output<typeof reminder>;
export type Notice = z.output<typeof notice>;

/** Everything that is needed to write in one language. */
export interface Language {
  readonly code: string;
  readonly ladder: z.output<typeof ladder>;
  readonly frame: z.output<typeof frame>;
  /** Without it, gathered mail is written in English. */
  readonly digest: z.output<typeof digest> | undefined;
  /** By `KIND.NAME`. */
  readonly texts: Readonly<Record<string, Reminder | Notice>>;
}

const shared: Readonly<Record<string, true>> = { ladder: true, frame: true, digest: true };

/** Reads the message files of one language; undefined when there are none. */
function read(code: string): Language | undefined {
  // A language comes from the directory, and becomes a path here.
  if (!/^[a-z]{2,3}(-[A-Za-z]{2,8})?$/.test(code)) return undefined;
  const content = (name: string) => JSON.parse(readFileSync(join(folder, code, `${name}.json`), 'utf8')) as unknown;
  const names = namesOfFiles(code);
  if (!names.includes('ladder') || !names.includes('frame')) return undefined;
  const kinds = names.filter((name) => !shared[name]);
  const texts = kinds.flatMap((kind) =>
    Object.entries(kindFile.parse(content(kind))).map(([name, text]) => [`${kind}.${name}`, text] as const),
  );
  return {
    code,
    ladder: ladder.parse(content('ladder')),
    frame: frame.parse(content('frame')),
    digest: names.includes('digest') ? digest.parse(content('digest')) : undefined,
    texts: Object.fromEntries(texts),
  };
}

function namesOfFiles(code: string): string[] {
  try {
    return readdirSync(join(folder, code))
      .filter((file) => file.endsWith('.json'))
      .map((file) => basename(file, '.json'));
  } catch {
    return [];
  }
}

const languages = new Map<string, Language | undefined>();

const languageOf = (code: string): Language | undefined => {
  if (!languages.has(code)) languages.set(code, read(code));
  return languages.get(code);
};

/**
 * The text in the reader's language; a text that this language does not have comes in English as a whole, never by halves.
 *
 * @throws if English does not have it either
 */
export function textIn(code: string, name: string): { language: Language; text: Reminder | Notice } {
  for (const language of [languageOf(code), languageOf('en')]) {
    const text = language?.texts[name];
    if (language && text) return { language, text };
  }
  throw new Error(`There is no text "${name}"; write it into activities/mail/texts/en.`);
}

/** Every language that has message files. */
export const allLanguages = (): readonly Language[] => readdirSync(folder).flatMap((code) => languageOf(code) ?? []);
