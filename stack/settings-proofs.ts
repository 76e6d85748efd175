import type { TakenUnproved } from '../domain/case/proof.ts';

/** Beside services of our own, operators are believed; elsewhere nobody is unless it is said. Faults are added to `faults`. */
export function readUnproved(env: NodeJS.ProcessEnv, isOurs: boolean, faults: string[]): TakenUnproved {
  const value = env.ENTENTE_UNPROVED || (isOurs ? 'operators' : 'nobody');
  if (value === 'operators' || value === 'nobody') return value;
  faults.push('ENTENTE_UNPROVED (an environment variable) is neither "operators" nor "nobody".');
  return 'nobody';
}
