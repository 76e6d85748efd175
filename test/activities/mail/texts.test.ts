import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { factsNamedIn } from '../../../activities/mail/icu.ts';
import { shortDay } from '../../../activities/mail/days.ts';
import { render } from '../../../activities/mail/render.ts';
import { isCommand } from '../../../activities/mail/lines-to-type.ts';
import { allLanguages, type Notice, type Reminder } from '../../../activities/mail/texts.ts';
import { createProgram } from '../../../client/commands/program.ts';
import type { Message } from '../../../domain/case/effects.ts';
import { kinds, typeOfFact, typesOfFact } from '../../../domain/kinds.ts';
import { faultOfLine, wordings } from './lines.ts';
import { type Facts, inOwnWords, looksCoded, shownIn, wordsOfPeople } from './leaks.ts';
import { type Sent, sentBy } from './sent.ts';

/** Every text of every kind, with the facts that cases really give it: gathered on random walks through their lives. */

const tones = ['before', 'due', 'overdue', 'escalation'] as const;
const levels = ['owner', 'superior', 'coordinator', 'coChairs'] as const;
const rendersPerText = 4;

const english = allLanguages().find(({ code }) => code === 'en');
const translations = allLanguages().filter(({ code }) => code !== 'en');

const partsOf = (text: Reminder | Notice): string[] =>
  'ask' in text
    ? [text.ask, text.otherwise, text.why ?? '', ...(text.how ?? [])]
    : [text.subject, ...text.body, ...(text.how ?? [])];

/** Names that a text may use besides the facts of its message. */
const given = ['id'];

const factOf = (name: string): string =>
  name.replace(/^(?:has|past)(.)(.*)$/s, (_, first: string, rest: string) => first.toLowerCase() + rest);

/** The day by which something is asked is put in where it is planned. */
const isKnown = ({ facts, answerBy }: Message, name: string): boolean =>
  [name, factOf(name)].some(
    (each) => Object.hasOwn(facts, each) || given.includes(each) || (each === 'answerBy' && answerBy !== undefined),
  );

const factsOf = (text: Reminder | Notice, language: string): string[] =>
  [...new Set(partsOf(text).flatMap((part) => factsNamedIn(part, language)))].sort();

const domain = fileURLToPath(new URL('../../../domain/', import.meta.url));

/** The rules of a kind as they are written, with those that kinds share: a walk seldom comes to the end of a long life. */
const sourceOf = (kind: string): string =>
  readdirSync(domain, { recursive: true, encoding: 'utf8' })
    .filter((file) => new RegExp(`^(${kind}|nomination|evaluation)(/.+)?\\.ts$`).test(file))
    .map((file) => readFileSync(domain + file, 'utf8'))
    .join('\n');

