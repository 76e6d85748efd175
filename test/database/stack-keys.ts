import { copyFileSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newPem } from '../../client/proofs.ts';
import { connectEntente } from '../../client/client.ts';
import { registerOf } from '../../client/register.ts';
import { signingByStack } from '../../client/stack-keys.ts';
import { readKeyOf } from '../../client/key-files.ts';
import { mainWith } from '../client/command-line.ts';
import type { Register } from '../client/register.ts';
import { type StackBeside, stackBeside } from '../client/stack-beside.ts';

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

  describe('a trial beside a stack of one’s own', () => {
    const tried = async () => {
      const { urls } = here();
      const entente = connectEntente({
        databaseUrl: () => urls.databaseUrl,
        databaseReaderUrl: () => urls.databaseReaderUrl,
        temporal: () => ({ connectionOptions: { address: '127.0.0.1:1' }, namespace: 'default' }),
        ...signingByStack(() => folder),
      });
      try {
        return await entente.wouldAccept('action/a1', 'note', { by: person, note: 'seen' });
      } finally {
        await entente.close();
      }
    };
    const count = async () => (await here().db.selectFrom('proof_keys').select('id').execute()).length;

    it('makes no key where there is none, and says what the command would come to with the one that is made then', async () => {
      const before = await count();
      expect(await tried()).not.toHaveProperty('refused');
      expect([readdirSync(folder), await count()]).toEqual([[], before]);
    });

    it('is proved by the key that there is, and refused with one that was revoked', async () => {
      const key = await keyOf(person);
      expect(await tried()).not.toHaveProperty('refused');
      await setOf(key?.id, 'revoked_at');
      expect(await tried()).toMatchObject({ refused: 'NotProved', because: expect.stringContaining('was revoked') });
      expect(readdirSync(folder)).toEqual([`${person}.pem`]);
    });
  });

  describe('the key of a stack of one’s own, rotated', () => {
    let stack: StackBeside;
    beforeEach(() => {
      stack = stackBeside(here());
    });
    afterEach(() => stack.stop());

    const keyThere = () => signingByStack(() => stack.keys).stackKeyOf(person, registerOf(here().db));
    const rotate = () => mainWith(['keys', 'rotate', '--as', person], stack.env);

    it('gives its place to another, which is good for a year from then', async () => {
      const old = await keyThere();
      await here()
        .db.updateTable('proof_keys')
        .set({ until_at: sql<string>`clock_timestamp() + interval '3 days'` })
        .where('id', '=', old?.id ?? '')
        .execute();
      expect(await rotate()).toMatchObject({
        code: 0,
        err: expect.stringContaining(join(stack.keys, `${person}.pem`)),
      });
      const next = await keyThere();
      expect([next?.id === old?.id, readdirSync(stack.keys), readdirSync(stack.own)]).toEqual([
        false,
        [`${person}.pem`],
        [],
      ]);
      const { until_at: ended } = await onRecord(old?.id);
      const { person: whose, place, from_at, until_at } = await onRecord(next?.id);
      expect([whose, place]).toEqual([person, expect.stringMatching(/^the stack at ./)]);
      expect(Date.parse(ended ?? '')).toBeLessThanOrEqual(Date.parse(from_at ?? ''));
      expect(Math.round((Date.parse(until_at ?? '') - Date.parse(from_at ?? '')) / 86_400_000)).toBe(365);
    });

    it('is good, or the one that takes its place is, whenever whoever rotates it is killed', async () => {
      const old = await keyThere();
      const [file, next] = [join(stack.keys, `${person}.pem`), join(stack.keys, `${person}.next.pem`)];
      writeFileSync(next, newPem(), { mode: 0o600 });
      // Before the register heard of it.
      expect((await keyThere())?.id).toBe(old?.id);
      copyFileSync(file, join(folder, 'old'));
      expect(await rotate()).toMatchObject({ code: 0 });
      const now = readKeyOf(stack.keys, person);
      expect(now?.id).not.toBe(old?.id);
      // After that, and before it took the file.
      renameSync(file, next);
      copyFileSync(join(folder, 'old'), file);
      expect((await keyThere())?.id).toBe(now?.id);
      expect(readdirSync(stack.keys)).toEqual([`${person}.pem`]);
    });

    it('is left alone by whoever has logged in there, even with a key that is over', async () => {
      const kept = await keyThere();
      const own = await signingByStack(() => stack.own).stackKeyOf(person, registerOf(here().db));
      await setOf(own?.id, 'until_at');
      expect((await rotate()).code).toBe(3);
      expect((await keyThere())?.id).toBe(kept?.id);
    });

    it('is not made by it for whom the stack has never signed', async () => {
      writeFileSync(join(stack.own, `${person}.pem`), newPem(), { mode: 0o600 });
      const { code, err } = await rotate();
      expect([code, err]).toEqual([2, expect.stringContaining('has not logged in at this computer')]);
      expect(readdirSync(stack.keys)).toEqual([]);
    });
  });
}
