import { z } from 'zod';
import { itself } from './case/due.ts';
import { daysBetween } from './dates.ts';
import {
  count,
  country,
  date,
  line,
  party,
  type Party,
  partyOfAgency,
  partyOfPerson,
  text,
  pastDate,
} from './fields.ts';
import { defaults } from './ladder.ts';
import type { CancelledEvent, CaseHeader, Context, Effect, Facts, OpenedEvent, Stamp } from './lifecycle.ts';
import { type Refusal, refuse } from './refusal.ts';
import { answers } from './request/answers.ts';
import { commands } from './request/commands.ts';
import { deadlines, whenMoved, whenPassed } from './request/deadlines.ts';
import { events } from './request/events.ts';
import {
  agenciesThat,
  type CooperationRequest,
  hows,
  isPlannedCase,
  lifecycle,
  outcomeAsNamed,
  outcomeSentence,
  type PlannedCase,
  type RequestEvent,
} from './request/state.ts';

const workingDays = count.min(1).max(250);

const input = z.strictObject({
  subject: line.describe('what is asked for'),
  details: text.optional().describe('the request in its own words'),
  how: z.enum(hows).describe('how it came in'),
  noteNumber: line.optional().describe('the number of the note verbale or letter'),
  dated: date.optional().describe('the date it bears'),
  receivedOn: pastDate.describe('the day it arrived'),
  requester: party.describe('who asks, and hears of each step'),
  requestingCountry: country.describe('the country that asks'),
  contact: line.optional().describe('whom to talk to there'),
  acknowledgeWorkingDays: workingDays.default(defaults.acknowledgeWorkingDays).describe('working days to acknowledge'),
  handlingWorkingDays: workingDays.default(5).describe('working days to check completeness, and to name a lead'),
  opinionWorkingDays: workingDays.default(defaults.agencyOpinionWorkingDays).describe('working days for an opinion'),
  decisionWorkingDays: workingDays.default(30).describe('working days from the assignment to the decision'),
});

type Input = z.output<typeof input>;

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
  ends: ['accepted', 'declined', 'withdrawn'],
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
  deadlines,
  answers,
  whenPassed,
  whenMoved,
  effects: (event, subject, header) => [
    ...mails(event, subject, header),
    ...opens(event, subject, header),
    ...newsToOthers(event, subject),
  ],
  owner: ({ stage, lead, requester }) => {
    if (stage === 'askedBack') return requester;
    return lead === undefined ? undefined : partyOfAgency(lead);
  },
  facts,
});

function refuseOpening(given: Input, { today, header }: Context): Refusal | undefined {
  const { receivedOn, dated, how, noteNumber, requestingCountry } = given;
  if (daysBetween(today, receivedOn) > 1)
    return refuse('DateInFuture', `The request cannot have arrived on ${receivedOn}: it is ${today}.`);
  if (dated && dated > receivedOn)
    return refuse('DateOutOfOrder', `The request is dated ${dated}, after the day it arrived (${receivedOn}).`);
  if (how === 'noteVerbale' && !noteNumber)
    return refuse('InvalidInput', 'noteNumber: a note verbale has a number; it is needed to answer it.');
  if (!header.countries.includes(requestingCountry))
    return refuse(
      'UnknownCountry',
      `${requestingCountry} asks, but the case concerns ${header.countries.join(', ')} only: name it among the countries.`,
    );
  return undefined;
}

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

type Happened = (RequestEvent | OpenedEvent<Input> | CancelledEvent) & Stamp;

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
      return event.by === itself ? [mail('resumed', partyOfPerson(coordinator))] : [];
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

/** Those who have had their say hear what came of it, and all of a cancelled request; 0.2.1 told neither. */
function newsToOthers(event: Happened, known: CooperationRequest): Effect[] {
  const facts = { why: event.told, outcomes: known.outcomes.map(outcomeAsNamed) };
  const lead = known.lead ? [known.lead] : [];
  const answered = (['inFavour', 'withRemarks', 'against'] as const).flatMap((given) => agenciesThat(known, given));
  const tell = (text: string, to: readonly Party[]): Effect[] =>
    [...new Set(to)].map((each) => ({ type: 'mail', text, to: each, facts, isNew: true }));
  switch (event.type) {
    case 'accepted':
    case 'declined':
    case 'withdrawn':
      return tell('request.settled', answered.filter((each) => !lead.includes(each)).map(partyOfAgency));
    case 'cancelled':
      return tell('case.cancelled', [
        known.requester,
        ...[...lead, ...answered, ...agenciesThat(known, 'outstanding')].map(partyOfAgency),
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
