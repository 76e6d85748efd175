import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsNamedIn, faultsOf } from '../../activities/mail/icu.ts';
import type { CaseState, CommonEvent } from '../../domain/case/state.ts';
import { sentenceForOthers, sentenceOf } from '../../domain/case/sentence.ts';
import { evolve } from '../../domain/case/evolve.ts';
import { kinds, lifecycles, typesOfFact } from '../../domain/kinds.ts';
import { type HappenedStep, storyOf, toldWithoutStory, withWhy } from '../../domain/story.ts';
import { nextTold } from '../../domain/story/common.ts';
import { deadlineTold, type Told } from '../../domain/story/told.ts';
import { deadlineNamed } from '../../domain/deadline-name.ts';
import { toldIn } from '../../web/story.ts';
import { languages, textsIn } from '../../web/texts.ts';
import { inOwnWords } from '../activities/mail/leaks.ts';
import { opened, strides, walks } from '../domain/walk.ts';
import { everybody, masked } from './masked.ts';
import { describeOwnWords, type Strided } from './own-words.ts';

const walksPerKind = 16;

/** The compiler asks for each: what happens to cases of all kinds. */
const common: Readonly<Record<CommonEvent['type'], true>> = {
  opened: true,
  planned: true,
  reminded: true,
  deadlinePassed: true,
  deadlineMoved: true,
  replanned: true,
  coordinatorChanged: true,
  noted: true,
  undelivered: true,
  sentAgain: true,
  inVain: true,
  personErased: true,
  cancelled: true,
  caseSuspended: true,
  caseResumed: true,
  factsCorrected: true,
  personLeft: true,
  personStays: true,
  personSucceeded: true,
  roleLeftVacant: true,
  successorNamed: true,
  extensionAsked: true,
  extensionGranted: true,
  extensionRefused: true,
  invitationAnswered: true,
};

const withParts = (told: Told): readonly Told[] => [told, ...Object.values(told.parts).flat().flatMap(withParts)];

const factOf = (name: string): string =>
  name.replace(/^has(.)(.*)$/s, (_, first: string, rest: string) => first.toLowerCase() + rest);

const domain = fileURLToPath(new URL('../../domain/', import.meta.url));

const sourceOf = (kind: string): string =>
  readdirSync(domain, { recursive: true, encoding: 'utf8' })
    .filter((file) => new RegExp(`^((?:${kind})(/.+)?|story/.+)\\.ts$`).test(file))
    .map((file) => readFileSync(domain + file, 'utf8'))
    .join('\n');

const keysOf = (code: string): readonly string[] => [...textsIn(code).story.keys()].sort();

