import { describe, expect, it } from 'vitest';
import { factsNamedIn } from '../../../activities/mail/icu.ts';
import { render } from '../../../activities/mail/render.ts';
import { allLanguages } from '../../../activities/mail/texts.ts';
import type { Facts } from '../../../domain/lifecycle.ts';
import { names, sampleFacts } from '../../../docs/mails/sample.ts';
import { letters } from '../../kinds/said.ts';

/**
 * What the reader of each letter is to believe (`believes` in `test/kinds/KIND.yaml`) stands in the English letter, in the words of
 * `says`: what is asked, by when and what comes otherwise, or what has happened and what that means for its reader. The letters are those that translators get.
 */

const sentences = [...letters].map(([name, { says }]) => [name, says] as const);

const english = allLanguages().find(({ code }) => code === 'en')?.texts ?? {};

/** What happens by itself is known when a letter is recorded: of these its reader is to believe it. */
const foretold: Readonly<Record<string, Facts>> = {
  'mou.opinionAsked': { asksFor: 'mou.opinion', byItself: 'opinionExpired', byItselfOn: '2019-02-28' },
  'request.opinionAsked': { asksFor: 'request.opinion', byItself: 'opinionExpired', byItselfOn: '2019-02-28' },
};

function letter(name: string): string {
  const text = english[name];
  if (!text) throw new Error(`There is no text ${name}.`);
  const isReminder = 'ask' in text;
  const parts = isReminder ? [text.ask, text.otherwise, text.why ?? ''] : [text.subject, ...text.body];
  const [kind = ''] = name.split('.');
  const named = parts.flatMap((part) => factsNamedIn(part, 'en'));
  const facts = { ...sampleFacts(kind, named), ...foretold[name] };
  const tone = isReminder ? { tone: 'before', level: 'owner' } : { tone: null, level: null };
  const message = { case_id: `${kind}/kr-gr-2`, text: name, at: '2018-11-30T00:00:00Z', facts, ...tone };
  return render(message, { language: 'en', zone: 'UTC' }, names).text.replaceAll(/\s+/g, ' ');
}

/** From where on the words are missing; undefined if all of them stand there in their order. */
function missingOf(said: string, text: string): string | undefined {
  let from = 0;
  for (const words of said.split('…').map((part) => part.trim())) {
    const at = text.indexOf(words, from);
    if (at < 0) return words;
    from = at + words.length;
  }
  return undefined;
}

describe('the letter lets its reader believe it', () => {
  it.each(sentences)('%s', (name, said) => {
    const text = letter(name);
    expect(
      missingOf(said, text),
      `words of \`says\` in test/kinds that are not in the letter:\n${text}`,
    ).toBeUndefined();
  });

  it('which the letter of another text does not', () => {
    const all = sentences.map(([name]) => [name, letter(name)] as const);
    const taken = sentences.flatMap(([name, said]) =>
      all
        .filter(([other]) => other !== name && other.split('.')[0] === name.split('.')[0])
        .filter(([, text]) => missingOf(said, text) === undefined)
        .map(([other]) => `${name} could be ${other}`),
    );
    expect(taken).toEqual([]);
  });
});
