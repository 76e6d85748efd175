import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEntente } from '../../client/client.ts';
import { sentenceOfLeftOut } from '../../client/commands/rehearse.ts';
import { startWorld, type World } from '../world.ts';
import { mainWith } from './command-line.ts';
import { openPortalAction } from './portal-action.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld(new Date().toISOString(), {
    dynamicConfig: ['frontend.WorkflowTimeSkippingEnabled=false'],
  });
  const { databaseUrl, temporal } = world.stack.settings;
  const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  await openPortalAction(entente, 'n1');
  await entente.close();
});
afterAll(() => world?.stop());

const rehearse = (env: Readonly<Record<string, string>>, ...words: string[]) =>
  mainWith(['rehearse', ...words], { ...world.stack.env, ...env });

describe('a rehearsal is refused', () => {
  it('where Temporal does not skip time: it says which setting is missing, and offers the forecast', async () => {
    const { code, out, err } = await rehearse({}, 'n1');
    expect([code, out]).toEqual([4, '']);
    expect(err).toMatch(
      /does not skip time: it lacks the setting frontend\.WorkflowTimeSkippingEnabled=true\. .*forecast/,
    );
  });

  it('where Temporal does not answer, or there is no such case', async () => {
    const away = await rehearse({ TEMPORAL_ADDRESS: '127.0.0.1:1' }, 'n1');
    expect([away.code, away.err]).toEqual([4, expect.stringMatching(/Temporal at 127\.0\.0\.1:1 does not answer/)]);
    expect((await rehearse({}, 'action/n2')).code).toBe(3);
  });

  it.each([
    ['2001-01-01', /lies in the past/],
    ['2150-01-01', /at most 50 years ahead/],
  ])('until %s', async (until, sentence) => {
    const { code, err } = await rehearse({}, 'n1', '--until', until);
    expect([code, err]).toEqual([2, expect.stringMatching(sentence)]);
  });
});

describe('of more cases that hang together than are taken along', () => {
  it.each([
    [['action/a'], /^Of the cases that hang together, action\/a are left out: what they do is missing/],
    [['action/a', 'action/b', 'action/c'], /, action\/a and 2 more are left out: /],
  ])('%s are said', (leftOut, sentence) => expect(sentenceOfLeftOut(leftOut)).toMatch(sentence));
});
