import { expect } from 'vitest';
import { expectAsModelled } from './oracle.ts';
import { end, type Tale } from './tales.ts';
import type { FaultyWorld } from './world.ts';

/** What came of many cases that one fault has struck at once: each is a test of its own. */
export class Outcomes {
  private readonly world: FaultyWorld;
  private readonly failures = new Map<string, unknown>();

  constructor(world: FaultyWorld) {
    this.world = world;
  }

  /** Never rejects: what went wrong is told when the case is looked at. */
  async strikeAndEnd(tale: Tale): Promise<void> {
    try {
      await tale.strike();
      await end(this.world, tale);
    } catch (error) {
      this.failures.set(tale.id, error);
    }
  }

  async expectAsModelled(tale: Tale | undefined): Promise<void> {
    if (!tale) throw new Error('The case was never begun.');
    expect(this.failures.get(tale.id), tale.id).toBeUndefined();
    await expectAsModelled(this.world, tale);
  }
}
