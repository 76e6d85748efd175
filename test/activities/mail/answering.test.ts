import { describe, expect, it } from 'vitest';
import { tokenOf } from '../../../activities/mail/answer-link.ts';
import { hashOf } from '../../../database/answer-links.ts';
import { render } from '../../../activities/mail/render.ts';
import type { Unwritten } from '../../../activities/mail/writer.ts';
import { commandsNamedBy } from '../../../activities/mail/lines-to-type.ts';
import { allLanguages } from '../../../activities/mail/texts.ts';

const named = { message: 'action/a1/1/0', person: 'park', deadline: 'accept:klid', version: 1 };
const url = 'https://entente.example.org/a/~mark';

const asked: Unwritten = {
  case_id: 'action/a1',
  text: 'action.asked',
  tone: null,
  level: null,
  at: '2026-11-01T00:00:00.000Z',
  facts: { title: 'A', topic: 'B', owner: 'agency/klid', due: '2026-12-01', coordinator: 'person/kim' },
};
const letter = (language: string, answering: Parameters<typeof render>[1]['answering'], message = asked) =>
  render(message, { language, zone: 'Asia/Seoul', answering }, new Map());

describe('the token of an address', () => {
  it('comes out the same for every attempt, and another for every person, plan, letter and installation', () => {
    const tokens = [
      tokenOf('key', named),
      tokenOf('another key', named),
      tokenOf('key', { ...named, person: 'han' }),
      tokenOf('key', { ...named, version: 2 }),
      tokenOf('key', { ...named, message: 'action/a1/1/1' }),
    ];
    expect(tokenOf('key', named)).toBe(tokens[0]);
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(hashOf(tokens[0] ?? '')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe.each(allLanguages().map(({ code, frame }) => [code, frame.answerByMail] as const))(
  'a letter in %s that asks for something',
  (language, byMail) => {
    it('has the address in its text and its button, and no command, for whoever has no terminal', () => {
      const { text, html } = letter(language, { url, terminal: false });
      expect(text.split('\n')).toContain(url);
      expect(html).toContain(`href="${url}"`);
      expect(text + html).not.toContain('./entente');
    });

    it('has both for whoever has a terminal', () => {
      const { text } = letter(language, { url, terminal: true });
      expect(text).toContain(url);
      expect(text).toContain('./entente action accept action/a1');
    });

    it('that invites as well has an address for each', () => {
      const invitation = 'https://entente.example.org/a/~other';
      const { text, html } = letter(language, { url, invitation, terminal: false });
      expect(text.split('\n').filter((line) => line.startsWith('https:'))).toEqual([url, invitation]);
      for (const address of [url, invitation]) expect(html).toContain(`href="${address}"`);
    });

    it('leads to the case at the desk of whoever is known and owes nothing that it asks for', () => {
      const desk = 'https://entente.example.org/case/action/a1?do=accept#caseCan';
      const { text, html } = letter(language, { desk, terminal: false });
      expect(text.split('\n')).toContain(desk);
      expect(html).toContain(`href="${desk}"`);
      expect(text + html).not.toContain('./entente');
      expect(text.replaceAll(/\s+/g, ' ')).not.toContain(byMail.split('{')[0]?.trim());
    });

    it('asks to be answered by mail where nobody is known by an address', () => {
      const { text } = letter(language, { terminal: false });
      expect(text).not.toMatch(/\.\/entente|https?:/);
      expect(text.replaceAll(/\s+/g, ' ')).toContain(byMail.split('{')[0]?.trim());
    });

    it('names commands where there are no pages', () => {
      expect(letter(language, undefined).text).toContain('./entente action accept action/a1');
    });
  },
);

it('the commands that a text names are those that cases know', () => {
  expect([...commandsNamedBy('action.asked')]).toEqual(['accept']);
  expect([...commandsNamedBy('workshop.callForNominations')]).toEqual(['nominate', 'declineInvitation']);
  expect([...commandsNamedBy('case.undelivered')]).toEqual([]);
});
