import { refuseDay } from '../date-rules.ts';
import { z } from 'zod';
import { type CivilDate, dayOf, later, minus } from '../dates.ts';
import { agency, caseId, count, date, line, listOf, pastDate } from '../fields.ts';
import type { Context, Effect, Stamp } from '../lifecycle.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { validityFields } from './fields.ts';
import { asking } from './letters.ts';
import { refuseStranger } from './order.ts';
import { effects, instruments, missing, type Mou } from './state.ts';
import {
  firstTerm,
  isComplete,
  lengthOf,
  refuseValidity,
  type Term,
  termOn,
  termUntil,
  validityWith,
} from './terms.ts';
import { pick, present } from '../parts.ts';

const input = z.strictObject({
  subject: line.describe('what it is about, such as e-government cooperation'),
  sides: listOf(agency)
    .min(2, 'an MOU has at least two sides')
    .describe('the agency that signs for each side, such as mois and mindigital-gr'),
  homeSide: agency.optional().describe('our side; the first of the sides unless said otherwise'),
  proposedBy: agency.optional().describe('the side that proposed it; our side unless said otherwise'),
  request: caseId.optional().describe('the cooperation request that it comes from'),
  instrument: z.enum(instruments).default('MOU').describe('what kind of text it is'),
  binding: z.boolean().default(false).describe('whether it is meant to bind in international law'),
  effect: z.enum(effects).default('onSignature').describe('effect on signature, or on the later of the notifications'),
  posting: z.boolean().default(true).describe('whether our side posts the signed text, within 10 days'),
  jointCommittee: z.boolean().default(false).describe('whether it provides for a joint committee'),
  ...validityFields,
  signedOn: pastDate.optional().describe('for one that is signed already: the day'),
  inEffectSince: date.optional().describe('for one in effect already: since when; nothing of its past is asked again'),
  termEnds: date
    .optional()
    .describe('for one in effect already: the last day of its term, where it was renewed expressly'),
  termNumber: count.min(1).optional().describe('for one in effect already: the number of the term that ends then'),
  lapsedOn: date
    .optional()
    .describe(
      'for one that has lapsed already: the last day of its last term; nobody is told, what survives it can be recorded',
    ),
  place: line.optional().describe('for one that is signed already: where'),
  inPresenceOf: listOf(line).default([]).describe('for one that is signed already: the witnesses, with office'),
});

export type Opening = z.output<typeof input>;

/** One that is signed already has taken effect too, unless it waits for notifications. */
const effectOf = ({ inEffectSince, signedOn, effect }: Opening): CivilDate | undefined =>
  inEffectSince ?? (effect === 'onSignature' ? signedOn : undefined);

function termOf(given: Opening, today: CivilDate): Term | undefined {
  const since = effectOf(given);
  const { lapsedOn } = given;
  if (since && lapsedOn) return termUntil(lapsedOn, { number: given.termNumber ?? 1, starts: since });
  const validity = validityWith({}, given);
  if (!since || !isComplete(validity)) return undefined;
  const { termEnds, termNumber = 1 } = given;
  if (!termEnds) return termOn(today, firstTerm(since, validity), validity);
  const length = lengthOf(termNumber, validity);
  const starts = termNumber > 1 && length ? later(since, minus(termEnds, length)) : since;
  return termOn(today, termUntil(termEnds, { number: termNumber, starts }), validity);
}

function begin(given: Opening, { at }: Stamp): Mou {
  const { sides, request, effect, jointCommittee, place, inPresenceOf } = given;
  const homeSide = given.homeSide ?? sides[0] ?? '';
  const inEffectSince = effectOf(given);
  const term = termOf(given, dayOf(at));
  return {
    stage: given.lapsedOn ? 'lapsed' : term ? 'inEffect' : given.signedOn ? 'signed' : 'proposed',
    ...pick(given, 'subject', 'instrument', 'binding', 'sides'),
    homeSide,
    ...(request ? { request } : {}),
    proposedBy: given.proposedBy ?? homeSide,
    openedOn: dayOf(at),
    draft: 0,
    round: 0,
    turn: [],
    opinions: [],
    texts: 0,
    languages: [],
    authority: [],
    ...(given.signedOn && place
      ? { signing: { date: given.signedOn, place, arrangedOn: given.signedOn, signatories: [] } }
      : {}),
    inPresenceOf,
    signatures: [],
    ...present({ signedOn: given.signedOn }),
    effect,
    notifications: [],
    ...(inEffectSince ? { inEffectSince } : {}),
    posting: given.posting && !inEffectSince,
    jointCommittee,
    committees: [],
    validity: validityWith({}, given),
    ...present({ term, endedOn: given.lapsedOn }),
    amendments: 0,
    surviving: [],
  };
}

