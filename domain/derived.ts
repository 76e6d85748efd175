const longest = 64;

/**
 * The slug of a case that another opens: `kr-gr` and `2` give `kr-gr-2`, every time the same.
 *
 * A slug that would be too long is cut, and told from its like by a few characters derived from the whole.
 */
export function slugUnder(openerId: string, suffix: string): string {
  const opener = openerId.slice(openerId.indexOf('/') + 1);
  const whole = `${opener}-${suffix}`;
  if (whole.length <= longest) return whole;
  const tail = `-${fingerprint(opener)}-${suffix}`;
  return `${opener.slice(0, longest - tail.length)}${tail}`;
}

/** FNV-1a, 32 bits: enough to tell apart names that begin alike. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36);
}

/** A text as one line of at most so many characters, for a title or a quotation in another case. */
export function asLine(text: string, most: number): string {
  const characters = Array.from(text.replace(/\s+/gu, ' ').trim());
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}

/** A number with what it counts: `1 state`, `3 states`; `others` where the plural is not made with an s. */
export const counted = (number: number, one: string, others = `${one}s`): string =>
  `${number} ${number === 1 ? one : others}`;
