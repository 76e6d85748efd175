import { describe, expect, it } from 'vitest';
import { longDay } from '../../../activities/mail/days.ts';
import { render } from '../../../activities/mail/render.ts';
import { allLanguages } from '../../../activities/mail/texts.ts';
import { message, names } from './samples.ts';

// The last day for a notice is a Saturday, so the decision is due on the Friday.
const facts = { subject: 'e-government', renewal: 'tacit', term: 1, termEnds: '2028-10-22', noticeBy: '2028-04-22' };
const written = (text: string, tone: 'before' | null, language: string) =>
  render(
    message({ text, tone, case_id: 'mou/kr-rs', at: '2028-04-21T15:00:00.000Z' }, { ...facts, due: '2028-04-21' }),
    { language, zone: 'Europe/Belgrade' },
    names,
  ).text.replace(/\s+/g, ' ');

describe.each(allLanguages().map(({ code }) => code))('in %s, while a notice can still be given', (language) => {
  it.each([
    ['mou.leftToText', null],
    ['mou.decide', 'before'],
  ] as const)('%s says until when, and not that it is too late', (text, tone) => {
    const words = written(text, tone, language);
    expect(words).toContain(longDay('2028-04-22', language));
    expect(words).not.toMatch(/no longer|더 이상|δεν (θα )?είναι πλέον|nu mai/i);
  });
});
