import { type Party, partyOfAgency } from './fields.ts';

/** What somebody can be to a case, or in the service, so that a command is theirs to give. Closed; each with who that is. */
export const positions = {
  owing: 'whoever owes what it answers, and their superior once the reminders have reached them',
  owner: 'the owner of the case: a person, or the people of an agency',
  side: 'the side that it speaks for: the people of that agency, or the focal point of that state',
  coChair: 'a co-chair',
  secretary: 'a secretary of a side',
  host: 'a host: a person, or the people of an agency',
  invited: 'whoever is invited to the calendar entry that it is about: that person, or the people of that agency',
  coordinator: 'the coordinator of the case, also for those who answer by telephone or letter',
  colleague: 'a coordinator of the same agency as the coordinator',
  operator: 'an operator',
  administrator: 'an administrator of the directory',
  case: 'another case, and nobody else',
} as const;

export type Position = keyof typeof positions;

/** By whom a command is given: there is none that nobody gives. */
export type By = readonly [Position, ...Position[]];

/** A side of a case, by what a command that speaks for it names: an agency, or a country. */
export interface Side {
  readonly is: string;
  readonly who: Party;
}

export const sideOf = (agency: string): Side => ({ is: agency, who: partyOfAgency(agency) });

/** A state that nominates, by its focal point. */
export const stateOf = ({ country, focalPoint }: { readonly country: string; readonly focalPoint: Party }): Side => ({
  is: country,
  who: focalPoint,
});
