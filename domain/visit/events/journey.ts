import { withOneMore } from '../../lists.ts';
import { spaced } from '../../case/label.ts';
import { asLine } from '../../derived.ts';
import { partyOfAgency } from '../../fields.ts';
import { type CaseHeader, type Effect, nobodyHears, type Stamp } from '../../lifecycle.ts';
import { openCase } from '../../other-cases.ts';
import { isDated, isPending, legOf, peopleOf } from '../legs.ts';
import { callOffActs, letGo, mail, toHosts } from '../letters.ts';
import { type Act, eventRules, type Visit, type VisitEvent } from '../state.ts';

const longestLine = 300;

export const journeyEvents = eventRules({
  described: {
    says: ({ changes }) => `Changed: ${Object.keys(changes).map(spaced).join(', ')}.`,
    evolve: (visit, { changes }) => ({ ...visit, ...changes }),
    follows: nobodyHears,
  },
  departed: {
    says: () => 'The delegation is under way.',
    evolve: (visit, { on }) => ({ ...visit, stage: 'underWay', departedOn: on }),
    follows: nobodyHears,
  },
  returned: {
    says: () => 'The delegation is back.',
    evolve: (visit, { on }) => ({ ...visit, stage: 'returned', returnedOn: on }),
    follows: (_, visit) => mail(visit, 'reportAsked', [visit.rapporteur], {}, { what: 'report' }),
  },
  reportSubmitted: {
    says: ({ report, document }) => `Report: ${report}${document ? ` (${document})` : ''}`,
    evolve: (visit, { on, report, document }) => ({
      ...visit,
      stage: 'reported',
      reportedOn: on,
      report,
      ...(document ? { reportDocument: document } : {}),
    }),
    follows: (_, visit) =>
      mail(
        visit,
        'reportSubmitted',
        visit.agencies.map(({ agency }) => partyOfAgency(agency)),
      ),
  },
  actionOpened: {
    says: ({ action, topic, owner, due }) => `Follow-up action ${action}: ${topic} (${owner}, due ${due}).`,
    evolve: (visit, { action, proposal }) => ({
      ...withOneMore(visit, 'actions', action),
      proposals: visit.proposals.map((each) =>
        each.number === proposal ? withOneMore(each, 'actions', action) : each,
      ),
    }),
    follows: openAction,
  },
  closed: {
    says: () => 'The visit is closed.',
    evolve: (visit) => ({ ...visit, stage: 'closed' }),
    follows: nobodyHears,
  },
});

type ActionOpened = Extract<VisitEvent, { type: 'actionOpened' }>;

function openAction(event: ActionOpened, visit: Visit, header: CaseHeader): Effect[] {
  const { action, topic, owner, due, committee, coChairs } = event;
  const proposal = visit.proposals.find(({ number }) => number === event.proposal);
  const leg = proposal && legOf(visit, proposal.leg);
  return openCase(action, topic, leg ? [visit.sendingCountry, leg.country] : header.countries, {
    topic,
    owner,
    due,
    decidedOn: visit.returnedOn,
    decision: asLine(`Report of the visit: ${proposal?.what ?? header.title}`, longestLine),
    ...(committee ? { committee } : {}),
    coChairs,
  });
}

const idsOf = (acts: readonly Act[]): string[] => acts.map(({ act }) => act);

/** Those who were there have been told of its end; what is left of its acts goes on without it. */
export function whenCancelled(event: Stamp, visit: Visit, header: CaseHeader): Effect[] {
  const why = { why: event.told };
  const pending = visit.acts.filter(isPending);
  return [
    ...(visit.returnedOn
      ? []
      : [...toHosts(visit, 'cancelledForHost', why), ...mail(visit, 'cancelled', peopleOf(visit), why)]),
    ...callOffActs(idsOf(pending.filter(isDated)), event, header),
    ...letGo(idsOf(pending.filter((act) => !isDated(act))), header),
  ];
}
