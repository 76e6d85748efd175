import ICAL from 'ical.js';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { messageIdOf } from '../../../activities/mail/identity.ts';
import { invitationOf } from '../../../calendars/icalendar.ts';
import { attemptOf, caseId, mailFrom, openPostOffice, plan, type PostOffice, rowOf } from './post-office.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());
afterEach(async () => {
  await sql`truncate absences, messages`.execute(office.db);
  await kept([]);
});

const sender = { name: '', address: mailFrom.split(/[<>]/)[1] ?? '' };
const entryOf = (name: string) => ({ name, summary: name, from: '2019-03-24', to: '2019-03-24', attendees: [] });

interface Version {
  readonly recipient: string;
  readonly sequence?: number;
  readonly method?: 'REQUEST' | 'CANCEL';
  readonly entry?: string;
  readonly text?: string;
  readonly coordinator?: string;
}

const version = ({ recipient, sequence = 0, method = 'REQUEST', entry = 'meeting', ...rest }: Version) => {
  const { text = 'case.calendarInvitation', coordinator = 'kim-minji' } = rest;
  const own = text.startsWith('case.calendar') ? 'calendar/meeting' : '0';
  return plan(office.db, {
    key: `${caseId}/${sequence + 5}/${own}/${recipient}`,
    event_number: sequence + 5,
    text,
    recipient,
    calendar: JSON.stringify({ method, uid: `${entry}@entente`, sequence, entry: entryOf(entry), to: recipient }),
    facts: { entry: entry, from: '2019-03-24', until: '2019-03-24', days: 1, coordinator: `person/${coordinator}` },
  });
};

const send = async (input: Version) => {
  const key = await version(input);
  return { key, ended: await attemptOf(office.worker(), key) };
};

/** The case says that these are invited to its meeting. */
const kept = (attendees: readonly string[]) =>
  office.db
    .updateTable('cases')
    .set({
      state: JSON.stringify({
        calendarEntries: {
          meeting: { entry: { ...entryOf('meeting'), attendees }, withdrawn: attendees.length === 0 },
        },
      }),
    })
    .where('id', '=', caseId)
    .execute();

function mailOf(key: string) {
  const mail = office.mailbox.messages().find(({ messageId }) => messageId === messageIdOf(key, sender));
  const attached = mail?.attachments.find(({ contentType }) => contentType === 'text/calendar');
  const calendar = attached && new ICAL.Component(ICAL.parse(attached.content.toString()) as unknown[]);
  return { to: mail?.envelope.to, event: calendar?.getFirstSubcomponent('vevent') };
}

/** Who invites whom, and what they are asked, as a parser that is not ours reads it. */
function rolesIn(key: string) {
  const { to, event } = mailOf(key);
  return {
    to,
    organizer: event?.getFirstPropertyValue('organizer'),
    attendees: event?.getAllProperties('attendee').map((each) => ({
      address: String(each.getFirstValue()).toLowerCase(),
      partstat: each.getParameter('partstat'),
      rsvp: each.getParameter('rsvp'),
    })),
  };
}

describe.each(['meeting', 'signing', 'leg-1', 'appointment', 'workshop', 'edition'])('an entry of a %s', (entry) => {
  it.each([
    ['the coordinator', 'person/kim-minji', 'kim-minji@example.org'],
    ['the contact of an agency', 'agency/klid', 'lee-jiho@example.org'],
    ['an agency by its mailbox', 'agency/mayor', 'info@mayor.example.org'],
    ['somebody of the other side', 'person/park-chief', 'park-chief@example.org'],
  ])(
    'goes from the sender to %s as attendee, and asks for an answer until it is off',
    async (_, recipient, address) => {
      const invited = await send({ recipient, entry });
      expect(rolesIn(invited.key)).toEqual({
        to: [address],
        organizer: `mailto:${sender.address}`,
        attendees: [{ address: `mailto:${address}`, partstat: 'NEEDS-ACTION', rsvp: 'TRUE' }],
      });
      const off = await send({ recipient, entry, sequence: 1, method: 'CANCEL', text: 'case.calendarCancellation' });
      expect(rolesIn(off.key)).toEqual({
        to: [address],
        organizer: `mailto:${sender.address}`,
        attendees: [{ address: `mailto:${address}`, partstat: undefined, rsvp: undefined }],
      });
    },
  );
});

