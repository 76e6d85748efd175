import type { InsteadOf } from '../../database/addressee.ts';
import type { Names } from '../../database/names.ts';
import { longDay, shortDay } from './days.ts';
import { type Distance, distanceTo } from './distance.ts';
import { formatted } from './icu.ts';
import { type Addressed, type Courtesy } from './courtesy.ts';
import type { Answering } from './answer-link.ts';
import { sayingAttached } from './attached.ts';
import { how, howIn, invitationIn } from './how.ts';
import { consequenceIn, unansweredIn } from './otherwise.ts';
import { askIn, dueIn, otherwiseIn, owedRows, present, why } from './owed.ts';
import { type Letter, htmlOf, type Tone, textOf } from './letter.ts';
import { type Unwritten, type Writer, writerFor } from './writer.ts';
import { oneLine, subjectLine } from './one-line.ts';
import { type Language, languageOrEnglish, type Notice, type Reminder, textIn } from './texts.ts';
import { entryTitle, questionIn, titleOfCase } from './titles.ts';

export interface Rendered {
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Whose language and zone a message is written for. */
export interface Reader extends Addressed {
  readonly language: string;
  readonly zone: string;
  /** Whom it is really meant for. */
  readonly insteadOf?: InsteadOf | undefined;
  /** Where and how they can answer; absent: where there are no pages, by commands alone. */
  readonly answering?: Answering | undefined;
}

/**
 * Writes a message in its reader's language, as plain text and as HTML. No clock, no directory: the same arguments give
 * the same message.
 *
 * @throws if there is no such text
 */
export function render(message: Unwritten, reader: Reader, names: Names): Rendered {
  const { language, text } = textIn(reader.language, message.text);
  return renderText(text, message, { ...reader, language, names });
}

/** A message in words, and what is needed to say more about it. */
export interface Written {
  readonly letter: Letter;
  readonly say: Writer['say'];
  readonly shown: Writer['shown'];
}

/** The same before it becomes plain text or HTML: a gathered mail holds several. */
export function write(message: Unwritten, reader: Reader, names: Names): Written {
  const { language, text } = textIn(reader.language, message.text);
  const writer = writerFor(message, language, reader, names);
  return { letter: letterOf(text, writer, reader), say: writer.say, shown: writer.shown };
}

function letterOf(
  text: Reminder | Notice,
  writer: Writer,
  { insteadOf, answering }: Pick<Reader, 'insteadOf' | 'answering'>,
): Letter {
  const written = 'ask' in text ? reminderLetter(writer, text) : noticeLetter(writer, text);
  const letter = {
    ...written,
    ...sayingAttached(writer.message.attached, (more) => writer.say(writer.language.frame.attached, more)),
    ...how(writer, howIn(writer, text), answering),
    ...invitationIn(writer, answering),
  };
  return insteadOf ? { ...letter, insteadOf: meantFor(writer, insteadOf) } : letter;
}

/** Fills a text in with the facts of a message. */
export function renderText(
  text: Reminder | Notice,
  message: Unwritten,
  reader: Omit<Reader, 'language'> & { readonly language: Language; readonly names: Names },
): Rendered {
  const { language, names } = reader;
  const letter = letterOf(text, writerFor(message, language, reader, names), reader);
  return { language: language.code, subject: letter.subject, text: textOf(letter), html: htmlOf(letter) };
}

/** "For KIM Minji, who is away until Friday, 6 March 2026: you stand in." */
const meantFor = ({ say, language }: Writer, { name, why, day, standsIn }: InsteadOf): string =>
  say(language.frame.standsInFor, {
    meant: formatted(language.frame.person, language.code, () => name),
    why,
    day: longDay(day, language.code),
    standsin: standsIn ? 'yes' : 'no',
  });

/** By the day on which it is sent, since mail waits for working hours and for the end of an outage: "today" is no other day. */
function toneOf({ tone }: Unwritten, { days, late }: Distance): Exclude<Tone, 'notice'> {
  if (tone === 'escalation' || tone === 'past') return tone;
  if (late === 'yes') return 'overdue';
  return days > 0 || tone === 'before' ? 'before' : 'due';
}

function reminderLetter(writer: Writer, text: Reminder): Letter {
  const { message, language, say, sayBriefly } = writer;
  const { ladder } = language;
  const due = String(message.facts.due);
  const zone = String(message.facts.zone);
  const ask = oneLine(sayBriefly(text.ask));
  const distance = distanceTo(due, message.at, zone);
  const tone = toneOf(message, distance);
  const worked = { ask, day: shortDay(due, language.code), ...distance };
  // What lies behind has its consequences behind it, too.
  const consequence = tone === 'past' ? '' : consequenceIn(writer, text);
  return {
    ...surroundings(writer),
    tone,
    subject: subjectLine(say(ladder[tone].subject, worked)),
    preheader: present([`${dueIn(writer)}.`, consequence]).join(' '),
    heading: say(ladder[tone].heading, worked),
    rows: owedRows(writer, text, tone === 'past' ? '' : otherwiseIn(writer, consequence)),
    paragraphs: [
      ...why(writer, text.why),
      ...(tone === 'past' ? [say(ladder.shownOnce)] : ladderNotes(writer, distance)),
    ],
  };
}

/** The title of a case, for a page in somebody's language. */
export const titleFor = (language: string, id: string, title: string): string =>
  titleOfCase(languageOrEnglish(language), id, title);

/** What stands in somebody's calendar for a case. */
export const entryTitleFor = (language: string, id: string, summary: string): string =>
  entryTitle(languageOrEnglish(language), id, summary);

/** A question of an evaluation as it is asked in somebody's language. */
export const usualQuestion = (language: string, asks: string): string => questionIn(languageOrEnglish(language), asks);

/** What the facts are called that can be corrected, in a language. */
export const factsCalled = (language: string): Readonly<Record<string, string>> =>
  languageOrEnglish(language).frame.facts;

/** What a letter would say it is about, without what is known only once it is put on record. */
export function aboutLetter(message: Omit<Unwritten, 'tone' | 'level'>, language: string, names: Names): string {
  const found = textIn(language, message.text);
  const writer = writerFor({ ...message, tone: null, level: null }, found.language, { zone: 'UTC' }, names);
  return 'ask' in found.text ? askIn(writer, found.text) : oneLine(writer.sayBriefly(found.text.subject));
}

/** Who reads this and why, which rung it is, what it stands for, and that the date was another one at first. */
function ladderNotes({ message, language, say }: Writer, { late }: Distance): string[] {
  const { ladder, code } = language;
  const { level, facts } = message;
  const { missed, due, firstDue, broughtInOn } = facts;
  const reader = level === 'superior' || level === 'coordinator' || level === 'coChairs' ? level : undefined;
  const whoReads = message.tone === 'escalation' && reader ? say(ladder[reader], { late }) : '';
  const count = [
    broughtInOn === undefined ? '' : say(ladder.brought),
    say(whoReads ? ladder.countedAbove : ladder.counted),
    typeof missed === 'number' && missed > 0 ? say(ladder.collapsed, { count: missed + 1 }) : '',
    typeof firstDue === 'string' && firstDue !== due ? say(ladder.moved, { firstDay: longDay(firstDue, code) }) : '',
  ];
  return present([whoReads, present(count).join(' ')]);
}

function noticeLetter(writer: Writer, text: Notice): Letter {
  const { message, language, say, sayBriefly } = writer;
  const heading = oneLine(sayBriefly(text.subject));
  const subject = subjectLine(heading);
  // It reads as if that had just happened, which is for whoever put it on record later to say.
  const late = message.facts.toldOf === undefined ? [] : [say(language.frame.toldLate)];
  const paragraphs = present([...late, ...text.body.map((paragraph) => say(paragraph)), unansweredIn(writer)]);
  return {
    ...surroundings(writer),
    tone: 'notice',
    subject,
    preheader: paragraphs[0] ?? subject,
    heading,
    rows: [],
    paragraphs,
  };
}

function surroundings(writer: Writer): Pick<Letter, 'language' | 'title' | 'caseId' | 'footer' | keyof Courtesy> {
  const { message, language, say, coordinatorAddress: address = '', courtesy } = writer;
  const { frame, code } = language;
  const coordinator = say(frame.coordinator, { address, hasaddress: address ? 'yes' : 'no' });
  return {
    ...courtesy,
    language: code,
    title: oneLine(say('{title}')),
    caseId: message.case_id,
    footer: [oneLine(coordinator), say(frame.automatic)],
  };
}
