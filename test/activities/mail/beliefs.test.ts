import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withOtherwise } from '../../../activities/mail/asked.ts';
import { shortDay, zoneNameOn } from '../../../activities/mail/days.ts';
import { factsNamedIn } from '../../../activities/mail/icu.ts';
import { render } from '../../../activities/mail/render.ts';
import { allLanguages, type Language } from '../../../activities/mail/texts.ts';
import type { Message } from '../../../domain/case/effects.ts';
import { above } from '../../../domain/case/otherwise.ts';
import { once } from '../../../domain/case/once.ts';
import { dayIn } from '../../../domain/dates.ts';
import { kinds, lifecycles } from '../../../domain/kinds.ts';
import { asked, type Run } from '../../domain/run.ts';
import { opened, strides, walks } from '../../domain/walk.ts';
import { type Letter, letters, mattersOf } from '../../kinds/said.ts';

/**
 * What does its reader believe afterwards? `letters` of `test/kinds/KIND.yaml` has a row for every text: what happened, who reads
 * it, what the letter does, and the right belief; `beliefs-said.test.ts` finds its words in the English letter. Letters are rendered from what really happens on walks through the lives of cases.
 */

interface Belief extends Letter {
  readonly text: string;
}

const beliefs: readonly Belief[] = [...letters].map(([text, letter]) => ({ text, ...letter }));

/** These speak of many cases at once, and name them all. */
const ofMany = ['case.personLeft', 'case.personStays', 'case.heldElsewhere', 'case.handedToYou', 'case.handedFromYou'];
/** The days by which something is asked. */
const days = ['answerBy', 'replyBy', 'draftBy', 'confirmBy', 'authorityBy', 'nominationsBy', 'due', 'nextMeetingBy'];

const words: Readonly<Record<string, Readonly<Record<'cancelled' | 'overdue', RegExp>>>> = {
  en: { cancelled: /cancelled|called off/i, overdue: /overdue|reminder \d/i },
  ko: { cancelled: /취소되|취소하|진행되지 않/, overdue: /기한이 \d+일 지났/ },
  el: { cancelled: /ακυρώ|ματαιώ|δεν πραγματοποιείται/i, overdue: /εκπρόθεσμ/i },
  ro: { cancelled: /anulat|nu mai are loc/i, overdue: /termen depășit/i },
};

/** What cases of a kind write on their walks, by text. */
const sent = once((lifecycle: { readonly kind: string }): ReadonlyMap<string, readonly Message[]> => {
  const messages = new Map<string, readonly Message[]>();
  for (const { dice, moves } of fc.sample(walks, { seed: 1210, numRuns: 24 })) {
    const start = opened(lifecycle.kind as (typeof kinds)[number], dice);
    const letters = [...messagesOf(start)];
    moves.reduce((run, move) => {
      const { after } = strides(run, move);
      letters.push(...messagesOf({ ...after, steps: after.steps.slice(run.steps.length) }));
      return after;
    }, start);
    for (const message of [...letters, ...messagesOf(asked(start, 'cancel', { by: 'kim-minji', reason: 'r' }))])
      messages.set(message.text, [...(messages.get(message.text) ?? []), message]);
  }
  return messages;
});

/** As they are recorded, with what happens by itself if nobody answers. */
const messagesOf = ({ lifecycle, state, steps }: Run): Message[] =>
  steps.flatMap(({ effects }) =>
    effects.flatMap((effect) =>
      effect.type === 'mail' && !effect.message.again && state ? [withOtherwise(lifecycle, state, effect.message)] : [],
    ),
  );

const lettersOf = (text: string): readonly Message[] =>
  kinds.flatMap((kind) => (sent(lifecycles[kind]).get(text) ?? []).slice(0, 3));

const textsOf = ({ texts }: Language, { text }: Belief) => {
  const found = texts[text];
  if (!found) throw new Error(`There is no text ${text}.`);
  return found;
};

function written({ key, at, facts, ...message }: Message, language: string): { subject: string; text: string } {
  const stored = JSON.parse(JSON.stringify(facts)) as Message['facts'];
  const caseId = key.split('/').slice(0, 2).join('/');
  const unwritten = { ...message, at, case_id: caseId, tone: message.tone ?? null, level: message.level ?? null };
  const { subject, text } = render({ ...unwritten, facts: stored }, { language, zone: 'Asia/Seoul' }, new Map());
  return { subject, text: text.replaceAll(/\s+/g, ' ') };
}

