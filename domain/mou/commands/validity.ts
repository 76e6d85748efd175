import { refuseDay } from '../../date-rules.ts';
import { z } from 'zod';
import { refuseSides } from '../../committee/sides.ts';
import { agency, date, line, listOf, pastDate, person, slug, text } from '../../fields.ts';
import { defaults } from '../../ladder.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { committeeTitle } from '../../titles.ts';
import { day, span, validityFields } from '../fields.ts';
import { onItsDay, refuseSignatories, refuseStranger, todayAfter } from '../order.ts';
import { command, type Mou } from '../state.ts';
import {
  isComplete,
  nextTerm,
  refuseValidity,
  type Term,
  termUnder,
  termUntil,
  type Validity,
  type ValidityFields,
  validityWith,
} from '../terms.ts';

export const committeeFields = {
  firstHost: agency.describe('the side that hosts the first meeting'),
  frequency: span.default(defaults.committeeEvery).describe('how often it meets'),
  coChairs: listOf(person).describe('the co-chairs, one for each side in the order of the sides'),
  secretaries: listOf(person).describe('the secretaries, one for each side in the order of the sides'),
};

export const amendmentFields = {
  what: text.describe('what was changed: article and new wording or a summary'),
  on: pastDate.describe('the day from which the amendment holds: of the last signature, or of the reply note'),
  how: z.enum(['signed', 'exchangeOfNotes']).describe('signed by all sides, or by an exchange of notes'),
  signatories: listOf(line).default([]).describe('who signed, each as SIDE: NAME, OFFICE'),
  note: line.optional().describe('the numbers of the notes exchanged'),
};

export const validityCommands = {
  constituteCommittee: command({
    says: 'Constitute a joint committee under the MOU; it becomes a case of its own',
    by: ['coordinator'],
    from: ['inEffect'],
    input: {
      committee: slug.describe('the readable id of the committee'),
      title: line.optional().describe('its title; "Joint committee on" the subject unless said otherwise'),
      on: day('the day it was constituted'),
      ...committeeFields,
    },
    decide: ({ title, on, ...rest }, mou, { today }) => {
      if (mou.committees.includes(rest.committee))
        return refuse('CaseExists', `committee/${rest.committee} was constituted already.`);
      const effect = { on: mou.inEffectSince, what: 'the effect' };
      return (
        refuseStranger(mou, rest.firstHost) ??
        refuseSides({ sides: mou.sides, ...rest }) ??
        onItsDay('The committee', on, today, effect, (since) => [
          { type: 'committeeConstituted', title: title ?? committeeTitle(mou.subject), on: since, ...rest },
        ])
      );
    },
  }),
  renew: command({
    says: 'The sides agree to renew the MOU after the current term, or decide to let it renew tacitly',
    by: ['coordinator'],
    from: ['inEffect', 'lapsed'],
    to: ['inEffect'],
    input: {
      on: day('the day it was agreed; before the term ended'),
      for: span.optional().describe('for how long, where the text leaves it open'),
      note: line.optional().describe('the numbers of the notes, or how it was agreed'),
    },
    decide: ({ on, for: renewFor, note }, mou, { today }) => {
      const { term, validity } = mou;
      const refusal = refuseRenewal(mou);
      if (refusal || !term || !isComplete(validity)) return refusal ?? [];
      const start = { on: term.starts, what: `term ${term.number} began` };
      const since = on ?? todayAfter(today, start);
      if (term.ends && since > term.ends)
        return refuse(
          'DateOutOfOrder',
          `Term ${term.number} ended on ${term.ends}; what was agreed on ${since} comes too late. It takes a new MOU.`,
        );
      const late = mou.stage === 'lapsed';
      return (
        refuseDay('The renewal', since, today, start) ?? [
          { type: 'renewalDecided', term: term.number, on: since, for: renewFor, note },
          ...(late
            ? [{ type: 'renewed' as const, term: nextTerm(term, validity, renewFor), how: 'express' as const }]
            : []),
        ]
      );
    },
  }),
  letLapse: command({
    says: 'Decide not to renew: the MOU lapses when its term ends, and nobody is warned any more',
    by: ['coordinator'],
    from: ['inEffect'],
    reason: 'required',
    input: { on: day('the day it was decided') },
    decide: ({ on }, mou, { today }) => {
      if (!mou.term?.ends) return refuse('NotReady', 'It is valid indefinitely; it ends by give-notice or terminate.');
      if (mou.validity.renewal === 'tacit')
        return refuse('NotReady', 'It renews tacitly unless a side gives notice; record that with give-notice.');
      if (mou.decision === 'lapse') return refuse('AlreadyDone', 'That was decided already.');
      const start = { on: mou.term.starts, what: `term ${mou.term.number} began` };
      const { number: term } = mou.term;
      return onItsDay('The decision', on, today, start, (since) => [{ type: 'lapseDecided', term, on: since }]);
    },
  }),
  amend: command({
    says: 'The sides have amended the MOU, also in what it says of its validity',
    by: ['coordinator'],
    from: ['inEffect'],
    input: {
      ...amendmentFields,
      ...validityFields,
      termEnds: date.optional().describe('the last day of the current term, where the amendment names it'),
    },
    decide: ({ what, on, how, signatories, note, termEnds, ...said }, mou, { today }) => {
      const validity = validityWith(mou.validity, said);
      if (!mou.term || !isComplete(validity)) return refuse('NotReady', 'Its terms of validity are not known.');
      const term = amendedTerm(mou.term, mou.validity, validity, termEnds);
      return (
        refuseUnsigned(mou, how, signatories, note) ??
        refuseDay('The amendment', on, today, { on: mou.inEffectSince, what: 'the effect' }, lastAmendment(mou)) ??
        refuseValidity(validity) ??
        refuseTerm(term, validity, on, termEnds) ?? [
          { type: 'amended', what, on, how, signatories, note, validity, term },
        ]
      );
    },
  }),
};

