import { beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../stack/mailbox/message.ts';
import { formIn, post, send, textIn } from './asked.ts';
import type { Desk } from './pages.ts';

/** One mail for all that is due to one reader on a morning, as it arrived by SMTP: each of its reminders is answered by an address of its own. */
export function describeGathered(here: () => Desk): void {
  const topics = ['Translate the statute', 'Name the experts', 'Send the figures'] as const;
  const caseOf = (topic: string) => `action/gathered-${topics.indexOf(topic as (typeof topics)[number]) + 1}`;

  describe('a gathered mail', () => {
    let mail: Message;
    let addresses: Record<string, string>;

    // Played in days that are over: a morning of all live cases is waited for by nobody then. Its reader has no others.
    beforeAll(async () => {
      const { world } = here();
      const reader = { id: 'noh', name: 'Noh', email: 'noh@nis.example.org', agency: 'nis' };
      await world.db
        .insertInto('agencies')
        .values({ id: 'nis', country: 'KR', name: 'NIS', email: null, contact: null })
        .execute();
      await world.db
        .insertInto('people')
        .values({ ...reader, office: null, language: 'en', zone: 'Asia/Seoul', superior: null })
        .execute();
      await world.db.updateTable('agencies').set({ contact: 'noh' }).where('id', '=', 'nis').execute();
      world.player.at = new Date(Date.now() - 30 * 86_400_000).toISOString();
      for (const topic of topics) await opened(topic);
      const { morning } = await world.db
        .selectFrom('deadlines')
        .select(({ fn }) => fn.min('next_rung_at').as('morning'))
        .where('owed_by', '=', 'agency/nis')
        .executeTakeFirstOrThrow();
      await world.player.advanceTo(morning!);
      const caught = world.stack.mailbox?.messages({ text: 'Send the figures' }) ?? [];
      mail = caught.find(({ headers }) => headers.some(({ key }) => key === 'x-entente-digest'))!;
      addresses = Object.fromEntries(topics.map((topic) => [topic, addressOf(topic)]));
    });

    const opened = (topic: string) => {
      const [, id] = caseOf(topic).split('/');
      const header = { id, by: 'kim', title: `About: ${topic}`, countries: ['KR', 'GR'], coordinator: 'kim' };
      const due = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
      return here().world.player.open('action', { ...header, topic, owner: 'nis', due }, `open-${id}`);
    };
    /** The first address after what it is about. */
    const addressOf = (topic: string): string =>
      new RegExp(`${here().url}/a/[A-Za-z0-9_-]{32}(?![^\\s])`).exec(mail.text.slice(mail.text.indexOf(topic)))?.[0] ??
      '';
    const typesOf = async (topic: string) => (await here().events(caseOf(topic))).map(({ type }) => type);

    it('has an address for each of its reminders, in its text and behind its buttons', () => {
      expect(mail.envelope.to).toEqual(['noh@nis.example.org']);
      expect(mail.subject).toMatch(/^3 reminders\./);
      const all = Object.values(addresses);
      expect(new Set(all).size).toBe(topics.length);
      const behindButtons = [...(mail.html || '').matchAll(/href="([^"]+\/a\/[^"]+)"/g)].map(([, href]) => href);
      expect(behindButtons).toHaveLength(all.length);
      expect(new Set(behindButtons)).toEqual(new Set(all));
    });

    it.each(topics)('leads to the page of each of its reminders: %s', async (topic) => {
      const page = textIn(await (await fetch(addresses[topic]!)).text());
      expect(topics.filter((each) => page.includes(each))).toEqual([topic]);
    });

    it('is answered reminder by reminder: the others stay owed, and their addresses open', async () => {
      const [first, second, third] = topics;
      const forms = await Promise.all(topics.map((topic) => formIn(addresses[topic]!, 'accept')));
      await send(addresses[second]!, 'accept', { note: 'We have begun.' });
      expect(await here().last(caseOf(second))).toMatchObject({
        type: 'accepted',
        by: 'noh',
        data: { note: 'We have begun.' },
        byLink: { address: 'noh@nis.example.org' },
      });
      for (const topic of [first, third]) expect(await typesOf(topic)).not.toContain('accepted');
      // The form of another reminder's page is no answer to this one.
      expect((await post(addresses[first]!, forms[2]!)).status).not.toBe(303);
      expect(await typesOf(first)).not.toContain('accepted');
      await send(addresses[first]!, 'refuse', { reason: 'Not ours.' });
      expect((await here().last(caseOf(first)))?.type).toBe('ownerRefused');
      expect((await post(addresses[third]!, forms[2]!)).status).toBe(303);
      expect(await here().last(caseOf(third))).toMatchObject({ type: 'accepted', by: 'noh' });
      expect((await typesOf(second)).filter((type) => type === 'accepted')).toHaveLength(1);
    });
  });
}
