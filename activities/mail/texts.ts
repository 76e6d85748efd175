import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { faultsOf } from './icu.ts';

const folder = fileURLToPath(new URL('./texts/', import.meta.url));

const message = z.string().min(1);

/** Lines to type and sentences; one alone needs no brackets. */
const answers = z.union([message.transform((one) => [one]), z.array(message).min(1)]);

/** What is asked, and what happens otherwise: for a deadline, in all tones. */
const reminder = z.strictObject({
  ask: message,
  otherwise: message,
  /** In its place, by the event that the case then makes by itself: what happens, and when. */
  byItself: z.record(z.string(), message).optional(),
  why: message.optional(),
  how: answers.optional(),
});

/** News: something has happened. */
const notice = z.strictObject({ subject: message, body: z.array(message).min(1), how: answers.optional() });

const kindFile = z.record(z.string(), z.union([reminder, notice]));

const tone = z.strictObject({ subject: message, heading: message });

/** What reminders have in common, by tone and by level. */
const ladder = z.strictObject({
  before: tone,
  due: tone,
  overdue: tone,
  escalation: tone,
  /** To the coordinator, of what was over when it became known: what it is, and what can be done besides doing it. */
  past: tone,
  shownOnce: message,
  later: answers,
  superior: message,
  coordinator: message,
  coChairs: message,
  /** What happens by itself: before that in a letter that is no reminder; who is reminded above whoever owes it, and each of them. */
  unanswered: z.strictObject({
    lead: message,
    above: message,
    superior: message,
    coordinator: message,
    coChairs: message,
  }),
  counted: message,
  /** To those above: the count is that of whoever owes it. */
  countedAbove: message,
  brought: message,
  collapsed: message,
  moved: message,
});

/** What stands around every text. */
const frame = z.strictObject({
  /** How whoever reads a letter is addressed, by name and office; each on a line of its own. */
  salutation: message,
  /** How it ends, with the coordinator's name, office and agency. */
  closing: message,
  what: message,
  by: message,
  otherwise: message,
  owedBy: message,
  how: message,
  /** On the button that leads to the answer page, and what is said of that page. */
  answer: message,
  answerPage: message,
  attend: message,
  attendPage: message,
  /** On the button that leads to the case at its reader's desk, and what is said of that page. */
  openCase: message,
  openCasePage: message,
  /** To whoever is asked for something and has neither a page nor a terminal. */
  answerByMail: message,
  day: message,
  /** A day with the hours of what takes place then. */
  dayAndHours: message,
  /** Titles that rules make of others, and what stands on every agenda. */
  titles: z.strictObject({
    committee: message,
    meeting: message,
    edition: message,
    workshop: message,
    signing: message,
    promise: message,
    previousMinutes: message,
    openActions: message,
  }),
  /** The usual questions of an evaluation, by their names. */
  questions: z.record(z.string(), message),
  /** The answers to a question that is answered by yes or no, as they are typed. */
  yesOrNo: message,
  person: message,
  superiorOf: message,
  /** To whoever gets what is meant for somebody who is away or has left. */
  standsInFor: message,
  /** Before a letter about what happened long before it was put on record. */
  toldLate: message,
  /** Of the files that go with a letter. */
  attached: message,
  coordinator: message,
  automatic: message,
  /** What facts that can be corrected are called. */
  facts: z.record(z.string(), message),
  /** What somebody is whom another is to follow. */
  roles: z.record(z.string(), message),
  /** Countries that are called otherwise than the language's usual name; English has those of the directory. */
  countries: z.record(z.string(), z.string()).optional(),
});

/** What stands around reminders that are gathered in one mail. */
const digest = z.strictObject({
  subject: message,
  heading: message,
  outage: message,
  gathered: message,
  /** Of cases in which nothing happens, to their coordinator. */
  quiet: z.strictObject({
    heading: message,
    ask: message,
    case: message,
    /** Where they come by themselves, in no mail of reminders. */
    subject: message,
    footer: message,
  }),
});

/** Letters about the directory itself, which belong to no case. */
const directory = z.strictObject({
  addressChanged: notice.omit({ how: true }),
  footer: message,
});

/** The code that confirms an answer which binds. */
const answerCode = notice.omit({ how: true }).extend({ footer: message });

/** The link by which somebody signs in at the pages. */
const signIn = notice.extend({ how: message, button: message, note: message, footer: message });

export type Reminder = z.output<typeof reminder>;
export type Notice = z.output<typeof notice>;

/** Everything that is needed to write in one language. */
export interface Language {
  readonly code: string;
  readonly ladder: z.output<typeof ladder>;
  readonly frame: z.output<typeof frame>;
  readonly digest: z.output<typeof digest>;
  readonly directory: z.output<typeof directory>;
  readonly answerCode: z.output<typeof answerCode>;
  readonly signIn: z.output<typeof signIn>;
  /** By `KIND.NAME`. */
  readonly texts: Readonly<Record<string, Reminder | Notice>>;
}

const shared = { ladder, frame, digest, directory, answerCode, signIn } as const;
const isShared = (name: string): name is keyof typeof shared => Object.hasOwn(shared, name);

/** Something in a message file that a translator has to put right. */
export interface TextFault {
  /** Below `activities/mail/texts`, such as `ro/action.json`. */
  readonly file: string;
  /** Where in the file, such as `asked.body.0`; empty: the file as a whole. */
  readonly key: string;
  readonly because: string;
}

