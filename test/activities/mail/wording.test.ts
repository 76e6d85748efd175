import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { factsNamedIn } from '../../../activities/mail/icu.ts';
import { isCommand } from '../../../activities/mail/lines-to-type.ts';
import { allLanguages, type Language } from '../../../activities/mail/texts.ts';
import { sampleFacts } from '../../../docs/mails/sample.ts';
import { wordings } from './lines.ts';

/** What can be seen in a text without knowing what it says: slips of the pen, and what a language needs after a name. */

type Strings = readonly (readonly [string, string])[];

const stringsIn = (content: unknown, path: string): Strings => {
  if (typeof content === 'string') return [[path, content]];
  if (typeof content !== 'object' || content === null) return [];
  return Object.entries(content).flatMap(([key, each]) => stringsIn(each, `${path}.${key}`));
};

const textsOf = ({ ladder, frame, digest, directory, answerCode, signIn, texts }: Language): Strings =>
  Object.entries({ ladder, frame, digest, directory, answerCode, signIn, ...texts }).flatMap(([name, text]) =>
    stringsIn(text, name),
  );

const sentencesOf = (language: Language): Strings => textsOf(language).filter(([, text]) => !isCommand(text));

const english = allLanguages().find(({ code }) => code === 'en');

const slips =
  / {2}|\s[,.;:!?·](?!\.)|,,|;;|::|\.\.(?!\.)|[,;:]\.|\.,|\b(the the|of of|to to|by by|is is|a a|την την|τις τις|la la|de de)\b/iu;

describe.each(allLanguages())('the words in $code', (language) => {
  const { code } = language;

  it('have no blank, stop or word twice, whatever their choices', () => {
    const found = sentencesOf(language).flatMap(([key, text]) =>
      wordings(text, code)
        .map((sentence) => sentence.replaceAll('--', '').trim())
        .filter((sentence) => slips.test(sentence) && !/[:.] {2}/.test(sentence))
        .map((sentence) => `${key}: ${sentence}`),
    );
    expect([...new Set(found)]).toEqual([]);
  });

  it('name what the English names, and nothing more', () => {
    expect([...factsByText(language)]).toEqual([...factsByText(english ?? language)].filter(([key]) => isOfAll(key)));
  });

  it('type commands as a terminal takes them', () => {
    const typed = textsOf(language).flatMap(([, text]) => (isCommand(text) ? wordings(text, code) : []));
    expect(typed.length).toBeGreaterThan(100);
    expect(typed.map((line) => line.split(' ')[2] ?? '').filter((name) => /^[a-z]+[A-Z]/.test(name))).toEqual([]);
    const said = sentencesOf(language).flatMap(([, text]) => wordings(text, code));
    const words = said.flatMap((sentence) => sentence.replaceAll(/\{\w+\}/g, '').match(/\b[a-z]+[A-Z]\w+/g) ?? []);
    expect(words).toEqual([]);
  });
});

/** Whether a language has it that others have: files are said to be attached in the singular or the plural by some. */
const isOfAll = (key: string): boolean => key !== 'frame.attached' && !key.startsWith('frame.countries');

/** Of each text, and of each entry of what texts share, the facts that its sentences name. */
function factsByText(language: Language): Map<string, string> {
  const byText = new Map<string, Set<string>>();
  for (const [key, text] of sentencesOf(language).filter(([each]) => isOfAll(each) && !/\.how\b/.test(each))) {
    const whole = /^\w+\.\w+\.(ask|otherwise|why|subject|body)/.test(key) ? key.split('.').slice(0, 2).join('.') : key;
    const named = byText.get(whole) ?? byText.set(whole, new Set()).get(whole);
    for (const name of factsNamedIn(text, language.code)) named?.add(name);
  }
  return new Map(
    [...byText]
      .map(([key, named]) => [key, [...named].toSorted().join(' ')] as const)
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );
}

/** Words that speak to whoever reads: a reminder is read by those above and by the coordinator as well. */
const spoken: Readonly<Record<string, RegExp>> = {
  en: /\b(you|your|yours)\b/i,
  ko: /귀하|귀측|귀 기관/,
  el: /(?<!\p{L})(σας|εσάς|εσείς)(?!\p{L})/iu,
  ro: /(?<!\p{L})(dumneavoastră|vă(?! rugăm)|vi)(?!\p{L})/iu,
};

describe.each(allLanguages())('a reminder in $code', ({ code, texts }) => {
  it('says what is asked, and what comes otherwise, to whoever reads it', () => {
    const personal = Object.entries(texts).flatMap(([name, text]) =>
      'ask' in text
        ? [text.ask, text.otherwise, text.why ?? '']
            .filter((part) => spoken[code]?.test(part))
            .map((part) => `${name}: ${part}`)
        : [],
    );
    expect(personal).toEqual([]);
  });
});

/** They differ after a vowel and a consonant; a day always ends in 요일, of which the form is known. */
const particle = /^(은|는|이|가|을|를|와|과|로|으로|이라|라|이나|나|이었|였)(?=[\s,.:)”]|$)/;

describe('Korean', () => {
  const language = allLanguages().find(({ code }) => code === 'ko');
  const sentences = sentencesOf(language ?? { ...(english as Language) });

  it('does not leave its reader to choose a particle', () => {
    const file = new URL('../../../web/texts/ko.json', import.meta.url);
    const pages = stringsIn(JSON.parse(readFileSync(file, 'utf8')), 'page');
    expect(
      [...sentences, ...pages].filter(([, text]) => /이\(가\)|은\(는\)|을\(를\)|\(으\)로|와\(과\)/.test(text)),
    ).toEqual([]);
  });

  it('puts none after a name of which the ending is not known', () => {
    const guessed = sentences.flatMap(([key, text]) =>
      [...afterNames(text)]
        .filter(([name, next]) => particle.test(next) && !isDay(key, name))
        .map(([name, next]) => `${key}: {${name}}${next.slice(0, 8)}`),
    );
    expect([...new Set(guessed)]).toEqual([]);
  });
});

const isDay = (key: string, name: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(String(sampleFacts(key.split('.')[0] ?? '', [name])[name]));

type Elements = ReturnType<IntlMessageFormat['getAst']>;
const literal = 0;
const argument = 1;

function* afterNames(text: string): Generator<readonly [string, string]> {
  yield* pairsIn(new IntlMessageFormat(text, 'ko', undefined, { ignoreTag: true }).getAst());
}

function* pairsIn(elements: Elements): Generator<readonly [string, string]> {
  for (const [index, element] of elements.entries()) {
    const next = elements[index + 1];
    if (element.type === argument && next?.type === literal && 'value' in next)
      yield [String(element.value), String(next.value)];
    if ('options' in element) for (const { value } of Object.values(element.options)) yield* pairsIn(value);
  }
}

describe('Romanian', () => {
  const sentences = allLanguages()
    .filter(({ code }) => code === 'ro')
    .flatMap(sentencesOf);

  it('does not leave its reader to choose an ending, and writes its own letters', () => {
    expect(sentences.filter(([, text]) => /\p{L}\(\p{L}{1,3}\)|[şţŞŢ]/u.test(text))).toEqual([]);
  });

  it('reminds, and keeps the word for notification to what the sides notify each other', () => {
    expect(sentences.filter(([key, text]) => !key.startsWith('mou.') && /notific/i.test(text))).toEqual([]);
    expect(sentences.filter(([, text]) => /reaminti/i.test(text)).length).toBeGreaterThan(10);
  });
});
