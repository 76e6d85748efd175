import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mainWith } from './command-line.ts';
import { type Register, startRegister } from './register.ts';
import { seed } from './seed.ts';

let register: Register;
let env: Record<string, string>;

const key = 'action/a1/1/0';

beforeAll(async () => {
  register = await startRegister();
  env = { ...register.env, ENTENTE_AS: 'kim-minji' };
  await seed(register.db);
});
afterAll(() => register?.stop());
beforeEach(() => sql`update messages set state = 'sent'`.execute(register.db));

const setState = (state: string) => sql`update messages set state = ${state} where key = ${key}`.execute(register.db);

const stateOf = async (): Promise<string | undefined> =>
  (await register.db.selectFrom('messages').select('state').where('key', '=', key).executeTakeFirst())?.state;

const troubles = async (): Promise<unknown> => {
  const { out } = await mainWith(['mail', 'check', '--output', 'json'], env);
  process.exitCode = 0;
  return (JSON.parse(out) as { key: string; trouble: string }[]).filter((each) => each.key === key);
};

describe('mail check', () => {
  it.each([
    ['planned', 'notSent'],
    ['claimed', 'notSent'],
    ['inData', 'notSent'],
    ['inDoubt', 'inDoubt'],
    ['refused', 'refused'],
    ['expired', 'expired'],
    ['nobody', 'nobody'],
  ])('shows a message that is %s as %s', async (state, trouble) => {
    await setState(state);
    expect(await troubles()).toMatchObject([{ trouble }]);
  });

  it.each(['sent', 'withdrawn'])('does not show one that is %s', async (state) => {
    await setState(state);
    expect(await troubles()).toEqual([]);
  });

  it('does not show one that was planned a moment ago', async () => {
    await sql`update messages set state = 'planned', send_at = now() - interval '14 minutes' where key = ${key}`.execute(
      register.db,
    );
    expect(await troubles()).toEqual([]);
    await sql`update messages set send_at = now() - interval '16 minutes' where key = ${key}`.execute(register.db);
    expect(await troubles()).toHaveLength(1);
  });

  it('shows what was refused only as long as the case is open', async () => {
    await setState('refused');
    await sql`update cases set closed_at = now() where id = 'action/a1'`.execute(register.db);
    expect(await troubles()).toEqual([]);
    await sql`update cases set closed_at = null where id = 'action/a1'`.execute(register.db);
    expect(await troubles()).toHaveLength(1);
  });

  it('shows what a case could not say at its end until somebody settles it', async () => {
    await setState('expired');
    await sql`update cases set closed_at = (select at from messages where key = ${key}) where id = 'action/a1'`.execute(
      register.db,
    );
    expect(await troubles()).toMatchObject([{ trouble: 'expired' }]);
    await mainWith(['mail', 'settle', key, '--sent', '--reason', 'Told by telephone'], env);
    expect(await troubles()).toEqual([]);
    await sql`update cases set closed_at = null where id = 'action/a1'`.execute(register.db);
  });
});

describe('mail settle', () => {
  it('takes a message in doubt as sent, with who and why in the ledger', async () => {
    await setState('inDoubt');
    const { code } = await mainWith(
      ['mail', 'settle', key, '--sent', '--reason', 'KLID confirmed it by telephone'],
      env,
    );
    expect([code, await stateOf()]).toEqual([0, 'sent']);
    const { out } = await mainWith(['mail', 'show', key], env);
    expect(out).toContain('Settled as sent by kim-minji: KLID confirmed it by telephone');
  });

  it.each(['refused', 'expired', 'nobody'])('takes one that is %s as passed on in another way', async (state) => {
    await setState(state);
    const { code } = await mainWith(['mail', 'settle', key, '--sent', '--reason', 'Told by telephone'], env);
    expect([code, await stateOf()]).toEqual([0, 'sent']);
  });

  it.each(['nobody-knows', 'entente'])('takes nothing from %s, who is not in the directory', async (as) => {
    await setState('inDoubt');
    const words = ['mail', 'settle', key, '--sent', '--reason', 'x', '--as', as];
    expect(await mainWith(words, env)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^Refused \(UnknownPerson\)/),
    });
    expect(await stateOf()).toBe('inDoubt');
    await setState('sent');
  });

  it('refuses one that has arrived, and a verdict without a reason', async () => {
    const words = ['mail', 'settle', key, '--sent'];
    expect(await mainWith([...words, '--reason', 'x'], env)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/is undelivered/),
    });
    await setState('inDoubt');
    expect(await mainWith(words, env)).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^Refused \(ReasonMissing\)/),
    });
    expect(await mainWith(['mail', 'settle', key], env)).toMatchObject({ code: 2 });
    expect(await stateOf()).toBe('inDoubt');
  });
});

describe('mail list', () => {
  it.each([
    ['expected', 'claimed'],
    ['sent', 'sent'],
    ['failed', 'expired'],
    ['in-doubt', 'inDoubt'],
    ['withdrawn', 'withdrawn'],
  ])('--state %s holds what is %s', async (state, stored) => {
    await setState(stored);
    const { out } = await mainWith(['mail', 'list', '--state', state, '--case', 'action/a1', '-o', 'json'], env);
    expect(JSON.parse(out)).toMatchObject([{ key, state: stored }]);
  });
});
