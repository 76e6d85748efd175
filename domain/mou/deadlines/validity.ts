import { plus } from '../../dates.ts';
import { partyOfPerson } from '../../fields.ts';
import { type Deadline, decisionLadder, defaults, noLadder, warningLadder } from '../../ladder.ts';
import type { CaseHeader } from '../../lifecycle.ts';
import type { Mou } from '../state.ts';
import { decideBy, isComplete } from '../terms.ts';
import { nextStep, owedByRule } from './owed.ts';

/** It meets within a year of effect, so it is constituted within half of one. */
const constituteWithin = 'P6M';

export const committee = (
  { jointCommittee, committees, inEffectSince }: Mou,
  { coordinator }: CaseHeader,
): Deadline[] =>
  jointCommittee && committees.length === 0 && inEffectSince
    ? [
        owedByRule(
          partyOfPerson(coordinator),
          'committee',
          'constitution of the joint committee',
          inEffectSince,
          plus(inEffectSince, constituteWithin),
        ),
      ]
    : [];

/** Both follow from the current term: the day to decide on it, of which people are warned, and its end. */
export function currentTerm({ term, validity, decision }: Mou, header: CaseHeader): Deadline[] {
  if (!term?.ends || !isComplete(validity)) return [];
  const due = decideBy(term, validity);
  const decide: Deadline[] =
    due && !decision
      ? [
          {
            name: `decide:${term.number}`,
            says: `decision on term ${term.number}, which ends on ${term.ends}`,
            since: term.starts,
            due,
            owedBy: partyOfPerson(header.coordinator),
            ladder: decisionLadder(...defaults.warnBeforeDecideBy),
            earlierLadder: warningLadder(...defaults.warnBeforeDecideBy),
          },
        ]
      : [];
  return [...decide, byItself(header, `termEnd:${term.number}`, `end of term ${term.number}`, term.starts, term.ends)];
}

export const end = ({ ending }: Mou, header: CaseHeader): Deadline[] =>
  ending ? [byItself(header, 'end', 'end of the MOU', ending.on, ending.endsOn)] : [];

export const close = ({ endedOn }: Mou, header: CaseHeader): Deadline[] =>
  endedOn ? [nextStep(header, 'close', 'record of what survives the MOU', endedOn)] : [];

/** Nobody owes it: when the day is over in the first of the countries, the case acts. */
const byItself = ({ countries }: CaseHeader, name: string, says: string, since: string, on: string): Deadline => ({
  name,
  says,
  since,
  due: { on },
  ...(countries[0] ? { inCountry: countries[0] } : {}),
  ladder: noLadder,
});
