import { folded } from './search.ts';

/** What somebody may have meant: its id, and its name where it has one. */
export interface Nameable {
  readonly id: string;
  readonly name?: string;
}

const atMost = 3;

/** `did you mean RS?`, with a few ids that are named by what was typed, hold its words, or are spelt nearly so; nothing when none is. */
export function suggestionFor(typed: string, known: readonly Nameable[]): string | undefined {
  const ids = meantBy(typed, known).slice(0, atMost);
  if (ids.length === 0) return undefined;
  const last = ids.at(-1) ?? '';
  return `did you mean ${ids.length === 1 ? last : `${ids.slice(0, -1).join(', ')} or ${last}`}?`;
}

function meantBy(typed: string, known: readonly Nameable[]): string[] {
  const asked = spelt(typed);
  if (asked === '') return [];
  const spellings = known.map(({ id, name }) => ({ id, texts: [id, ...(name ? [name] : [])].map(spelt) }));
  const which = (test: (text: string) => boolean) =>
    spellings.filter(({ texts }) => texts.some(test)).map(({ id }) => id);
  const words = asked.split(' ');
  const hasAllWords = (text: string) => words.every((word) => text.split(/[^\p{L}\p{N}]+/u).includes(word));
  const same = which((text) => text === asked);
  const holding = same.length > 0 ? same : which(hasAllWords);
  return holding.length > 0 ? holding : nearest(asked, spellings);
}

/** Capitals, accents, and what stands between words are typed in many ways. */
const spelt = (text: string): string => folded(text.replaceAll(/[-_]/g, ' '));

/** One letter in four may be wrong. */
function nearest(asked: string, spellings: readonly { id: string; texts: readonly string[] }[]): string[] {
  const most = Math.max(1, Math.floor(asked.length / 4));
  const measured = spellings
    .map(({ id, texts }) => ({ id, far: Math.min(...texts.map((text) => editsBetween(asked, text, most))) }))
    .filter(({ far }) => far <= most);
  const least = Math.min(...measured.map(({ far }) => far));
  return measured.filter(({ far }) => far === least).map(({ id }) => id);
}

/** How many letters have to be added, left out, changed, or swapped with the next one; anything above `most` when it is more. */
function editsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= a.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const edits = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
      );
      rows[row]?.push(edits);
    }
  }
  return at(a.length, b.length);
}