describe.each(kinds)('the texts of kind %s', (kind) => {
  let sent: Sent = { messages: new Map(), chased: new Set(), typed: new Set() };
  beforeAll(() => {
    sent = sentBy(kind);
  });
  const texts = allLanguages().flatMap((language) =>
    Object.entries(language.texts)
      .filter(([name]) => name.startsWith(`${kind}.`))
      .map(([name, text]) => ({ language, name, text })),
  );

  it('are there for all that it sends', () => {
    const wanted = [...sent.messages.keys(), ...sent.chased];
    expect(wanted.length).toBeGreaterThan(0);
    expect(
      wanted.filter((name) => !english?.texts[name]),
      `activities/mail/texts/LANGUAGE/${kind}.json`,
    ).toEqual([]);
  });

  it('are all sent by something', () => {
    const source = sourceOf(kind);
    const names = texts.map(({ name }) => name.slice(kind.length + 1));
    expect(names.filter((name) => !new RegExp(`['"\`.]${name}['"\`:]|\\b${name}: `).test(source))).toEqual([]);
  });

  it('name only facts that their messages have', () => {
    const unknown = texts.flatMap(({ language, name, text }) =>
      (sent.messages.get(name) ?? []).flatMap((message) =>
        factsOf(text, language.code)
          .filter((each) => !isKnown(message, each))
          .map((each) => `${language.code} ${name}: {${each}}`),
      ),
    );
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('have no fact without a type', () => {
    const facts = [...sent.messages.values()].flat().flatMap((message) => Object.keys(message.facts));
    const untyped = [...new Set(facts)].filter((name) => typesOfFact(kind, name).length === 0);
    expect(untyped, `factTypes of domain/${kind}.ts or domain/${kind}/facts.ts`).toEqual([]);
  });

  it('are given what rules have made by its type: nothing is told by its looks', () => {
    const untyped = [...sent.messages.values()].flat().flatMap(({ facts }) =>
      Object.entries(facts).flatMap(([name, fact]) =>
        (wordsOfPeople.has(name) ? [] : [fact].flat().map(String))
          .filter((value) => looksCoded.test(value) && typeOfFact(kind, name, value) === undefined)
          .map((value) => `${name}: ${value}`)
          .filter((each) => !sent.typed.has(each)),
      ),
    );
    expect([...new Set(untyped)]).toEqual([]);
  });

  it('say by when they ask for something, in the subject and again with what is asked', () => {
    const asking = [...sent.messages].filter(([, messages]) => messages.some(({ answerBy }) => answerBy !== undefined));
    for (const [name, messages] of asking) {
      // What was told when its day was over asks for nothing by then.
      const planned =
        messages.find(({ facts }) => facts.answerBy !== undefined) ??
        messages.find(({ facts }) => facts.toldOf !== undefined);
      expect([name, planned]).toEqual([name, expect.anything()]);
      for (const { code } of planned ? allLanguages() : []) {
        const facts = { ...planned?.facts, answerBy: '2031-12-17' };
        const { subject, text } = written({ ...bare(kind, name), facts }, undefined, code);
        const day = shortDay('2031-12-17', code);
        expect([code, name, subject.includes(day), text.replaceAll(/\s+/g, ' ').split(day).length > 2]).toEqual([
          code,
          name,
          true,
          true,
        ]);
      }
    }
  });

  it('can be written in every tone, to every reader', () => {
    expect(texts.length).toBeGreaterThan(0);
    for (const { language, name } of texts)
      for (const [message, tone] of inEachTone((sent.messages.get(name) ?? []).slice(0, rendersPerText)))
        expectToReadWell(
          written({ ...message, level: levels[message.event % levels.length] ?? 'owner' }, tone, language.code),
          language.code,
        );
  });

  it('can be written though every fact is absent that may be, in lines that fit a plain window', () => {
    expect(texts.length).toBeGreaterThan(0);
    for (const { language, name, text } of texts)
      for (const tone of 'ask' in text ? tones : [undefined]) {
        const mail = written(bare(kind, name), tone, language.code);
        expectToReadWell(mail, language.code);
        const lines = mail.text.split('\n');
        expect(lines.filter((line) => columnsOf(line) > 72 && !isCommand(line.trim()))).toEqual([]);
      }
  });

  it.each(translations.map(({ code }) => code))('leave no English words in a mail in %s', (code) => {
    for (const { name, text } of texts.filter(({ language }) => language.code === code))
      for (const [message, tone] of inEachTone([
        'ask' in text ? { ...bare(kind, name), tone: 'before' } : bare(kind, name),
        ...(sent.messages.get(name) ?? []).slice(0, rendersPerText),
      ])) {
        const shown = ['title', ...partsOf(text).flatMap((part) => shownIn(part, code))];
        const facts = {
          ...message.facts,
          ...Object.fromEntries(shown.map((each) => [each, masked(message.facts, each)])),
        };
        // Names of files are whatever somebody called them.
        const attached = (message.attached ?? []).map((file) => ({ ...file, name: '1' }));
        const { subject, text: body } = written({ ...message, facts, attached }, tone, code);
        expect(inOwnWords(`${subject}\n${body}`, code), `${name} ${tone ?? ''}`).toBe('');
      }
  });
});

/** Reminders in one tone after another, until each of them and each tone had its turn; notices as they are. */
function inEachTone(messages: readonly Message[]): (readonly [Message, Message['tone']])[] {
  const [first] = messages;
  if (!first?.tone) return messages.map((message) => [message, undefined]);
  return Array.from({ length: Math.max(messages.length, tones.length) }, (_, n) => [
    messages[n % messages.length] ?? first,
    tones[n % tones.length],
  ]);
}

/** What people wrote, and names, may be in any language: they are taken out of what is looked at. */
const masked = (facts: Facts, name: string): Facts[string] => {
  const fact = facts[name];
  if (Array.isArray(fact)) return fact.map((item) => (isCode(item) ? item : '○'));
  return typeof fact !== 'string' || isCode(fact) ? fact : '○';
};

/** A day, a period or a language, which mails put into words. */
const isCode = (text: string): boolean => /^(\d{4}-\d\d-\d\d|P\d+[DWMY]|[a-z]{2})$/.test(text);

/** A message with those facts only that every reminder has. */
const bare = (kind: string, text: string): Message => ({
  key: `${kind}/kr-gr-1/1/0`,
  to: 'agency/klid',
  text,
  event: 1,
  at: '2018-11-30T00:00:00.000Z',
  facts: {
    title: '○',
    coordinator: 'person/kim-minji',
    owedBy: 'agency/klid',
    due: '2018-12-14',
    firstDue: '2018-12-14',
    zone: 'Asia/Seoul',
    rung: 1,
    rungs: 3,
    missed: 0,
  },
  summary: text,
});

const names = new Map(['agency/klid', 'person/kim-minji'].map((reference) => [reference, { name: '○' }]));

function written(message: Message, tone: Message['tone'], language: string) {
  const facts = JSON.parse(JSON.stringify(message.facts)) as Facts;
  const caseId = message.key.split('/').slice(0, 2).join('/');
  const at = sentAt(message, tone);
  const unwritten = { ...message, at, case_id: caseId, tone: tone ?? null, level: message.level ?? null, facts };
  return render(unwritten, { language, zone: 'Asia/Seoul' }, names);
}

/** On a day on which it has its tone. */
function sentAt({ at, facts: { due } }: Message, tone: Message['tone']): string {
  if (typeof due !== 'string' || tone === undefined || tone === 'before') return at;
  const days = tone === 'due' ? 0 : 3;
  return new Date(Date.parse(`${due}T04:00:00.000Z`) + days * 86_400_000).toISOString();
}

/** Hangul takes two. */
const columnsOf = (line: string): number => Array.from(line).length + (line.match(/\p{Script=Hangul}/gu)?.length ?? 0);

function expectToReadWell({ language: code, subject, text, html }: ReturnType<typeof written>, language: string): void {
  expect(code).toBe(language);
  expect(subject).toMatch(/^[^\p{Cc}]{5,160}$/u);
  for (const part of [subject, text, html]) expect(part).not.toMatch(/\bundefined\b|\bNaN\b|\[object|Invalid Date/);
}

describe.each(translations)('the texts in $code', ({ code, texts }) => {
  const common = Object.entries(texts).flatMap(([name, text]) => {
    const original = english?.texts[name];
    return original ? [{ name, text, original }] : [];
  });

  it('are complete, and none is left over', () => {
    const all = Object.keys(english?.texts ?? {}).sort();
    expect(Object.keys(texts).sort(), `KIND.json of activities/mail/texts/${code}`).toEqual(all);
  });

  it('say as much as the English ones: the same facts, as many paragraphs', () => {
    for (const { name, text, original } of common) {
      expect([name, ...factsOf(text, code)]).toEqual([name, ...factsOf(original, 'en')]);
      expect([name, partsOf(text).length]).toEqual([name, partsOf(original).length]);
    }
  });

  it('leave the lines as they are that are to be typed', () => {
    for (const { name, text, original } of common)
      expect([name, ...(text.how ?? []).filter(isCommand)]).toEqual([name, ...(original.how ?? []).filter(isCommand)]);
  });
});

describe.each(allLanguages())('the lines to type in $code', ({ code, texts }) => {
  const program = createProgram();
  const lines = Object.entries(texts).flatMap(([name, { how = [] }]) =>
    how
      .filter(isCommand)
      .flatMap((line) => wordings(line, code))
      .flatMap((line) => (line.includes('{kind}') ? kinds.map((kind) => line.replace('{kind}', kind)) : line))
      .map((typed) => ({ name, typed })),
  );

  it('are commands that there are, with the arguments and options that these take', () => {
    expect(lines.length).toBeGreaterThan(100);
    const faults = lines.map(({ name, typed }) => ({ name, typed, fault: faultOfLine(program, typed) }));
    expect(faults.filter(({ fault }) => fault !== undefined)).toEqual([]);
    expect(faultOfLine(program, './entente cancel visit/x --reason WHY')).toContain('cancel');
    expect(faultOfLine(program, './entente visit cancel visit/x --why WHY')).toContain('--why');
    expect(faultOfLine(program, './entente visit cancel --reason WHY')).toContain('argument');
  });

  it('stand by themselves, not in a sentence, where nobody would look whether they are right', () => {
    const sentences = Object.values(texts).flatMap((text) => partsOf(text).filter((part) => !isCommand(part)));
    expect(sentences.filter((sentence) => /\bentente /.test(sentence))).toEqual([]);
  });
});
