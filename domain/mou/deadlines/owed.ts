import type { CivilDate } from '../../dates.ts';
import type { Owed } from '../../deadlines.ts';
import { byDay } from '../../ladder.ts';
import type { Mou, RuledDay } from '../state.ts';

/** What is owed by a day that somebody named or nobody did; letters say the day that was planned. */
export const bySaidDay = ({ byRule: ruled = [] }: Pick<Mou, 'byRule'>, saidAs: RuledDay, on: CivilDate) => ({
  ...byDay(on, ruled.includes(saidAs)),
  saidAs,
});

/** From the second time on the coordinator's steps are numbered. */
export const times = (n: number): Pick<Owed, 'item'> => (n > 1 ? { item: n } : {});

/** The same of what a side owes. */
export const bySide = (side: string, n: number): string => (n > 1 ? `${side}-${n}` : side);
