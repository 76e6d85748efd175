import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newPem } from '../../client/proofs.ts';
import { registerOf } from '../../client/register.ts';
import { signingByStack } from '../../client/stack-keys.ts';
import type { Register } from '../client/register.ts';

/** The keys with which a stack of one's own signs. */
export function describeStackKeys(here: () => Register): void {
  const person = 'kim-minji';
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'entente-keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const keyOf = (of: string, register = registerOf(here().db)) => signingByStack(() => folder).stackKeyOf(of, register);
  const onRecord = async (id = '') =>
    here().db.selectFrom('proof_keys').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const setOf = (id: string | undefined, what: 'until_at' | 'revoked_at') =>
    here()
      .db.updateTable('proof_keys')
      .set({ [what]: sql<string>`clock_timestamp()` })
      .where('id', '=', id ?? '')
      .execute();

  describe('the key of a stack of one’s own', () => {
    it('is made once for somebody, and is good for a year', async () => {
      const key = await keyOf(person);
      expect(await keyOf(person)).toEqual(key);
      const { owner, person: whose, place, from_at, until_at } = await onRecord(key?.id);
      expect({ owner, whose, place }).toEqual({
        owner: 'person',
        whose: person,
        place: expect.stringMatching(/^the stack at ./),
      });
      expect(Math.round((Date.parse(until_at ?? '') - Date.parse(from_at ?? '')) / 86_400_000)).toBe(365);
    });

    it('is one, by however many it is asked for at the same instant', async () => {
      const keys = await Promise.all(Array.from({ length: 20 }, () => keyOf(person)));
      expect(new Set(keys.map((key) => key?.id)).size).toBe(1);
      // Another one may be left, to take its place once it is over.
      expect(readdirSync(folder)).toContain(`${person}.pem`);
    });

    it('is that of whoever was faster in the meantime', async () => {
      const register = registerOf(here().db);
      let faster: Awaited<ReturnType<typeof keyOf>>;
      const slow: typeof register = {
        ...register,
        ask: async (question) => {
          const answer = await register.ask(question);
          faster ??= await keyOf(person);
          return answer;
        },
      };
      expect(await keyOf(person, slow)).toEqual(faster);
    });

    it('is made anew once it is over, or of another register', async () => {
      const first = await keyOf(person);
      await setOf(first?.id, 'until_at');
      const second = await keyOf(person);
      expect(second?.id).not.toBe(first?.id);
      writeFileSync(join(folder, `${person}.pem`), newPem(), { mode: 0o600 });
      const third = await keyOf(person);
      expect([first?.id, second?.id]).not.toContain(third?.id);
      expect((await onRecord(third?.id)).person).toBe(person);
      expect(await keyOf(person)).toEqual(third);
    });

    it('that was revoked stays: nothing takes its place in silence', async () => {
      const key = await keyOf(person);
      await setOf(key?.id, 'revoked_at');
      expect(await keyOf(person)).toEqual(key);
    });

    it('goes on being made by the next one where somebody was killed before the register heard of it', async () => {
      const killed = () => Promise.reject(new Error('killed'));
      await expect(keyOf(person, { ...registerOf(here().db), change: killed })).rejects.toThrow('killed');
      expect(readdirSync(folder)).toEqual([`${person}.next.pem`]);
      const key = await keyOf(person);
      expect((await onRecord(key?.id)).person).toBe(person);
      expect(readdirSync(folder)).toEqual([`${person}.pem`]);
    });

    it.each(['nobody-here', '../climbing'])(
      'is not made for %s, whom the directory does not know',
      async (stranger) => {
        expect(await keyOf(stranger)).toBeUndefined();
        expect(readdirSync(folder)).toEqual([]);
      },
    );
  });
}
