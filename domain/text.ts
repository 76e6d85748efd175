/**
 * What text may hold: one rule for whatever comes in (`textFault` at the door) and whatever goes out (`readable`), since a
 * register of earlier versions, a template or a mail server may hold more.
 */

/** Characters that XML, Postgres, terminals or UTF-8 do not have: controls, halves of characters, noncharacters such as U+FFFE. */
const unprintable = /[^\P{Cc}\n\t]|\p{Cs}|\p{Noncharacter_Code_Point}/gu;
/** What turns the writing direction, so that something else is read than is there. */
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Why a text cannot be taken; a tab, and line feeds where there may be several lines, are text. */
export function textFault(value: string, multiline: boolean): string | undefined {
  const [found] = value.match(unprintable) ?? [];
  if (found !== undefined) return `holds ${kindOf(found)}`;
  if (!multiline && /[\n\t\u2028\u2029]/.test(value)) return 'must be a single line';
  return value.search(directions) < 0 ? undefined : 'holds a character that turns the writing direction';
}

function kindOf(character: string): string {
  if (/\p{Cc}/u.test(character)) return 'a control character';
  if (/\p{Cs}/u.test(character)) return 'half a character (a lone surrogate)';
  const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return `U+${code}, which is no character`;
}

/** The same text with U+FFFD in place of what no text may hold: every output can show it. */
export const readable = (text: string): string => text.replace(unprintable, '\ufffd').replace(directions, '\ufffd');
