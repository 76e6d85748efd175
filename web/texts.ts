import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Value } from '../activities/mail/facts.ts';
import { formatted } from '../activities/mail/icu.ts';
import { factsCalled } from '../activities/mail/render.ts';
import { stageInWords } from '../domain/case/stage-words.ts';
import { refusalCodes } from '../domain/refusal.ts';
import { stagesOf } from '../domain/stages.ts';

const words = z.record(z.string(), z.string());

const command = z.strictObject({ label: z.string(), fields: words.default({}) });

const file = z.strictObject({
  /** What stands around every page. */
  page: words,
  /** What each refusal means; what it is about is said by the record. */
  refusals: z.record(z.enum(refusalCodes), z.string()),
  /** Values to choose from. */
  options: words,
  /** The fields of the rows of a table or of a record, by the field that holds them. */
  within: z.record(z.string(), words),
  /** What fields are called wherever their command has no words of its own for them. */
  fields: words,
  /** What is known of a case, besides what can be corrected: letters have words for that. */
  facts: words,
  /** What the stages of all kinds are called; English has the words of the record. */
  stages: words.default({}),
  /** By `KIND.COMMAND`, or `case.COMMAND` for those of all kinds: what its button says, and what its fields are called; a field without a name is not asked for where the command answers what somebody else than the coordinator owes. */
  commands: z.record(z.string(), command),
});

export type CommandTexts = z.output<typeof command>;

/** The words of the pages in one language. */
export interface Texts extends Omit<z.output<typeof file>, 'page'> {
  readonly code: string;
  /** What is told of cases: by `KIND.events.TYPE`, `KIND.deadlines.WHAT`, `KIND.stages.STAGE`, and `KIND.parts.NAME` for what stands in others. */
  readonly story: ReadonlyMap<string, string>;
  readonly say: (name: string, facts?: Readonly<Record<string, Value>>) => string;
}

export const languages = ['en', 'el', 'ko', 'ro'] as const;

const told = z.strictObject({
  events: words,
  deadlines: words,
  parts: words.default({}),
  /** What they mean; English has the words of the record. */
  stages: words.default({}),
});

function readStory(code: string): Texts['story'] {
  const folder = new URL(`./texts/story/${code}/`, import.meta.url);
  return new Map(
    readdirSync(folder).flatMap((name) =>
      Object.entries(told.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))).flatMap(([section, texts]) =>
        Object.entries(texts).map(([key, text]) => [`${name.replace('.json', '')}.${section}.${key}`, text] as const),
      ),
    ),
  );
}

const stagesOfTheRecord: Texts['stages'] = Object.fromEntries(
  stagesOf().map((stage) => {
    const called = stageInWords(stage);
    return [stage, called.charAt(0).toUpperCase() + called.slice(1)];
  }),
);

const read = (code: string): Texts => {
  const { page, ...texts } = file.parse(
    JSON.parse(readFileSync(new URL(`./texts/${code}.json`, import.meta.url), 'utf8')),
  );
  const say: Texts['say'] = (name, facts = {}) => {
    const text = page[name];
    if (text === undefined) throw new Error(`There is no text "${name}" in web/texts/${code}.json.`);
    return formatted(text, code, (fact) => facts[fact] ?? '');
  };
  const stages = code === 'en' ? stagesOfTheRecord : texts.stages;
  return { ...texts, stages, facts: { ...factsCalled(code), ...texts.facts }, story: readStory(code), code, say };
};

const all = new Map(languages.map((code) => [code as string, read(code)]));

/** The words in a language; English where there are none. */
export function textsIn(code: string): Texts {
  const texts = all.get(code) ?? all.get('en');
  if (!texts) throw new Error('There are no English texts of the pages.');
  return texts;
}

/** How the form of a command is called; what cases of all kinds take has the same words for all. */
export const wordsFor = ({ commands }: Texts, kind: string, command: string): CommandTexts | undefined =>
  commands[`${kind}.${command}`] ?? commands[`case.${command}`];

/** The language that a browser asks for, for whoever is not known. */
export function preferredLanguage(acceptLanguage = ''): string {
  const wanted = acceptLanguage.split(',').map((each) => each.trim().slice(0, 2).toLowerCase());
  return wanted.find((code) => all.has(code)) ?? 'en';
}