it.each([...kinds, 'case'])('every text of kind %s has its row, and none is left over', (kind) => {
  const own = (names: Iterable<string>) => [...names].filter((name) => name.startsWith(`${kind}.`)).toSorted();
  const texts = own(Object.keys(allLanguages()[0]?.texts ?? {}));
  expect(own(letters.keys()), `\`letters\` of test/kinds/${kind}.yaml`).toEqual(texts);
});

it('every text is of a kind, or of all', () => {
  const of = new Set<string>([...kinds, 'case']);
  const lost = allLanguages().flatMap(({ code, texts }) =>
    Object.keys(texts)
      .filter((name) => !of.has(name.split('.')[0] ?? ''))
      .map((name) => `${code} ${name}`),
  );
  expect(lost).toEqual([]);
});

it('what really happens writes most of them', () => {
  const reached = beliefs.filter(({ text }) => lettersOf(text).length > 0);
  expect(reached.length).toBeGreaterThan(beliefs.length * 0.65);
});

/** Words by which a letter asks its reader for something, or says that nothing is asked of them, in each language. */
const says: Readonly<Record<'asks' | 'asks nothing', Readonly<Record<string, RegExp>>>> = {
  asks: {
    en: /\bplease (?!disregard)/i,
    ko: /주시기 바랍니다|주십시오/,
    el: /παρακαλούμε (?!αγνοήστε)|παρακαλείται/i,
    ro: /vă rugăm(?! să ignorați)|este rugată/i,
  },
  'asks nothing': {
    en: /nothing (more |further )?is asked|nobody is asked/i,
    ko: /하실 일은 없|요청드리는 사항은 없/,
    el: /καμία ενέργ|άλλη ενέργεια, |δεν (σας )?ζητείται (?!από κανένα)/i,
    ro: /nu (vi|i) se (mai )?(solicit|cer)/i,
  },
};

describe('the four languages', () => {
  it.each(['asks', 'asks nothing'] as const)('agree on which letter %s', (what) => {
    const disagreeing = beliefs.flatMap((belief) => {
      const said = allLanguages().filter((language) => {
        const text = textsOf(language, belief);
        return !('ask' in text) && says[what][language.code]?.test(text.body.join(' '));
      });
      return said.length === 0 || said.length === allLanguages().length
        ? []
        : [`${belief.text}: only in ${said.map(({ code }) => code).join(', ')}`];
    });
    expect(disagreeing).toEqual([]);
  });
});

/** The days on which something happens by itself, as a message has them. */
const daysIn = ({ facts }: Message): readonly string[] => [
  ...above.flatMap((who) => {
    const at = facts[`${who}At`];
    return typeof at === 'string' ? [dayIn(at, 'Asia/Seoul')] : [];
  }),
  ...(typeof facts['byItselfOn'] === 'string' ? [facts['byItselfOn']] : []),
];

/** `mou.decide renewed`: whether its lifecycle knows that event. */
function isEvent(said: string): boolean {
  const [text = '', event = ''] = said.split(' ');
  const kind = kinds.find((each) => each === text.split('.')[0]);
  return kind !== undefined && Object.hasOwn(lifecycles[kind].events, event);
}