function refuseOpening(given: Opening, { today }: Context): Refusal | undefined {
  const { sides, homeSide, proposedBy, signedOn, inEffectSince } = given;
  if (new Set(sides).size < sides.length) return refuse('InvalidInput', 'sides: each side is named once.');
  return (
    (homeSide && refuseStranger({ sides }, homeSide)) ||
    (proposedBy && refuseStranger({ sides }, proposedBy)) ||
    (signedOn && refuseDay('The signature', signedOn, today)) ||
    (inEffectSince && refuseDay('The effect', inEffectSince, today, { on: signedOn, what: 'the signature' })) ||
    refuseValidity(validityWith({}, given)) ||
    (given.lapsedOn ? refuseLapsed(given, given.lapsedOn, today) : refuseTerm(given, today)) ||
    undefined
  );
}

/** Of one that has lapsed only the days are asked for: nobody warns of its terms any more. */
function refuseLapsed(given: Opening, lapsedOn: CivilDate, today: CivilDate): Refusal | undefined {
  const since = effectOf(given);
  if (!since) return refuse('InvalidInput', 'lapsedOn: say in-effect-since too, since when it was in effect.');
  if (given.termEnds) return refuse('InvalidInput', 'termEnds: of one that has lapsed, lapsed-on says it.');
  if (lapsedOn >= today)
    return refuse('DateInFuture', `It cannot have lapsed on ${lapsedOn}: it is ${today}. Say term-ends instead.`);
  return lapsedOn <= since
    ? refuse('DateOutOfOrder', `It cannot have lapsed on ${lapsedOn}, before its effect on ${since}.`)
    : undefined;
}

/** Of one that is in effect already the term is known, and has not ended without a renewal. */
function refuseTerm(given: Opening, today: CivilDate): Refusal | undefined {
  const { signedOn, termEnds, termNumber } = given;
  const since = effectOf(given);
  const validity = validityWith({}, given);
  if ((since || signedOn) && !isComplete(validity))
    return refuse('InvalidInput', 'duration, notice: say how long it is valid, and what notice ends it.');
  if (!since)
    return termEnds || termNumber
      ? refuse(
          'InvalidInput',
          'termEnds, termNumber: only of an MOU that is in effect already; say in-effect-since too.',
        )
      : undefined;
  if (termNumber && !termEnds) return refuse('InvalidInput', 'termNumber: say with term-ends when that term ends.');
  if (termEnds && validity.duration === 'indefinite')
    return refuse('InvalidInput', 'termEnds: what is valid indefinitely has no term to end.');
  if (termEnds && termEnds <= since)
    return refuse('DateOutOfOrder', `Its term cannot end on ${termEnds}, before its effect on ${since}.`);
  const term = termOf(given, today);
  return term?.ends && term.ends < today
    ? refuse(
        'DateOutOfOrder',
        `Its term ended on ${term.ends}. If it was renewed, say term-ends and term-number; if not, lapsed-on.`,
      )
    : undefined;
}

const others = (mou: Mou): readonly string[] => missing(mou, [{ side: mou.proposedBy }]);

export const opening = {
  says: 'MOU opened',
  input,
  refuse: refuseOpening,
  begin,
  follows: (_: unknown, mou: Mou): Effect[] =>
    mou.stage === 'proposed'
      ? others(mou).flatMap((side) => asking('proposed', side, { what: 'proposal', item: side }))
      : [],
};
