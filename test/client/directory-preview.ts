import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from './command-line.ts';

interface Shown {
  readonly case: string;
  readonly turn: string;
  readonly in: readonly [string | null, string | null];
}

/** Before a directory is imported, in a world in which KLID owes something in open actions and people read for it. */
export function describeDirectoryPreview(run: (...words: string[]) => Promise<Outcome>): void {
  describe('before a directory is imported', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'entente-directory-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const sheet = async (name: string, text: string) => {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    };
    const people = async () => (await run('directory', 'list', '--output', 'csv')).out;
    /** Somebody of GR comes to read for KLID, by their own clocks and hours. */
    const moved = () =>
      sheet(
        'moved.yaml',
        'agencies: [{ id: klid, country: KR, name: KLID, contact: han }]\npeople: [{ id: han, name: Han, agency: klid, email: han@klid.example.org, hours: 13:00-14:00 }]\n',
      );
    const preview = async (file: string, ...words: string[]) => run('directory', 'import', file, '--preview', ...words);

    it('what it makes different is shown, and nothing of it is on record', async () => {
      const before = await people();
      const { code, out, err } = await preview(await moved());
      expect([code, err]).toEqual([0, 'Nothing was done. The same with --yes does it.\n']);
      expect(out.replaceAll(/\s+/g, ' ')).toMatch(/what would be different in \d+ cases?: .*letters? /);
      const { out: json } = await preview(await moved(), '--output', 'json');
      const { differences } = JSON.parse(json) as { differences: readonly Shown[] };
      expect(differences.some(({ case: id, in: [is, then] }) => id === 'action/f1' && is !== then)).toBe(true);
      expect(await people()).toBe(before);
    });

    it('what is refused is refused as ever, with every fault', async () => {
      const faulty = await sheet('faulty.csv', 'id,name,agency\nx,,nowhere\n');
      const [shown, done] = [await preview(faulty), await run('directory', 'import', faulty)];
      expect(shown).toEqual(done);
      expect(shown.code).toBe(3);
    });

    it('what was shown is done with --yes; then it makes nothing different', async () => {
      expect((await preview(await moved(), '--yes')).out).toMatch(/^agencies +0 +1 +0$/m);
      const { differences } = JSON.parse((await preview(await moved(), '--output', 'json')).out) as {
        differences: readonly Shown[];
      };
      expect(differences).toEqual([]);
      expect(await people()).toContain('13:00-14:00');
    });
  });
}
