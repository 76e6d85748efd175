import { type AddressInfo, createServer } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { text } from '../../../domain/fields.ts';
import { attemptOf, openPostOffice, plan, type PostOffice, rowOf } from './post-office.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());

const everyCharacter = Array.from({ length: 0x11_0000 }, (_, code) => String.fromCodePoint(code));

it('Postgres keeps whatever the door takes, as text and in a fact', async () => {
  const taken = everyCharacter.filter((character) => text.safeParse(`a${character}`).success).join('');
  const { rows } = await sql<{ same: boolean }>`
    select ${JSON.stringify({ taken })}::jsonb->>'taken' = ${taken}::text as same`.execute(office.db);
  expect(rows).toEqual([{ same: true }]);
});

/** A relay that knows nobody, and says so with characters that no text may hold. */
function rudeRelay(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const server = createServer((socket) => {
    socket.write('220 relay\r\n');
    socket.on('data', (line) =>
      socket.write(
        /^RCPT/i.test(line.toString()) ? '550 5.1.1 no \u0000such\u001b[31m mailbox \ufffe\r\n' : '250 ok\r\n',
      ),
    );
    socket.on('error', () => undefined);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?ignoreTLS=true`,
        stop: () => server.close(),
      }),
    ),
  );
}

it('what a relay answers is kept, whatever is in it', async () => {
  const relay = await rudeRelay();
  const key = await plan(office.db);
  expect(await attemptOf(office.worker({ smtpUrl: relay.url }), key)).toMatchObject({ state: 'refused' });
  relay.stop();
  const { state, reply } = await rowOf(office.db, key);
  expect(state).toBe('refused');
  expect(reply).toContain('no \ufffdsuch\ufffd[31m mailbox \ufffd');
});
