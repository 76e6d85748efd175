import { system } from './case/due.ts';
import { followedParty, type Party, partyOfAgency, partyOfPerson } from './fields.ts';
import {
  nameSuccessor,
  type CancelledEvent,
  type CaseHeader,
  type Effect,
  type Facts,
  type OpenedEvent,
  type Stamp,
} from './lifecycle.ts';
import { commands } from './request/commands.ts';
import { corrections } from './request/corrections.ts';
import { owed } from './request/deadlines.ts';
import { events } from './request/events.ts';
import { input, type Opening, refuseOpening } from './request/opening.ts';
import {
  agenciesThat,
  type CooperationRequest,
  isPlannedCase,
  lifecycle,
  outcomeAsNamed,
  outcomeSentence,
  type PlannedCase,
  type RequestEvent,
} from './request/state.ts';

/** A cooperation request: from its arrival until it is accepted as one or several things, declined or withdrawn. */
export const request = lifecycle({
  kind: 'request',
  says: 'A cooperation request from abroad, until it is accepted as one or several things, declined or withdrawn',
  stages: {
    received: 'It has arrived; the requester has not been told yet.',
    acknowledged: 'The requester knows that it has arrived; its completeness is being checked.',
    askedBack: 'Something is missing; the requester was asked for it.',
    complete: 'It holds all that is needed; a lead agency is to be named.',
    assigned: 'A lead agency deals with it.',
    consulting: 'Other agencies were asked for their opinion.',
    consulted: 'All opinions are in or have expired; the decision is next.',
    onHold: 'It rests until a day, and goes on by itself.',
    accepted: 'It was accepted; what it became is on record.',
    declined: 'It was declined, with a reason.',
    withdrawn: 'The requester has withdrawn it.',
  },
  finalStages: { accepted: 'accepted', declined: 'declined', withdrawn: 'withdrawn' },
  opening: {
    says: 'Cooperation request received',
    input,
    refuse: refuseOpening,
    begin: (given) => ({
      stage: 'received',
      ...given,
      requester: given.requester as Party,
      stageSince: given.receivedOn,
      consultations: [],
      outcomesPlanned: 0,
      outcomes: [],
    }),
  },
  commands,
  events,
  ...owed,
  corrections,
  effects: (event, subject, header) => [
    ...mails(event, subject, header),
    ...opens(event, subject, header),
    ...newsToOthers(event, subject),
  ],
  owner: ({ stage, lead, requester }) => {
    if (stage === 'askedBack') return requester;
    return lead === undefined ? undefined : partyOfAgency(lead);
  },
  roles: ({ requester }) => [{ role: 'requester', who: requester, by: nameSuccessor }],
  whenSucceeded: (known, person, successor) => ({
    ...known,
    requester: followedParty(known.requester, person, successor),
  }),
  facts,
});

function facts(known: CooperationRequest): Facts {
  const { subject, details, how, noteNumber, dated, receivedOn, requester, requestingCountry, contact } = known;
  const parties = (standing: Parameters<typeof agenciesThat>[1]) => agenciesThat(known, standing).map(partyOfAgency);
  return {
    subject,
    details,
    how,
    noteNumber,
    dated,
    receivedOn,
    requester,
    requestingCountry,
    contact,
    missing: known.missing,
    lead: known.lead && partyOfAgency(known.lead),
    decideBy: known.decideBy,
    outstanding: parties('outstanding'),
    inFavour: parties('inFavour'),
    withRemarks: parties('withRemarks'),
    against: parties('against'),
    expired: parties('expired'),
    outcomes: known.outcomes.map(outcomeSentence),
    until: known.until,
  };
}

type Happened = (RequestEvent | OpenedEvent<Opening> | CancelledEvent) & Stamp;

