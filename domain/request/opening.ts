import { z } from 'zod';
import { daysBetween } from '../dates.ts';
import { count, country, date, line, party, pastDate, text } from '../fields.ts';
import { defaults } from '../ladder.ts';
import type { Context } from '../lifecycle.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { hows } from './state.ts';

const workingDays = count.min(1).max(250);

export const input = z.strictObject({
  subject: line.describe('what is asked for'),
  details: text.optional().describe('the request in its own words'),
  how: z.enum(hows).describe('how it came in'),
  noteNumber: line.optional().describe('the number of the note verbale or letter'),
  dated: date.optional().describe('the date it bears'),
  receivedOn: pastDate.describe('the day it arrived'),
  requester: party.describe('who asks, and hears of each step'),
  requestingCountry: country.describe('the country that asks'),
  contact: line.optional().describe('whom to talk to there'),
  acknowledgeWorkingDays: workingDays.default(defaults.acknowledgeWorkingDays).describe('working days to acknowledge'),
  handlingWorkingDays: workingDays.default(5).describe('working days to check completeness, and to name a lead'),
  opinionWorkingDays: workingDays.default(defaults.agencyOpinionWorkingDays).describe('working days for an opinion'),
  decisionWorkingDays: workingDays.default(30).describe('working days from the assignment to the decision'),
});

export type Opening = z.output<typeof input>;

type Arrival = Pick<Opening, 'receivedOn' | 'dated' | 'how' | 'noteNumber' | 'requestingCountry'>;

export function refuseOpening(given: Arrival, { today, header }: Context): Refusal | undefined {
  const { receivedOn, dated, how, noteNumber, requestingCountry } = given;
  if (daysBetween(today, receivedOn) > 1)
    return refuse('DateInFuture', `The request cannot have arrived on ${receivedOn}: it is ${today}.`);
  if (dated && dated > receivedOn)
    return refuse('DateOutOfOrder', `The request is dated ${dated}, after the day it arrived (${receivedOn}).`);
  if (how === 'noteVerbale' && !noteNumber)
    return refuse('InvalidInput', 'noteNumber: a note verbale has a number; it is needed to answer it.');
  if (!header.countries.includes(requestingCountry))
    return refuse(
      'UnknownCountry',
      `${requestingCountry} asks, but the case concerns ${header.countries.join(', ')} only: name it among the countries.`,
    );
  return undefined;
}