/** Thrown where message files cannot be used: every fault is named, with its file and key. */
export class TextsError extends Error {
  override readonly name = 'TextsError';
  readonly faults: readonly TextFault[];
  constructor(faults: readonly TextFault[]) {
    const lines = faults.map(({ file, key, because }) => `${file}${key ? `, ${key}` : ''}: ${because}.`);
    super(`Mail cannot be written from these message files.\n${lines.join('\n')}`);
    this.faults = faults;
  }
}

type Content = Partial<
  | z.output<typeof ladder>
  | z.output<typeof frame>
  | z.output<typeof digest>
  | z.output<typeof directory>
  | z.output<typeof kindFile>
>;

/** One message file; what is wrong with it is added to `faults`. */
function readFile<S extends z.ZodType<Content>>(schema: S, root: string, file: string, faults: TextFault[]) {
  const found = (because: string, key = '') => void faults.push({ file, key, because });
  try {
    const source = readFileSync(join(root, file), 'utf8');
    const content = JSON.parse(source) as unknown;
    for (const key of doubled(source)) found('stands there twice, and only the last would be used', key);
    for (const [key, text] of stringsIn(content))
      for (const because of faultsOf(text, file.slice(0, file.indexOf('/')))) found(because, key);
    const { data, error } = schema.safeParse(content);
    for (const { path, message } of error?.issues ?? []) found(message, path.join('.'));
    return data;
  } catch (error) {
    found(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** Names of texts that stand in a file twice; a parser does not mind, and files are indented by two. */
function doubled(source: string): readonly string[] {
  const names = [...source.matchAll(/^ {2}"([^"]+)":/gm)].map(([, name = '']) => name);
  return names.filter((name, index) => names.indexOf(name) < index);
}

const stringsIn = (content: unknown, path = ''): [string, string][] => {
  if (typeof content === 'string') return [[path, content]];
  if (typeof content !== 'object' || content === null) return [];
  return Object.entries(content).flatMap(([key, each]) => stringsIn(each, path ? `${path}.${key}` : key));
};

/**
 * Reads the message files of one language; undefined when there are none.
 *
 * @throws {@link TextsError} if one of them is wrong
 */
function read(code: string, root: string): Language | undefined {
  // A language comes from the directory, and becomes a path here.
  if (!/^[a-z]{2,3}(-[A-Za-z]{2,8})?$/.test(code)) return undefined;
  const names = namesOfFiles(join(root, code));
  if (names.length === 0) return undefined;
  const faults: TextFault[] = [];
  const common = {
    ladder: readFile(ladder, root, `${code}/ladder.json`, faults),
    frame: readFile(frame, root, `${code}/frame.json`, faults),
    digest: readFile(digest, root, `${code}/digest.json`, faults),
    directory: readFile(directory, root, `${code}/directory.json`, faults),
    answerCode: readFile(answerCode, root, `${code}/answerCode.json`, faults),
    signIn: readFile(signIn, root, `${code}/signIn.json`, faults),
  };
  const texts = names
    .filter((name) => !isShared(name))
    .flatMap((kind) =>
      Object.entries(readFile(kindFile, root, `${code}/${kind}.json`, faults) ?? {}).map(
        ([name, text]) => [`${kind}.${name}`, text] as const,
      ),
    );
  const { ladder: ladders, frame: frames, digest: digests, directory: directories, answerCode: codes } = common;
  const { signIn: signIns } = common;
  if (faults.length > 0 || !ladders || !frames || !digests || !directories || !codes || !signIns)
    throw new TextsError(faults);
  return {
    code,
    ladder: ladders,
    frame: frames,
    digest: digests,
    directory: directories,
    answerCode: codes,
    signIn: signIns,
    texts: Object.fromEntries(texts),
  };
}

const namesOfFiles = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((file) => file.endsWith('.json'))
        .map((file) => basename(file, '.json'))
    : [];

const languages = new Map<string, Language | undefined>();

const languageOf = (code: string): Language | undefined => {
  if (!languages.has(code)) languages.set(code, read(code, folder));
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

/** Letters about the directory, in the reader's language or in English. */
export function directoryTextsIn(code: string): Language['directory'] & { readonly language: string } {
  const language = languageOrEnglish(code);
  return { ...language.directory, language: language.code };
}

/** For what is written to somebody besides their cases. */
export function languageOrEnglish(code: string): Language {
  const language = languageOf(code) ?? languageOf('en');
  if (!language) throw new Error('There are no message files; look into activities/mail/texts/en.');
  return language;
}

/** The mail with a code, in the reader's language or in English. */
export function codeTextsIn(code: string): Language['answerCode'] & { readonly language: string } {
  const language = languageOrEnglish(code);
  return { ...language.answerCode, language: language.code };
}

/** The mail with a link to sign in, in the reader's language or in English. */
export function signInTextsIn(code: string): Language['signIn'] & { readonly language: string } {
  const language = languageOrEnglish(code);
  return { ...language.signIn, language: language.code };
}

/** Whether mail can be written in a language; if not, its readers get English mail. */
export const hasTexts = (code: string): boolean => languageOf(code) !== undefined;

/** Every language that has message files. */
export const allLanguages = (): readonly Language[] => readdirSync(folder).flatMap((code) => languageOf(code) ?? []);

/**
 * Reads all message files, so that a fault in one shows when a worker starts and not when a mail is due.
 *
 * @throws {@link TextsError} with every fault of every file
 */
export function checkTexts(root = folder): void {
  const faults = readdirSync(root).flatMap((code) => {
    try {
      read(code, root);
      return [];
    } catch (error) {
      if (error instanceof TextsError) return error.faults;
      throw error;
    }
  });
  if (faults.length > 0) throw new TextsError(faults);
}
