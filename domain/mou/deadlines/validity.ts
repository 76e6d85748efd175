import { nothing } from '../../case/settled.ts';
import { plus } from '../../dates.ts';
import type { DeadlineRules, Owed } from '../../deadlines.ts';
import { byRule, decisionLadder, defaults, warningLadder } from '../../ladder.ts';
import type { CaseHeader } from '../../lifecycle.ts';
import { continues, type Mou, type MouEvent } from '../state.ts';
import { decideBy, isComplete, nextTerm, termUntil } from '../terms.ts';
import { nextStep } from './signing.ts';

/** It meets within a year of effect, so it is constituted within half of one. */
const constituteWithin = 'P6M';

/** Nobody owes it: when the day is over in the first of the countries, the case acts. */
const byItself = ({ countries: [inCountry] }: CaseHeader, says: string, since: string, on: string): Owed => ({
  says,
  since,
  due: { on },
  ...(inCountry ? { inCountry } : {}),
});

export const validity: DeadlineRules<Mou, MouEvent> = {
  committee: {
    stages: ['inEffect'],
    isOwed: ({ jointCommittee, committees, inEffectSince }) =>
      jointCommittee && committees.length === 0 && inEffectSince !== undefined,
    owed: ({ inEffectSince = '' }) => ({
      says: 'constitution of the joint committee',
      since: inEffectSince,
      ...byRule(plus(inEffectSince, constituteWithin)),
      owedBy: 'coordinator',
    }),
    answeredBy: { constituteCommittee: nothing },
  },
  // Both follow from the current term: the day to decide on it, of which people are warned, and its end.
  decide: {
    stages: ['inEffect'],
    owed: ({ term, validity: terms, decision }) => {
      const due = term?.ends && isComplete(terms) && !decision ? decideBy(term, terms) : undefined;
      if (!term || !due) return [];
      return {
        item: term.number,
        says: `decision on term ${term.number}, which ends on ${term.ends}`,
        since: term.starts,
        due,
        owedBy: 'coordinator',
        ladder: decisionLadder(...defaults.warnBeforeDecideBy),
        earlierLadder: warningLadder(...defaults.warnBeforeDecideBy),
      };
    },
    // The second is for an MOU that goes on unless somebody gives notice, the third for one that ends unless it is renewed.
    answeredBy: { renew: nothing, giveNotice: nothing, letLapse: nothing },
    whenPassed: {
      says: 'The day to decide is over; the term goes on to its end, and then as the text says',
      decide: ({ term }) => (term ? [{ type: 'decideByPassed', term: term.number }] : []),
    },
  },
  termEnd: {
    stages: ['inEffect'],
    owed: ({ term, validity: terms }, header) =>
      term?.ends && isComplete(terms)
        ? { item: term.number, ...byItself(header, `end of term ${term.number}`, term.starts, term.ends) }
        : [],
    whenPassed: {
      says: 'The next term begins if the MOU renews tacitly or its renewal was agreed; else it lapses',
      to: ['inEffect', 'lapsed'],
      foretold: { to: ['decide'], facts: ['termEnds'] },
      decide: (mou) => {
        const { term, validity: terms, renewFor } = mou;
        if (!term?.ends || !isComplete(terms)) return [];
        if (!continues(mou)) return [{ type: 'lapsed', on: term.ends }];
        const how = terms.renewal === 'tacit' ? 'tacit' : 'express';
        return [{ type: 'renewed', term: nextTerm(term, terms, renewFor), how }];
      },
    },
    whenMoved: (mou, to) => (mou.term ? { ...mou, term: termUntil(to, mou.term) } : mou),
  },
  end: {
    stages: ['noticeGiven'],
    owed: ({ ending }, header) => (ending ? byItself(header, 'end of the MOU', ending.on, ending.endsOn) : []),
    whenPassed: {
      says: 'The MOU has ended',
      to: ['terminated'],
      decide: ({ ending }) => (ending ? [{ type: 'terminated', on: ending.endsOn, how: ending.how }] : []),
    },
    whenMoved: (mou, to) => (mou.ending ? { ...mou, ending: { ...mou.ending, endsOn: to } } : mou),
  },
  close: {
    stages: ['lapsed', 'terminated'],
    owed: ({ endedOn }) => (endedOn ? nextStep('record of what survives the MOU', endedOn) : []),
    answeredBy: { recordSurviving: nothing, close: nothing },
  },
};
