import ICAL from 'ical.js';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { messageIdOf } from '../../../activities/mail/identity.ts';
import { recordAbsence } from '../../../database/people/absences.ts';
import { attemptOf, caseId, mailFrom, openPostOffice, plan, type PostOffice, rowOf } from './post-office.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());
afterEach(() => sql`truncate absences, messages`.execute(office.db));

const sender = { name: '', address: mailFrom.split(/[<>]/)[1] ?? '' };
const entry = { name: 'meeting', summary: 'Second meeting', from: '2019-03-24', to: '2019-03-24', attendees: [] };

/** A version of the entry for KLID, whose contact is Lee Jiho. */
const version = (sequence: number, method = 'REQUEST', recipient = 'agency/klid') =>
  plan(office.db, {
    key: `${caseId}/${sequence}/calendar/meeting/${recipient}`,
    text: 'case.calendarInvitation',
    recipient,
    calendar: JSON.stringify({ method, uid: 'meeting@entente', sequence, entry, to: recipient }),
    facts: { entry: entry.summary, from: entry.from, until: entry.to, days: 1 },
  });
const away = () =>
  recordAbsence(
    office.db,
    { person: 'lee-jiho', from: '2018-11-28', until: '2018-12-03', standIn: 'kim-minji' },
    'kim-minji',
  );
const send = async (key: string) => (await attemptOf(office.worker(), key)) as { follow?: readonly string[] };

/** Of one mail: to whom, and what it does to their calendar. */
function mailOf(key: string) {
  const mail = office.mailbox.messages().find(({ messageId }) => messageId === messageIdOf(key, sender));
  const attached = mail?.attachments.find(({ contentType }) => contentType === 'text/calendar');
  const calendar = new ICAL.Component(ICAL.parse(attached?.content.toString() ?? '') as unknown[]);
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
  const method = String(calendar.getFirstPropertyValue('method'));
  return { to: mail?.envelope.to, subject: mail?.subject, method, uid: event.uid, sequence: event.sequence };
}

it('an entry is taken out of the calendar of a stand-in when the person meant is back, and asked twice only once', async () => {
  await away();
  expect((await send(await version(0))).follow).toBeUndefined();
  await sql`truncate absences`.execute(office.db);
  const changed = await version(1);
  const [returned = ''] = (await send(changed)).follow ?? [];
  expect(mailOf(changed)).toMatchObject({ to: ['lee-jiho@example.org'], method: 'REQUEST', sequence: 1 });
  expect((await send(changed)).follow).toEqual([returned]);
  expect(await send(returned)).toMatchObject({ state: 'sent' });
  expect(await send(returned)).toMatchObject({ state: 'sent' });
  expect(mailOf(returned)).toEqual({
    to: ['kim-minji@example.org'],
    subject: expect.stringContaining('No longer in your hands: Second meeting'),
    method: 'CANCEL',
    uid: 'meeting@entente',
    sequence: 1,
  });
  expect(await rowOf(office.db, returned)).toMatchObject({
    recipient: 'agency/klid',
    person: 'kim-minji',
    body_text: expect.stringContaining('in place of KLID 한국지역정보개발원, who is'),
  });
  expect((await send(await version(2))).follow).toBeUndefined();
});

it('a stand-in who is invited as well keeps the entry', async () => {
  await away();
  await send(await version(0));
  await send(await version(0, 'REQUEST', 'person/kim-minji'));
  await sql`truncate absences`.execute(office.db);
  expect((await send(await version(1))).follow).toBeUndefined();
});

it('when it is called off, a stand-in who has it hears just that', async () => {
  await away();
  await send(await version(0));
  await sql`truncate absences`.execute(office.db);
  const [returned = ''] = (await send(await version(1, 'CANCEL'))).follow ?? [];
  await send(returned);
  expect(mailOf(returned).subject).toContain('Cancelled: Second meeting');
});
