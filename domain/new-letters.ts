import type { Effect } from './lifecycle.ts';

/** Letters that an earlier version did not write: its runs replay without them. */
export const asNew = (effects: readonly Effect[]): Effect[] =>
  effects.map((effect) => (effect.type === 'mail' ? { ...effect, isNew: true } : effect));
