import { describe, expect, it } from 'vitest';
import { recordIn, sentencesIn } from '../../activities/mail/record-sentences.ts';
import { languages, type Texts, textsIn } from '../../web/texts.ts';
import { inOwnWords } from '../activities/mail/leaks.ts';
import { FilledIn } from './filled-in.ts';
import { hole, Reading } from './said-in-code.ts';
import { nameOf, type Node, nodesIn, part, SourceTree } from './source-tree.ts';

/** Where sentences are made that no page shows: whoever is at a terminal reads them, or an operator. */
const atTerminals = [
  'activities/mail',
  'client/case-documents.ts',
  'client/countries.ts',
  'client/desk.ts',
  'client/entry-files.ts',
  'client/forecast/',
  'client/health/',
  'client/input.ts',
  'client/people.ts',
  'client/reassign.ts',
  'client/yaml.ts',
  'database/calendars.ts',
  'database/country-profiles',
  'database/directory/',
  'database/people/bounces.ts',
  'database/people/roles.ts',
  'documents/',
  'domain/calendar.ts',
  'domain/scenario.ts',
];

/** The sentence that a piece of code refuses something with, or says to be wrong with it. */
function refusedBy(node: Node): Node | undefined {
  const called = part(node, 'callee');
  switch (node.type) {
    case 'CallExpression': {
      const isOurs = nameOf(called) === 'refuse' || nameOf(called) === 'reference';
      const isCheck = ['refine', 'regex'].includes(nameOf(part(called, 'property')));
      return isOurs || isCheck ? nodesIn(node, 'arguments').at(nameOf(called) === 'reference' ? 2 : 1) : undefined;
    }
    case 'NewExpression':
      return nameOf(called) === 'NoForm' || nameOf(called) === 'UsageError' ? nodesIn(node, 'arguments')[0] : undefined;
    case 'Property':
      return ['because', 'message', 'error'].includes(nameOf(part(node, 'key'))) ? part(node, 'value') : undefined;
    default:
      return undefined;
  }
}

/** What a run makes of an id or the letters of a column. */
const partlyHole = new RegExp(`[A-Za-z0-9/-]*${hole}[A-Za-z0-9/${hole}-]*`, 'g');

const isSentence = (text: string): boolean => /[a-z]{2}.* .*[a-z]{2}/s.test(text);

/** Every sentence with which something can be refused, and where it stands; its holes are marked. */
function everyRefusal(): ReadonlyMap<string, string> {
  const tree = new SourceTree(['web/main.ts', 'worker/main.ts']);
  const reading = new Reading(tree);
  const found = new Map<string, string>();
  for (const node of tree.all()) {
    const because = refusedBy(node);
    const place = because ? tree.place(node) : '';
    if (!because || atTerminals.some((each) => place.startsWith(each))) continue;
    for (const sentence of reading.ways(because))
      if (isSentence(sentence)) found.set(sentence.replaceAll(partlyHole, hole), place);
  }
  return found;
}

/** What a page in this language leaves in English of a sentence; nothing if it says all of it. */
function leftIn(texts: Texts, own: ReadonlySet<string>, sentence: string): string | undefined {
  const said = recordIn(texts, sentence);
  if (said === undefined) return 'not said';
  const left = inOwnWords(said.replaceAll(/\.[a-z]{2,4}\b/g, ''), texts.code).split(' ');
  return left.filter((word) => word !== '' && !own.has(word)).join(' ') || undefined;
}

describe('every sentence with which something can be refused', () => {
  const refusals = everyRefusal();

  it('is found in the code', () => {
    expect(refusals.size).toBeGreaterThan(500);
    expect([...refusals.keys()]).toContain(`It is no act of ${hole}, but of ${hole}.`);
  });

  it.each(languages.filter((code) => code !== 'en'))('has words in %s', (code) => {
    const texts = textsIn(code);
    const patterns = sentencesIn(code);
    const filled = new FilledIn(Object.keys(patterns));
    // What translators have left as it is, in these patterns and in the names of fields.
    const own = new Set(
      [patterns, texts.fields, texts.facts].flatMap(
        (each) =>
          Object.values(each)
            .join(' ')
            .match(/[A-Za-z]+/g) ?? [],
      ),
    );
    const unsaid = [...refusals].flatMap(([sentence, place]) => {
      const left = filled.all(sentence).map((each) => leftIn(texts, own, each));
      return left.includes(undefined) ? [] : [`${place}: ${sentence.replaceAll(hole, '◊')} (${left[0]})`];
    });
    expect(unsaid).toEqual([]);
  });
});
