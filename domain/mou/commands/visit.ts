import { refusePlan } from '../../date-rules.ts';
import { visitLinkCommands } from '../../act.ts';
import { date, line } from '../../fields.ts';
import { hoursOf, hoursSetOf, movedHoursFields, retimed, setHoursFields } from '../../hours.ts';
import { isRefusal, refuse } from '../../refusal.ts';
import { command, type Mou } from '../state.ts';

const unsigned = ['proposed', 'drafting', 'underNegotiation', 'underReview', 'textAgreed', 'signingArranged'];

/** The signing as an act of a visit, and what moves or ends it without touching the text. */
export const visitCommands = {
  postponeSigning: command({
    says: 'Move the signing to another day; signatories and witnesses stay as arranged',
    by: ['coordinator'],
    from: ['signingArranged'],
    reason: 'required',
    tells: 'told',
    input: {
      to: date.describe('the new day of the signing'),
      ...movedHoursFields,
      place: line.optional().describe('the new place, if that changes too'),
    },
    decide: ({ to, place, ...said }, { signing, textAgreedOn }, { today }) => {
      if (!signing) return refuse('NotReady', 'No signing is arranged; arrange it first (`arrange-signing`).');
      if (to === signing.date) return refuse('AlreadyDone', `The signing is set for ${to} already.`);
      const hours = retimed({ on: signing.date, ...hoursOf(signing) }, said, to);
      if (isRefusal(hours)) return hours;
      return (
        refusePlan('The signing', to, today, { on: textAgreedOn, what: 'the text was agreed' }) ?? [
          { type: 'signingPostponed', from: signing.date, to, ...hours, place },
        ]
      );
    },
  }),
  setSigningTime: command({
    says: 'Set the hours at which the signing begins and ends, or other ones; the day stays',
    by: ['coordinator'],
    from: ['signingArranged'],
    input: setHoursFields,
    decide: (said, { signing }, { today }) => {
      if (!signing) return refuse('NotReady', 'No signing is arranged; arrange it first (`arrange-signing`).');
      const hours = hoursSetOf('The signing', { on: signing.date, ...hoursOf(signing) }, said, today);
      return isRefusal(hours) ? hours : [{ type: 'signingTimeSet', ...hours }];
    },
  }),
  callOffSigning: command({
    says: 'Call the signing off: the text stays agreed, and a signing can be arranged anew; it leaves its visit',
    by: ['coordinator'],
    from: ['signingArranged'],
    to: ['textAgreed'],
    reason: 'required',
    tells: 'told',
    decide: (_, { signing, signatures, onVisit }) =>
      signatures.length > 0
        ? refuse('AlreadyDone', 'A side has signed already; move the rest of the signing (`postpone-signing`).')
        : [
            { type: 'signingCalledOff', arrangedFor: signing?.date },
            ...(onVisit ? [{ type: 'visitLeft' as const, visit: onVisit.visit }] : []),
          ],
  }),
  ...visitLinkCommands<Mou>({
    what: 'The signing',
    from: unsigned,
    takesPlace: ({ signing }) => ({ on: signing?.date }),
  }),
};
