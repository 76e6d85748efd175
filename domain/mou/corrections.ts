import { refuseDay } from '../date-rules.ts';
import type { CivilDate } from '../dates.ts';
import { line, pastDate } from '../fields.ts';
import { correctableHours, oneDay, refuseMendedHours } from '../hours.ts';
import type { Context, CorrectableFact, CorrectionRules } from '../lifecycle.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type Mou, withSigning } from './state.ts';
import { firstTerm, isComplete, nextTerm, type Term } from './terms.ts';

/** The hours of the signing that is arranged. */
const correctableSigning = Object.fromEntries(
  (['time', 'endsAt', 'zone'] as const).map((name): [string, CorrectableFact<Mou>] => [
    name,
    {
      ...correctableHours[name],
      known: ({ signing }) => signing?.[name],
      mend: (mou, is) => withSigning(mou, (signing) => ({ ...signing, [name]: is })),
    },
  ]),
);

const refuseHoursOfSigning = ({ signing }: Mou, before: Mou): Refusal | undefined =>
  signing && refuseMendedHours(signing, before.signing ?? {}, oneDay({ on: signing.date }));

export const corrections: CorrectionRules<Mou> = {
  facts: {
    subject: { field: line.describe('what it is about, such as e-government cooperation'), words: true },
    place: {
      field: line.describe('where it is signed'),
      words: true,
      onceRecorded: true,
      known: ({ signing }) => signing?.place,
      mend: (mou, is) => withSigning(mou, (signing) => ({ ...signing, place: is })),
    },
    ...correctableSigning,
    signedOn: {
      field: pastDate.describe('the day of the last signature'),
      onceRecorded: true,
      mend: (mou, is) => ({
        ...mou,
        signedOn: is,
        signatures: mou.signatures.map((each) => (each.on === mou.signedOn ? { ...each, on: is } : each)),
      }),
    },
    inEffectSince: {
      field: pastDate.describe('since when it is in effect; its terms are counted from there'),
      onceRecorded: true,
      mend: inEffectFrom,
    },
    postedOn: { field: pastDate.describe('the day on which it was posted'), onceRecorded: true },
  },
  refuse: (mended, before, context) =>
    refuseHoursOfSigning(mended, before) ?? refuseResting(mended, before, context) ?? refuseDays(mended, context),
};

/** The effect and what rests on it: the notification that brought it about, and the term that runs. */
function inEffectFrom(mou: Mou, is: CivilDate): Mou {
  const { inEffectSince: was } = mou;
  const term = termCountedFrom(mou, is);
  return {
    ...mou,
    inEffectSince: is,
    notifications: mou.notifications.map((each) => (each.receivedOn === was ? { ...each, receivedOn: is } : each)),
    ...(term ? { term } : {}),
  };
}

/** The term of the same number, where it follows from the effect alone: the first, or one of those that came by tacit renewal. */
function termCountedFrom({ term, validity, inEffectSince, amendments }: Mou, since: CivilDate): Term | undefined {
  if (!term || !isComplete(validity) || amendments > 0 || term.anchor !== inEffectSince) return undefined;
  let counted = firstTerm(since, validity);
  while (counted.number < term.number && counted.ends && validity.renewal === 'tacit')
    counted = nextTerm(counted, validity);
  return counted.number === term.number ? counted : undefined;
}

function refuseDays(mended: Mou, { today }: Context): Refusal | undefined {
  const { signedOn, inEffectSince, postedOn, textAgreedOn, notifications } = mended;
  const signature = { on: signedOn, what: 'the signature' };
  const late = notifications.find(({ receivedOn }) => inEffectSince !== undefined && receivedOn > inEffectSince);
  return (
    (signedOn && refuseDay('signedOn', signedOn, today, { on: textAgreedOn, what: 'the agreement on the text' })) ||
    (inEffectSince && refuseDay('inEffectSince', inEffectSince, today, signature)) ||
    (postedOn && refuseDay('postedOn', postedOn, today, signature)) ||
    (late &&
      refuse(
        'DateOutOfOrder',
        `inEffectSince: the notification of ${late.side} was received on ${late.receivedOn}, after ${inEffectSince}.`,
      )) ||
    undefined
  );
}

/** What rests on a day is mended with it, or the day stays. */
function refuseResting(mended: Mou, before: Mou, { today }: Context): Refusal | undefined {
  const { signedOn, inEffectSince, effect, term } = mended;
  const follows = effect === 'onSignature' && before.inEffectSince === before.signedOn;
  if (follows && signedOn !== before.signedOn && inEffectSince === before.inEffectSince)
    return refuse(
      'NotReady',
      `signedOn: it is in effect with its signature, since ${inEffectSince}; say in-effect-since too.`,
    );
  if (inEffectSince === before.inEffectSince || !before.term) return undefined;
  const what = before.ending ? 'its end' : before.decision ? 'the decision on its term' : undefined;
  if (what !== undefined || term === before.term)
    return refuse(
      'NotReady',
      `inEffectSince: ${what ?? `term no. ${before.term.number}, until ${before.term.ends},`} rests on it; the day stays as it is, put a note on record.`,
    );
  return term?.ends && term.ends < today
    ? refuse('DateOutOfOrder', `inEffectSince: its term would have ended on ${term.ends}, and it goes on.`)
    : undefined;
}
