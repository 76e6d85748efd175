import { item, nominees } from '../case/settled.ts';
import type { CivilDate } from '../dates.ts';
import type { Owed } from '../deadlines.ts';
import { byRule, type Ladder, warningLadder } from '../ladder.ts';
import { type Nominations, unanswered } from '../nomination.ts';

const nominationLadder: Ladder = warningLadder(14, 7, 2);

/**
 * What each state owes that has not answered. Nominations are taken until the day on which that is over, also from a state
 * whose own working day came before.
 */
export const nominationsOwed = (known: Nominations, since: CivilDate): Owed[] => {
  const { nominationsBy: on, nominationsByRule } = known;
  if (on === undefined) return [];
  return unanswered(known).map(({ country, focalPoint, invitedOn = since }) => ({
    item: country,
    says: `nominations of ${country}`,
    since: invitedOn,
    ...(nominationsByRule
      ? { ...byRule(on), saidAs: 'nominationsBy', saidOf: 'state', facts: { state: country } }
      : { due: { on } }),
    owedBy: focalPoint,
    ladder: nominationLadder,
  }));
};

export const nominationAnswers = { nominate: nominees, declineInvitation: item('country') };

/** @param inCountry whose day ends them; those further west are in time by the date all the same */
export const endOfNominations = ({ nominationsBy: on }: Nominations, since: CivilDate, inCountry: string): Owed[] =>
  on === undefined ? [] : [{ says: 'the end of the nominations', since, due: { on }, inCountry }];
