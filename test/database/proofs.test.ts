import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordActivities } from '../../activities/record.ts';
import { signed, type SigningKey, signingKey } from '../../client/proofs.ts';
import { doorName, keepLink } from '../../database/answer-links.ts';
import { wholeDigestOf } from '../../database/digest.ts';
import { keepPagesKey } from '../../database/proof-keys.ts';
import { signedStatement } from '../../database/signed.ts';
import { findCase } from '../../database/lists.ts';
import { decide } from '../../domain/case/command.ts';
import type { TakenUnproved, ToProve } from '../../domain/case/proof.ts';
import { lifecycles } from '../../domain/kinds.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { type Register, startRegister } from '../client/register.ts';
import { seed } from '../client/seed.ts';
import { describeBesideCases } from './beside-cases.ts';
import { describeStackKeys } from './stack-keys.ts';
import { describeRotatedKeys } from './rotated-keys.ts';

let register: Register;
const newKey = (): SigningKey =>
  signingKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
const hers = newKey();
const pages = newKey();
const hash = 'a'.repeat(64);

beforeAll(async () => {
  register = await startRegister();
  const { db } = register;
  await seed(db);
  await db
    .insertInto('proof_keys')
    .values({
      id: hers.id,
      public_key: hers.publicKey,
      owner: 'person',
      person: 'kim-minji',
      place: 'desk',
      from_at: '2026-01-01',
    })
    .execute();
  await keepPagesKey(db, pages.publicKey);
  const link = {
    hash,
    person: 'kim-minji',
    address: 'kim@klid.example.org',
    case_id: 'action/a1',
    deadline: '',
    version: 0,
  };
  await keepLink(db, { ...link, message: doorName('00000000-0000-4000-8000-000000000000', 'action/a1'), level: null });
});
afterAll(() => register?.stop());

interface Given {
  readonly id: string;
  readonly by?: string;
  readonly note?: string;
  readonly proof?: string | undefined;
  readonly taken?: TakenUnproved;
}

/** Gives a note to action/a1 as the engine does, and says what became of it. */
async function given({ id, by = 'kim-minji', note = 'seen', proof, taken = 'nobody' }: Given): Promise<string> {
  const { state: before } = (await findCase(register.db, 'action/a1'))!;
  const command = { id, name: 'note', body: { by, note }, proof };
  const events = decide(lifecycles.action, before, command, '2026-01-05T03:00:00.000Z');
  if (isRefusal(events)) return events.because;
  const { record } = recordActivities({ db: register.db, unproved: taken });
  const outcome = await record({ kind: 'action', before, events, command });
  return outcome.outcome === 'refused' ? `${outcome.refusal.refused}: ${outcome.refusal.because}` : outcome.outcome;
}

const asked = (id: string, of: Partial<ToProve> = {}): ToProve => ({
  id,
  case: 'action/a1',
  command: 'note',
  body: { by: 'kim-minji', note: 'seen' },
  ...of,
});

const signedAt = (seconds: number): Promise<string> => {
  const { body, ...of } = asked('x1');
  const statement = { jti: of.id, case: of.case, command: of.command, digest: wholeDigestOf(of.command, body) };
  return signedStatement({ ...statement, iat: Math.floor(seconds) }, hers);
};

const onRecord = (id: string) =>
  register.db.selectFrom('commands').select(['proved', 'key', 'proof']).where('command_id', '=', id).executeTakeFirst();

it('what is signed with the key of whoever gives it is taken, once, and the record says with which key', async () => {
  const proof = await signed(hers, asked('n1'));
  expect(await given({ id: 'n1', proof })).toBe('recorded');
  expect(await onRecord('n1')).toEqual({ proved: true, key: hers.id, proof });
  expect(await given({ id: 'n1', proof })).toBe('answered');
  expect(await given({ id: 'n1' })).toBe('answered');
});

