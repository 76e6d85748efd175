import { partyOfAgency } from '../fields.ts';
import { asNew, lettersOf } from '../letters.ts';
import type { Effect, Follows, Stamp } from '../lifecycle.ts';
import type { factTypes } from '../request.ts';
import { agenciesThat, type CooperationRequest, outcomeAsNamed } from './state.ts';

export const mail = lettersOf<typeof factTypes>('request');

/** What each letter says: why it is so, and what the request becomes. */
export const said = ({ told: why }: Stamp, { outcomes }: CooperationRequest) => ({
  why,
  outcomes: outcomes.map(outcomeAsNamed),
});

const leadOf = ({ lead }: CooperationRequest): string[] => (lead ? [lead] : []);

const whoAnswered = (request: CooperationRequest): string[] =>
  (['inFavour', 'withRemarks', 'against', 'expired'] as const).flatMap((standing) => agenciesThat(request, standing));

/** Whoever still works on the request hears that it is settled: the lead, and agencies whose opinion is outstanding. */
export const toThoseAtWork = (event: Stamp, request: CooperationRequest): Effect[] =>
  [...leadOf(request), ...agenciesThat(request, 'outstanding')].flatMap((agency) =>
    mail('settled', [partyOfAgency(agency)], said(event, request)),
  );

/** All who were asked hear what came of it; 0.2.1 told those at work alone. */
export const toThoseAsked = (event: Stamp, request: CooperationRequest): Effect[] => {
  const others = whoAnswered(request).filter((agency) => agency !== request.lead);
  return asNew(mail('settled', others.map(partyOfAgency), said(event, request)));
};

/** It is settled, and becomes nothing. */
export const settledAs =
  (name: 'declined' | 'withdrawn'): Follows<CooperationRequest, unknown> =>
  (event, request) => [
    ...mail(name, [request.requester], said(event, request)),
    ...toThoseAtWork(event, request),
    ...toThoseAsked(event, request),
  ];

export const cancelled: Follows<CooperationRequest, unknown> = (event, request) => {
  const agencies = [...leadOf(request), ...whoAnswered(request), ...agenciesThat(request, 'outstanding')];
  return asNew(
    lettersOf<typeof factTypes>('case')(
      'cancelled',
      [request.requester, ...agencies.map(partyOfAgency)],
      said(event, request),
    ),
  );
};