describe.each(allLanguages())('in $code', (language) => {
  const { code } = language;
  const { cancelled = /$^/, overdue = /$^/ } = words[code] ?? {};

  it('the subject names the matter', () => {
    const nameless = beliefs.filter((belief) => {
      const text = textsOf(language, belief);
      const named = factsNamedIn('ask' in text ? text.ask : text.subject, code);
      return !ofMany.includes(belief.text) && !mattersOf(belief.text).some((matter) => named.includes(matter));
    });
    const ask = 'a subject names title, subject, topic, or one of `matters` of test/kinds/KIND.yaml';
    expect(
      nameless.map(({ text }) => text),
      ask,
    ).toEqual([]);
  });

  it('the subject of every letter about a meeting names its committee', () => {
    const nameless = Object.entries(language.texts).filter(
      ([name, text]) =>
        name.startsWith('meeting.') && !('ask' in text) && !factsNamedIn(text.subject, code).includes('title'),
    );
    expect(nameless.map(([name]) => name)).toEqual([]);
  });

  it('whoever is asked for something reads by when, or how to answer', () => {
    const silent = beliefs.filter((belief) => {
      const text = textsOf(language, belief);
      if (belief.does !== 'asked' || 'ask' in text) return false;
      const named = [text.subject, ...text.body].flatMap((part) => factsNamedIn(part, code));
      return (text.how ?? []).length === 0 && !days.some((day) => named.includes(day));
    });
    expect(silent.map(({ text }) => text)).toEqual([]);
  });

  it('what is owed says its day with its zone, and what comes otherwise', () => {
    for (const belief of beliefs.filter((each) => 'ask' in textsOf(language, each)))
      for (const message of lettersOf(belief.text).filter(({ tone }) => tone === 'before' || tone === 'due')) {
        const { text } = written(message, code);
        expect(text, belief.text).toContain(
          zoneNameOn(String(message.facts['due']), String(message.facts['zone']), code),
        );
        expect('ask' in textsOf(language, belief)).toBe(true);
      }
  });

  it('whoever owes something reads on which day who else is reminded of it, and what happens by itself', () => {
    const said = kinds.flatMap((kind) => [...sent(lifecycles[kind]).values()].flatMap((each) => each.slice(0, 8)));
    const asking = said.filter(({ level = 'owner', tone }) => level === 'owner' && tone !== 'past');
    const days = asking.flatMap((message) => daysIn(message).map((day) => ({ message, day: shortDay(day, code) })));
    expect(days.length).toBeGreaterThan(100);
    for (const { message, day } of days) expect(written(message, code).text, message.text).toContain(day);
  });

  it('each thing that happens by itself has its sentence', () => {
    const happening = kinds.flatMap((kind) =>
      [...sent(lifecycles[kind]).values()]
        .flat()
        .flatMap(({ text, facts: { byItself, asksFor = text } }) =>
          typeof byItself === 'string' ? [`${String(asksFor)} ${byItself}`] : [],
        ),
    );
    const texts = Object.entries(language.texts).flatMap(([name, text]) =>
      Object.keys(('ask' in text && text.byItself) || {}).map((event) => `${name} ${event}`),
    );
    expect([...new Set(happening)].filter((each) => !texts.includes(each))).toEqual([]);
    expect(new Set(happening).size).toBeGreaterThan(5);
    const unknown = texts.filter((each) => !isEvent(each));
    expect(unknown).toEqual([]);
  });

  it('those above who read it are not told that they will', () => {
    const own = { superior: 'the superior on', coordinator: 'the coordinator on', coChairs: 'the co-chairs on' };
    const facts = {
      superiorAt: '2018-12-24T00:00:00Z',
      coordinatorAt: '2019-01-07T00:00:00Z',
      coChairsAt: '2019-01-14T00:00:00Z',
    };
    for (const message of lettersOf('action.complete'))
      for (const level of above)
        expect(
          written({ ...message, level, tone: 'escalation', facts: { ...message.facts, ...facts } }, 'en').text,
        ).not.toContain(own[level]);
  });

  it('whoever is only told something, or owes it no more, is not asked for it', () => {
    for (const belief of beliefs.filter((each) => each.does !== 'asked')) {
      const text = textsOf(language, belief);
      expect('ask' in text, belief.text).toBe(false);
      const named = 'ask' in text ? [] : [text.subject, ...text.body].flatMap((part) => factsNamedIn(part, code));
      expect(belief.does !== 'informed' && named.includes('answerBy'), belief.text).toBe(false);
      for (const message of lettersOf(belief.text)) expect(written(message, code).subject).not.toMatch(overdue);
    }
  });

  it('whoever is merely taken off does not read that it is cancelled', () => {
    for (const belief of beliefs.filter((each) => each.does === 'taken off')) {
      const text = textsOf(language, belief);
      const own = 'ask' in text ? [] : [text.subject, ...text.body];
      expect(
        own.filter((part) => cancelled.test(part)),
        belief.text,
      ).toEqual([]);
    }
  });

  it('no letter has a hole where a fact should be', () => {
    for (const { text } of beliefs)
      for (const message of lettersOf(text)) {
        const { subject, text: body } = written(message, code);
        expect(`${subject} ${body}`, text).not.toMatch(/undefined|\[object|“”|«»|„”|\(\)/);
      }
  });
});
