import { plus } from '../../dates.ts';
import { type Party, partyOfPerson } from '../../fields.ts';
import { byRule, type Deadline, shortLadder } from '../../ladder.ts';
import type { CaseHeader } from '../../lifecycle.ts';
import type { Mou, RuledDay } from '../state.ts';

/** Obligations of one name would share their reminders; from the second time on they are numbered. */
export const numbered = (name: string, times: number, sign: '-' | ':'): string =>
  times > 1 ? `${name}${sign}${times}` : name;

export const owed = (owedBy: Party, name: string, says: string, since: string, on: string): Deadline => ({
  name,
  says,
  since,
  due: { on },
  owedBy,
  ladder: shortLadder,
});

/** The same by a day that nobody has named. */
export const owedByRule = (owedBy: Party, name: string, says: string, since: string, on: string): Deadline => ({
  ...owed(owedBy, name, says, since, on),
  ...byRule(on),
});

/** The same by a day that somebody named or nobody did; letters say the day that was planned. */
export const owedBy = (
  { byRule: ruled = [] }: Pick<Mou, 'byRule'>,
  saidAs: RuledDay,
  ...[party, name, says, since, on]: Parameters<typeof owed>
): Deadline => ({ ...(ruled.includes(saidAs) ? owedByRule : owed)(party, name, says, since, on), saidAs });

/** The coordinator's own next step, a month after what made it possible. */
export const nextStep = ({ coordinator }: CaseHeader, name: string, says: string, since: string): Deadline =>
  owedByRule(partyOfPerson(coordinator), name, says, since, plus(since, 'P30D'));
