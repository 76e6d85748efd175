import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longDay, shortDay } from '../../activities/mail/days.ts';
import { readEvents } from '../../database/register.ts';
import { readerOffice } from '../../database/office.ts';
import type { MessageRow } from '../../database/schema.ts';
import { fold } from '../../domain/case/evolve.ts';
import type { CaseEvent } from '../../domain/case/state.ts';
import { dayIn } from '../../domain/dates.ts';
import { isKind, lifecycles } from '../../domain/kinds.ts';
import { play } from '../../examples/play.ts';
import { inventedStory, readStory } from '../../examples/story.ts';
import type { Message } from '../../stack/mailbox/message.ts';
import { startWorld, type World } from '../world.ts';
import { beliefs } from './serbia-beliefs.ts';
import { lettersInOrder } from './serbia-letters.ts';

/** A letter that somebody was sent, and what the register has of it. */
interface Sent extends MessageRow {
  readonly day: string;
  readonly letter: Message;
  /** Subject and text, in one line. */
  readonly words: string;
  readonly language: 'ko' | 'en';
}

let world: World;
let sent: Sent[];
const eventsOf = new Map<string, readonly CaseEvent[]>();
const papers: string[] = [];
const story = readStory(inventedStory);

beforeAll(async () => {
  world = await startWorld(story.steps[0]?.on ?? '', { directory: ['examples/directory.yaml'] });
  await play(
    [story],
    world.player,
    world.db,
    () => undefined,
    async (made) => {
      const files = made.flatMap((document) => document.files).filter(({ name }) => name.endsWith('.md'));
      papers.push(...files.map(({ content }) => content.toString()));
    },
  );
  for (const { id } of await world.db.selectFrom('cases').select('id').execute())
    eventsOf.set(id, await readEvents(world.db, id));
  const rows = await world.db.selectFrom('messages').selectAll().orderBy('send_at').orderBy('key').execute();
  sent = rows.filter(({ state }) => state === 'sent').map(asSent);
});
afterAll(() => world.stop());

function asSent(row: MessageRow): Sent {
  const letter = world.stack.mailbox?.messages().find(({ messageId }) => messageId === row.message_id);
  if (!letter) throw new Error(`${row.key} was sent, and did not arrive.`);
  const language = letter.html.includes('<html lang="ko">') ? 'ko' : 'en';
  const words = `${letter.subject} ${letter.text}`.replace(/\s+/g, ' ');
  return { ...row, day: dayIn(row.send_at, row.send_zone ?? 'UTC'), letter, words, language };
}

const nothing = /(?!)/;
const lineOf = ({ day, person, text, tone }: Sent): string => [day, person, text, tone ?? '-'].join(' ');
/** By what the table has of it. */
const lineUnder = ({ day, reader, text, tone }: (typeof lettersInOrder)[number]): string =>
  [day, reader, text, tone].join(' ');

