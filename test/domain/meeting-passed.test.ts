import { describe, expect, it } from 'vitest';
import { render } from '../../activities/mail/render.ts';
import { allLanguages } from '../../activities/mail/texts.ts';
import type { Message } from '../../domain/case/effects.ts';
import { given } from './meeting-stages.ts';

/** What is over asks for no preparation: reminders that go after the day of a meeting ask what became of it. */

const written = ({ text, tone, level, at, facts }: Message, language = 'en'): string => {
  const unwritten = { case_id: 'meeting/kr-gr-2', text, tone: tone ?? null, level: level ?? null, at, facts };
  const { subject, text: body } = render(unwritten, { language, zone: 'Asia/Seoul' }, new Map());
  return `${subject} ${body}`.replaceAll(/\s+/g, ' ');
};

const reminders = (story = given.convened()) => story.passes('2018-10-15').mailed('meeting.agenda');
const [before, after] = [
  (on = '2018-09-28') => reminders().filter(({ at }) => at.slice(0, 10) <= on),
  (on = '2018-09-28') => reminders().filter(({ at }) => at.slice(0, 10) > on),
];

describe('a meeting of which nobody has said anything, more than two weeks past', () => {
  it('has reminders before its day and after it', () => {
    expect([before().length > 0, after().length > 0]).toEqual([true, true]);
  });

  it('is said to find the sides unprepared while it lies ahead, and not once it is over', () => {
    expect(before().every((letter) => written(letter).includes('unprepared'))).toBe(true);
    for (const letter of after()) {
      expect(written(letter)).not.toMatch(/unprepared|circulate the agenda/i);
      expect(written(letter)).toContain('what happened is to be put on record, or another day to be set');
    }
  });

  it.each(allLanguages().map(({ code }) => code))('is asked about in other words once it is over, in %s', (code) => {
    const asked = (letters: readonly Message[]) => letters.map((letter) => written({ ...letter, tone: 'due' }, code));
    const words: Record<string, RegExp> = { en: /unprepared/, ko: /준비 없이/, el: /απροετοίμαστ/, ro: /nepregătite/ };
    expect(asked(before()).every((text) => words[code]?.test(text))).toBe(true);
    expect(asked(after()).some((text) => words[code]?.test(text))).toBe(false);
  });
});
