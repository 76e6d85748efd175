import type { EventRules } from '../../lifecycle.ts';
import type { Mou, MouEvent, ValidityEvent } from '../state.ts';
import type { Term } from '../terms.ts';

const undecided = (mou: Mou): Mou => {
  const { decision: _d, renewFor: _r, ...rest } = mou;
  return rest;
};

const until = ({ ends }: Term): string => (ends ? `ends on ${ends}` : 'has no end');

export const validityEvents: Pick<EventRules<Mou, MouEvent>, ValidityEvent['type']> = {
  committeeConstituted: {
    says: ({ committee, firstHost }) =>
      `Joint committee ${committee} constituted; ${firstHost} hosts its first meeting.`,
    evolve: (s, { committee, coChairs }) => ({ ...s, committees: [...s.committees, committee], coChairs }),
  },
  renewalDecided: {
    says: ({ term, on, for: renewFor, note }) =>
      `On ${on} it was decided to renew after term ${term}${renewFor ? `, for ${renewFor}` : ''}${note ? ` (${note})` : ''}.`,
    evolve: (s, { for: renewFor }) => ({ ...undecided(s), decision: 'renew', ...(renewFor ? { renewFor } : {}) }),
  },
  lapseDecided: {
    says: ({ term }) => `It will not be renewed: it lapses at the end of term ${term}.`,
    evolve: (s) => ({ ...undecided(s), decision: 'lapse' }),
  },
  decideByPassed: {
    says: ({ term }) => `Nothing was decided on term ${term} in time; it goes as the text says.`,
    evolve: (s) => ({ ...s, decision: 'letRun' }),
  },
  renewed: {
    says: ({ term, how }) =>
      `Renewed ${how === 'tacit' ? 'tacitly' : 'as agreed'}: term ${term.number} began on ${term.starts} and ${until(term)}.`,
    evolve: (s, { term }) => {
      const { endedOn: _, ...rest } = undecided(s);
      return { ...rest, stage: 'inEffect', term, ...(s.term ? { previousTerm: s.term } : {}) };
    },
  },
  amended: {
    says: ({ what, on, how, term }) =>
      `Amended as of ${on} ${how === 'signed' ? 'by a signed text' : 'by an exchange of notes'}: ${what}. Term ${term.number} ${until(term)}.`,
    evolve: (s, { on, validity, term }) => ({
      ...(term.ends === s.term?.ends && JSON.stringify(validity) === JSON.stringify(s.validity) ? s : undecided(s)),
      validity,
      term,
      amendments: s.amendments + 1,
      amendedOn: on,
    }),
  },
  noticeGiven: {
    says: ({ side, on, note, endsOn, lateFor }) =>
      `${side} gave notice by note ${note} of ${on}${lateFor ? `, too late for term ${lateFor}` : ''}; it ends on ${endsOn}.`,
    evolve: (s, { side, on, endsOn, term }) => ({
      ...s,
      stage: 'noticeGiven',
      term,
      ending: { how: 'notice', side, on, endsOn },
    }),
  },
  noticeWithdrawn: {
    says: ({ side, note, on }) => `${side} took its notice back by note ${note} of ${on}.`,
    evolve: (s) => {
      const { ending: _, ...rest } = s;
      return { ...rest, stage: 'inEffect' };
    },
  },
  endAgreed: {
    says: ({ on, endsOn, how }) => `The sides agreed on ${on} that it ends on ${endsOn} (${how}).`,
    evolve: (s, { on, endsOn }) => ({ ...s, stage: 'noticeGiven', ending: { how: 'consent', on, endsOn } }),
  },
  lapsed: {
    says: ({ on }) => `It lapsed on ${on}: the term ended and was not renewed.`,
    evolve: (s, { on }) => ({ ...s, stage: 'lapsed', endedOn: on }),
  },
  terminated: {
    says: ({ on, how }) => `It ended on ${on}, ${how === 'notice' ? 'after notice' : 'by mutual consent'}.`,
    evolve: (s, { on }) => ({ ...s, stage: 'terminated', endedOn: on }),
  },
  survivingRecorded: {
    says: ({ activity, until: day }) => `Goes on after the end${day ? ` until ${day}` : ''}: ${activity}`,
    evolve: (s, { activity, until: day }) => ({
      ...s,
      surviving: [...s.surviving, day ? `${activity} (until ${day})` : activity],
    }),
  },
  closed: { says: () => 'Closed.', evolve: (s) => ({ ...s, stage: 'closed' }) },
};
