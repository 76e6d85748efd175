import { expect, it } from 'vitest';
import { render } from '../../../activities/mail/render.ts';
import { allLanguages } from '../../../activities/mail/texts.ts';
import { action } from '../../../domain/action.ts';
import { acknowledged } from '../../domain/requests.ts';
import { effectsOf } from '../../../domain/case/effects.ts';
import { fold } from '../../../domain/case/evolve.ts';
import { decideOpening } from '../../../domain/case/opening.ts';
import type { CaseEvent } from '../../../domain/case/state.ts';
import { isRefusal } from '../../../domain/refusal.ts';
import { inOwnWords } from './leaks.ts';

/** The texts that any case may send, with the facts that it gives them. */

const at = '2018-10-01T01:00:00.000Z';
const opening = {
  id: 'kr-gr-1',
  by: 'kim',
  title: 'Documents',
  countries: ['KR'],
  coordinator: 'kim',
  topic: 'Documents',
  owner: 'klid',
  due: '2018-12-14',
};

function lettersAfter(
  event: Record<string, unknown> & { type: string },
  language = 'en',
  before?: Record<string, unknown> & { type: string },
) {
  const opened = decideOpening(action, opening, at, 'open');
  if (isRefusal(opened)) throw new Error(opened.because);
  const earlier: CaseEvent[] = before ? [{ ...before, number: 2, at, by: 'entente' }] : [];
  const stamped: CaseEvent = { ...event, number: 2 + earlier.length, at, by: 'entente' };
  const state = fold(action, [opened, ...earlier, stamped]);
  return effectsOf(action, state, stamped).flatMap((effect) =>
    effect.type === 'mail'
      ? render(
          { ...effect.message, case_id: state.id, tone: null, level: null },
          { language, zone: 'Asia/Seoul' },
          new Map(),
        )
      : [],
  );
}

const undelivered = (state: string) => ({
  type: 'undelivered',
  message: 'k/1',
  text: 'action.asked',
  to: 'agency/klid',
  state,
  why: '550 no such mailbox',
});

const reports: [string, Parameters<typeof lettersAfter>[0], string[]][] = [
  ['refused', undelivered('refused'), ['550 no such mailbox', 'mail settle k/1 --again']],
  ['expired', undelivered('expired'), ['For two days', 'mail settle k/1 --again']],
  ['in doubt', undelivered('inDoubt'), ['It may have arrived or not', 'mail settle k/1 --sent']],
  ['for nobody', undelivered('nobody'), ['there is no address', 'mail settle k/1 --again']],
  [
    'about somebody who leaves',
    { type: 'personLeft', person: 'lee', on: '2018-11-01', concerned: ['action/kr-gr-1', 'mou/kr-gr'] },
    ['2 of your cases are concerned', '1 November 2018', 'action/kr-gr-1 and mou/kr-gr', './entente person show lee'],
  ],
  [
    'about a case not opened',
    { type: 'inVain', case: 'mou/kr-gr', command: 'open', because: 'It exists.' },
    ['mou/kr-gr', 'It exists.'],
  ],
];

const handOver = {
  type: 'coordinatorChanged',
  coordinator: 'lee',
  from: 'kim',
  together: ['mou/kr-gr', 'action/kr-gr-1'],
};

it('tells both coordinators of all cases that change hands, in each language and in no other', () => {
  for (const { code } of allLanguages()) {
    const letters = lettersAfter(handOver, code);
    expect(letters).toHaveLength(2);
    for (const { subject, text } of letters) {
      expect(`${subject} ${text}`).not.toMatch(/undefined|\{|\[object/);
      expect(text).toContain('action/kr-gr-1');
    }
    const words = letters.map(({ subject, text }) => `${subject}\n${text}`.replaceAll('Documents', '○'));
    expect(code === 'en' ? '' : words.map((each) => inOwnWords(each, code)).join('')).toBe('');
  }
});

const resting = { until: '2018-12-31', whoWaits: 'agency/klid', forWhom: 'agency/mar' };
const ofSuspension: [string, Record<string, unknown>, string[]][] = [
  ['that the case rests', { type: 'caseSuspended', ...resting }, ['rests until it goes on', '31 December 2018']],
  [
    'that the case goes on',
    { type: 'caseResumed', due: { complete: '2019-01-18' } },
    ['now due on Friday, 18 January 2019'],
  ],
  [
    'that the day has passed to go on',
    { type: 'deadlinePassed', deadline: 'suspension' },
    ['That day has passed', './entente action resume action/kr-gr-1', '--until DAY'],
  ],
];

it.each(ofSuspension)('a letter says %s, in each language and in no other', (_, event, words) => {
  for (const { code } of allLanguages()) {
    const before =
      event['type'] === 'caseSuspended' ? undefined : { type: 'caseSuspended', ...resting, left: { complete: 9 } };
    const own = { ...event, ...(before ? {} : { left: { complete: 9 } }) } as never;
    const [letter] = lettersAfter(own, code, before);
    const text = letter?.text.replaceAll(/\s+/g, ' ') ?? '';
    for (const word of code === 'en' ? words : []) expect(text).toContain(word);
    expect(`${letter?.subject} ${text}`).not.toMatch(/undefined|\{|\[object/);
    expect(code === 'en' || inOwnWords(`${letter?.subject}\n${letter?.text}`.replaceAll('Documents', '○'), code)).toBe(
      code === 'en' || '',
    );
  }
});

it.each(reports)('a report of a message %s says what to do', (_, event, words) => {
  const [letter] = lettersAfter(event);
  const text = letter?.text.replaceAll(/\s+/g, ' ') ?? '';
  for (const word of words) expect(text).toContain(word);
  expect(`${letter?.subject} ${text}`).not.toMatch(/undefined|\{|\[object/);
});

it.each(reports)('a report of a message %s comes in each language, and in no other', (_, event) => {
  for (const { code } of allLanguages().filter((each) => each.code !== 'en')) {
    // What people and servers said stays as it was said.
    const [letter] = lettersAfter({ ...event, why: '○', because: '○' }, code);
    expect(letter?.language).toBe(code);
    const own = `${letter?.subject}\n${letter?.text}`.replaceAll('Documents', '○');
    expect(inOwnWords(own, code)).toBe('');
  }
});

it.each(allLanguages().map(({ code }) => code))(
  'the number of a note stands in letters as it was typed, in %s',
  (language) => {
    for (const noteNumber of ['F.4711/18', '№ 12_3*', '2018-09-01', 'P30D', 'MD', 'klid']) {
      const asked = acknowledged({ noteNumber }).command('askBack', {
        missing: 'Which agency asks?',
        due: '2018-09-28',
      });
      const letters = [...asked.mailed('request.acknowledged'), ...asked.mailed('request.askedBack')].map((each) =>
        render(
          { ...each, case_id: asked.state.id, tone: null, level: null },
          { language, zone: 'Europe/Bucharest' },
          new Map([
            ['MD', { name: 'Republic of Moldova' }],
            ['klid', { name: 'Korea Local Information Research & Development Institute' }],
          ]),
        ),
      );
      expect(letters).toHaveLength(2);
      for (const { text, html } of letters) {
        expect(text.replaceAll(/\s+/g, ' ')).toContain(noteNumber);
        expect(html).toContain(noteNumber);
      }
    }
  },
);
