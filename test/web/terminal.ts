import { expect, it, vi } from 'vitest';
import { mainWith } from '../client/command-line.ts';
import type { Desk } from './pages.ts';

/** What letters have besides the address of a page, in the world of the answers. */
export function describeTerminal(here: () => Desk): void {
  const lettersTo = (person: string, ...texts: readonly string[]) =>
    (here().world.stack.mailbox?.messages({ text: texts[0] ?? '' }) ?? []).filter(
      ({ envelope, text }) => envelope.to[0]?.startsWith(`${person}@`) && texts.every((each) => text.includes(each)),
    );
  const letterTo = (person: string, ...texts: readonly string[]) =>
    vi.waitFor(
      () => {
        const [letter] = lettersTo(person, ...texts);
        if (!letter) throw new Error(`${person} has no letter with ${texts.join(' and ')}.`);
        return letter;
      },
      { timeout: 60_000, interval: 100 },
    );

  it('a letter to whoever has a terminal has the command as well, which answers; to others it has none', async () => {
    const { db, stack } = here().world;
    const other = await here().opened();
    const withTerminal = (terminal: boolean) =>
      db.updateTable('people').set({ terminal }).where('id', '=', 'park').execute();
    await here().addressIn('park', other);
    expect((await letterTo('park', other)).text).not.toContain('./entente');
    await withTerminal(true);
    const caseId = await here().opened();
    const { text } = await letterTo('park', caseId);
    await withTerminal(false);
    const [, words = ''] = /\.\/entente (action accept [^\n]*)/.exec(text) ?? [];
    expect(words).toContain(caseId);
    expect(text).toContain(await here().addressIn('park', caseId));
    const given = await mainWith(words.replace(/YOU\b/, 'park').trim().split(/\s+/), stack.env);
    expect([given.err, given.code]).toEqual([given.err, 0]);
    expect(await here().last(caseId)).toMatchObject({ type: 'accepted', by: 'park', byLink: null });
  });
}
