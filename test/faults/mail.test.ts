import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultPoint } from '../../database/fault-points.ts';
import { mailThings } from './mail-tales.ts';
import { Outcomes } from './outcomes.ts';
import type { Side } from './postgres-proxy.ts';
import type { Tale } from './tales.ts';
import { type FaultyWorker, type FaultyWorld, startFaultyWorld } from './world.ts';

/*
 * A worker dies, stands still until another one has taken over, or loses its connection to Postgres, while it hands a
 * message to the mail server. What may have left is never sent again: it is in doubt, the case is told, and a person
 * finds out.
 */

let world: FaultyWorld;
let outcomes: Outcomes;
/** Whoever has taken over, and has no fault. */
let other: FaultyWorker | undefined;
beforeAll(async () => {
  world = await startFaultyWorld();
  outcomes = new Outcomes(world);
});
afterAll(() => world.stop());

interface Point {
  readonly point: FaultPoint;
  /** Whether the gate was passed, so that nobody can know. */
  readonly isDoubtful: boolean;
  /** How often the mail server has it in the end. */
  readonly accepted: number;
}

const points: readonly Point[] = [
  { point: 'betweenClaimAndGate', isDoubtful: false, accepted: 1 },
  { point: 'after354', isDoubtful: true, accepted: 0 },
  { point: 'after250', isDoubtful: true, accepted: 1 },
  { point: 'beforeSettle', isDoubtful: true, accepted: 1 },
];
const struck = points.flatMap((each) => Object.entries(mailThings).map(([what, thing]) => ({ ...each, what, thing })));
const slug = (point: string): string => point.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const talesOf = (fault: string): Tale[] =>
  struck.map(({ point, thing, isDoubtful }) => thing(world, `${fault}-${slug(point)}`, isDoubtful));
const faultAt = (action: string, tales: readonly Tale[]): string =>
  [action, ...tales.map(({ strikes }, index) => `${struck[index]?.point}=${strikes}`)].join(' ');
const begun = (tales: readonly Tale[]) => Promise.all(tales.map((tale) => tale.begin()));

async function expectSent(tale: Tale | undefined, accepted: number): Promise<void> {
  await outcomes.expectAsModelled(tale);
  const { message_id } = await world.db
    .selectFrom('messages')
    .select('message_id')
    .where('key', 'like', `${tale?.strikes}%`)
    .executeTakeFirstOrThrow();
  const all = world.stack.mailbox?.messages() ?? [];
  expect(all.filter(({ messageId }) => messageId === message_id)).toHaveLength(accepted);
}
const named = struck.map(({ point, what, accepted }, index) => [point, what, accepted, index] as const);

describe('a worker that is killed', () => {
  let tales: Tale[];
  beforeAll(async () => {
    tales = talesOf('killed');
    const worker = await world.startWorker({ fault: faultAt('kill', tales) });
    await begun(tales);
    await Promise.all(tales.map((tale) => outcomes.strikeAndEnd(tale)));
    await worker.stop();
  });

  it.each(named)('%s, a message of %s: the mail server has it %i times', (_point, _what, accepted, index) =>
    expectSent(tales[index], accepted),
  );
});

describe('a worker that stands still until another one has taken over, then goes on', () => {
  let tales: Tale[];
  beforeAll(async () => {
    tales = talesOf('frozen');
    const frozen = await world.startWorker({ fault: faultAt('stop', tales) });
    await begun(tales);
    const ended = tales.map((tale) => outcomes.strikeAndEnd(tale));
    await frozen.still();
    other = await world.startWorker();
    await Promise.all(ended);
    frozen.goOn();
    await frozen.stop();
  });

  it.each(named)('%s, a message of %s: the mail server has it %i times', (_point, _what, accepted, index) =>
    expectSent(tales[index], accepted),
  );
});

/*
 * Each point lies beside one COMMIT: the claim is before `betweenClaimAndGate`, the gate before `after354`. `after250` and
 * `beforeSettle` both lie between the gate and settling, with nothing to commit between the two.
 */
describe('a step of the ledger whose COMMIT is cut, nobody being killed', () => {
  const steps = {
    claim: /update "messages" set .*"attempts"/s,
    gate: /update "messages" set "state" = \$1, "claim_until"/,
    settle: /set .*"reply"/s,
  };
  const sides: readonly Side[] = ['request', 'reply'];
  const cuts = Object.entries(mailThings).flatMap(([what, thing]) =>
    sides.flatMap((side) => Object.entries(steps).map(([step, statement]) => ({ what, thing, side, step, statement }))),
  );
  let tales: Tale[];
  beforeAll(async () => {
    tales = cuts.map(({ thing, side, step }) => thing(world, `cut-${side}-${step}`, false));
    other ??= await world.startWorker();
    await begun(tales);
    const all = cuts.map(async ({ side, statement }, index) => {
      const tale = tales[index] as Tale;
      const isMeant = (sent: string) => sent.includes(tale.strikes) && statement.test(sent);
      const caught = world.postgres.catchCommit(side, isMeant);
      const isCut = caught.reached.then(() => caught.cut());
      await outcomes.strikeAndEnd(tale);
      await isCut;
    });
    await Promise.all(all);
  });

  it.each(cuts.map(({ side, step, what }, index) => [side, step, what, index] as const))(
    'the %s of that of its %s, a message of %s: the mail server has it once',
    (_side, _step, _what, index) => expectSent(tales[index], 1),
  );
});
