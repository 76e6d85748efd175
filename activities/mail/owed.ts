import type { Names } from '../../database/names.ts';
import { longDay, zoneNameOn } from './days.ts';
import type { Letter } from './letter.ts';
import { capitalised, oneLine } from './one-line.ts';
import { aboveIn, consequenceIn } from './otherwise.ts';
import { type Reminder, textIn } from './texts.ts';
import { type Unwritten, type Writer, writerFor } from './writer.ts';

/** What is owed, as its reminders say it, without the hurry that they are in. */
export interface Owed {
  /** The code of the language that it is in. */
  readonly language: string;
  readonly ask: string;
  readonly rows: Letter['rows'];
  /** What comes of it if nobody does it, and what happens by itself; one of the rows. */
  readonly otherwise: string;
  /** What it follows from. */
  readonly why: readonly string[];
  readonly owedBy: string;
}

/**
 * What is owed, for the page on which it is answered.
 *
 * @throws if there is no such text
 */
export function writeOwed(
  message: Omit<Unwritten, 'tone'>,
  reader: { readonly language: string; readonly zone: string },
  names: Names,
): Owed {
  const { language, text } = textIn(reader.language, message.text);
  if (!('ask' in text)) throw new Error(`The text "${message.text}" asks for nothing.`);
  const writer = writerFor({ ...message, tone: null }, language, { zone: reader.zone }, names);
  const { code } = language;
  const owedBy = writer.say('{owedBy}');
  const otherwise = otherwiseIn(writer, consequenceIn(writer, text));
  return {
    language: code,
    ask: askIn(writer, text),
    rows: owedRows(writer, text, otherwise),
    otherwise,
    why: why(writer, text.why),
    owedBy,
  };
}

/** The end of the due day, in the zone in which it is due. */
export function dueIn({ message, language, say }: Writer): string {
  const { due, zone } = message.facts;
  const { code, frame } = language;
  return say(frame.day, { day: longDay(String(due), code), zone: zoneNameOn(String(due), String(zone), code) });
}

export const askIn = ({ sayBriefly, language }: Writer, { ask }: Reminder): string =>
  capitalised(oneLine(sayBriefly(ask)), language.code);

/** What comes of it, and who is written to above. */
export const otherwiseIn = (writer: Writer, consequence: string): string =>
  present([consequence, aboveIn(writer)]).join(' ');

/** What is asked, by when, what happens otherwise, and of whom. */
export function owedRows(writer: Writer, text: Reminder, otherwise: string): Letter['rows'] {
  const { language, say } = writer;
  const { frame, code } = language;
  return [
    { label: say(frame.what), value: askIn(writer, text) },
    { label: say(frame.by), value: dueIn(writer) },
    ...(otherwise ? [{ label: say(frame.otherwise), value: capitalised(otherwise, code) }] : []),
    { label: say(frame.owedBy), value: say('{owedBy}') },
  ];
}

export const why = ({ say }: Writer, text: string | undefined): string[] =>
  text === undefined ? [] : present([say(text)]);

export const present = (paragraphs: readonly string[]): string[] => paragraphs.filter((each) => each.trim() !== '');
