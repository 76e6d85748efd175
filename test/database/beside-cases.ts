import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import { overrideAsChange } from '../../client/overrides.ts';
import { signed, type SigningKey } from '../../client/proofs.ts';
import type { ToProve } from '../../domain/case/proof.ts';
import { connect } from '../../database/connect.ts';
import { doorName, keepLink } from '../../database/answer-links.ts';
import { putStatement, sayTakenUnproved } from '../../database/beside-cases.ts';
import { wholeDigestOf } from '../../database/digest.ts';
import { refuseBesideCases } from '../../database/people.ts';
import { inTransaction } from '../../database/transaction.ts';
import { besideCases } from '../../domain/directory-command.ts';
import type { Register } from '../client/register.ts';

interface Here {
  readonly register: Register;
  /** Of kim-minji, as the register knows. */
  readonly hers: SigningKey;
  readonly pages: SigningKey;
}

const day = { date: '2027-03-08', kind: 'office closed', note: 'proclaimed' } as const;

/** How what is done beside the cases is proved, in the register of the proofs of commands. */
export function describeBesideCases(here: () => Here): void {
  const clients: Entente[] = [];
  const client = (keysOf?: (person: string) => readonly SigningKey[]): Entente => {
    const { urls } = here().register;
    const entente = connectEntente({
      databaseUrl: () => urls.databaseUrl,
      databaseReaderUrl: () => urls.databaseReaderUrl,
      temporal: () => ({ connectionOptions: { address: '127.0.0.1:1' }, namespace: 'default' }),
      keysOf,
    });
    clients.push(entente);
    return entente;
  };
  const withHerKey = () => client((person) => (person === 'kim-minji' ? [here().hers] : []));
  const onRecord = async () =>
    (await here().register.db.selectFrom('done_beside_cases').selectAll().orderBy('at').execute()).map(
      ({ command, about, by, proved, key }) => ({ command, about, by, proved, key }),
    );
  const taken = (whose: 'operators' | 'nobody') => sayTakenUnproved(here().register.db, whose);

  describe('what is done beside the cases', () => {
    beforeAll(async () => {
      await here().register.db.deleteFrom('done_beside_cases').execute();
      await taken('nobody');
    });
    afterAll(async () => {
      await taken('operators');
      await Promise.all(clients.map((each) => each.close()));
    });

    it('is taken with the key of whoever does it, and the record has the proof; without, nothing is stored', async () => {
      const without = client();
      await expect(without.addCalendarOverride('KR', day, 'kim-minji')).rejects.toMatchObject({
        code: 'NotProved',
        message: expect.stringContaining('./entente login'),
      });
      await expect(without.addCalendarOverride('KR', day)).rejects.toMatchObject({ code: 'NotProved' });
      await expect(without.previews.of(overriding(), nextYear())).rejects.toMatchObject({ code: 'NotProved' });
      expect([await without.calendarOverrides(), await onRecord()]).toEqual([[], []]);
      const signing = withHerKey();
      await signing.previews.of(overriding(), nextYear());
      await signing.addCalendarOverride('KR', day, 'kim-minji');
      const kept = { command: 'calendar override', about: 'KR', by: 'kim-minji' };
      expect(await onRecord()).toEqual([{ ...kept, proved: true, key: here().hers.id }]);
      await expect(signing.addCalendarOverride('XX', day, 'kim-minji')).rejects.toMatchObject({
        code: 'UnknownCountry',
      });
      expect((await signing.besideCases.list()).rows).toMatchObject([{ ...kept, proved: true, provedAt: 'desk' }]);
    });

    it.each<[string, Partial<ToProve>, RegExp]>([
      ['another id', { id: 'b2' }, /another command’s id/],
      ['a case', { case: 'action/a1' }, /for another case, action\/a1/],
      ['something else', { command: 'role give' }, /for another command, role give/],
      ['other fields', { body: { by: 'kim-minji', place: 'GR' } }, /of other fields/],
    ])('is refused with a proof of %s', async (_, of, because) => {
      const said = {
        id: 'b1',
        case: besideCases,
        command: 'calendar override',
        body: { by: 'kim-minji', place: 'KR' },
      };
      const proof = await signed(here().hers, { ...said, ...of });
      expect(await atTheDoor('b1', proof)).toMatch(because);
    });

    it('is done by a statement once', async () => {
      const body = { by: 'kim-minji', place: 'KR' };
      const proof = await signed(here().hers, { id: 'b3', case: besideCases, command: 'calendar override', body });
      expect(await atTheDoor('b3', proof)).toBe('taken');
      expect(await atTheDoor('b3', proof)).toMatch(/^AlreadyDone/);
    });

    it('is taken of the pages for whoever is signed in there, and for nobody else', async () => {
      const { register, pages } = here();
      const hash = 'b'.repeat(64);
      const message = doorName('00000000-0000-4000-8000-000000000001', besideCases);
      const link = { hash, message, person: 'kim-minji', address: 'kim@klid.example.org', code_key: null };
      await keepLink(register.db, { ...link, case_id: besideCases, deadline: '', version: 0, level: null });
      const body = { by: 'kim-minji', place: 'KR' };
      const said = (id: string) => ({ id, case: besideCases, command: 'calendar override', body });
      const [id, stranger] = [`link-${hash}-f1`, `link-${'c'.repeat(64)}-f1`];
      expect(await atTheDoor(stranger, await signed(pages, said(stranger), 'session'))).toMatch(
        /no letter and no session/,
      );
      expect(await atTheDoor(id, await signed(pages, said(id), 'session'))).toBe('taken');
    });

    it('needs no proof to take a key away: whoever has lost it cannot sign that', async () => {
      const { db } = here().register;
      const lost = { id: 'f'.repeat(16), public_key: 'F'.repeat(43), owner: 'person', person: 'kim-minji' } as const;
      await db
        .insertInto('proof_keys')
        .values({ ...lost, place: 'lost', from_at: '2026-01-01' })
        .execute();
      expect(await client().keys.revoke(lost.id, { by: 'kim-minji', why: 'lost' })).toBe(true);
      expect((await onRecord()).at(-1)).toMatchObject({ command: 'keys revoke', proved: false });
    });

    it('is tried as it would be done: a trial of a command says that it lacks a proof', async () => {
      const trial = (entente: Entente) => entente.wouldAccept('action/a1', 'note', { by: 'kim-minji', note: 'seen' });
      expect(await trial(client())).toMatchObject({ refused: 'NotProved' });
      expect(await trial(withHerKey())).toMatchObject({ wouldRecord: [expect.anything()] });
    });

    it('is taken unproved where workers say so, of operators alone', async () => {
      await taken('operators');
      const { db } = here().register;
      const adding = (by?: string) => client().addCalendarOverride('KR', { ...day, date: '2027-03-09' }, by);
      for (const by of ['kim-minji', undefined]) await expect(adding(by)).rejects.toMatchObject({ code: 'NotProved' });
      const role = {
        person: 'kim-minji',
        agency: 'klid',
        country: null,
        from_day: null,
        until_day: null,
        by: 'kim-minji',
      };
      await db
        .insertInto('roles')
        .values({ ...role, role: 'administrator' })
        .execute();
      await expect(adding('kim-minji')).rejects.toMatchObject({ code: 'NotProved' });
      await db
        .insertInto('roles')
        .values({ ...role, role: 'operator' })
        .execute();
      await adding('kim-minji');
      expect((await onRecord()).at(-1)).toMatchObject({ command: 'calendar override', proved: false, key: null });
      await db.deleteFrom('roles').execute();
      await taken('nobody');
    });

    it('begins with a directory that nobody can have signed', async () => {
      const { db } = here().register;
      const begun = inTransaction(db, async (trx) => {
        await sql`set constraints all deferred`.execute(trx);
        await sql`delete from people`.execute(trx);
        return (
          (await refuseBesideCases(trx, 'directory import', undefined)) ?? { refused: 'NotReady', because: 'taken' }
        );
      });
      expect(await begun).toMatchObject({ because: 'taken' });
    });
  });

  it('a key that nobody confirms goes when the next is made; one that was somebody’s cannot be taken away', async () => {
    const { db, urls } = here().register;
    const worker = connect(urls.databaseUrl);
    const waiting = { owner: 'person', place: 'somewhere' } as const;
    await db
      .insertInto('proof_keys')
      .values([
        { ...waiting, id: 'a'.repeat(16), public_key: 'A'.repeat(43), code: 'BBBB-BBBB', asked_at: '2026-01-01' },
        { ...waiting, id: 'b'.repeat(16), public_key: 'B'.repeat(43), code: 'CCCC-CCCC' },
      ])
      .execute();
    await client().keys.ask({ publicKey: 'C'.repeat(43), place: 'elsewhere', code: 'DDDD-DDDD' });
    const left = await db
      .selectFrom('proof_keys')
      .select('code')
      .where('from_at', 'is', null)
      .orderBy('code')
      .execute();
    expect(left.map(({ code }) => code)).toEqual(['CCCC-CCCC', 'DDDD-DDDD']);
    await expect(sql`delete from proof_keys where from_at is not null`.execute(worker)).rejects.toThrow('stay');
    await expect(sql`update done_beside_cases set "by" = 'x'`.execute(worker)).rejects.toThrow('permission denied');
    await worker.destroy();
  });

  const overriding = () => overrideAsChange('KR', day, 'kim-minji');
  const nextYear = () => ({
    from: new Date().toISOString(),
    until: new Date(Date.now() + 365 * 86_400_000).toISOString(),
  });

  /** Shows a proof at the door, with the fields that kim-minji signs. */
  const atTheDoor = (id: string, proof: string): Promise<string> =>
    inTransaction(here().register.db, async (trx) => {
      const digest = wholeDigestOf('calendar override', { by: 'kim-minji', place: 'KR' });
      await putStatement(trx, { id, command: 'calendar override', digest, proof });
      const refusal = await refuseBesideCases(trx, 'calendar override', 'kim-minji');
      return refusal ? `${refusal.refused}: ${refusal.because}` : 'taken';
    });
}
