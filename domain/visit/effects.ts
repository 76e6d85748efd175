import { actWords, kindOfAct } from '../act.ts';
import { kindOf } from '../case/opening.ts';
import { asLine } from '../derived.ts';
import type { Party } from '../fields.ts';
import type { CaseHeader, Effect, Stamp } from '../lifecycle.ts';
import { isDated, isPending, legOf } from './legs.ts';
import { type Happened, mails } from './mails.ts';
import type { ActMove, Visit, VisitEvent } from './state.ts';

const longestLine = 300;

export const effects = (event: Happened, visit: Visit, header: CaseHeader): Effect[] => [
  ...mails(event, visit, header),
  ...wordsToActs(event, visit, header),
  ...(event.type === 'actPlanned' ? opening(event, visit, header) : []),
  ...(event.type === 'actionOpened' ? [openAction(event, visit, header)] : []),
];

/** Acts move and are called off by their own rules; whoever takes part in them is told by them. */
function wordsToActs(event: Happened, visit: Visit, { id }: CaseHeader): Effect[] {
  switch (event.type) {
    case 'actAdded':
      return joining(visit, event.act, event.leg, id);
    case 'actHandedOver':
      return letting([event.act], id, event.to);
    case 'actDropped':
      return letting([event.act], id);
    case 'legMoved':
    case 'postponed':
      return event.acts.flatMap((move) => moving(move, whyOf(event, id)));
    case 'legCancelled':
      return [...event.acts.flatMap((act) => callingOff(act, whyOf(event, id))), ...letting(event.letGo, id)];
    case 'cancelled': {
      const pending = visit.acts.filter(isPending);
      return [
        ...pending.filter(isDated).flatMap(({ act }) => callingOff(act, whyOf(event, id))),
        ...letting(
          pending.filter((act) => !isDated(act)).map(({ act }) => act),
          id,
        ),
      ];
    }
    default:
      return [];
  }
}

type Why = Pick<Stamp, 'reason' | 'told'>;

const whyOf = ({ reason, told }: Why, visit: string): Why => ({
  reason: reason ?? `As ${visit}, whose act it is.`,
  ...(told ? { told } : {}),
});

const letting = (acts: readonly string[], visit: string, to?: Party): Effect[] =>
  acts.map((act) => ({ type: 'tell', case: act, command: 'leaveVisit', input: { visit, ...(to ? { to } : {}) } }));

function joining(visit: Visit, act: string, leg: number, id: string): Effect[] {
  const found = legOf(visit, leg);
  if (!found) return [];
  const { country, from, to } = found;
  return [{ type: 'tell', case: act, command: 'joinVisit', input: { visit: id, leg, country, from, to } }];
}

function moving({ act, to }: ActMove, why: Why): Effect[] {
  const kind = kindOfAct(act);
  return kind ? [{ type: 'tell', case: act, command: actWords[kind].move, input: { to, ...why } }] : [];
}

function callingOff(act: string, why: Why): Effect[] {
  const kind = kindOfAct(act);
  return kind ? [{ type: 'tell', case: act, command: actWords[kind].callOff, input: { ...why } }] : [];
}

type ActPlanned = Extract<VisitEvent, { type: 'actPlanned' }>;

function opening({ act, leg, title, opening: input }: ActPlanned, visit: Visit, { id }: CaseHeader): Effect[] {
  const found = legOf(visit, leg);
  if (!found) return [];
  const kind = kindOf(act);
  const countries = [visit.sendingCountry, found.country];
  return [
    { type: 'open', kind, slug: act.slice(kind.length + 1), title, countries, input: { ...input, visit: id, leg } },
  ];
}

type ActionOpened = Extract<VisitEvent, { type: 'actionOpened' }>;

function openAction(event: ActionOpened, visit: Visit, header: CaseHeader): Effect {
  const { action, topic, owner, due, committee, coChairs } = event;
  const proposal = visit.proposals.find(({ number }) => number === event.proposal);
  const leg = proposal && legOf(visit, proposal.leg);
  return {
    type: 'open',
    kind: 'action',
    slug: action.slice('action/'.length),
    title: topic,
    countries: leg ? [visit.sendingCountry, leg.country] : header.countries,
    input: {
      topic,
      owner,
      due,
      decidedOn: visit.returnedOn,
      decision: asLine(`Report of the visit: ${proposal?.what ?? header.title}`, longestLine),
      ...(committee ? { committee } : {}),
      coChairs,
    },
  };
}
