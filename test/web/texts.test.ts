import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandsNamedBy, isAnswer } from '../../activities/mail/lines-to-type.ts';
import { allLanguages } from '../../activities/mail/texts.ts';
import { answeringCommands, answersOf } from '../../domain/case/answers.ts';
import { bodyOf, commandsOf } from '../../domain/case/command.ts';
import { deadlinesOf } from '../../domain/case/state.ts';
import { viewOf } from '../../domain/case/view.ts';
import type { Names } from '../../database/names.ts';
import { textOf } from '../../domain/case/succession.ts';
import { faultsIn } from '../../domain/case/faults.ts';
import type { Fact } from '../../domain/lifecycle.ts';
import { openingSchema } from '../../domain/case/opening.ts';
import { type Kind, kinds, lifecycles, typeOfFact } from '../../domain/kinds.ts';
import { isOfPeople, type Lifecycle } from '../../domain/lifecycle.ts';
import { refersTo } from '../../domain/references.ts';
import { type Field, fieldsOf } from '../../web/controls.ts';
import { fieldsTyped, valuesTyped } from '../../web/form.ts';
import { factIn, valueIn } from '../../web/labels.ts';
import { openingFields, reservedOfOpening } from '../../web/opening-form.ts';
import { refusalCodes } from '../../domain/refusal.ts';
import { refusalIn } from '../../web/pages.ts';
import { languages, preferredLanguage, type Texts, textsIn, wordsFor } from '../../web/texts.ts';
import { filled } from './filled.ts';
import { walked, ways } from './ways.ts';

const everyCommand = Object.values(lifecycles as Readonly<Record<string, Lifecycle>>).flatMap((lifecycle) =>
  Object.entries(commandsOf(lifecycle)).flatMap(([command, definition]) =>
    !isOfPeople(definition) ? [] : [{ name: `${lifecycle.kind}.${command}`, lifecycle, command, definition }],
  ),
);

/** Said by programs alone. */
const ofPrograms: ReadonlySet<string> = new Set(['by', 'together', 'toldBy']);

/** The fields, those of rows and records among them, and the options that have no words. */
const withoutWords = (
  fields: readonly Field[],
  known: Readonly<Record<string, string>> | undefined,
  texts: Texts,
): readonly string[] =>
  fields.flatMap(({ name, control }) => [
    ...(known && !known[name] ? [name] : []),
    ...(control.as === 'choice' ? control.options.filter((option) => !texts.options[option]) : []),
    ...('fields' in control ? withoutWords(control.fields, { ...texts.facts, ...texts.within[name] }, texts) : []),
  ]);

describe('the words of the pages', () => {
  it.each(languages)('are there in %s for all that there is in English', (code) => {
    const { say: _, code: __, ...texts } = textsIn(code);
    const { say: ___, code: ____, ...english } = textsIn('en');
    const keys = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, keys(each)]))
        : typeof value;
    expect(keys(texts)).toEqual(keys(english));
  });

  it.each(languages)(
    'say in %s what a refusal means, and leave what it is about as the record has it',
    async (code) => {
      const texts = textsIn(code);
      const because = 'a <b> of klid';
      const said = await Promise.all(
        refusalCodes.map(async (refused) => String(await refusalIn(texts, { refused, because }))),
      );
      expect(new Set(said).size).toBe(refusalCodes.length);
      for (const each of said) expect(each).toMatch(/^[^<]+\. [^<]+[.] <q lang="en">a &lt;b&gt; of klid<\/q>$/);
    },
  );

  it('follow the browser where nobody is known', () => {
    expect(preferredLanguage('ko-KR,ko;q=0.9,en;q=0.8')).toBe('ko');
    expect(preferredLanguage('fr, el;q=0.4')).toBe('el');
    expect(preferredLanguage('fr')).toBe('en');
    expect(preferredLanguage()).toBe('en');
  });
});

