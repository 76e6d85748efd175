import { factTypesBy } from './fact-types.ts';
import { followedParty, partyOfAgency } from './fields.ts';
import { nameSuccessor, nobodyHears } from './lifecycle.ts';
import { commands } from './request/commands.ts';
import { corrections } from './request/corrections.ts';
import { owed } from './request/deadlines.ts';
import { events } from './request/events.ts';
import { cancelled } from './request/letters.ts';
import { input, refuseOpening } from './request/opening.ts';
import { agenciesThat, type CooperationRequest, lifecycle, outcomeSentence } from './request/state.ts';
import { pick } from './parts.ts';

/** What a request shows, and what its letters and its story tell. */
export const factTypes = factTypesBy({
  words: 'answer contact details missing noteNumber opinion outcomes question remarks subject what',
  day: 'dated decideBy from receivedOn replyBy to until',
  country: 'requestingCountry',
  party: 'against agency expired from inFavour lead outstanding requester withRemarks',
  choice: 'how',
  number: 'item workingDays',
});

/** A cooperation request: from its arrival until it is accepted as one or several things, declined or withdrawn. */
export const request = lifecycle({
  kind: 'request',
  plural: 'Cooperation requests',
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
      stageSince: given.receivedOn,
      consultations: [],
      outcomesPlanned: 0,
      outcomes: [],
    }),
    follows: nobodyHears,
  },
  commands,
  events,
  ...owed,
  corrections,
  whenCancelled: cancelled,
  owner: ({ stage, lead, requester }) => {
    if (stage === 'askedBack') return requester;
    return lead === undefined ? undefined : partyOfAgency(lead);
  },
  roles: ({ requester }) => [{ role: 'requester', who: requester, by: nameSuccessor }],
  whenSucceeded: (known, person, successor) => ({
    ...known,
    requester: followedParty(known.requester, person, successor),
  }),
  factTypes,
  facts,
});

function facts(known: CooperationRequest) {
  const parties = (standing: Parameters<typeof agenciesThat>[1]) => agenciesThat(known, standing).map(partyOfAgency);
  return {
    ...pick(known, 'subject', 'details', 'how', 'noteNumber', 'dated', 'receivedOn'),
    ...pick(known, 'requester', 'requestingCountry', 'contact', 'missing'),
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
