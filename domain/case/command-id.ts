import { type Refusal, refuse } from '../refusal.ts';

const ofPerson = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;

/** Refuses what can be the id of no command that somebody gives. What cases say to each other has ids with slashes, which nobody is to take in advance. */
export const refuseCommandId = (id: unknown): Refusal | undefined =>
  typeof id === 'string' && ofPerson.test(id)
    ? undefined
    : refuse(
        'InvalidInput',
        'The id of a command is 1 to 100 letters, digits, "-", "_", "." and ":", such as a UUID; give it another one.',
      );