describe('what is known of a case', () => {
  const { facts, stages, say } = textsIn('en');
  it('has a name in words (`facts` of web/texts), also that of a suspended one', () => {
    const known = new Set(walked.flatMap(({ kind, state }) => Object.keys(viewOf(lifecycles[kind], state).facts)));
    expect(known.size).toBeGreaterThan(150);
    expect([...known, 'suspendedSince', 'whoWaits', 'forWhom'].filter((name) => facts[name] === undefined)).toEqual([]);
  });

  it('has words for each stage and each kind (`stages` and `page` of web/texts)', () => {
    const all = Object.values(lifecycles as Readonly<Record<string, Lifecycle>>).flatMap((each) =>
      Object.keys(each.stages),
    );
    expect([...all, 'cancelled'].filter((stage) => stages[stage] === undefined)).toEqual([]);
    expect(kinds.map((kind) => say(`kind_${kind}`))).not.toContain('');
  });

  it.each(languages)('has words in %s for whatever is one of a few words that are chosen from', (code) => {
    const { options } = textsIn(code);
    const chosen = walked.flatMap(({ kind, state }) =>
      Object.entries(viewOf(lifecycles[kind], state).facts).flatMap(([name, fact]) =>
        typeof fact === 'string' && typeOfFact(kind, name, fact) === 'choice' ? [fact] : [],
      ),
    );
    expect(new Set(chosen).size).toBeGreaterThan(12);
    expect(chosen.filter((word) => options[word] === undefined)).toEqual([]);
  });

  it('is read by names, and words that people typed stay as they are', () => {
    const texts = textsIn('ro');
    const names = new Map([['agency/klid', { name: 'KLID' }]]) as unknown as Names;
    const shown = (kind: Kind, name: string, fact: Fact): string => valueIn(texts, names, kind, { [name]: fact }, name);
    expect(shown('action', 'owner', 'agency/klid')).toBe('KLID');
    expect(shown('visit', 'legCountries', ['GR', 'KR'])).toBe('Grecia\nRepublica Coreea');
    expect(shown('action', 'topic', 'GR')).toBe('GR');
    expect(shown('meeting', 'heldOn', '2027-03-09')).toContain('martie');
    expect(shown('action', 'wasLate', false)).toBe('nu');
    expect(shown('mou', 'notice', 'P6M')).toBe('6 luni');
    expect(shown('mou', 'languages', ['ko', 'ro'])).toBe('coreeană\nromână');
    expect(shown('request', 'how', 'noteVerbale')).toBe('Notă verbală');
    expect(shown('visit', 'legs', ['1. GR, 2018-09-27 to 2018-09-29, Athens'])).toContain('27 septembrie 2018');
    expect(factIn(textsIn('el'), 'firstDue')).toBe('Αρχική προθεσμία');
  });
});

describe('what answers a deadline', () => {
  it.each(ways)('$name: is a command that can be filled in on a page, and is in words', (way) => {
    const { lifecycle, command, definition, settled, asksAll } = way;
    if (!definition) throw new Error(`${lifecycle.kind} has no command ${command}.`);
    const texts = textsIn('en');
    const words = wordsFor(texts, lifecycle.kind, command);
    if (!words) throw new Error(`${lifecycle.kind}.${command} has no words in web/texts.`);
    const fields = fieldsOf({ definition, settled, asksAll }, words, texts);
    const body = { ...fieldsTyped(fields, { definition, settled }, filled(fields)), by: 'park' };
    expect(bodyOf(definition).safeParse(body)).toMatchObject({ success: true });
  });

  it('is an answer wherever a reminder names commands, but for a successor, whom cases name in many ways', () => {
    const english = Object.entries(allLanguages().find(({ code }) => code === 'en')?.texts ?? {});
    const asking = english.filter(([name, text]) => 'ask' in text && commandsNamedBy(name).size > 0);
    expect(asking.length).toBeGreaterThan(60);
    const without = asking.filter(([name]) => {
      const [kind = '', what = ''] = name.split('.');
      const lifecycle = kind === 'case' ? lifecycles.action : lifecycles[kind as keyof typeof lifecycles];
      return !answeringCommands(lifecycle, what).some((command) => commandsNamedBy(name).has(command));
    });
    expect(without.map(([name]) => name)).toEqual(['case.successor']);
  });

  it('is never anything that binds a state or is the second pair of eyes without saying so', () => {
    const binding = ways.filter(({ definition }) => definition?.confirms === 'code').map(({ name }) => name);
    expect(binding.toSorted()).toEqual([
      'action.verify: verify',
      'meeting.sign: signMinutes',
      'mou.agreeText: agreeText',
      'mou.decide: giveNotice',
      'mou.proposal: abandon',
      'mou.signing: sign',
    ]);
  });
});

describe('a command that a person may give', () => {
  it.each(everyCommand)(
    '$name: has a form, with words for each of its fields in each language, and what is filled in is taken',
    ({ lifecycle, command, definition }) => {
      const way = { definition, settled: {}, asksAll: true, about: '' };
      for (const code of languages) {
        const texts = textsIn(code);
        const words = wordsFor(texts, lifecycle.kind, command);
        const key = `commands.${lifecycle.kind}.${command}`;
        expect(
          words?.label,
          `\`${key}\` of web/texts/${code}.json: a label, and what its fields are called`,
        ).toBeTruthy();
        const fields = words ? fieldsOf(way, words, texts) : [];
        const asked = new Set(fields.map(({ name }) => name));
        expect(
          Object.keys(bodyOf(definition).shape).filter((name) => !asked.has(name) && !ofPrograms.has(name)),
        ).toEqual([]);
        expect(withoutWords(fields, { ...texts.facts, ...texts.fields, ...words?.fields }, texts), key).toEqual([]);
      }
      const english = textsIn('en');
      const fields = fieldsOf(way, wordsFor(english, lifecycle.kind, command) ?? { label: '', fields: {} }, english);
      const body = { ...fieldsTyped(fields, way, filled(fields)), by: 'park' };
      expect(bodyOf(definition).safeParse(body)).toMatchObject({ success: true });
    },
  );
});