const leak = /\d{4}-\d{2}|\bP\d+[YMWD]|(person|agency)\/|\b[a-z]+[A-Z][a-z]|\b(true|false|undefined|null)\b|\[object/;

describe('the texts of the story', () => {
  it.each(languages)('are there in %s for all that there is, and can be read', (code) => {
    const isStage = (key: string) => key.includes('.stages.');
    const wanted = keysOf('ko').filter((key) => code !== 'en' || !isStage(key));
    expect(keysOf(code), `KIND.json of web/texts/story/${code}`).toEqual(wanted);
    const faults = [...textsIn(code).story].flatMap(([key, text]) => faultsOf(text, code).map((each) => [key, each]));
    expect(faults).toEqual([]);
  });

  it.each(languages)('name the same facts in %s as in English', (code) => {
    const namesIn = (language: string) =>
      Object.fromEntries(
        [...textsIn(language).story]
          .filter(([key]) => !key.includes('.stages.'))
          .map(([key, text]) => [key, [...factsNamedIn(text, language)].sort()]),
      );
    expect(namesIn(code), `KIND.json of web/texts/story/${code}`).toEqual(namesIn('en'));
  });

  it('are there for every event and every stage of every kind, and for nothing else', () => {
    const events = (kind: keyof typeof lifecycles) => Object.keys(lifecycles[kind].events);
    const ofAll = [...Object.keys(common), ...kinds.flatMap(events)];
    const wanted = kinds.flatMap((kind) =>
      [...events(kind), ...Object.keys(common)].map((type) => [kind, type] as const),
    );
    const story = textsIn('ko').story;
    expect(
      wanted.filter(([kind, type]) => !story.has(`${kind}.events.${type}`) && !story.has(`case.events.${type}`)),
      '`events` of web/texts/story/LANGUAGE/KIND.json',
    ).toEqual([]);
    const unused = keysOf('ko').filter((key) => {
      const [kind = '', section, name = ''] = key.split('.');
      if (section === 'stages') return !Object.hasOwn(lifecycles[kind as 'mou'].stages, name);
      if (section !== 'events') return false;
      return kind === 'case' ? !ofAll.includes(name) : !events(kind as 'mou').includes(name) && name !== 'opened';
    });
    expect(unused).toEqual([]);
    const stages = kinds.flatMap((kind) =>
      Object.keys(lifecycles[kind].stages).map((stage) => `${kind}.stages.${stage}`),
    );
    expect(
      stages.filter((key) => !story.has(key)),
      '`stages` of web/texts/story/LANGUAGE/KIND.json, but for English',
    ).toEqual([]);
  });
});

describe('the reason of what happened', () => {
  const { action } = lifecycles;
  const opening = { type: 'opened', number: 1, at: '2018-09-28T06:00:00.000Z', by: 'kim-minji' } as const;
  const happened = (why: object): HappenedStep => {
    const event = { ...opening, type: 'cancelled', ...why };
    return { event, told: { kind: 'action', text: 'events.cancelled', facts: {}, parts: {} } };
  };
  const said = (each: HappenedStep, isWhole: boolean) =>
    withWhy(each, isWhole)
      .map((told) => toldIn(textsIn('en'), everybody, told))
      .join(' ');
  const recorded = ({ event }: HappenedStep, isWhole: boolean) => {
    const says = sentenceOf(action, { ...event, subject: {} } as never, event);
    return isWhole ? says : sentenceForOthers(says, event);
  };

  it.each([
    [{ reason: 'INSIDE' }, ['INSIDE'], []],
    [{ reason: 'INSIDE', told: 'OUTSIDE' }, ['INSIDE', 'OUTSIDE'], ['OUTSIDE']],
    [{ reason: 'BOTH', told: 'BOTH' }, ['BOTH'], ['BOTH']],
    [{ told: 'OUTSIDE' }, ['OUTSIDE'], ['OUTSIDE']],
    [{}, [], []],
  ])('that is %o is read by those who keep the case, and told to others as letters tell it', (why, whole, others) => {
    const inCapitals = (text: string) => text.match(/[A-Z]{4,}/g) ?? [];
    for (const words of [said, recorded]) {
      expect(inCapitals(words(happened(why), true))).toEqual(whole);
      expect(inCapitals(words(happened(why), false))).toEqual(others);
    }
  });
});

describe.each(kinds)('the story of kind %s', (kind) => {
  const lifecycle = lifecycles[kind];
  const way: Strided[] = [];
  const stories: (readonly HappenedStep[])[] = [];
  const all: HappenedStep[] = fc.sample(walks, { seed: 2018, numRuns: walksPerKind }).flatMap(({ dice, moves }) => {
    const { steps } = moves.reduce(
      (run, move) => {
        const { after } = strides(run, move);
        way.push({ run: after, move });
        return after;
      },
      opened(kind, dice),
    );
    const story = storyOf(
      lifecycle,
      steps.flatMap(({ events }) => events),
    );
    stories.push(story);
    return story;
  });

  const states: readonly CaseState[] = way.flatMap(({ run }) => run.state ?? []);

  const faultsIn = (code: string, told: readonly Told[]): readonly string[] => {
    const faults = new Set<string>();
    for (const each of told) {
      const says = toldIn(textsIn(code), everybody, masked(each));
      if (says === undefined || leak.test(says) || (code !== 'en' && inOwnWords(says, code) !== ''))
        faults.add(`${each.text}: ${says} ${says === undefined ? '' : inOwnWords(says, code)}`);
    }
    return [...faults].slice(0, 20);
  };

  it.each(languages)('is told in %s, whatever happens, in words alone', (code) => {
    const told = all.flatMap((happened) => withWhy(happened, true));
    expect(faultsIn(code, told)).toEqual([]);
  });

  it.each(languages)('goes on in %s with what each case does next by itself', (code) => {
    const told = states.flatMap((state) => nextTold(lifecycle, state) ?? []);
    expect(told.length).toBeGreaterThan(0);
    expect(faultsIn(code, told)).toEqual([]);
  });

  it.each(languages)('has words in %s for all that is owed', (code) => {
    const owed = all.flatMap(({ event }) =>
      event.type === 'planned'
        ? (event['plans'] as readonly { deadline: string }[]).map(({ deadline }) => deadlineNamed(deadline))
        : [],
    );
    expect(owed.length).toBeGreaterThan(0);
    const without = owed.filter((each) => toldIn(textsIn(code), everybody, deadlineTold(kind, each)) === undefined);
    expect([...new Set(without.map(({ what }) => what))]).toEqual([]);
    const rules = sourceOf(`${kind}|case|nomination|workshop`);
    const unused = keysOf(code).filter((key) => {
      const [of, section, what] = key.split('.');
      return of === kind && section === 'deadlines' && !new RegExp(`(['"\`]|^ {2})${what}['"\`:?]`, 'm').test(rules);
    });
    expect(unused).toEqual([]);
  });

  it('says the same of an event without those before it, as far as it is said so', () => {
    let said = 0;
    for (const story of stories) {
      let state: CaseState | undefined;
      let last: HappenedStep | undefined;
      for (const happened of story) {
        const { event } = happened;
        state = evolve(lifecycle, state, event);
        if (!['planned', 'reminded'].includes(event.type)) last = happened;
        for (const [each, now] of [[happened], [last, state]] as const) {
          const alone = each && toldWithoutStory(lifecycle, each.event, now);
          if (!alone) continue;
          said += 1;
          expect([each.event.type, alone]).toEqual([each.event.type, each.told]);
        }
      }
    }
    expect(said).toBeGreaterThan(all.length / 4);
  });

  it('names only what there is to say', () => {
    const known = new Set(
      all
        .flatMap((each) => withWhy(each, true))
        .flatMap(withParts)
        .flatMap(({ kind: of, text, facts, parts }) =>
          [...Object.keys(facts), ...Object.keys(parts)].map((name) => `${of}.${text} ${name}`),
        ),
    );
    // A walk seldom meets all that may be said: what it has not met stands in the rules.
    const rules = sourceOf(kind);
    const unknown = [...textsIn('en').story].flatMap(([key, text]) =>
      key.startsWith(`${kind}.`)
        ? factsNamedIn(text, 'en')
            .map(factOf)
            .filter(
              (name) => !known.has(`${key} ${name}`) && !new RegExp(`\\b${name}\\??:|[{,] ${name}\\b`).test(rules),
            )
            .map((name) => `${key} {${name}}`)
        : [],
    );
    expect(unknown).toEqual([]);
  });

  it('names no fact without a type', () => {
    const { story } = textsIn('en');
    const untyped = all
      .flatMap((each) => withWhy(each, true))
      .flatMap(withParts)
      .flatMap(({ kind: of, text, facts, parts }) =>
        factsNamedIn(story.get(`${of}.${text}`) ?? story.get(`case.${text}`) ?? '', 'en')
          .map(factOf)
          .filter((name) => name in facts && !(name in parts) && [facts[name]].flat().length > 0)
          .filter((name) => typesOfFact(of, name).length === 0)
          .map((name) => `${of}.${text} {${name}}`),
      );
    expect([...new Set(untyped)], `factTypes of domain/${kind}.ts or domain/${kind}/facts.ts`).toEqual([]);
  });

  describeOwnWords(way);
});
