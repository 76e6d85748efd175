import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEvents } from '../../database/register.ts';
import { readerOffice } from '../../database/office.ts';
import type { CaseRow, MessageRow } from '../../database/schema.ts';
import { fold } from '../../domain/case/evolve.ts';
import { dayIn } from '../../domain/dates.ts';
import { isKind, lifecycles } from '../../domain/kinds.ts';
import { play, StoryError } from '../../examples/play.ts';
import type { Story } from '../../examples/story.ts';
import { documentsOf, pressReleaseOfEdition, pressReleaseOfVisit } from './demo-documents.ts';
import { greece, koreaBsec, type PublishedFact, romania } from './fact-sheets.ts';
import { type Caught, type Ending, type PlayedDemo, playDemo } from './played-demo.ts';
import { languageOf } from './reader-language.ts';
import { delegation } from './visit-facts.ts';

let demo: PlayedDemo;
let ending: Ending | undefined;
let cases: CaseRow[];
let messages: MessageRow[];
let caught: readonly Caught[];

beforeAll(async () => {
  demo = await playDemo();
  cases = await demo.db.selectFrom('cases').selectAll().orderBy('id').execute();
  messages = await demo.db.selectFrom('messages').selectAll().orderBy('key').execute();
  ({ caught } = demo);
});
afterAll(() => (ending ? undefined : demo.end()));

function caseOf(id: string): CaseRow {
  const found = cases.find((row) => row.id === id);
  if (!found) throw new Error(`${id} was never opened`);
  return found;
}

async function textAt({ case: id, where }: PublishedFact): Promise<string> {
  const { title, countries, facts, state } = caseOf(id);
  if (where === 'title') return title;
  if (where === 'countries') return countries.join(' ');
  if (where === 'state') return JSON.stringify(state);
  if (where !== 'says') return JSON.stringify((facts as Record<string, unknown>)[where]);
  const events = await demo.db.selectFrom('events').select('says').where('case_id', '=', id).execute();
  return events.map(({ says }) => says).join('\n');
}

describe('what the demo prints at its end', () => {
  it('is every case and every message of the register', () => {
    expect(demo.summary.cases.map(({ id }) => id).sort()).toEqual(cases.map(({ id }) => id));
    expect(demo.summary.messages).toHaveLength(messages.length);
  });

  it('is what README says of it', () => {
    const said = `${cases.length} cases, ${messages.length} messages, ${demo.summary.documents.length} documents.`;
    expect(readFileSync('README.md', 'utf8')).toContain(said);
  });
});

describe('the documents and press releases of the demo', () => {
  documentsOf(() => demo);
  pressReleaseOfVisit(() => demo);
  pressReleaseOfEdition(() => demo);
});

describe('every published fact stands in the register', () => {
  it.each(greece)('Greece: $fact', async (published) => {
    expect(await textAt(published)).toMatch(published.is);
  });
  it.each(romania)('Romania: $fact', async (published) => {
    expect(await textAt(published)).toMatch(published.is);
  });
  it.each(delegation)('The visit: $fact', async (published) => {
    expect(await textAt(published)).toMatch(published.is);
  });
  it.each(koreaBsec)('Korea and BSEC: $fact', async (published) => {
    expect(await textAt(published)).toMatch(published.is);
  });
});

describe('the record', () => {
  it('holds every case as the fold of its events', async () => {
    expect(cases).toHaveLength(24);
    for (const { id, kind, state, number } of cases) {
      if (!isKind(kind)) throw new Error(`${id} is of no known kind`);
      const events = await readEvents(demo.db, id);
      expect(events.map((event) => event.number)).toEqual(Array.from({ length: number }, (_, index) => index + 1));
      const folded = { ...fold(lifecycles[kind], events), log: [] };
      expect(JSON.parse(JSON.stringify(folded))).toEqual(state);
    }
  });

  it('lets no case go back in time', async () => {
    for (const { id } of cases) {
      const times = (await readEvents(demo.db, id)).map(({ at }) => at);
      expect(times, id).toEqual([...times].sort());
    }
  });

  it('has nothing that a case asked of another in vain, and no message that did not arrive', async () => {
    const types = ['inVain', 'undelivered'];
    const rows = await demo.db.selectFrom('events').select(['case_id', 'says']).where('type', 'in', types).execute();
    expect(rows).toEqual([]);
  });
});

