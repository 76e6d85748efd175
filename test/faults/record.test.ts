import { afterAll, beforeAll, describe, it } from 'vitest';
import type { FaultPoint } from '../../database/fault-points.ts';
import { Outcomes } from './outcomes.ts';
import type { Side } from './postgres-proxy.ts';
import { concerns, type Tale, things } from './tales.ts';
import { type FaultyWorker, type FaultyWorld, startFaultyWorld } from './world.ts';

/*
 * A worker dies, freezes for longer than a task may take, or loses its connection around the transaction that puts
 * something on record. Its cases are live: the second try of a task meets a later time than the first.
 */

let world: FaultyWorld;
let outcomes: Outcomes;
let worker: FaultyWorker | undefined;
beforeAll(async () => {
  world = await startFaultyWorld();
  outcomes = new Outcomes(world);
});
afterAll(() => world.stop());

/** The one before is stopped first: cases go to any that is there. */
async function onlyWorker(fault: string): Promise<FaultyWorker> {
  await worker?.stop();
  worker = await world.startWorker({ fault });
  return worker;
}

const points = ['beforeBegin', 'beforeCommit', 'afterCommit'] as const satisfies readonly FaultPoint[];
const cases = points.flatMap((point) => Object.entries(things).map(([what, thing]) => ({ point, what, thing })));
const slug = (point: string): string => point.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const talesOf = (fault: string): Tale[] => cases.map(({ point, thing }) => thing(world, `${fault}-${slug(point)}`));
const faultAt = (action: string, tales: readonly Tale[]): string =>
  [action, ...tales.map(({ strikes }, index) => `${cases[index]?.point}=${strikes}`)].join(' ');
const named = cases.map(({ point, what }, index) => [point, what, index] as const);

describe('a worker that is killed', () => {
  let tales: Tale[];
  beforeAll(async () => {
    tales = talesOf('killed');
    await onlyWorker(faultAt('kill', tales));
    await Promise.all(tales.map((tale) => tale.begin()));
    await Promise.all(tales.map((tale) => outcomes.strikeAndEnd(tale)));
  });

  it.each(named)('%s: %s', (_point, _what, index) => outcomes.expectAsModelled(tales[index]));
});

describe('a worker that stands still until another one has taken over, then goes on', () => {
  let tales: Tale[];
  beforeAll(async () => {
    tales = talesOf('frozen');
    const frozen = await onlyWorker(faultAt('stop', tales));
    await Promise.all(tales.map((tale) => tale.begin()));
    const ended = tales.map((tale) => outcomes.strikeAndEnd(tale));
    await frozen.still();
    const other = await world.startWorker();
    // A case whose row is held by the frozen transaction has to wait for it.
    await Promise.all(ended.filter((_, index) => cases[index]?.point !== 'beforeCommit'));
    frozen.goOn();
    await Promise.all(ended);
    await frozen.stop();
    worker = other;
  });

  it.each(named)('%s: %s', (_point, _what, index) => outcomes.expectAsModelled(tales[index]));
});

describe('a COMMIT that is cut, nobody being killed', () => {
  const sides: readonly Side[] = ['request', 'reply'];
  const cuts = sides.flatMap((side) => Object.entries(things).map(([what, thing]) => ({ side, what, thing })));
  let tales: Tale[];
  beforeAll(async () => {
    tales = cuts.map(({ side, thing }) => thing(world, `cut-${side}`));
    // Whoever has taken over before has no fault.
    worker ??= await world.startWorker();
    await Promise.all(tales.map((tale) => tale.begin()));
    const struck = cuts.map(async ({ side }, index) => {
      const tale = tales[index] as Tale;
      const caught = world.postgres.catchCommit(side, concerns(tale));
      const isCut = caught.reached.then(() => caught.cut());
      await outcomes.strikeAndEnd(tale);
      await isCut;
    });
    await Promise.all(struck);
  });

  it.each(cuts.map(({ side, what }, index) => [side, what, index] as const))('its %s: %s', (_side, _what, index) =>
    outcomes.expectAsModelled(tales[index]),
  );
});