const lastAmendment = ({ amendedOn }: Mou) => ({ on: amendedOn, what: 'the amendment before' });

function refuseRenewal({ term, validity, decision }: Mou): Refusal | undefined {
  if (!term?.ends) return refuse('NotReady', 'It is valid indefinitely; there is no term to renew.');
  if (validity.renewal === 'none')
    return refuse('NotReady', 'Its text foresees no renewal; the sides can amend it (amend with term-ends).');
  return decision === 'renew' ? refuse('AlreadyDone', `The renewal of term ${term.number} is on record.`) : undefined;
}

/** Another length holds for the current term too, from its own beginning; a day that the amendment names goes before. */
function amendedTerm(term: Term, before: ValidityFields, after: Validity, termEnds?: string): Term {
  if (termEnds) return termUntil(termEnds, term);
  const length = ({ duration, renewalFor }: ValidityFields) => (term.number > 1 ? (renewalFor ?? duration) : duration);
  return length(before) === length(after) ? term : termUnder(after, term);
}

function refuseTerm(term: Term, { duration }: Validity, on: string, termEnds?: string): Refusal | undefined {
  if (duration === 'indefinite' && termEnds)
    return refuse('InvalidInput', 'termEnds: what is valid indefinitely has no term to end; say duration too.');
  return term.ends && term.ends < on
    ? refuse(
        'DateOutOfOrder',
        `The term would have ended on ${term.ends}, before the amendment of ${on}; say term-ends.`,
      )
    : undefined;
}

/** An amendment is signed like the text it amends. */
function refuseUnsigned(mou: Mou, how: string, signatories: readonly string[], note?: string): Refusal | undefined {
  if (how === 'exchangeOfNotes')
    return note ? undefined : refuse('InvalidInput', 'note: an exchange of notes has numbers; give them.');
  if (signatories.length < mou.sides.length)
    return refuse('InvalidInput', `signatories: all sides sign an amendment (${mou.sides.join(', ')}).`);
  return refuseSignatories(mou, signatories);
}
