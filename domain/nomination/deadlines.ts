import type { Deadline, Ladder } from '../ladder.ts';
import { noLadder, warningLadder } from '../ladder.ts';
import { type Nominations, unanswered } from '../nomination.ts';

const nominationLadder: Ladder = warningLadder(14, 7, 2);

/**
 * What is owed while nominations are taken: each state that has not answered owes them, and the case closes them by itself.
 *
 * @param inCountry whose day ends them; those further west are in time by the date all the same
 */
export const nominationDeadlines = (known: Nominations, inCountry: string, since: string): Deadline[] => [
  ...unanswered(known).map(
    ({ country, focalPoint, invitedOn = since }): Deadline => ({
      name: `nominate:${country}`,
      says: `nominations of ${country}`,
      since: invitedOn,
      due: { on: known.nominationsBy },
      owedBy: focalPoint,
      ladder: nominationLadder,
    }),
  ),
  {
    name: 'registration',
    says: 'the end of the nominations',
    since,
    due: { on: known.nominationsBy },
    inCountry,
    ladder: noLadder,
  },
];
