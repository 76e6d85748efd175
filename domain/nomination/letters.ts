import type { FactsOf } from '../fact-types.ts';
import type { Country, Party } from '../fields.ts';
import type { nominationFactTypes } from './facts.ts';
import { lettersOf } from '../letters.ts';
import type { Effect, Follows } from '../lifecycle.ts';
import {
  findNominee,
  type InvitedState,
  type Nominations,
  type Nominee,
  nomineeLines,
  unanswered,
} from '../nomination.ts';

/**
 * Letters about nominations, in the words of the kind that has them. Its texts: `callForNominations`, `confirmed`,
 * `waitListed`, `notSelected`, `replaced`, `placeFree`, `nominationsExtended`; and `nominate`, the reminder.
 */
export function nominationLetters(kind: string) {
  const mail = lettersOf<typeof nominationFactTypes>(kind);
  const toStates = (
    name: string,
    ids: readonly string[],
    known: Nominations,
    facts: FactsOf<typeof nominationFactTypes> = {},
  ): Effect[] =>
    byState(known, ids).flatMap(({ state: { country: state, focalPoint }, nominees }) =>
      mail(name, [focalPoint], { ...facts, state, names: nomineeLines(nominees) }),
    );
  const toEach = (name: string, states: readonly InvitedState[]): Effect[] =>
    states.flatMap(({ country: state, focalPoint }) => mail(name, [focalPoint], { state }));
  /** Who is not asked yet hears of it when all are. */
  const called: Follows<Nominations, { country: Country; focalPoint: Party }> = (
    { country: state, focalPoint },
    known,
  ) =>
    unanswered(known).some(({ country, invitedOn }) => country === state && invitedOn !== undefined)
      ? mail('callForNominations', [focalPoint], { state })
      : [];
  return { mail, toEach, toStates, called };
}

export type NominationLetters = ReturnType<typeof nominationLetters>;

/** The nominees of a list, one group for each state that proposed some of them. */
function byState(known: Nominations, ids: readonly string[]): { state: InvitedState; nominees: readonly Nominee[] }[] {
  const listed = ids.flatMap((id) => findNominee(known, id) ?? []);
  return known.invited
    .map((state) => ({ state, nominees: listed.filter(({ country }) => country === state.country) }))
    .filter(({ nominees }) => nominees.length > 0);
}
