import { tellVisit } from '../../act.ts';
import { dayOf, later } from '../../dates.ts';
import { hoursInWords, hoursOf, rehoured } from '../../hours.ts';
import { nobodyHears } from '../../lifecycle.ts';
import {
  asking,
  asSide,
  signingCancelled,
  signingPlanned,
  toAgencies,
  toAll,
  toCoordinator,
  toThoseAsked,
  withText,
} from '../letters.ts';
import { withOneMore } from '../../lists.ts';
import { ruledAfter } from '../order.ts';
import { eventRules, missing, type Mou, type Signature, withSigning, wordsOf } from '../state.ts';

const witnesses = (inPresenceOf: readonly string[]): string =>
  inPresenceOf.length > 0 ? `, in the presence of ${inPresenceOf.join(' and ')}` : '';

export const signingEvents = eventRules({
  textAgreed: {
    says: ({ draft, on, despite }) =>
      `The text was agreed on ${on} as in draft ${draft}${despite.length > 0 ? `, against the opinion of ${despite.join(', ')}` : ''}.`,
    evolve: (s, { on, authorityBy, byRule }) => ({
      ...s,
      stage: 'textAgreed',
      texts: s.texts + 1,
      textAgreedOn: on,
      authorityBy,
      byRule: ruledAfter(s, 'authorityBy', byRule),
    }),
    follows: (_, mou) => withText(mou, toAgencies('authorityAsked', mou.sides)),
  },
  textReopened: {
    says: () => 'The agreed text was opened again; what rested on it is void.',
    evolve: (s) => {
      const { textAgreedOn: _t, initialledOn: _i, languagesCheckedOn: _l, signing: _s, authorityBy: _a, ...rest } = s;
      return { ...rest, stage: 'underNegotiation', authority: [], inPresenceOf: [] };
    },
    follows: ({ told }, mou, header) => [
      ...toAgencies('textReopened', mou.sides, { why: told }),
      ...signingPlanned(mou, header),
    ],
  },
  initialled: {
    says: ({ on, initialledBy }) =>
      `The text was initialled on ${on}${initialledBy.length > 0 ? ` by ${initialledBy.join(' and ')}` : ''}.`,
    evolve: (s, { on }) => ({ ...s, initialledOn: on }),
    follows: nobodyHears,
  },
  languagesChecked: {
    says: ({ languages, prevailingLanguage }) =>
      `Language versions checked: ${languages.join(', ')}${prevailingLanguage ? `; ${prevailingLanguage} prevails` : languages.length > 1 ? ', each equally authentic' : ''}.`,
    evolve: (s, { languages, prevailingLanguage, on }) => {
      const { prevailingLanguage: _, ...rest } = s;
      return {
        ...rest,
        languages,
        ...(prevailingLanguage ? { prevailingLanguage } : {}),
        languagesCheckedOn: on,
      };
    },
    follows: nobodyHears,
  },
  authorityGranted: {
    says: ({ side, grantedBy, fullPowers }) =>
      `${side} has its authority to sign, granted by ${grantedBy}${fullPowers ? ', with full powers' : ''}.`,
    evolve: (s, { side, on, grantedBy, fullPowers }) =>
      withOneMore(s, 'authority', { side, on, grantedBy, fullPowers }),
    follows: nobodyHears,
  },
  signingArranged: {
    says: ({ date, place, inPresenceOf, ...hours }, { sides }) =>
      `Signing arranged for ${[date, hoursInWords(hours), place].filter(Boolean).join(', ')}${witnesses(inPresenceOf)}; ${sides.length} originals.`,
    evolve: (s, { date, place, signatories, inPresenceOf, arrangedOn, ...hours }) => ({
      ...s,
      stage: 'signingArranged',
      signing: { date, ...hoursOf(hours), place, signatories, arrangedOn },
      inPresenceOf,
    }),
    follows: (_, mou, header) => [...toAgencies('signingArranged', mou.sides), ...signingPlanned(mou, header)],
  },
  signingPostponed: {
    says: ({ from, to, place, ...hours }) =>
      `The signing is moved from ${from} to ${[to, hoursInWords(hours), place].filter(Boolean).join(', ')}.`,
    evolve: (s, { to, place, ...hours }) =>
      withSigning(s, (signing) => ({ ...rehoured(signing, hours), date: to, ...(place ? { place } : {}) })),
    follows: ({ from, told }, mou, header) => [
      ...toAgencies('signingPostponed', mou.sides, { movedFrom: from, why: told }),
      ...signingPlanned(mou, header),
    ],
  },
  signingTimeSet: {
    says: (hours) => `The signing is set for ${hoursInWords(hours)}.`,
    evolve: (s, hours) => withSigning(s, (signing) => rehoured(signing, hours)),
    follows: (_, mou, header) => [...toAll('signingTimeSet', mou.sides, header), ...signingPlanned(mou, header)],
  },
  signingCalledOff: {
    says: ({ arrangedFor }) =>
      `The signing${arrangedFor ? ` of ${arrangedFor}` : ''} is called off; the text stays agreed.`,
    evolve: ({ signing: _, ...s }, { at }) => ({
      ...s,
      stage: 'textAgreed',
      inPresenceOf: [],
      signingCalledOffOn: dayOf(at),
    }),
    follows: ({ arrangedFor, told }, mou, header) => [
      ...toAgencies('signingCalledOff', mou.sides, { calledOff: arrangedFor, why: told }),
      ...signingCancelled(mou, header),
    ],
  },
  signed: {
    says: ({ side, signatory, on, inPresenceOf }) =>
      `${signatory} signed for ${side} on ${on}${witnesses(inPresenceOf)}.`,
    evolve: (s, { side, signatory, on, inPresenceOf }) => withSignature(s, { side, signatory, on }, inPresenceOf),
    follows: (_, mou, header) => {
      const { sides, signedOn, signing } = mou;
      return signedOn
        ? [
            // Where signature is effect, the notice of effect says both.
            ...(mou.effect === 'onNotifications'
              ? [
                  ...sides.flatMap((side) => asking('signed', side, { what: 'notify', item: side })),
                  ...toCoordinator('signed', header),
                ]
              : []),
            ...tellVisit(mou, header, { standing: 'done', on: signedOn, place: signing?.place }),
          ]
        : [];
    },
  },
  notified: {
    says: ({ side, note, sentOn, receivedOn }) =>
      `${side} notified by note ${note} of ${sentOn}${receivedOn === sentOn ? '' : `, received on ${receivedOn}`}.`,
    evolve: (s, { side, note, sentOn, receivedOn }) =>
      withOneMore(s, 'notifications', { side, note, sentOn, receivedOn }),
    follows: nobodyHears,
  },
  cameIntoEffect: {
    says: ({ on, term }, mou) =>
      `It ${wordsOf(mou).begins} on ${on}${term.ends ? `; term ${term.number} ends on ${term.ends}` : ', for an indefinite time'}.`,
    evolve: (s, { on, term }) => ({ ...s, stage: 'inEffect', inEffectSince: on, term }),
    follows: (_, mou, header) => [...toAll('inEffect', mou.sides, header, asSide), ...toThoseAsked('inEffect', mou)],
  },
  posted: {
    says: ({ on, where }) => `The signed text was posted on ${on}${where ? ` (${where})` : ''}.`,
    evolve: (s, { on }) => ({ ...s, postedOn: on }),
    follows: ({ where }, _, header) => toCoordinator('posted', header, { where }),
  },
});

/** Signed by all it is signed, on the day of the last signature. */
function withSignature(mou: Mou, signature: Signature, witnessed: readonly string[]): Mou {
  const signatures = [...mou.signatures, signature];
  const inPresenceOf = [...new Set([...mou.inPresenceOf, ...witnessed])];
  if (missing(mou, signatures).length > 0) return { ...mou, signatures, inPresenceOf };
  const signedOn = signatures.map(({ on }) => on).reduce(later);
  return { ...mou, stage: 'signed', signatures, inPresenceOf, signedOn };
}
