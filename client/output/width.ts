// East Asian Wide and Fullwidth, as terminals show them.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const none = /[\p{Mn}\p{Me}\p{Cf}]/u;

const widthOfCharacter = (character: string): number => (none.test(character) ? 0 : wide.test(character) ? 2 : 1);

/** How many columns of a terminal a single line takes. */
export const widthOf = (line: string): number =>
  Array.from(line).reduce((sum, character) => sum + widthOfCharacter(character), 0);

/**
 * A text in lines of at most so many columns: broken at spaces; a word too long for that after `/`, `-`, `,` or `.`, else
 * anywhere. Only what people copy is never broken, and stands alone where it is longer than a line.
 */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line.replaceAll('\t', ' '), columns));
}

function wrapLine(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of line.split(/(?<=\s)/u).flatMap((word) => partsOf(word, columns))) {
    if (widthOf(current) + widthOf(piece.trimEnd()) > columns) {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    } else current += piece;
  }
  return [...lines, current.trimEnd()];
}

/** A word in parts that each fit. */
const partsOf = (word: string, columns: number): string[] =>
  widthOf(word.trimEnd()) <= columns || copied.test(word.trimEnd())
    ? [word]
    : word.split(/(?<=[/,.-])/u).flatMap((part) => cut(part, columns));

/** How wide a text has to be so that no word of it is broken. */
export const longestWord = (text: string): number => Math.max(0, ...text.split(/\s+/u).map(widthOf));

// Ids and keys, days and moments, addresses of mail and pages: what people copy.
const copied =
  /^[(<"'[]?(?:[a-z]+(?:-[a-z]+)*(?:\/[a-z0-9:-]+)+|\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?|[^\s@<>]+@[^\s@<>]+\.[a-z]+|https?:\/\/\S+)[)>"'\]]?[,.;:]?$/i;

/** How wide a text has to be so that no id and no day in it is broken. */
export const longestUnbroken = (text: string): number =>
  Math.max(0, ...text.split(/\s+/u).map((word) => (copied.test(word) ? widthOf(word) : 0)));

/** A piece that is longer than a whole line, cut into such as fit. */
function cut(piece: string, columns: number): string[] {
  if (widthOf(piece) <= columns) return [piece];
  const parts: string[] = [];
  let current = '';
  for (const character of piece) {
    if (widthOf(current) + widthOf(character) > columns) {
      parts.push(current);
      current = '';
    }
    current += character;
  }
  return [...parts, current];
}
