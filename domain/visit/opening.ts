import { z } from 'zod';
import { dayOf } from '../dates.ts';
import { refuseBefore, refuseLongAgo, refuseTooFar } from '../date-rules.ts';
import { agency, country, date, line, listOf, partyOfAgency, party, period, text } from '../fields.ts';
import type { CaseHeader, Context, Effect, Stamp } from '../lifecycle.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { refusesDays } from '../rules-version.ts';
import { toName } from './letters.ts';
import type { Preparation, Visit } from './state.ts';
import { present } from '../parts.ts';

/** What a delegation commonly prepares; the opening can replace it, or leave it out. */
const usualPreparations: readonly Preparation[] = [
  { subject: 'visas', before: 'P21D', by: 'everyAgency' },
  { subject: 'briefing', before: 'P14D', by: 'everyAgency' },
  { subject: 'presentation', before: 'P7D', by: 'everyAgency' },
  { subject: 'gifts', before: 'P5D', by: 'senders' },
];

const preparation = z.strictObject({
  subject: line.describe('what is prepared: briefing, gifts …'),
  before: period.describe('how long before the leg'),
  by: z.enum(['everyAgency', 'senders']).default('everyAgency').describe('who prepares it'),
});

export const input = z.strictObject({
  from: date.describe('the first day of the visit'),
  to: date.describe('the last day of the visit'),
  senders: listOf(agency).min(1, 'needs at least one agency').describe('the agencies that send the delegation'),
  agencies: listOf(agency).default([]).describe('the agencies that take part besides those'),
  sendingCountry: country.optional().describe('where it comes from; the first of the countries unless said otherwise'),
  reason: text.optional().describe('why the visit is made, as its papers and the press release print it'),
  aim: text.optional().describe('what it is to achieve, as its papers and the press release print it'),
  rapporteur: party.optional().describe('who writes the report; the first sender unless said otherwise'),
  checklist: listOf(preparation)
    .default([])
    .describe('what is prepared for each leg, instead of the usual things: subject, before, by'),
  usualChecklist: z
    .boolean()
    .default(true)
    .describe('visas, briefing, presentation and gifts, unless others are named'),
  confirmBefore: period.default('P21D').describe('how long before a leg its host is to confirm it'),
  delegationBefore: period.default('P21D').describe('how long before the visit the delegation is to be named'),
  briefingBookBefore: period.default('P7D').describe('how long before the visit the briefing book is due'),
  reportWithin: period.default('P30D').describe('how long after the return the report is due'),
});

export type Opening = z.output<typeof input>;

export function refuseOpening(
  { from, to, sendingCountry }: Opening,
  { today, header, rules }: Context,
): Refusal | undefined {
  if (sendingCountry && !header.countries.includes(sendingCountry))
    return refuse(
      'UnknownCountry',
      `sendingCountry: ${sendingCountry} sends it, but the case concerns ${header.countries.join(', ')} only: name it among the countries.`,
    );
  return (
    refuseBefore('to', to, 'the first day of the visit', from) ??
    refuseTooFar('to', to, today) ??
    (refusesDays(rules) ? refuseLongAgo('from', from, today) : undefined)
  );
}

export function begin(opening: Opening, { at }: Stamp, { countries }: CaseHeader): Visit {
  const { senders, agencies, sendingCountry, reason, aim, rapporteur, checklist, usualChecklist, ...given } = opening;
  const scheduledOn = dayOf(at);
  const usual = usualChecklist ? usualPreparations : [];
  return {
    ...given,
    stage: 'proposed',
    firstFrom: given.from,
    scheduledOn,
    sendingCountry: sendingCountry ?? countries[0] ?? '',
    senders: [...new Set(senders)],
    ...present({ reason, aim }),
    rapporteur: rapporteur ?? partyOfAgency(senders[0] ?? ''),
    agencies: [...new Set([...senders, ...agencies])].map((each) => ({ agency: each, legs: [], since: scheduledOn })),
    members: [],
    legs: [],
    proposals: [],
    acts: [],
    preparations: checklist.length > 0 ? checklist : usual,
    checklist: [],
    actions: [],
  };
}

/** Each agency says who travels for it; of a visit that was over when it was recorded, nobody is asked. */
export function agenciesAsked({ at }: Stamp, visit: Visit): Effect[] {
  const { agencies, from, to, delegationBefore, scheduledOn } = visit;
  if (to < dayOf(at)) return [];
  const namedBy = dayBeforeOrMidway(from, delegationBefore, scheduledOn);
  return agencies.flatMap(({ agency: id }) => toName(visit, id, { namedBy, onLegs: [] }));
}