describe('mail', () => {
  it('was caught once for each message that is on record as sent', () => {
    const sent = messages.filter(({ state }) => state === 'sent');
    expect(sent.length).toBeGreaterThan(150);
    expect(messages.filter(({ state }) => !['sent', 'withdrawn'].includes(state))).toEqual([]);
    const ids = new Set(sent.map((row) => row.message_id ?? ''));
    expect(caught.map(({ messageId }) => messageId).sort()).toEqual([...ids].sort());
    expect(new Set(caught.map(({ messageId }) => messageId)).size).toBe(caught.length);
  });

  it('went on working days and in working hours of each reader', async () => {
    for (const { key, recipient, person, send_at } of messages.filter(({ state }) => state === 'sent')) {
      const { calendar, hours } = await readerOffice(demo.db, person ? `person/${person}` : recipient);
      expect.soft(calendar.isWorkingDay(dayIn(send_at, calendar.zone)), `${key} at ${send_at}`).toBe(true);
      const time = Temporal.Instant.from(send_at).toZonedDateTimeISO(calendar.zone).toPlainTime().toString();
      expect.soft(time >= hours.from && time < hours.until, `${key} at ${time}`).toBe(true);
    }
  });

  it('came wholly in the language of its reader, and wholly in English where that has no texts', async () => {
    const closing = {
      en: 'This message was sent automatically by Entente.',
      ko: '이 메일은 Entente에서 자동으로 발송되었습니다.',
      el: 'Το μήνυμα στάλθηκε αυτόματα από το Entente.',
      ro: 'Mesaj trimis automat de Entente.',
    };
    const letters = {
      en: /\p{Script=Latin}/u,
      ko: /\p{Script=Hangul}/u,
      el: /\p{Script=Greek}/u,
      ro: /\p{Script=Latin}/u,
    };
    const counts: Record<string, number> = {};
    for (const { messageId, subject, text, html } of caught) {
      const row = messages.find(({ message_id }) => message_id === messageId);
      const language = await languageOf(demo.db, row?.person ?? null, row?.recipient ?? '');
      const expected = language in closing ? (language as keyof typeof closing) : 'en';
      counts[expected] = (counts[expected] ?? 0) + 1;
      for (const [each, sentence] of Object.entries(closing))
        expect
          .soft([text.includes(sentence), html?.includes(sentence)], subject)
          .toEqual(Array(2).fill(each === expected));
      expect.soft(html, subject).toContain(`<html lang="${expected}">`);
      expect.soft(subject, subject).toMatch(letters[expected]);
    }
    expect(Object.keys(counts).sort()).toEqual(Object.keys(closing).sort());
  });

  it('was dated by the moment at which it went', () => {
    const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1_000);
    for (const { messageId, headers } of caught) {
      const date = headers.find(({ key }) => key === 'date')?.value ?? '';
      const rows = messages.filter(({ message_id }) => message_id === messageId);
      expect.soft(rows.map(({ send_at }) => seconds(send_at))).toContain(seconds(date));
    }
  });

  it('came gathered at most once a day to anybody, and what is urgent by itself', () => {
    const gathered = caught.flatMap(({ headers }) => headers.filter(({ key }) => key === 'x-entente-digest'));
    expect(gathered.length).toBeGreaterThan(0);
    expect(new Set(gathered.map(({ value }) => value)).size).toBe(gathered.length);
    const carried = messages.filter(({ state, digest, body_text }) => state === 'sent' && digest && body_text === null);
    expect(carried.filter(({ tone }) => tone !== 'before').map(({ key }) => key)).toEqual([]);
    const mails = new Map<string, Set<string | null>>();
    for (const { address, send_at, send_zone, message_id, tone, state } of messages) {
      if (state !== 'sent' || tone !== 'before') continue;
      const reader = `${address} ${dayIn(send_at, send_zone ?? 'UTC')}`;
      mails.set(reader, (mails.get(reader) ?? new Set()).add(message_id));
    }
    expect([...mails].filter(([, ids]) => ids.size > 1)).toEqual([]);
  });

  it('went to reserved addresses only', () => {
    const addresses = caught.flatMap(({ envelope }) => envelope.to);
    expect(addresses.filter((address) => !/@([a-z]+\.)?example\.org$/.test(address))).toEqual([]);
  });

  it('shows no gap where a fact is missing', () => {
    const gap = /undefined|\bnull\b|NaN|\[object|\{\w+\}/;
    for (const { subject, text, html } of caught)
      expect
        .soft(
          [subject, text, html].filter((part) => gap.test(part)),
          subject,
        )
        .toEqual([]);
  });

  it('has not told anybody what to do in a case that was over', () => {
    const late = messages.filter(({ case_id, at, tone }) => tone && at > (caseOf(case_id).closed_at ?? at));
    expect(late.map(({ key }) => key)).toEqual([]);
  });
});

