import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Addressee, addresseeOf } from '../../database/addressee.ts';
import { namesIn } from '../../database/names.ts';
import { recordAbsence } from '../../database/people/absences.ts';
import type { Recipient } from '../../domain/case/recipients.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { type Register, startRegister } from '../client/register.ts';
import { fillDirectory } from './people-directory.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
});
afterAll(() => register?.stop());
beforeEach(() => fillDirectory(register.db));

const noon = (day: string) => `${day}T03:00:00.000Z`;

/** Who is written to, and for whom: `colleague@klid.example.org for contact`. */
async function reader(recipient: Recipient, at = noon('2026-03-04')): Promise<string> {
  const found = await addresseeOf(register.db, recipient, { at, coordinator: 'coordinator' });
  if ('nobody' in found) return found.nobody;
  return `${found.address}${found.insteadOf ? ` for ${found.insteadOf.person}` : ''}`;
}

async function away(person: string, standIn: string, from = '2026-03-02', until = '2026-03-06'): Promise<void> {
  const outcome = await recordAbsence(register.db, { person, from, until, standIn }, 'coordinator');
  if (isRefusal(outcome)) throw new Error(outcome.because);
}

const left = (person: string, on = '2026-03-01') =>
  register.db.updateTable('people').set({ left_on: on }).where('id', '=', person).execute();

const bounces = (address: string) =>
  sql`insert into bounces (address, by, why) values (${address.toLowerCase()}, 'entente', '550')`.execute(register.db);

describe('while somebody is away', () => {
  it('the stand-in gets what is meant for them, in person, as an agency’s contact and as a superior', async () => {
    await away('contact', 'colleague');
    await away('chief', 'third');
    expect(await reader('person/contact')).toBe('colleague@klid.example.org for contact');
    expect(await reader('agency/klid')).toBe('colleague@klid.example.org for contact');
    expect(await reader('superior-of/person/contact')).toBe('third@klid.example.org for chief');
  });

  it('the message says until when, and that they were asked to stand in', async () => {
    await away('contact', 'colleague');
    const found = (await addresseeOf(register.db, 'person/contact', { at: noon('2026-03-04') })) as Addressee;
    expect(found).toMatchObject({ person: 'colleague', name: 'The colleague', zone: 'Asia/Seoul' });
    expect(found.insteadOf).toEqual({
      person: 'contact',
      name: 'The contact',
      why: 'away',
      day: '2026-03-06',
      standsIn: true,
    });
  });

  it('they are written to by their own office, and the coordinator signs with theirs', async () => {
    await register.db.updateTable('people').set({ office: 'Director' }).where('id', '=', 'colleague').execute();
    await away('contact', 'colleague');
    const found = await addresseeOf(register.db, 'person/contact', { at: noon('2026-03-04') });
    expect(found).toMatchObject({ name: 'The colleague', office: 'Director' });
    const named = (await namesIn(register.db, { coordinator: 'person/colleague' })).get('person/colleague');
    expect(named).toMatchObject({ name: 'The colleague', office: 'Director', agency: expect.any(String) });
  });

  it.each([
    ['2026-03-01T14:59:59.000Z', 'contact@klid.example.org'],
    ['2026-03-01T15:00:00.000Z', 'colleague@klid.example.org for contact'],
    ['2026-03-06T14:59:59.000Z', 'colleague@klid.example.org for contact'],
    ['2026-03-06T15:00:00.000Z', 'contact@klid.example.org'],
  ])('the days are those of their zone: at %s it goes to %s', async (at, expected) => {
    await away('contact', 'colleague');
    expect(await reader('person/contact', at)).toBe(expected);
  });

  it('and the stand-in is away too, it goes on to who stands in for them', async () => {
    await away('contact', 'colleague');
    await away('colleague', 'third', '2026-03-03', '2026-03-04');
    expect(await reader('person/contact')).toBe('third@klid.example.org for contact');
    expect(await reader('person/colleague')).toBe('third@klid.example.org for colleague');
    expect(await reader('person/contact', noon('2026-03-05'))).toBe('colleague@klid.example.org for contact');
  });

  it('and nobody who stands in is there, the agency’s mailbox gets it, else the coordinator, else they themselves', async () => {
    await away('contact', 'colleague');
    await away('lonely', 'boss');
    await left('boss');
    await left('colleague');
    await register.db.updateTable('people').set({ superior: null }).where('id', '=', 'colleague').execute();
    expect(await reader('person/contact')).toBe('office@klid.example.org for contact');
    expect(await reader('person/lonely')).toBe('coordinator@mar.example.org for lonely');
    await left('coordinator');
    expect(await reader('person/lonely')).toBe('lonely@silent.example.org');
  });

  it('a loop that got into the register by itself ends with somebody', async () => {
    await away('contact', 'colleague');
    await sql`insert into absences (person, from_day, until_day, stand_in, by)
      values ('colleague', '2026-03-01', '2026-03-31', 'contact', 'test')`.execute(register.db);
    expect(await reader('person/contact')).toBe('office@klid.example.org for contact');
  });
});

describe('of who has left', () => {
  it('the agency’s contact gets the mail; the contact’s own goes to the mailbox, and in person to the superior', async () => {
    await left('colleague');
    expect(await reader('person/colleague')).toBe('contact@klid.example.org for colleague');
    await left('contact');
    expect(await reader('agency/klid')).toBe('office@klid.example.org');
    expect(await reader('person/contact')).toBe('chief@klid.example.org for contact');
  });

  it('mail goes up the line over superiors who have left, else to the mailbox, the coordinator, or nobody', async () => {
    await left('lonely');
    expect(await reader('person/lonely')).toBe('boss@silent.example.org for lonely');
    await left('boss');
    expect(await reader('person/lonely')).toBe('coordinator@mar.example.org for lonely');
    await left('coordinator');
    expect(await reader('person/coordinator')).toBe('office@mar.example.org for coordinator');
    expect(await reader('person/lonely')).toMatch(/left the service on 2026-03-01/);
  });

  it('nothing changes before their last day is over', async () => {
    await left('colleague', '2026-03-05');
    expect(await reader('person/colleague')).toBe('colleague@klid.example.org');
    expect(await reader('person/colleague', noon('2026-03-05'))).toBe('contact@klid.example.org for colleague');
  });
});

describe('an address that bounces', () => {
  it('is passed over for the next one, whatever its letters', async () => {
    expect(await reader('person/several')).toBe('several@klid.example.org');
    await bounces('several@klid.example.org');
    expect(await reader('person/several')).toBe('Second@klid.example.org');
    const names = await namesIn(register.db, { who: 'person/several' });
    expect(names.get('person/several')?.address).toBe('Second@klid.example.org');
    await bounces('Second@klid.example.org');
    expect(await reader('person/several')).toMatch(/comes back from every address/);
  });

  it('of an agency’s contact leaves the mailbox', async () => {
    await bounces('contact@klid.example.org');
    expect(await reader('agency/klid')).toBe('office@klid.example.org');
    await bounces('office@klid.example.org');
    expect(await reader('agency/klid')).toMatch(/comes back from every address/);
  });

  it('of a stand-in leaves the agency’s mailbox', async () => {
    await away('contact', 'colleague');
    await bounces('colleague@klid.example.org');
    expect(await reader('person/contact')).toBe('office@klid.example.org for contact');
  });
});
