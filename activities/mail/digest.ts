import type { Names } from '../../database/names.ts';
import type { QuietCaseNamed } from '../../database/quiet-cases.ts';
import { type CivilDate, dayIn } from '../../domain/dates.ts';
import { idOrder } from '../../domain/id-order.ts';
import { longDay } from './days.ts';
import { type Digest, digestHtmlOf, digestTextOf } from './letter.ts';
import { subjectLine } from './one-line.ts';
import { type Reader, type Rendered, type Written, write } from './render.ts';
import type { Unwritten } from './writer.ts';
import { type Language, textIn } from './texts.ts';
import { titleOfCase } from './titles.ts';

/** Whose gathered mail it is, where they are, and of which day. */
export interface DigestReader extends Omit<Reader, 'insteadOf' | 'answering'> {
  readonly country: string | undefined;
  readonly day: CivilDate;
}

/** A reminder to be gathered, and whom it is really meant for when its reader stands in. */
export type Gathered = Unwritten & Pick<Reader, 'insteadOf' | 'answering'>;

interface Entry extends Written {
  readonly message: Unwritten;
}

/**
 * Writes reminders to one person as one mail: by country and case, the most urgent first. A text that the reader's
 * language does not have makes the whole mail English.
 *
 * @throws if a text is missing in English too
 */
export function renderDigest(
  messages: readonly Gathered[],
  reader: DigestReader,
  names: Names,
  quiet: readonly QuietCaseNamed[] = [],
): Rendered {
  const language = languageFor(messages, reader.language);
  const entries = [...messages]
    .sort((a, b) => dueOf(a).localeCompare(dueOf(b)) || idOrder(a.case_id, b.case_id))
    .map((message) => {
      const { insteadOf, answering } = message;
      return {
        message,
        ...write(message, { ...reader, language: language.code, insteadOf, answering }, names),
      };
    });
  const digest = { ...digestOf(entries, language, reader), ...quietIn(quiet, entries, language, reader) };
  return {
    language: language.code,
    subject: digest.subject,
    text: digestTextOf(digest),
    html: digestHtmlOf(digest),
  };
}

const dueOf = ({ facts }: Unwritten): string => String(facts.due);

/** One for the whole mail: never by halves. */
function languageFor(messages: readonly Unwritten[], code: string): Language {
  const [first, ...others] = messages.map(({ text }) => textIn(code, text).language);
  if (first && others.every((language) => language === first)) return first;
  return textIn('en', messages[0]?.text ?? '').language;
}

function digestOf(entries: readonly Entry[], language: Language, reader: DigestReader): Digest {
  const [urgent] = entries;
  const { code, digest: texts } = language;
  if (!urgent) throw new Error('A gathered mail needs reminders.');
  const { say, letter } = urgent;
  const missed = entries.reduce((sum, { message: { facts } }) => sum + Number(facts.missed ?? 0), 0);
  const wereHeldUp = missed > 0 || entries.some(({ message: { tone } }) => tone !== 'before' && tone !== 'past');
  return {
    language: code,
    subject: subjectLine(say(texts.subject, { count: entries.length, first: letter.subject })),
    preheader: letter.preheader,
    heading: say(texts.heading, { day: longDay(reader.day, code) }),
    salutation: letter.salutation,
    closing: isOfOne(entries) ? letter.closing : [],
    paragraphs: wereHeldUp ? [say(texts.outage, { count: entries.length + missed })] : [],
    groups: groupsOf(entries, reader),
    footer: [say(texts.gathered), ...letter.footer],
  };
}

/** Cases in which nothing happens, to their coordinator. */
function quietIn(
  cases: readonly QuietCaseNamed[],
  [first]: readonly Entry[],
  language: Language,
  { zone }: DigestReader,
): Pick<Digest, 'quiet'> {
  if (!first || cases.length === 0) return {};
  const {
    code,
    digest: { quiet },
  } = language;
  const lines = cases.map(({ id, title, actedAt, days }) =>
    first.say(quiet.case, {
      case: id,
      about: titleOfCase(language, id, title),
      since: longDay(dayIn(actedAt, zone), code),
      days,
    }),
  );
  return { quiet: { heading: first.say(quiet.heading), ask: first.say(quiet.ask), lines } };
}

/** Of cases with one coordinator, who can sign the whole. */
const isOfOne = (entries: readonly Entry[]): boolean =>
  new Set(entries.map(({ message: { facts } }) => facts.coordinator)).size === 1;

/** By the countries that a case is about besides the reader's own; in the order of what is due first. */
function groupsOf(entries: readonly Entry[], { country }: DigestReader): Digest['groups'] {
  return grouped(entries, (entry) => countriesOf(entry, country)).map(([countries, inGroup]) => ({
    countries,
    cases: grouped(inGroup, ({ letter }) => letter.caseId).map(([caseId, ofCase]) => ({
      caseId,
      title: ofCase[0]?.letter.title ?? '',
      items: ofCase.map(({ letter }) => letter),
    })),
  }));
}

function countriesOf({ message: { facts }, shown }: Entry, own: string | undefined): string {
  const all = Array.isArray(facts.countries) ? facts.countries.map(String) : [];
  const others = all.filter((code) => code !== own);
  return String(shown({ countries: others.length > 0 ? others : all }, 'countries'));
}

/** In the order in which the groups begin. */
function grouped<T>(items: readonly T[], groupOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(groupOf(item), [...(groups.get(groupOf(item)) ?? []), item]);
  return [...groups];
}
