import type { DeadlineName } from '../deadline-name.ts';
import { actWords, kindOfAct } from '../act.ts';
import type { FactsOf } from '../fact-types.ts';
import { type Agency, type Party, partyOfAgency } from '../fields.ts';
import { lettersOf } from '../letters.ts';
import type { CaseHeader, Effect, Stamp } from '../lifecycle.ts';
import { tellCase } from '../other-cases.ts';
import { type factTypes, legFacts, letterFacts } from './facts.ts';
import { legOf, liveLegs } from './legs.ts';
import type { ActMove, Leg, Visit } from './state.ts';

export type VisitFacts = FactsOf<typeof factTypes>;

const letter = lettersOf<typeof factTypes>('visit');

/** With what every letter of the visit says of it. */
export const mail = (
  visit: Visit,
  name: string,
  to: readonly Party[],
  facts: VisitFacts = {},
  answerBy?: DeadlineName,
): Effect[] => letter(name, to, { ...letterFacts(visit), ...facts }, answerBy);

/** To an agency that is to say who travels for it. */
export const toName = (visit: Visit, agency: Agency, facts: VisitFacts): Effect[] =>
  mail(visit, 'agencyAdded', [partyOfAgency(agency)], facts, { what: 'members', item: agency });

/** With what it says of a leg. */
export const legMail = (
  visit: Visit,
  leg: Leg,
  name: string,
  to: readonly Party[],
  facts?: VisitFacts,
  answerBy?: DeadlineName,
): Effect[] => mail(visit, name, to, { ...legFacts(leg), ...facts }, answerBy);

/** Legs that do not exist have nobody who is concerned. */
export function onLeg(visit: Visit, number: number, mails: (leg: Leg) => Effect[]): Effect[] {
  const leg = legOf(visit, number);
  return leg ? mails(leg) : [];
}

export const toHosts = (visit: Visit, name: string, facts: VisitFacts): Effect[] =>
  liveLegs(visit).flatMap((leg) => legMail(visit, leg, name, [leg.host], facts));

type Why = Pick<Stamp, 'reason' | 'told'>;

const whyOf = ({ reason, told }: Why, visit: string): Why => ({
  reason: reason ?? `As ${visit}, whose act it is.`,
  ...(told ? { told } : {}),
});

/** Acts move and are called off by their own rules; whoever takes part in them is told by them. */
export function moveActs(acts: readonly ActMove[], why: Why, { id }: CaseHeader): Effect[] {
  return acts.flatMap(({ act, to }) => {
    const kind = kindOfAct(act);
    return kind ? tellCase(act, actWords[kind].move, { to, ...whyOf(why, id) }) : [];
  });
}

export function callOffActs(acts: readonly string[], why: Why, { id }: CaseHeader): Effect[] {
  return acts.flatMap((act) => {
    const kind = kindOfAct(act);
    return kind ? tellCase(act, actWords[kind].callOff, { ...whyOf(why, id) }) : [];
  });
}

export const letGo = (acts: readonly string[], { id }: CaseHeader, to?: Party): Effect[] =>
  acts.flatMap((act) => tellCase(act, 'leaveVisit', { visit: id, ...(to ? { to } : {}) }));
