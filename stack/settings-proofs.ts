/** Whose commands are taken without a proof of who gives them; `anybody`'s in rehearsals alone. */
export type TakenUnproved = 'anybody' | 'operators' | 'nobody';

/** `npm start` sets it for the worker of its own stack; elsewhere nobody is believed unless it is said. Faults are added to `faults`. */
export function readUnproved(env: NodeJS.ProcessEnv, faults: string[]): TakenUnproved {
  const value = env.ENTENTE_UNPROVED || 'anybody';
  if (value === 'anybody' || value === 'operators' || value === 'nobody') return value;
  faults.push('ENTENTE_UNPROVED (an environment variable) is neither "operators" nor "nobody".');
  return 'nobody';
}
