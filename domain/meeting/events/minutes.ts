import { standingFor } from '../../committee/sides.ts';
import { partyOfAgency, partyOfPerson } from '../../fields.ts';
import { asNew, carrying } from '../../letters.ts';
import { type Effect, nobodyHears } from '../../lifecycle.ts';
import { tellCase } from '../../other-cases.ts';
import { mail, sidesAndSecretaries, toSign } from '../letters.ts';
import { eventRules, type Meeting, unsigned } from '../state.ts';
import { present } from '../../parts.ts';

export const minutesEvents = eventRules({
  minutesCirculated: {
    says: ({ draft, on }) => `Draft ${draft} of the minutes circulated on ${on}.`,
    evolve: ({ commentsBy: _, ...meeting }, { draft, on, commentsBy, document }) => ({
      ...meeting,
      stage: 'minutesCirculated',
      draft,
      circulatedOn: on,
      consents: {},
      ...present({ commentsBy, document }),
    }),
    follows: (_, { document, sides }) =>
      carrying(
        [document],
        sides.flatMap((side) => mail('minutesToComment', [partyOfAgency(side)], {}, { what: 'comment', item: side })),
      ),
  },
  minutesConsented: {
    says: ({ side, on }, { draft }) => `${side} agreed to draft ${draft} on ${on}.`,
    evolve: (meeting, { side }) => ({ ...meeting, consents: { ...meeting.consents, [side]: 'agreed' } }),
    follows: nobodyHears,
  },
  keptSilent: {
    says: ({ side }, { draft }) => `${side} did not object to draft ${draft} in time and agrees by silence.`,
    evolve: (meeting, { side }) => ({ ...meeting, consents: { ...meeting.consents, [side]: 'silent' } }),
    follows: nobodyHears,
  },
  objected: {
    says: ({ side, on }, { draft }) => `${side} objected to draft ${draft} on ${on}.`,
    evolve: (meeting, { on }) => ({
      ...meeting,
      stage: 'objected',
      objectedOn: on,
      objections: meeting.objections + 1,
    }),
    follows: ({ side, told: why }, { secretaries, draft }) => {
      const facts = { side: partyOfAgency(side), why };
      return mail('objection', secretaries.map(partyOfPerson), facts, { what: 'draftMinutes', item: `${draft + 1}` });
    },
  },
  minutesAgreed: {
    says: (_, { draft }) => `Draft ${draft} of the minutes is agreed.`,
    evolve: (meeting, { on }) => ({ ...meeting, stage: 'minutesAgreed', agreedOn: on }),
    follows: (_, meeting) =>
      unsigned(meeting).flatMap((side) => toSign(meeting, side, standingFor(meeting.sides, meeting.coChairs, side))),
  },
  minutesSigned: {
    says: ({ side, person, on }) => `${person} signed the minutes for ${side} on ${on}.`,
    evolve: (meeting, { side, on }) => ({ ...meeting, signatures: { ...meeting.signatures, [side]: on } }),
    follows: nobodyHears,
  },
  signaturesComplete: {
    says: ({ on }) => `The minutes are signed by all sides since ${on}.`,
    evolve: (meeting, { on }) => ({ ...meeting, stage: 'minutesSigned', signedOn: on }),
    follows: ({ on }, meeting, { id }) => [
      ...mail('minutesSigned', sidesAndSecretaries(meeting)),
      ...tellCase(meeting.committee, 'recordMinutesSigned', { meeting: id, on, deferred: deferredOf(meeting) }),
      ...newsToSignatories(meeting),
    ],
  },
  minutesConfirmed: {
    says: ({ meeting, on }) => `The minutes were confirmed by ${meeting} on ${on}.`,
    evolve: (state, { meeting }) => ({ ...state, confirmedBy: meeting }),
    follows: nobodyHears,
  },
});

/** Whoever was asked to sign the minutes hears that all have; 0.2.1 told the sides and the secretaries alone. */
function newsToSignatories(meeting: Meeting): Effect[] {
  const told = sidesAndSecretaries(meeting);
  return asNew(
    mail(
      'minutesSigned',
      meeting.coChairs.map(partyOfPerson).filter((each) => !told.includes(each)),
    ),
  );
}

/** What goes on the next agenda, besides that which stands on every one. */
const deferredOf = ({ items }: Meeting): string[] =>
  items
    .filter(
      ({ outcome, subject }) => outcome === 'deferred' && subject !== 'previousMinutes' && subject !== 'openActions',
    )
    .map(({ title }) => title);
