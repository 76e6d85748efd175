import type { Facts } from '../lifecycle.ts';
import { type Party, partyOfAgency, partyOfPerson } from '../fields.ts';
import type { CancelledEvent, CaseHeader, Effect, OpenedEvent, Stamp } from '../lifecycle.ts';
import { dayBeforeOrMidway } from '../meeting/state.ts';
import { isRemindedOf } from './checklist.ts';
import { itemOf } from './deadlines.ts';
import { legFacts, legInLetters, letterFacts } from './facts.ts';
import { isWithin, legOf, liveLegs, peopleOf, peopleOn } from './legs.ts';
import type { Opening } from './opening.ts';
import type { Leg, Visit, VisitEvent } from './state.ts';

export type Happened = (VisitEvent | OpenedEvent<Opening> | CancelledEvent) & Stamp;
type Following = {
  readonly [T in Happened['type']]?: (
    event: Extract<Happened, { type: T }>,
    visit: Visit,
    header: CaseHeader,
  ) => readonly Effect[];
};

const mail = (name: string, recipients: readonly Party[], facts: Facts = {}, answerBy?: string): Effect[] =>
  [...new Set(recipients)].map((to) => ({
    type: 'mail',
    text: `visit.${name}`,
    to,
    facts,
    ...(answerBy ? { answerBy } : {}),
  }));

/** To an agency that is to say who travels for it. */
const toName = (agency: string, facts: Facts): Effect[] =>
  mail('agencyAdded', [partyOfAgency(agency)], facts, `members:${agency}`);

/** To whoever has to find other days for a leg, or to call it off. */
const toSettle = (name: string, leg: Leg, { coordinator }: CaseHeader, facts: Facts = {}): Effect[] =>
  mail(name, [partyOfPerson(coordinator)], { ...legFacts(leg), ...facts }, `settleLeg:${itemOf(leg)}`);

/** Legs that do not exist have nobody who is concerned. */
const onLeg = (visit: Visit, number: number, mails: (leg: Leg) => Effect[]): Effect[] => {
  const leg = legOf(visit, number);
  return leg ? mails(leg) : [];
};

const hostsOf = (visit: Visit, name: string, facts: Facts): Effect[] =>
  liveLegs(visit).flatMap((leg) => mail(name, [leg.host], { ...legFacts(leg), ...facts }));

const delegationMails: Following = {
  opened: ({ at }, { agencies, from, to, delegationBefore, scheduledOn }) =>
    to < at.slice(0, 10)
      ? []
      : agencies.flatMap(({ agency }) =>
          toName(agency, { namedBy: dayBeforeOrMidway(from, delegationBefore, scheduledOn), onLegs: [] }),
        ),
  headNamed: ({ person, function: as }) => mail('headNamed', [partyOfPerson(person)], { function: as }),
  agencyAdded: ({ agency, legs, at }, { from, delegationBefore }) =>
    toName(agency, { namedBy: dayBeforeOrMidway(from, delegationBefore, at.slice(0, 10)), onLegs: legs.map(String) }),
  agencyRemoved: ({ agency, told }) =>
    mail('agencyRemoved', [partyOfAgency(agency)], { agency: partyOfAgency(agency), why: told }),
  memberAdded: ({ person, function: as }) => mail('memberAdded', [partyOfPerson(person)], { function: as }),
  memberRemoved: ({ person, told }) => mail('memberRemoved', [partyOfPerson(person)], { why: told }),
  proposalAdded: ({ agency, how, what, leg: number, background }, visit) =>
    onLeg(visit, number, (leg) =>
      agency ? mail('proposalAdded', [partyOfAgency(agency)], { ...legFacts(leg), how, what, background }) : [],
    ),
  checklistItemDropped: ({ items, at, told }, visit) => {
    const dropped = visit.checklist.filter(
      (item) => items.includes(item.number) && isRemindedOf(visit, item, at.slice(0, 10)),
    );
    const [first] = dropped;
    const forLegs = liveLegs(visit).filter(({ number }) => dropped.some(({ leg }) => leg === number));
    return first
      ? mail('checklistItemDropped', [partyOfAgency(first.agency)], {
          preparation: first.subject,
          agency: partyOfAgency(first.agency),
          forLegs: forLegs.map(legInLetters),
          why: told,
        })
      : [];
  },
  briefingBookCirculated: (_, visit) => mail('briefingBookReady', peopleOf(visit)),
};

