import type { Period } from '../dates.ts';
import { count, period } from '../fields.ts';

/** How long before or after an edition things are due; a programme gives them to each of its editions. */
export interface EditionPeriods {
  /** Days and host are fixed. */
  readonly fixBefore: Period;
  /** The states have nominated. */
  readonly nominateBefore: Period;
  /** The participants are confirmed. */
  readonly confirmBefore: Period;
  /** The plan of activities is circulated. */
  readonly planBefore: Period;
  /** It is on record what happened. */
  readonly recordWorkingDays: number;
  /** The questionnaires are answered. */
  readonly evaluateWithin: Period;
  /** The wrap-up report is in; Korean rules give 30 days. */
  readonly reportWithin: Period;
  /** The next edition is proposed. */
  readonly proposeWithin: Period;
}

export const editionPeriods = {
  fixBefore: period.default('P4M').describe('days and host are fixed so long before an edition'),
  nominateBefore: period.default('P45D').describe('the states nominate until so long before'),
  confirmBefore: period.default('P30D').describe('the participants are confirmed so long before'),
  planBefore: period.default('P15D').describe('the plan of activities is circulated so long before'),
  recordWorkingDays: count.min(1).max(60).default(3).describe('working days after it to record what happened'),
  evaluateWithin: period.default('P14D').describe('the questionnaires are answered so long after'),
  reportWithin: period.default('P30D').describe('the wrap-up report is due so long after'),
  proposeWithin: period.default('P60D').describe('the next edition is proposed so long after'),
};

export const periodsOf = ({
  fixBefore,
  nominateBefore,
  confirmBefore,
  planBefore,
  recordWorkingDays,
  evaluateWithin,
  reportWithin,
  proposeWithin,
}: EditionPeriods): EditionPeriods => ({
  fixBefore,
  nominateBefore,
  confirmBefore,
  planBefore,
  recordWorkingDays,
  evaluateWithin,
  reportWithin,
  proposeWithin,
});
