import type { Facts } from '../lifecycle.ts';
import type { Mou, MouEvent } from '../mou/state.ts';
import type { Term } from '../mou/terms.ts';
import { type Details, hoursIn } from './told.ts';

const termIn = ({ number, starts, ends }: Term): Facts => ({ term: number, termStarted: starts, termEnds: ends });

/** What the events of an MOU say besides their fields. */
export const mou: Details<Mou, MouEvent> = {
  termsSet: ({ validity: { duration, renewal, noticeModel, notice } }) => ({
    facts: { duration, renewal, noticeModel, notice },
  }),
  languagesChecked: ({ languages }) => ({ facts: { count: languages.length } }),
  signingArranged: ({ date, ...hours }, { sides }) => ({
    facts: { on: date, originals: sides.length },
    parts: hoursIn(hours, date),
  }),
  signingPostponed: ({ to, ...hours }) => ({ parts: hoursIn(hours, to) }),
  signingTimeSet: (hours, { signing }) => ({ parts: hoursIn(hours, signing?.date) }),
  signingCalledOff: ({ arrangedFor }) => ({ facts: { dated: arrangedFor } }),
  notified: ({ sentOn, receivedOn }) => ({
    facts: { dated: sentOn, receivedOn: receivedOn === sentOn ? undefined : receivedOn },
  }),
  cameIntoEffect: ({ term }, { binding }) => ({ facts: { binding, ...termIn(term) } }),
  renewalDecided: ({ for: renewalFor }) => ({ facts: { renewalFor } }),
  renewed: ({ term }) => ({ facts: termIn(term) }),
  amended: ({ term }) => ({ facts: termIn(term) }),
};
