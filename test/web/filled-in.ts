import { hole } from './said-in-code.ts';

/**
 * What could stand in the holes of a sentence of the code, so that a pattern of the record says it. Whoever reads the code
 * does not know which hole is a day and which a name: the pattern tells.
 */

const token = /\{(\d)([a-z]?)\}|\[([^\]]*\|[^\]]*)\]/;

const stands: Readonly<Record<string, string>> = {
  d: hole,
  p: `(?:on |from )?${hole}(?: to ${hole})?`,
  n: `(?:${hole}|\\d+)`,
  h: `${hole}?(?: ?to ${hole}(?:, ${hole})?)?(?: ?\\(${hole}\\))?(?: ?without a known end)?`,
};

const hours = '09:30';

const typed: Readonly<Record<string, string>> = { d: '2030-01-02', p: '2030-01-02', n: '7', h: hours };

interface Mould {
  /** Sooner looked for than the whole. */
  readonly literal: string;
  readonly test: RegExp;
  /** Of each group: what goes into the holes that it holds, or `said` where that is a sentence of its own. */
  readonly groups: readonly string[];
}

function mouldOf(key: string): Mould {
  const parts = key.split(new RegExp(token, 'g'));
  const groups: string[] = [];
  let test = '';
  let longest = '';
  for (let at = 0; at < parts.length; at += 4) {
    const [literal = '', number, is = '', either] = parts.slice(at, at + 4);
    test += escaped(literal);
    if (literal.length > longest.length) longest = literal;
    if (number !== undefined) {
      groups.push(typed[is] ?? (is === 's' || is === 'w' ? 'said' : 'x'));
      test += `(${stands[is] ?? '.+?'})`;
    }
    if (either !== undefined) {
      groups.push(either.split('|').find(Boolean) ?? '');
      test += `(${[...either.split('|').map(escaped), hole].join('|')})`;
    }
  }
  return { literal: longest, test: new RegExp(`^${test}$`, 's'), groups };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** A hole may be a whole sentence that is said elsewhere. */
const one = 'Its terms of validity are not known.';

const inEach = (text: string, value: string): string => text.replaceAll(hole, value);

/** Hours have a day and a zone among them. */
const inGroup = (group: string, value: string): string =>
  value !== hours
    ? inEach(group, value)
    : inEach(
        group.replaceAll(`(${hole})`, '(Europe/Belgrade)').replaceAll(`${hole}, ${hole}`, `2030-01-02, ${hole}`),
        value,
      );

export class FilledIn {
  private readonly moulds: readonly Mould[];

  constructor(keys: readonly string[]) {
    const literal = (key: string): number => key.replaceAll(new RegExp(token, 'g'), '').length;
    this.moulds = keys.toSorted((a, b) => literal(b) - literal(a)).map(mouldOf);
  }

  /** A sentence with its holes filled, in each way that a pattern could be meant; one at least. */
  all(sentence: string, depth = 0): readonly string[] {
    if (sentence === hole) return [one];
    const whole = this.moulds.flatMap((mould) => this.byMould(mould, sentence, depth));
    return [...new Set([...whole, ...this.inParts(sentence, depth), inEach(sentence, 'x'), inEach(sentence, one)])];
  }

  private byMould({ literal, test, groups }: Mould, sentence: string, depth: number): readonly string[] {
    const found = depth <= 3 && sentence.includes(literal) ? test.exec(sentence) : null;
    if (!found) return [];
    let filled = '';
    let from = 0;
    for (const [index, value] of groups.entries()) {
      const group = found[index + 1] ?? '';
      const at = sentence.indexOf(group, from);
      const said = value === 'said' ? (this.all(group, depth + 1)[0] ?? '') : inGroup(group, value);
      filled += sentence.slice(from, at) + said;
      from = at + group.length;
    }
    return [filled + sentence.slice(from)];
  }

  /** Several sentences, or one about a field. */
  private inParts(sentence: string, depth: number): readonly string[] {
    const each = sentence.split(new RegExp(`(?<=\\.|${hole}) (?=[A-Z${hole}]|[a-z]+\\.${hole}: )`));
    const together = each.length > 1 ? [each.map((part) => this.all(part, depth)[0]).join(' ')] : [];
    const [, name = '', about = ''] = /^([^:“”"]{1,60}: )(.+)$/s.exec(sentence) ?? [];
    const ofField = [about, about.replace(/\.$/, '')].flatMap((part) =>
      (part === hole ? [one] : this.moulds.flatMap((mould) => this.byMould(mould, part, depth))).map(
        (said) => inEach(name, '7') + said,
      ),
    );
    return [...together, ...ofField];
  }
}