describe('a case that is opened on a page', () => {
  it.each(kinds)('%s: has words for each field in each language, and what is filled in opens it', (kind) => {
    const lifecycle = lifecycles[kind];
    for (const code of languages) {
      const texts = textsIn(code);
      const labels = openingFields(lifecycle, texts).map(({ name, label }) => `${name}: ${label}`);
      const asWritten = Object.keys(openingSchema(lifecycle).shape).map(
        (name) => `${name}: ${factIn({ ...texts, facts: {} }, name)}`,
      );
      const wordless = [
        ...labels.filter((label) => asWritten.includes(label) && code !== 'en'),
        ...withoutWords(openingFields(lifecycle, texts), undefined, texts),
      ];
      expect(wordless, `\`facts\`, \`fields\` or \`commands.${kind}.open\` of web/texts/${code}.json`).toEqual([]);
    }
    const fields = openingFields(lifecycle, textsIn('en'));
    expect(['by', ...fields.map(({ name }) => name)].toSorted()).toEqual(
      Object.keys(openingSchema(lifecycle).shape).toSorted(),
    );
    for (const given of [fields.filter(({ required }) => required), fields]) {
      const sent = { typed: filled(given), files: new Map() };
      const values = valuesTyped(given, { settled: {}, reserved: reservedOfOpening }, sent);
      expect(faultsIn(openingSchema(lifecycle), { ...values, by: 'kim' })).toEqual([]);
    }
  });
});

/** The texts of what somebody owes who does not coordinate the case, and so may have no terminal. */
const owedByOthers = (): ReadonlySet<string> =>
  new Set(
    walked.flatMap(({ kind, state }) =>
      deadlinesOf(lifecycles[kind], state)
        .filter(({ owedBy, ladder }) => owedBy && ladder.length > 0 && owedBy !== `person/${state.coordinator}`)
        .map((deadline) => textOf(lifecycles[kind], deadline)),
    ),
  );

/** Pages do not show who is in the directory: what has to name people is asked for by mail, and the letter says so. */
const namesPeople = (definition: (typeof ways)[number]['definition']): boolean =>
  definition !== undefined &&
  Object.entries(bodyOf(definition).shape as Record<string, z.ZodType>).some(([name, schema]) => {
    const one = schema instanceof z.ZodArray ? (schema.element as z.ZodType) : schema;
    const isNeeded = name !== 'by' && !schema.safeParse(undefined).success;
    return isNeeded && ['person', 'party'].includes(String(refersTo(one)));
  });

const optionsIn = (line: string): string[] =>
  [...line.matchAll(/ --([a-z-]+)/g)].map(([, name = '']) =>
    name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );

describe('what a letter asks for', () => {
  it('has a form, unless people of the directory have to be named, if it is owed by others than the coordinator', () => {
    const owed = [...owedByOthers()];
    expect(owed.length).toBeGreaterThan(20);
    const without = owed.flatMap((text) => {
      const [kind = '', what = ''] = text.split('.');
      const lifecycle = (lifecycles as Readonly<Record<string, Lifecycle>>)[kind];
      if (!lifecycle) return [];
      const forms = Object.keys(answersOf(lifecycle, what) ?? {});
      return [...commandsNamedBy(text)]
        .filter((command) => !forms.includes(command) && !namesPeople(commandsOf(lifecycle)[command]))
        .map((command) => `${text}: ${command}`);
    });
    expect(without).toEqual([]);
  });

  it.each(ways)('$name: has all fields that the letter’s line types, and the hour where there is one', (way) => {
    const { lifecycle, what, command, definition, settled } = way;
    if (!definition) throw new Error(`${lifecycle.kind} has no command ${command}.`);
    const texts = textsIn('en');
    const fields = fieldsOf(
      { ...way, definition },
      wordsFor(texts, lifecycle.kind, command) ?? { label: '', fields: {} },
      texts,
    ).map(({ name }) => name);
    const text = allLanguages().find(({ code }) => code === 'en')?.texts[`${lifecycle.kind}.${what}`];
    const typed = command.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const lines = (text?.how ?? []).filter((line) => isAnswer(line) && line.split(' ')[2] === typed);
    const known = [...fields, ...Object.keys(settled), 'as'];
    expect(lines.flatMap(optionsIn).filter((option) => !known.includes(option))).toEqual([]);
    const shape = bodyOf(definition).shape as Record<string, z.ZodType>;
    expect(['time'].filter((hour) => hour in shape && !fields.includes(hour))).toEqual([]);
  });
});