function mails(event: Happened, known: CooperationRequest, { coordinator }: CaseHeader): Effect[] {
  const mail = (text: string, to: Party, more: Facts = {}, answerBy?: string): Effect => ({
    type: 'mail',
    text: `request.${text}`,
    to,
    facts: { why: event.told, outcomes: known.outcomes.map(outcomeAsNamed), ...more },
    ...(answerBy ? { answerBy } : {}),
  });
  const { requester } = known;
  switch (event.type) {
    case 'acknowledged':
      return [mail('acknowledged', requester, { note: event.note })];
    case 'askedBack':
      return [mail('askedBack', requester, { missing: event.missing, replyBy: event.due })];
    case 'assigned':
    case 'leadChanged':
      return [mail('assigned', partyOfAgency(event.lead), {}, 'decide')];
    case 'consulted':
      return [
        mail(
          'opinionAsked',
          partyOfAgency(event.agency),
          { question: event.question, replyBy: event.due, workingDays: known.opinionWorkingDays },
          `opinion:${event.agency}`,
        ),
      ];
    case 'opinionExpired':
      return [mail('opinionExpired', partyOfPerson(coordinator), { agency: partyOfAgency(event.agency) })];
    case 'held':
      return [mail('onHold', requester)];
    case 'resumed':
      return event.by === system ? [mail('resumed', partyOfPerson(coordinator))] : [];
    case 'accepted':
      return [mail('accepted', requester, { note: event.note }), ...toThoseAtWork(mail, known)];
    case 'declined':
      return [mail('declined', requester), ...toThoseAtWork(mail, known)];
    case 'withdrawn':
      return [mail('withdrawn', requester), ...toThoseAtWork(mail, known)];
    default:
      return [];
  }
}

/** All who were asked, and the requester of a cancelled request, hear what came of it; 0.2.1 told those at work alone. */
function newsToOthers(event: Happened, known: CooperationRequest): Effect[] {
  const facts = { why: event.told, outcomes: known.outcomes.map(outcomeAsNamed) };
  const lead = known.lead ? [known.lead] : [];
  const wasAsked = (['inFavour', 'withRemarks', 'against', 'expired'] as const).flatMap((standing) =>
    agenciesThat(known, standing),
  );
  const tell = (text: string, to: readonly Party[]): Effect[] =>
    [...new Set(to)].map((each) => ({ type: 'mail', text, to: each, facts, isNew: true }));
  switch (event.type) {
    case 'accepted':
    case 'declined':
    case 'withdrawn':
      return tell('request.settled', wasAsked.filter((each) => !lead.includes(each)).map(partyOfAgency));
    case 'cancelled':
      return tell('case.cancelled', [
        known.requester,
        ...[...lead, ...wasAsked, ...agenciesThat(known, 'outstanding')].map(partyOfAgency),
      ]);
    default:
      return [];
  }
}

/** Whoever still works on the request hears that it is settled: the lead, and agencies whose opinion is outstanding. */
const toThoseAtWork = (mail: (text: string, to: Party) => Effect, known: CooperationRequest): Effect[] =>
  [...(known.lead ? [known.lead] : []), ...agenciesThat(known, 'outstanding')].map((agency) =>
    mail('settled', partyOfAgency(agency)),
  );

function opens(event: Happened, { outcomes }: CooperationRequest, header: CaseHeader): Effect[] {
  return event.type === 'accepted' ? outcomes.filter(isPlannedCase).map((outcome) => opening(outcome, header)) : [];
}

function opening(outcome: PlannedCase, { id, countries }: CaseHeader): Effect {
  const { title } = outcome;
  switch (outcome.what) {
    case 'mou': {
      const { mou, subject, sides, binding } = outcome;
      return {
        type: 'open',
        kind: 'mou',
        slug: mou,
        title,
        countries,
        input: { request: id, subject, sides, binding },
      };
    }
    case 'visit': {
      const { visit, countries: all, from, to, senders, reason, aim } = outcome;
      const input = { from, to, senders, ...(reason ? { reason } : {}), ...(aim ? { aim } : {}) };
      return { type: 'open', kind: 'visit', slug: visit, title, countries: all, input };
    }
    case 'workshop': {
      const { workshop, subject, country: where, place, from, to, hosts } = outcome;
      const input = { subject, country: where, place, from, ...(to ? { to } : {}), hosts };
      return { type: 'open', kind: 'workshop', slug: workshop, title, countries, input };
    }
  }
}
