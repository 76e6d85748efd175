/** All by which somebody can be known in what is on record. */
export interface Marks {
  readonly id: string;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** As a name stands in HTML. */
const inHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/**
 * Puts a pseudonym in the place of somebody's addresses, names and id, wherever they stand by themselves in a text: `kim`
 * is not `kim-minji`, and `Li` is not `List`. Names are found across line breaks, and before a Korean particle.
 */
export function eraserOf({ id, names, addresses }: Marks, pseudonym: string): (text: string) => string {
  const address = (each: string) => `(?<![\\w.%+-])${escaped(each)}(?![\\w-]|\\.\\w)`;
  const name = (each: string) =>
    `(?<!\\p{L})${each.trim().split(/\s+/).map(escaped).join('\\s+')}(?!\\p{Script=Latin})`;
  const spellings = [...new Set(names.flatMap((each) => [each, inHtml(each)]))].filter((each) => each.trim() !== '');
  const longestFirst = (a: string, b: string) => b.length - a.length;
  const patterns: [RegExp, string][] = [
    ...addresses.map((each, n): [RegExp, string] => [
      new RegExp(address(each), 'giu'),
      `${pseudonym}.${n}@erased.invalid`,
    ]),
    ...spellings.sort(longestFirst).map((each): [RegExp, string] => [new RegExp(name(each), 'giu'), pseudonym]),
    [new RegExp(`(?<![a-z0-9-])${escaped(id)}(?![a-z0-9-])`, 'gu'), pseudonym],
  ];
  return (text) => patterns.reduce((so, [pattern, instead]) => so.replaceAll(pattern, instead), text);
}

/** The same in everything that JSON holds, names of fields included. */
export function erasedJson(value: unknown, erase: (text: string) => string): unknown {
  if (typeof value === 'string') return erase(value);
  if (Array.isArray(value)) return value.map((each) => erasedJson(each, erase));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [erase(key), erasedJson(each, erase)]));
}

/** Lines of iCalendar are cut after 75 bytes, wherever that is. */
export function erasedCalendar(text: string, erase: (text: string) => string): string {
  const whole = text.replaceAll(/\r\n[ \t]/g, '');
  const erased = erase(whole);
  return erased === whole ? text : erased.split('\r\n').map(folded).join('\r\n');
}

function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  for (const sign of line) {
    if (Buffer.byteLength(current + sign) > (lines.length === 0 ? 75 : 74)) {
      lines.push(current);
      current = '';
    }
    current += sign;
  }
  return [...lines, current].join('\r\n ');
}
