import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signingKey } from '../../client/proofs.ts';
import { entente, mainWith, type Outcome } from '../client/command-line.ts';
import type { Register } from '../client/register.ts';
import { sayTakenUnproved } from '../../database/beside-cases.ts';

/** How a key takes the place of another at a terminal, and what each has proved; in the register of the proofs of commands. */
export function describeRotatedKeys(here: () => Register): void {
  describe('a key at a terminal', () => {
    const folder = mkdtempSync(join(tmpdir(), 'entente-rotated-'));
    const [file, next] = [join(folder, 'kim-minji.pem'), join(folder, 'kim-minji.next.pem')];
    const given = (...words: readonly string[]): Promise<Outcome> =>
      mainWith(words, { ...here().env, ENTENTE_KEYS_FOLDER: folder, ENTENTE_AS: 'kim-minji' });
    const newPem = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const idIn = (path: string): string => signingKey(readFileSync(path, 'utf8')).id;
    const rotate = () => given('keys', 'rotate');
    let days = 0;
    const dayOff = () => {
      days += 1;
      const day = `2028-05-${String(days).padStart(2, '0')}`;
      return given('calendar', 'override', 'add', 'KR', day, '--closed', '--note', 'x');
    };
    const used = async (...words: readonly string[]): Promise<readonly Record<string, unknown>[]> =>
      JSON.parse((await given('keys', 'used', '-o', 'json', ...words)).out);
    const listed = async (id: string) => {
      const keys: readonly { readonly id: string }[] = JSON.parse((await given('keys', 'list', '-o', 'json')).out);
      return keys.find((key) => key.id === id);
    };

    beforeAll(async () => {
      await sayTakenUnproved(here().db, 'nobody');
      writeFileSync(file, newPem(), { mode: 0o600 });
      const { id, publicKey } = signingKey(readFileSync(file, 'utf8'));
      const span = { from_at: '2026-01-01', until_at: '2040-01-01' };
      await here()
        .db.insertInto('proof_keys')
        .values({ id, public_key: publicKey, owner: 'person', person: 'kim-minji', place: 'laptop', ...span })
        .execute();
    });
    afterAll(async () => {
      await sayTakenUnproved(here().db, 'operators');
      rmSync(folder, { recursive: true });
    });

    it('gives its place to another in one step, up to the same day; what it has proved stays proved', async () => {
      const old = idIn(file);
      expect(await dayOff()).toMatchObject({ code: 0 });
      expect(await rotate()).toMatchObject({ code: 0, err: expect.stringContaining('has taken the place') });
      const now = idIn(file);
      expect([now === old, existsSync(next), statSync(file).mode & 0o777]).toEqual([false, false, 0o600]);
      expect(await listed(old)).toMatchObject({ isGood: false, used: 2, revokedAt: null });
      expect(await listed(now)).toMatchObject({
        isGood: true,
        used: 0,
        place: 'laptop',
        until: '2040-01-01T00:00:00.000Z',
      });
      expect(await dayOff()).toMatchObject({ code: 0 });
      expect((await used(now)).map(({ command }) => command)).toEqual(['calendar override']);
      expect((await used(old)).map(({ command, says }) => [command, says])).toEqual([
        ['keys rotate', `by key ${now}`],
        ['calendar override', 'KR'],
      ]);
    });

    it('rotated by several at the same instant leaves one that is good, and that is in its file', async () => {
      expect(await Promise.all([rotated(), rotated(), rotated()])).toEqual([0, 0, 0]);
      const good = await here()
        .db.selectFrom('proof_keys')
        .select('id')
        .where('place', '=', 'laptop')
        .where('until_at', '>', sql<string>`clock_timestamp()`)
        .execute();
      expect([good.map(({ id }) => id), existsSync(next)]).toEqual([[idIn(file)], false]);
      expect(await dayOff()).toMatchObject({ code: 0 });
    });

    /** By a process of its own. */
    const rotated = async (): Promise<number | null> =>
      (await entente(['keys', 'rotate', '--as', 'kim-minji'], { ...here().env, ENTENTE_KEYS_FOLDER: folder })).code;

    it('is good, or the one that takes its place is, whenever whoever rotates it is killed', async () => {
      const [old, oldPem, pem] = [idIn(file), readFileSync(file, 'utf8'), newPem()];
      // Before the register heard of it.
      writeFileSync(next, pem, { mode: 0o600 });
      expect(await dayOff()).toMatchObject({ code: 0 });
      expect((await used(old))[0]).toMatchObject({ command: 'calendar override' });
      expect([(await rotate()).code, idIn(file)]).toEqual([0, signingKey(pem).id]);
      // After that, and before it took the file.
      renameSync(file, next);
      writeFileSync(file, oldPem, { mode: 0o600 });
      expect(await dayOff()).toMatchObject({ code: 0 });
      expect((await used(signingKey(pem).id))[0]).toMatchObject({ command: 'calendar override' });
      expect([(await rotate()).code, idIn(file), existsSync(next)]).toEqual([0, signingKey(pem).id, false]);
      expect(await dayOff()).toMatchObject({ code: 0 });
    });

    it('is not rotated by whoever has none, or one that is over: nothing is stored', async () => {
      const count = async () => (await here().db.selectFrom('proof_keys').select('id').execute()).length;
      const before = await count();
      const other = await mainWith(['keys', 'rotate', '--as', 'park-jisoo'], {
        ...here().env,
        ENTENTE_KEYS_FOLDER: folder,
      });
      expect([other.code, other.err]).toEqual([2, expect.stringContaining('has not logged in at this computer')]);
      await given('keys', 'revoke', idIn(file), '--reason', 'lost');
      const revoked = await rotate();
      expect([revoked.code, revoked.err]).toEqual([3, expect.stringContaining('was revoked; log in again')]);
      expect(await count()).toBe(before);
      expect((await dayOff()).err).toContain('was revoked; log in again');
    });

    it('is listed with what it proved, by pages, as JSON and as CSV, of a key and of a person', async () => {
      const all = await used('--by', 'kim-minji', '--limit', '1000');
      expect(all.filter(({ caseId }) => caseId === 'action/a1')).toMatchObject([
        { command: 'note', place: 'pages', by: 'kim-minji', says: expect.stringContaining('seen') },
        { command: 'note', place: 'desk', by: 'kim-minji', says: expect.stringContaining('seen') },
      ]);
      const first = await given('keys', 'used', '--by', 'kim-minji', '--limit', '3', '-o', 'csv');
      expect(first.out.split('\r\n')[0]).toMatch(/when,who,key,command,case,what/);
      const seen: unknown[] = [];
      for (let after: string | undefined; ; ) {
        const page = await given(
          'keys',
          'used',
          '--by',
          'kim-minji',
          '--limit',
          '3',
          '-o',
          'json',
          ...(after ? ['--after', after] : []),
        );
        seen.push(...JSON.parse(page.out));
        // What is said names the words of this process, not of the command.
        after = / --after '?([^\s']+)/.exec(page.err)?.[1];
        if (after === undefined) break;
      }
      expect(seen).toEqual(all);
      const wrong = [['f'.repeat(15)], ['--by', 'nobody'], [], ['--by', 'kim-minji', '--after', 'x']];
      for (const words of wrong)
        expect([words, (await given('keys', 'used', ...words)).code]).toEqual([words, words.length === 0 ? 2 : 3]);
    });

    it('whose signature on record is not its own is shown as such', async () => {
      await sql`update commands set proof = replace(proof, '.', 'A.') where command_id = 'n1'`.execute(here().db);
      const { out } = await given('keys', 'used', '--by', 'kim-minji', '--limit', '1000', '-o', 'csv');
      expect(out.match(/NOT SIGNED WITH THIS KEY/g)).toHaveLength(1);
    });
  });
}
