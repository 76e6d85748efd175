/** Whose commands are taken without a proof of who gives them; `anybody`'s in rehearsals alone. */
export type TakenUnproved = 'anybody' | 'operators' | 'nobody';

/**
 * Beside services of our own, operators are believed, and everybody until the directory gives its first role; elsewhere
 * nobody is unless it is said. Faults are added to `faults`.
 */
export function readUnproved(env: NodeJS.ProcessEnv, isOurs: boolean, faults: string[]): TakenUnproved {
  const value = env.ENTENTE_UNPROVED || (isOurs ? 'operators' : 'nobody');
  if (value === 'operators' || value === 'nobody') return value;
  faults.push('ENTENTE_UNPROVED (an environment variable) is neither "operators" nor "nobody".');
  return 'nobody';
}
