import type { Deadline, Ladder } from '../ladder.ts';
import { byRule, noLadder, warningLadder } from '../ladder.ts';
import { type Nominations, unanswered } from '../nomination.ts';

const nominationLadder: Ladder = warningLadder(14, 7, 2);

/**
 * What is owed while nominations are taken: each state that has not answered owes them, and the case closes them by itself.
 *
 * They are taken until the day on which that is over, also from a state whose own working day came before.
 *
 * @param inCountry whose day ends them; those further west are in time by the date all the same
 */
export function nominationDeadlines(known: Nominations, inCountry: string, since: string): Deadline[] {
  const { nominationsBy: on } = known;
  if (on === undefined) return [];
  const ofStates = unanswered(known).map(
    ({ country, focalPoint, invitedOn = since }): Deadline => ({
      name: `nominate:${country}`,
      says: `nominations of ${country}`,
      since: invitedOn,
      ...(known.nominationsByRule
        ? { ...byRule(on), saidAs: 'nominationsBy', saidOf: 'state', facts: { state: country } }
        : { due: { on } }),
      owedBy: focalPoint,
      ladder: nominationLadder,
    }),
  );
  const closing = { name: 'registration', says: 'the end of the nominations', since, due: { on }, inCountry };
  return [...ofStates, { ...closing, ladder: noLadder }];
}
