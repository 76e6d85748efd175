import { type KeptOf, period, workingDays } from '../fields.ts';
import { namesOf, pick } from '../parts.ts';

/** How long before or after an edition things are due; a programme gives them to each of its editions. */
export const editionPeriods = {
  fixBefore: period.default('P4M').describe('days and host are fixed so long before an edition'),
  nominateBefore: period.default('P45D').describe('the states nominate until so long before'),
  confirmBefore: period.default('P30D').describe('the participants are confirmed so long before'),
  planBefore: period.default('P15D').describe('the plan of activities is circulated so long before'),
  recordWorkingDays: workingDays(3, 'after it to record what happened'),
  evaluateWithin: period.default('P14D').describe('the questionnaires are answered so long after'),
  reportWithin: period.default('P30D').describe('the wrap-up report is due so long after'),
  proposeWithin: period.default('P60D').describe('the next edition is proposed so long after'),
};

export type EditionPeriods = KeptOf<typeof editionPeriods>;

export const periodsOf = (known: EditionPeriods): EditionPeriods => pick(known, ...namesOf(editionPeriods));
