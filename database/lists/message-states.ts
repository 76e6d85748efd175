import type { MessageState } from '../schema.ts';

/** The states of a message as people speak of them. */
export const messageStates = {
  expected: ['planned', 'claimed', 'inData'],
  sent: ['sent'],
  failed: ['refused', 'expired', 'nobody'],
  inDoubt: ['inDoubt'],
  withdrawn: ['withdrawn'],
} as const satisfies Record<string, readonly MessageState[]>;

export type MessageStanding = keyof typeof messageStates;
