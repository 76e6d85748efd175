import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { factsNamedIn } from '../../../activities/mail/icu.ts';
import { render } from '../../../activities/mail/render.ts';
import { allLanguages, type Notice, type Reminder } from '../../../activities/mail/texts.ts';
import type { Message } from '../../../domain/case/effects.ts';
import { kinds } from '../../../domain/kinds.ts';
import { opened, strides, walks } from '../../domain/walk.ts';

/** Every text of every kind, with the facts that cases really give it: gathered on random walks through their lives. */

const tones = ['before', 'due', 'overdue', 'escalation'] as const;
const rendersPerText = 4;
const walksPerKind = 60;

const partsOf = (text: Reminder | Notice): string[] =>
  'ask' in text
    ? [text.ask, text.otherwise, text.why ?? '', text.how ?? '']
    : [text.subject, ...text.body, text.how ?? ''];

/** Names that a text may use besides the facts of its message. */
const given = ['id'];

const isKnown = (facts: Message['facts'], name: string): boolean => {
  const known = (each: string) => Object.hasOwn(facts, each) || given.includes(each);
  const rest = /^has(.)(.*)$/s.exec(name);
  return known(name) || (rest !== null && known(`${rest[1]?.toLowerCase()}${rest[2]}`));
};

function messagesOf(kind: (typeof kinds)[number]): Map<string, Message[]> {
  const byText = new Map<string, Message[]>();
  for (const { dice, moves } of fc.sample(walks, { seed: 2018, numRuns: walksPerKind })) {
    let run = opened(kind, dice);
    for (const move of moves) {
      if (!run) break;
      run = strides(run, move).after;
    }
    for (const effect of (run?.steps ?? []).flatMap((step) => step.effects))
      if (effect.type === 'mail')
        byText.set(effect.message.text, [...(byText.get(effect.message.text) ?? []), effect.message]);
  }
  return byText;
}

describe.each(kinds)('the texts of kind %s', (kind) => {
  let messages = new Map<string, Message[]>();
  beforeAll(() => {
    messages = messagesOf(kind);
  });
  const languages = allLanguages();
  const texts = languages.flatMap((language) =>
    Object.entries(language.texts)
      .filter(([name]) => name.startsWith(`${kind}.`))
      .map(([name, text]) => ({ language, name, text })),
  );

  it('name only facts that their messages have', () => {
    const unknown = texts.flatMap(({ language, name, text }) => {
      const named = partsOf(text).flatMap((part) => factsNamedIn(part, language.code));
      return (messages.get(name) ?? []).flatMap(({ facts }) =>
        named.filter((each) => !isKnown(facts, each)).map((each) => `${language.code} ${name}: {${each}}`),
      );
    });
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('can be written in every tone, to every reader', () => {
    expect(messages.size).toBeGreaterThan(0);
    for (const { language, name } of texts)
      for (const message of (messages.get(name) ?? []).slice(0, rendersPerText))
        for (const tone of message.tone ? tones : [undefined]) expectToReadWell(message, tone, language.code);
  });

  it('can be written though every fact is absent that may be', () => {
    expect(texts.length).toBeGreaterThan(0);
    for (const { language, name, text } of texts)
      for (const tone of 'ask' in text ? tones : [undefined]) expectToReadWell(bare(kind, name), tone, language.code);
  });
});

/** A message with those facts only that every reminder has. */
const bare = (kind: string, text: string): Message => ({
  key: `${kind}/kr-gr-1/1/0`,
  to: 'agency/klid',
  text,
  event: 1,
  at: '2018-11-30T00:00:00.000Z',
  facts: {
    title: 'A case',
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

function expectToReadWell(message: Message, tone: Message['tone'], language: string): void {
  const facts = JSON.parse(JSON.stringify(message.facts)) as Message['facts'];
  const caseId = message.key.split('/').slice(0, 2).join('/');
  const unwritten = { ...message, case_id: caseId, tone: tone ?? null, level: message.level ?? null, facts };
  const written = render(unwritten, { language, zone: 'Asia/Seoul' }, new Map());
  expect(written.language).toBe(language);
  expect(written.subject).toMatch(/^[^\p{Cc}]{5,160}$/u);
  for (const part of [written.subject, written.text, written.html])
    expect(part).not.toMatch(/\bundefined\b|\bNaN\b|\[object|Invalid Date/);
}

describe('every text', () => {
  it('is well-formed, and none is left half translated', () => {
    for (const language of allLanguages())
      for (const text of Object.values(language.texts))
        for (const part of partsOf(text)) expect(() => factsNamedIn(part, language.code)).not.toThrow();
  });
});
