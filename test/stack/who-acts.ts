import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { expect } from 'vitest';
import { mainWith } from '../client/command-line.ts';

/** Who is believed beside an `npm start` of one's own: what its terminal signs, and what comes to Temporal without a proof. */
export async function seenWhoActs(folder: string, temporal: { address: string; namespace: string }): Promise<void> {
  const connection = await Connection.connect({ address: temporal.address });
  try {
    const handle = new Client({ connection, namespace: temporal.namespace }).workflow.getHandle('action/a2');
    const unproved = (name: string, body: object): Promise<unknown> =>
      handle.executeUpdate(name, { args: [body] }).then(
        () => 'taken',
        (error: { cause?: { type?: string; message?: string } }) => `${error.cause?.type}: ${error.cause?.message}`,
      );
    const noted = (by: string) => unproved('note', { by, note: 'by hand' });
    const verified = () => unproved('verify', { by: 'kim-minji', evidence: 'by hand' });
    const due = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    const about = ['--title', 'A list', '--countries', 'KR', '--topic', 'A list', '--owner', 'klid', '--due', due];
    const { said, refused } = terminal(folder);

    // Before there is any role.
    await said('kim-minji', 'action', 'open', 'a2', '--coordinator', 'kim-minji', ...about);
    expect(await refused('nobody-here', 'action', 'accept', 'a2')).toContain('(UnknownPerson)');
    await said('park-jisoo', 'action', 'accept', 'a2');
    await said('park-jisoo', 'action', 'report-done', 'a2', '--evidence', 'The list');
    expect(await refused('park-jisoo', 'action', 'verify', 'a2', '--evidence', 'Mine')).toContain('(SamePerson)');
    for (const by of ['kim-minji', 'park-jisoo'])
      expect(await noted(by)).toMatch(/^NotProved: .*operators alone are believed.*`\.\/entente login`/);
    expect(await verified()).toMatch(/^NotProved: .*second pair of eyes/);

    await said('kim-minji', 'role', 'give', 'kim-minji', 'administrator');
    await said('kim-minji', 'role', 'give', 'kim-minji', 'operator');
    expect(await noted('park-jisoo')).toMatch(/^NotProved: .*operators alone are believed/);
    expect(await noted('kim-minji')).toBe('taken');
    expect(await verified()).toMatch(/^NotProved: .*second pair of eyes/);
    await said('kim-minji', 'action', 'verify', 'a2', '--evidence', 'Looked at');

    const story = await said('kim-minji', 'history', 'action/a2', '-o', 'json');
    const acts = (JSON.parse(story) as { type: string; by: string; proved: boolean | null; provedAt: string | null }[])
      .filter(({ by }) => by !== 'entente')
      .map(({ type, by, proved, provedAt }) => [type, by, proved, provedAt?.replace(/at .*/, 'at …') ?? null]);
    const stack = 'the stack at …';
    expect(acts).toEqual([
      ['opened', 'kim-minji', true, stack],
      ['accepted', 'park-jisoo', true, stack],
      ['reportedDone', 'park-jisoo', true, stack],
      ['noted', 'kim-minji', false, null],
      ['verified', 'kim-minji', true, stack],
    ]);
    expect(readdirSync(join(folder, 'keys')).toSorted()).toEqual(['kim-minji.pem', 'park-jisoo.pem']);
    for (const name of ['kim-minji.pem', 'park-jisoo.pem'])
      expect(statSync(join(folder, 'keys', name)).mode & 0o777).toBe(0o600);
  } finally {
    await connection.close();
  }
}

function terminal(folder: string) {
  const give = (as: string, words: readonly string[]) =>
    mainWith(words, { ENTENTE_FOLDER: folder, ENTENTE_KEYS_FOLDER: join(folder, 'none'), ENTENTE_AS: as });
  return {
    said: async (as: string, ...words: string[]): Promise<string> => {
      const { code, out, err } = await give(as, words);
      expect(`${err}${code}`, words.join(' ')).toMatch(/0$/);
      return out;
    },
    refused: async (as: string, ...words: string[]): Promise<string> => {
      const { code, err } = await give(as, words);
      expect(code, words.join(' ')).not.toBe(0);
      return err;
    },
  };
}
