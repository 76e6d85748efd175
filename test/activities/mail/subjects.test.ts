import { describe, expect, it } from 'vitest';
import { factsNamedIn } from '../../../activities/mail/icu.ts';
import { allLanguages } from '../../../activities/mail/texts.ts';

/** What tells one case, or one thing in it, from all others of its kind. A number and a day do not. */
const matters = ['title', 'subject', 'topic', 'programmeName', 'what', 'preparation', 'actTitle', 'nominee', 'country'];

describe.each(allLanguages())('in $code', ({ code, texts }) => {
  const notices = Object.entries(texts).flatMap(([name, text]) => ('ask' in text ? [] : [{ name, text }]));

  it('every subject names its matter, so that it is understood alone', () => {
    // Those of the core speak of a person, a message or a case by its id.
    const own = notices.filter(({ name }) => !name.startsWith('case.'));
    const nameless = own.filter(({ text }) => {
      const named = factsNamedIn(text.subject, code);
      return !matters.some((matter) => named.includes(matter));
    });
    const ask = `a subject has one of these facts: ${matters.join(', ')}`;
    expect(
      nameless.map(({ name }) => name),
      ask,
    ).toEqual([]);
  });

  it('every letter about a meeting names its committee', () => {
    const nameless = notices
      .filter(({ name }) => name.startsWith('meeting.'))
      .filter(({ text }) => !factsNamedIn(text.subject, code).includes('title'));
    expect(nameless.map(({ name }) => name)).toEqual([]);
  });
});