describe('the address of an invitation', () => {
  const pages = { url: 'https://entente.example.org', key: 'a key of tests' };
  const addressesIn = (key: string) =>
    office.mailbox
      .messages()
      .filter(({ messageId }) => messageId === messageIdOf(key, sender))
      .map(({ text }) => /https:\/\/entente\.example\.org\/a\/[A-Za-z0-9_-]{32}(?!\S)/.exec(text)?.[0]);
  const sent = async (input: Version) => {
    const key = await version(input);
    await attemptOf(office.worker({ answerPages: pages }), key);
    return addressesIn(key);
  };

  it('stands in each that asks somebody to attend, another in each version, and in none that takes it off', async () => {
    const [first] = await sent({ recipient: 'agency/klid' });
    const [second] = await sent({ recipient: 'agency/klid', sequence: 1 });
    expect([typeof first, typeof second, first === second]).toEqual(['string', 'string', false]);
    const off = { sequence: 2, method: 'CANCEL', text: 'case.calendarCancellation' } as const;
    expect(new Set(await sent({ recipient: 'agency/klid', ...off }))).toEqual(new Set([undefined]));
  });

  it('is nobody’s where an agency is known by its mailbox alone', async () => {
    expect(new Set(await sent({ recipient: 'agency/mayor' }))).toEqual(new Set([undefined]));
  });
});

describe('whoever organises an entry', () => {
  it('is the same after the coordinator has changed', async () => {
    await send({ recipient: 'agency/klid' });
    const { key } = await send({ recipient: 'agency/klid', sequence: 1, coordinator: 'park-chief' });
    expect(rolesIn(key).organizer).toBe(`mailto:${sender.address}`);
  });

  it('stays who it was in an entry that went out under the coordinator, as up to 0.2.1', async () => {
    const { key: first } = await send({ recipient: 'agency/klid' });
    const earlier = invitationOf({
      uid: 'meeting@entente',
      sequence: 0,
      withdrawn: false,
      entry: entryOf('meeting'),
      stamp: '2018-11-30T00:00:00.000Z',
      caseId,
      organizer: {
        name: 'Kim, Min-ji 김민지 · MOIS International Cooperation Division',
        address: 'kim@mois.example.org',
      },
      attendee: { name: '', address: 'lee-jiho@example.org' },
    });
    await office.db.updateTable('messages').set({ body_calendar: earlier }).where('key', '=', first).execute();
    const { key } = await send({ recipient: 'agency/klid', sequence: 1 });
    expect(rolesIn(key).organizer).toBe('mailto:kim@mois.example.org');
  });

  it('stays when mail is sent from another address', async () => {
    await send({ recipient: 'agency/klid' });
    const key = await version({ recipient: 'agency/klid', sequence: 1 });
    await attemptOf(office.worker({ mailFrom: 'Entente <other@example.org>' }), key);
    const row = await rowOf(office.db, key);
    expect(row.body_calendar).toContain(`:mailto:${sender.address}`);
  });
});

describe('one person gets one letter with an entry', () => {
  const arranged = { recipient: 'agency/klid', text: 'mou.signingArranged' };
  const byName = { recipient: 'person/lee-jiho' };

  it.each([
    ['the letter first', [arranged, byName]],
    ['the entry first', [byName, arranged]],
  ])('when they are invited as a contact and by name, %s', async (_, versions) => {
    const keys = await Promise.all(versions.map(version));
    for (const key of keys) await attemptOf(office.worker(), key);
    const rows = await Promise.all(keys.map((key) => rowOf(office.db, key)));
    const ended = Object.fromEntries(rows.map(({ text, state }) => [text, state]));
    expect(ended).toEqual({ 'mou.signingArranged': 'sent', 'case.calendarInvitation': 'withdrawn' });
    expect(rows.filter(({ body_calendar }) => body_calendar !== null)).toHaveLength(1);
  });

  it('and of two letters with words of their own, one carries it', async () => {
    const letter = { ...byName, text: 'mou.signingPostponed' };
    const [first, second] = [await send(arranged), await send(letter)];
    expect([first.ended, second.ended]).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
    expect([mailOf(first.key).event, mailOf(second.key).event].filter(Boolean)).toHaveLength(1);
  });

  it('and keeps it while they are invited in another way', async () => {
    await send(arranged);
    await send(byName);
    await kept(['agency/klid']);
    const { ended } = await send({ ...byName, sequence: 1, method: 'CANCEL', text: 'case.calendarCancellation' });
    expect(ended).toEqual({
      state: 'withdrawn',
      why: 'They keep the entry, since they are invited as agency/klid too.',
    });
    await kept([]);
    const off = await send({ ...arranged, sequence: 2, method: 'CANCEL', text: 'case.calendarCancellation' });
    expect(off.ended).toMatchObject({ state: 'sent' });
  });
});
