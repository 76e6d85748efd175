import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { importDirectory } from '../../database/directory.ts';
import type { Database } from '../../database/schema.ts';

const entry = (fields: Readonly<Record<string, unknown>>) => ({ fields, file: 'test', line: 1 });

const person = (id: string, agency: string, more: Readonly<Record<string, unknown>> = {}) =>
  entry({ id, name: `The ${id}`, agency, email: `${id}@${agency}.example.org`, ...more });

/** KLID with its contact and mailbox, a silent agency without either, and people above and beside each other. */
export async function fillDirectory(db: Kysely<Database>): Promise<void> {
  await sql`truncate absences, bounces, people, agencies, countries cascade`.execute(db);
  await importDirectory(db, {
    countries: [
      entry({ code: 'KR', name: 'Korea', zone: 'Asia/Seoul', language: 'ko' }),
      entry({ code: 'GR', name: 'Greece', zone: 'Europe/Athens', language: 'el' }),
    ],
    agencies: [
      entry({ id: 'klid', country: 'KR', name: 'KLID', email: 'office@klid.example.org', contact: 'contact' }),
      entry({ id: 'silent', country: 'KR', name: 'An agency without a mailbox' }),
      entry({ id: 'mar', country: 'GR', name: 'MAR', email: 'office@mar.example.org' }),
    ],
    people: [
      person('contact', 'klid', { superior: 'chief' }),
      person('colleague', 'klid', { superior: 'chief' }),
      person('third', 'klid'),
      person('chief', 'klid'),
      person('lonely', 'silent', { superior: 'boss' }),
      person('boss', 'silent'),
      person('coordinator', 'mar'),
      person('mute', 'silent', { email: undefined }),
      person('several', 'klid', {
        email: undefined,
        addresses: ['several@klid.example.org', 'Second@klid.example.org'],
      }),
    ],
  });
}