const legMails: Following = {
  legAdded: ({ leg: number }, visit) => onLeg(visit, number, (leg) => mail('legAsked', [leg.host], legFacts(leg))),
  legTimeSet: ({ leg: number }, visit) =>
    onLeg(visit, number, (leg) => mail('legTimeSet', [leg.host, ...peopleOn(visit, number)], legFacts(leg))),
  counterpartChanged: ({ leg: number, insteadOf }, visit) =>
    onLeg(visit, number, (leg) =>
      leg.host === insteadOf
        ? []
        : [
            ...mail('hostReplaced', [insteadOf], { ...legFacts(leg) }),
            ...(leg.standing === 'asked' ? mail('legAsked', [leg.host], legFacts(leg)) : []),
          ],
    ),
  legDeclined: ({ leg: number, told }, visit, header) =>
    onLeg(visit, number, (leg) => toSettle('legDeclined', leg, header, { why: told })),
  legUnconfirmed: ({ leg: number }, visit, header) =>
    onLeg(visit, number, (leg) => toSettle('legUnconfirmed', leg, header)),
  legMoved: ({ leg: number, told }, visit) =>
    onLeg(visit, number, (leg) => [
      ...mail('legAskedAnew', [leg.host], { ...legFacts(leg), why: told }),
      ...mail('legMoved', peopleOn(visit, number), { ...legFacts(leg), why: told }),
    ]),
  legCancelled: ({ leg: number, told }, visit) =>
    onLeg(visit, number, (leg) =>
      mail('legCancelled', [leg.host, ...peopleOn(visit, number)], { ...legFacts(leg), why: told }),
    ),
  datesChanged: ({ told }, visit) => mail('datesChanged', peopleOf(visit), { why: told }),
  postponed: ({ told }, visit) => [
    ...hostsOf(visit, 'legAskedAnew', { why: told }),
    ...mail('postponed', peopleOf(visit), { why: told }),
  ],
  cancelled: ({ told }, visit) =>
    visit.returnedOn
      ? []
      : [...hostsOf(visit, 'cancelledForHost', { why: told }), ...mail('cancelled', peopleOf(visit), { why: told })],
};

const actMails: Following = {
  actReported: ({ act, title, leg: number, standing, on, until = on }, visit, { coordinator }) =>
    onLeg(visit, number, (leg) =>
      standing === 'planned' && on && !isWithin(leg, on, until)
        ? mail('actOutside', [partyOfPerson(coordinator)], { ...legFacts(leg), act, actTitle: title, actOn: on })
        : [],
    ),
  actHandedOver: ({ act, to, told }, { acts }) =>
    mail('actHandedOver', [to], {
      act,
      actTitle: acts.find((each) => each.act === act)?.title ?? act,
      why: told,
    }),
  returned: (_, { rapporteur }) => mail('reportAsked', [rapporteur], {}, 'report'),
  reportSubmitted: (_, visit) =>
    mail(
      'reportSubmitted',
      visit.agencies.map(({ agency }) => partyOfAgency(agency)),
    ),
};

const following: Following = { ...delegationMails, ...legMails, ...actMails };

/** Who is told of what has happened: of a leg its host and those who go on it, and nobody of the other legs. */
export const mails = (event: Happened, visit: Visit, header: CaseHeader): readonly Effect[] => {
  const follow = following[event.type] as
    | ((event: Happened, visit: Visit, header: CaseHeader) => readonly Effect[])
    | undefined;
  const known = letterFacts(visit);
  return (follow?.(event, visit, header) ?? []).map((effect) =>
    effect.type === 'mail' ? { ...effect, facts: { ...known, ...effect.facts } } : effect,
  );
};
