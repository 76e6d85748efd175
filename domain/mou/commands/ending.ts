import { refuseDay, refusePlan } from '../../date-rules.ts';
import { agency, date, line, text, pastDate } from '../../fields.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { refuseStranger } from '../order.ts';
import { command, continues, type Mou } from '../state.ts';
import { endAfterNotice, isComplete, nextTerm, noticeBy, type Term, type Validity } from '../terms.ts';

const effectOf = ({ inEffectSince }: Mou) => ({ on: inEffectSince, what: 'the effect' });

export const endingCommands = {
  giveNotice: command({
    says: 'A side gives notice: the MOU ends as its text says',
    confirms: 'code',
    by: ['side', 'coordinator'],
    from: ['inEffect'],
    to: ['noticeGiven'],
    input: {
      side: agency.describe('the side that gives notice'),
      on: pastDate.describe('the day of the notice'),
      note: line.describe('the number of its note'),
    },
    decide: ({ side, on, note }, mou, { today }) => {
      const { validity, term } = mou;
      if (!term || !isComplete(validity)) return refuse('NotReady', 'Its terms of validity are not known.');
      const given = on < term.starts && mou.previousTerm ? mou.previousTerm : term;
      const refusal =
        refuseStranger(mou, side) ??
        refuseDay('Notice', on, today, effectOf(mou), { on: given.starts, what: `term ${given.number} began` }) ??
        refuseOutsideWindow(on, given, validity, given === term);
      const late = given === term && isLate(on, term, validity) ? nextTerm(term, validity) : undefined;
      if (refusal) return refusal;
      if (late?.ends) return [{ type: 'noticeGiven', side, on, note, endsOn: late.ends, term, lateFor: term.number }];
      const endsOn = endAfterNotice(on, given, validity, given !== term || continues(mou));
      return [{ type: 'noticeGiven', side, on, note, endsOn, term: given.ends && endsOn <= given.ends ? given : term }];
    },
  }),
  withdrawNotice: command({
    says: 'The side that gave notice takes it back; the MOU stays in effect',
    confirms: 'code',
    by: ['side', 'coordinator'],
    from: ['noticeGiven'],
    to: ['inEffect'],
    offeredFor: ({ ending }, side) => ending === undefined || ending.side === side,
    input: {
      side: agency.describe('the side that gave it'),
      on: pastDate.describe('the day it was taken back'),
      note: line.describe('the number of its note'),
    },
    decide: ({ side, on, note }, { ending }, { today }) => {
      if (ending?.how !== 'notice') return refuse('NotReady', 'Its end was agreed by all sides; there is no notice.');
      if (side !== ending.side) return refuse('NotAParty', `${ending.side ?? ''} gave the notice, not ${side}.`);
      if (on > ending.endsOn)
        return refuse('DateOutOfOrder', `The MOU ended on ${ending.endsOn}; notice cannot be taken back on ${on}.`);
      return (
        refuseDay('Taking it back', on, today, { on: ending.on, what: 'the notice' }) ?? [
          { type: 'noticeWithdrawn', side, on, note },
        ]
      );
    },
  }),
  terminate: command({
    says: 'The sides end the MOU by mutual consent',
    confirms: 'code',
    by: ['coordinator'],
    from: ['inEffect', 'noticeGiven'],
    to: ['noticeGiven'],
    reason: 'required',
    tells: 'told',
    input: {
      on: pastDate.describe('the day it was agreed'),
      endsOn: date.optional().describe('the last day of the MOU; the same day unless said otherwise'),
      how: line.describe('how it was agreed: an exchange of notes with its numbers, minutes, a new MOU'),
    },
    decide: ({ on, endsOn = on, how }, mou, { today }) => {
      const termEnd = continues(mou) ? undefined : mou.term?.ends;
      if (termEnd && endsOn > termEnd)
        return refuse('DateOutOfOrder', `It ends on ${termEnd} anyway; an end agreed for ${endsOn} would be later.`);
      return (
        refuseDay('The agreement', on, today, effectOf(mou)) ??
        refusePlan('The end', endsOn, today, { on, what: 'it was agreed' }) ?? [{ type: 'endAgreed', on, endsOn, how }]
      );
    },
  }),
  recordSurviving: command({
    says: 'Record an activity that goes on after the MOU has ended',
    by: ['coordinator'],
    from: ['noticeGiven', 'lapsed', 'terminated'],
    input: {
      activity: text.describe('what goes on'),
      until: date.optional().describe('until when'),
    },
    decide: ({ activity, until }) => [{ type: 'survivingRecorded', activity, until }],
  }),
  close: command({
    says: 'Close the case: what survives the MOU is recorded',
    by: ['coordinator'],
    from: ['lapsed', 'terminated'],
    to: ['closed'],
    decide: () => [{ type: 'closed' }],
  }),
};

/** After the last day for a notice in this term. */
function isLate(on: string, term: Term, validity: Validity): boolean {
  const last = noticeBy(term, validity);
  return validity.noticeModel !== 'anyTime' && last !== undefined && on > last;
}

/** A late notice of a term that renews tacitly ends the MOU with the next; of another, or of a term that is over, it changes nothing. */
function refuseOutsideWindow(on: string, term: Term, validity: Validity, isRunning: boolean): Refusal | undefined {
  const last = noticeBy(term, validity);
  if (!isLate(on, term, validity) || (isRunning && validity.renewal === 'tacit')) return undefined;
  return refuse(
    'DateOutOfOrder',
    `Notice of ${on} is too late for term ${term.number}, which ends on ${term.ends ?? ''}: it was to be given by ${last ?? ''}.`,
  );
}