describe('a cooperation of Serbia, from its note verbale to a notice in the second term of its MOU', () => {
  it('writes these letters to these readers on these days, and no other', () => {
    expect(sent.map(lineOf).sort()).toEqual(lettersInOrder.map(lineUnder).sort());
  });

  it('tells each reader the days that matter to them, in their language', () => {
    const letters = new Map(sent.map((each) => [lineOf(each), each]));
    for (const row of lettersInOrder) {
      const found = letters.get(lineUnder(row));
      for (const day of row.says)
        expect
          .soft(
            [longDay, shortDay].some((shown) => found?.words.includes(shown(day, found.language))),
            `${lineUnder(row)}: ${day}`,
          )
          .toBe(true);
    }
  });

  it.each(beliefs)('on $day lets $reader believe: $believes', ({ day, reader, text, says, not = nothing }) => {
    const letters = sent.filter((each) => each.day === day && each.person === reader && each.text === text);
    expect(letters).toHaveLength(1);
    expect(letters[0]?.words).toMatch(says);
    expect(letters[0]?.words).not.toMatch(not);
  });

  it('gives each reader a version of a calendar entry once, whether invited as coordinator, as contact or by name', () => {
    const entries = sent.flatMap(({ person, letter: { attachments } }) =>
      attachments
        .filter(({ contentType }) => contentType === 'text/calendar')
        .map(
          ({ content }) =>
            `${person} ${/^UID:.*(?:\r?\n .*)*/m.exec(content.toString())?.[0]} ${/^SEQUENCE:\d+/m.exec(content.toString())?.[0]}`,
        ),
    );
    expect(entries.filter((entry, index) => entries.indexOf(entry) !== index)).toEqual([]);
    const arranged = sent.filter(({ person, text }) => person === 'kim-minji' && text === 'mou.signingArranged');
    expect(arranged.map(({ letter }) => letter.attachments.map(({ filename }) => filename))).toEqual([
      ['invitation.ics'],
    ]);
  });

  it('writes on working days and in working hours of each reader', async () => {
    for (const { key, person, recipient, send_at } of sent) {
      const { calendar } = await readerOffice(world.db, person ? `person/${person}` : recipient);
      expect.soft(calendar.isWorkingDay(dayIn(send_at, calendar.zone)), `${key} at ${send_at}`).toBe(true);
    }
  });

  it('chases nobody who owes nothing, and counts the reminders as they are sent', () => {
    const reminders = sent.filter(({ tone }) => tone !== null && tone !== 'past');
    expect(reminders.length).toBeGreaterThan(40);
    for (const { key, case_id, send_at, words } of reminders) {
      const [kind, , deadline = '', , rung] = key.split('/');
      if (!isKind(kind ?? '')) throw new Error(`${key} is of no known kind`);
      const until = (eventsOf.get(case_id) ?? []).filter(({ at }) => at <= send_at);
      const state = fold(lifecycles[kind as keyof typeof lifecycles], until);
      const { open, plan } = state?.deadlines[deadline] ?? {};
      expect.soft(open, `${key} at ${send_at}`).toBe(true);
      const english = /(?:This is reminder )?(\d+) of (\d+)(?:\.| reminders in this matter ha)/.exec(words);
      const korean = /전체 (\d+)회(?: 중 |의 안내 중 지금까지 )(\d+)(?:번째|회)/.exec(words);
      expect
        .soft([english?.[1] ?? korean?.[2], english?.[2] ?? korean?.[1]], key)
        .toEqual([rung, String(plan?.rungs.length)]);
    }
  });

  it('names the time of each due day as it is called there on that day', () => {
    const named = new Set<string>();
    for (const { words, key } of sent) {
      const [, day, zone] = /(\d+ \w+ \d{4}) \(end of day, ([^)]*)\)/.exec(words) ?? [];
      if (day === undefined || zone === undefined) continue;
      named.add(zone);
      const noon = Temporal.Instant.from(new Date(`${day} 12:00 UTC`).toISOString());
      const { offset } = noon.toZonedDateTimeISO('Europe/Belgrade');
      // Where whoever owes it works: the decision on a term is Korea's to take.
      const there = `Central European ${offset === '+02:00' ? 'Summer' : 'Standard'} Time`;
      expect.soft(zone, key).toBe(key.includes('/decide:') ? 'Korean Standard Time' : there);
    }
    expect(named.size).toBe(3);
  });

  it('keeps what was said for the record out of letters and papers', () => {
    const inner = /not understood yet|every third year/;
    expect(sent.filter(({ words }) => inner.test(words)).map(({ key }) => key)).toEqual([]);
    expect(papers.filter((paper) => inner.test(paper))).toEqual([]);
    expect(papers.join('\n')).toContain('The item is taken up again at the second meeting.');
  });

  it('says in the minutes when the meeting began, by the clocks of its host', () => {
    expect(papers.join('\n')).toContain('on 9 March 2027, beginning at 10:00 (Central European Standard Time).');
    expect(papers.filter((paper) => /(Europe|Asia)\//.test(paper))).toEqual([]);
  });

  it('leaves nothing in vain, undelivered or in doubt', async () => {
    const rows = await world.db
      .selectFrom('events')
      .select(['case_id', 'says'])
      .where('type', 'in', ['inVain', 'undelivered'])
      .execute();
    expect(rows).toEqual([]);
    const states = await world.db.selectFrom('messages').select('state').distinct().execute();
    expect(states.map(({ state }) => state).sort()).toEqual(['sent', 'withdrawn']);
  });
});

it('finds whoever a case knows by what was said in it', async () => {
  const { rows } = await sql`
    select cases.id, people.id as person from cases join people on jsonb_path_exists(state->'subject',
      '$.** ? (@ == $id || @ == $party)', jsonb_build_object('id', people.id, 'party', 'person/' || people.id))
    where not exists (select from search_texts where case_id = cases.id and ids @> array[people.id])`.execute(world.db);
  expect(rows).toEqual([]);
});
