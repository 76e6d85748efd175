/** Pages of ours that a sign-in may lead to: a path, and nothing else. */
const ours = /^\/(?:desk|feed|case\/[a-z]+\/[a-z0-9-]{1,100}|list\/[a-z]+|keys|login\/[B-Z]{4}-[B-Z]{4})$/;
export const placeOf = (typed: string | undefined): string =>
  typed !== undefined && ours.test(typed) ? typed : '/desk';