it('what is given by the pages is taken for whoever was there, and for nobody else', async () => {
  const id = `link-${hash}-f1`;
  expect(await given({ id, proof: await signed(pages, asked(id)) })).toMatch(/^NotProved: .*no letter and no session/);
  expect(await given({ id, proof: await signed(pages, asked(id), 'link') })).toMatch(/^NotProved/);
  expect(await given({ id, proof: await signed(pages, asked(id), 'session') })).toBe('recorded');
  expect(await given({ id: 'n2', proof: await signed(pages, asked('n2'), 'session') })).toMatch(/^NotProved/);
});

it('what comes without a proof is refused, or is on record as such', async () => {
  expect(await given({ id: 'n3' })).toMatch(/^NotProved: .*without a proof/);
  expect(await given({ id: 'n3', taken: 'operators' })).toMatch(/^NotProved: .*operators alone/);
  expect(await given({ id: 'n3', taken: 'anybody' })).toBe('recorded');
  expect(await onRecord('n3')).toEqual({ proved: false, key: null, proof: null });
});

it.each<[string, () => Given | Promise<Given>]>([
  ['another command’s id', async () => ({ id: 'x1', proof: await signed(hers, asked('x2')) })],
  ['another case', async () => ({ id: 'x1', proof: await signed(hers, asked('x1', { case: 'action/a2' })) })],
  ['another command', async () => ({ id: 'x1', proof: await signed(hers, asked('x1', { command: 'cancel' })) })],
  ['another day', async () => ({ id: 'x1', proof: await signedAt(Date.now() / 1000 - 86_401) })],
  ['a day to come', async () => ({ id: 'x1', proof: await signedAt(Date.now() / 1000 + 600) })],
  ['other fields', async () => ({ id: 'x1', note: 'unseen', proof: await signed(hers, asked('x1')) })],
  ['an unknown key', async () => ({ id: 'x1', proof: await signed(newKey(), asked('x1')) })],
  ['a forged signature', async () => ({ id: 'x1', proof: await signed({ ...newKey(), id: hers.id }, asked('x1')) })],
  ['rubbish', () => ({ id: 'x1', proof: 'rubbish' })],
  ['too much of it', async () => ({ id: 'x1', proof: `${await signed(hers, asked('x1'))}${'A'.repeat(4_000)}` })],
])('a proof of %s is refused, even where nothing has to be proved', async (_, prepare) => {
  expect(await given({ ...(await prepare()), taken: 'anybody' })).toMatch(/^NotProved: That kim-minji gives this/);
  expect(await onRecord('x1')).toBeUndefined();
});

it('a proof with any one character changed is refused', async () => {
  const proof = await signed(hers, asked('x1'));
  const place = fc.record({
    at: fc.nat(proof.length - 1),
    to: fc.constantFrom('A', 'B', 'z', '0', '9', '-', '_', '.'),
  });
  await fc.assert(
    fc.asyncProperty(place, async ({ at, to }) => {
      const changed = proof.slice(0, at) + to + proof.slice(at + 1);
      fc.pre(proof[at] !== to);
      expect(await given({ id: 'x1', proof: changed })).toMatch(/^NotProved/);
    }),
    { numRuns: 60 },
  );
});

it('whoever has left proves nothing any more, though their key is good', async () => {
  const leaving = (on: string | null) =>
    register.db.updateTable('people').set({ left_on: on }).where('id', '=', 'kim-minji').execute();
  await leaving('2026-01-01');
  expect(await given({ id: 'x1', proof: await signed(hers, asked('x1')) })).toMatch(
    /has left on 2026-01-01, and gives no more/,
  );
  await leaving(null);
  expect(await onRecord('x1')).toBeUndefined();
});

describeBesideCases(() => ({ register, hers, pages }));
describeStackKeys(() => register);
describeRotatedKeys(() => register);

it('a key that was revoked proves nothing any more', async () => {
  await register.db.updateTable('proof_keys').set({ revoked_at: '2026-06-01' }).where('id', '=', hers.id).execute();
  expect(await given({ id: 'x1', proof: await signed(hers, asked('x1')) })).toMatch(/was revoked; log in again/);
  expect(await given({ id: 'n1', proof: 'whatever' })).toBe('answered');
});