describe('the follow-up measures', () => {
  const stageOf = (slug: string) => caseOf(`action/${slug}`).stage;

  it('end verified, dropped, or overdue at the top of their ladder', async () => {
    const actions = cases.filter(({ kind }) => kind === 'action');
    expect(actions).toHaveLength(11);
    const open = actions.filter(({ stage }) => !['closed', 'dropped'].includes(stage)).map(({ id }) => id);
    const due = await demo.db.selectFrom('deadlines').selectAll().where('case_id', 'in', open).execute();
    expect(
      due.map(({ case_id, name, next_rung, passed_at }) => [case_id, name, next_rung, passed_at !== null]),
    ).toEqual([['action/kr-gr-2-technology', 'complete', null, true]]);
  });

  it.each([
    ['done in time', 'kr-gr-2-level', 'closed', { extensions: 0, returns: 0, wasLate: false }],
    ['extended twice', 'kr-gr-2-documents', 'closed', { extensions: 2, firstDue: '2019-01-31', wasLate: false }],
    ['returned at verification', 'kr-gr-2-services', 'closed', { returns: 1, wasLate: false }],
    ['late, and on record as such', 'korea-romania-hometax', 'closed', { wasLate: true }],
    ['dropped by a decision', 'korea-romania-procurement', 'dropped', { wasLate: false }],
    ['overdue', 'kr-gr-2-technology', 'inProgress', { wasLate: true }],
  ])('one is %s', (_, slug, stage, facts) => {
    expect(stageOf(slug)).toBe(stage);
    expect(caseOf(`action/${slug}`).facts).toMatchObject(facts);
  });

  it('one escalates to the superior, the coordinator and the co-chairs, in this order', () => {
    const escalation = messages
      .filter(({ case_id, tone }) => case_id === 'action/kr-gr-2-technology' && tone === 'escalation')
      .sort((a, b) => a.at.localeCompare(b.at) || a.recipient.localeCompare(b.recipient));
    expect(escalation.map(({ at, address }) => [at.slice(0, 10), address])).toEqual([
      ['2019-02-11', 'p.vlachos@mindigital.example.org'],
      ['2019-02-18', 'p.vlachos@mindigital.example.org'],
      ['2019-02-25', 'kim.minji@mois.example.org'],
      ['2019-03-04', 'g.nikolaidis@mar.example.org'],
      ['2019-03-04', 'yoon.jaeho@mois.example.org'],
    ]);
  });
});

describe('a story that does not happen as written', () => {
  const told = (step: Story['steps'][number]): Story => ({
    name: 'told',
    story: 'Told otherwise',
    facts: 'none',
    until: '2019-06-14T03:00:00.000Z',
    steps: [step],
  });
  const on = '2019-06-14T03:00:00.000Z';
  const telling = (step: Story['steps'][number]) => play([told(step)], demo.player, demo.db, () => undefined);

  it('stops at a refused command and says which step it was, and why', async () => {
    const step = { on, case: 'mou/kr-gr-2017', do: 'agreeText', as: 'kim-minji', with: {}, invented: true } as const;
    await expect(telling(step)).rejects.toThrow(StoryError);
    await expect(telling(step)).rejects.toThrow(
      /told, step 1 of 1, 2019-06-14: mou\/kr-gr-2017: agreeText: WrongStage/,
    );
  });

  it.each([
    ['another stage', { stage: 'closed' }, 'it is at inEffect'],
    ['another fact', { stage: 'inEffect', facts: { draft: 7 } }, 'draft is 2, not 7'],
    [
      'a message',
      { stage: 'inEffect', mailed: { text: 'mou.lapsed', to: 'agency/mar' } },
      'no mou.lapsed was sent to agency/mar',
    ],
  ])('stops where %s is expected', async (_, expected, because) => {
    await expect(telling({ on, case: 'mou/kr-gr-2017', expect: expected, invented: true })).rejects.toThrow(because);
  });
});

describe('Ctrl-C', () => {
  it('ends the demo well, and leaves neither a process nor a file of it behind', async () => {
    expect((ending = await demo.end())).toEqual({ status: 0, processes: [], files: [] });
  });
});
