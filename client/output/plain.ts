import { readable } from '../../domain/text.ts';

// Control characters but for line feed and tab, and what turns the writing direction.
const unsafe = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text from other people for a terminal: what could move the cursor, hide or reorder other text becomes visible. */
export const plain = (text: string): string => readable(text.normalize('NFC'));

/** The same for JSON, where nothing is lost: such a character is written as an escape. */
export const jsonOf = (value: unknown, indent = 2): string =>
  (JSON.stringify(value ?? null, null, indent) ?? 'null').replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
