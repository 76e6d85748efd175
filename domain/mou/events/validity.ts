import { plus } from '../../dates.ts';
import { partyOfAgency } from '../../fields.ts';
import { defaults } from '../../ladder.ts';
import { asNew } from '../../letters.ts';
import { type CaseHeader, type Effect, nobodyHears } from '../../lifecycle.ts';
import { openCase } from '../../other-cases.ts';
import { withOneMore } from '../../lists.ts';
import { toAll } from '../letters.ts';
import { eventRules, missing, type Mou, type MouEvent } from '../state.ts';
import type { Term } from '../terms.ts';

const undecided = (mou: Mou): Mou => {
  const { decision: _d, renewFor: _r, ...rest } = mou;
  return rest;
};

const until = ({ ends }: Term): string => (ends ? `ends on ${ends}` : 'has no end');

export const validityEvents = eventRules({
  committeeConstituted: {
    says: ({ committee, firstHost }) =>
      `Joint committee ${committee} constituted; ${firstHost} hosts its first meeting.`,
    evolve: (s, { committee, coChairs }) => ({ ...s, committees: [...s.committees, committee], coChairs }),
    follows: committeeOpening,
  },
  renewalDecided: {
    says: ({ term, on, for: renewFor, note }) =>
      `On ${on} it was decided to renew after term ${term}${renewFor ? `, for ${renewFor}` : ''}${note ? ` (${note})` : ''}.`,
    evolve: (s, { for: renewFor }) => ({ ...undecided(s), decision: 'renew', ...(renewFor ? { renewFor } : {}) }),
    follows: nobodyHears,
  },
  lapseDecided: {
    says: ({ term }) => `It will not be renewed: it lapses at the end of term ${term}.`,
    evolve: (s) => ({ ...undecided(s), decision: 'lapse' }),
    follows: nobodyHears,
  },
  decideByPassed: {
    says: ({ term }) => `Nothing was decided on term ${term} in time; it goes as the text says.`,
    evolve: (s) => ({ ...s, decision: 'letRun' }),
    follows: ({ at }, { sides }, header) =>
      // What lay in the past when the case was opened is its coordinator's to look at, and nobody's news.
      asNew(toAll('leftToText', at === header.openedAt ? [] : sides, header)),
  },
  renewed: {
    says: ({ term, how }) =>
      `Renewed ${how === 'tacit' ? 'tacitly' : 'as agreed'}: term ${term.number} began on ${term.starts} and ${until(term)}.`,
    evolve: (s, { term }) => {
      const { endedOn: _, ...rest } = undecided(s);
      return { ...rest, stage: 'inEffect', term, ...(s.term ? { previousTerm: s.term } : {}) };
    },
    follows: ({ how }, { sides }, header) => toAll('renewed', sides, header, { how }),
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
    follows: ({ what, how }, { sides }, header) => toAll('amended', sides, header, { what, how }),
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
    follows: ({ side, note, lateFor }, mou, header) =>
      toAll('noticeGiven', missing(mou, [{ side }]), header, { note, lateFor }),
  },
  noticeWithdrawn: {
    says: ({ side, note, on }) => `${side} took its notice back by note ${note} of ${on}.`,
    evolve: (s) => {
      const { ending: _, ...rest } = s;
      return { ...rest, stage: 'inEffect' };
    },
    follows: ({ side, note }, mou, header) =>
      toAll('noticeWithdrawn', missing(mou, [{ side }]), header, { side: partyOfAgency(side), note }),
  },
  endAgreed: {
    says: ({ on, endsOn, how }) => `The sides agreed on ${on} that it ends on ${endsOn} (${how}).`,
    evolve: (s, { on, endsOn }) => ({ ...s, stage: 'noticeGiven', ending: { how: 'consent', on, endsOn } }),
    follows: ({ how, told }, { sides }, header) => toAll('endAgreed', sides, header, { how, why: told }),
  },
  lapsed: {
    says: ({ on }) => `It lapsed on ${on}: the term ended and was not renewed.`,
    evolve: (s, { on }) => ({ ...s, stage: 'lapsed', endedOn: on }),
    follows: (_, { sides }, header) => toAll('lapsed', sides, header),
  },
  terminated: {
    says: ({ on, how }) => `It ended on ${on}, ${how === 'notice' ? 'after notice' : 'by mutual consent'}.`,
    evolve: (s, { on }) => ({ ...s, stage: 'terminated', endedOn: on }),
    follows: ({ how }, { sides }, header) => toAll('terminated', sides, header, { how }),
  },
  survivingRecorded: {
    says: ({ activity, until: day }) => `Goes on after the end${day ? ` until ${day}` : ''}: ${activity}`,
    evolve: (s, { activity, until: day }) => withOneMore(s, 'surviving', day ? `${activity} (until ${day})` : activity),
    follows: nobodyHears,
  },
  closed: { says: () => 'Closed.', evolve: (s) => ({ ...s, stage: 'closed' }), follows: nobodyHears },
});

type Constituted = Extract<MouEvent, { type: 'committeeConstituted' }>;

/** It meets within a year of effect; constituted later than that, within a year of its own. */
function committeeOpening(event: Constituted, mou: Mou, { id, countries }: CaseHeader): Effect[] {
  const { committee, title, on, firstHost, frequency, coChairs, secretaries } = event;
  const { sides, inEffectSince } = mou;
  const firstMeetingBy = inEffectSince && plus(inEffectSince, defaults.committeeEvery);
  const first = firstMeetingBy && firstMeetingBy > on ? { firstMeetingBy } : {};
  return openCase(`committee/${committee}`, title, countries, {
    mou: id,
    sides,
    since: on,
    frequency,
    ...first,
    firstHost,
    coChairs,
    secretaries,
  });
}
