import { hoursToTell, tellVisit } from '../act.ts';
import type { DeadlineName } from '../deadline-name.ts';
import type { FactsOf } from '../fact-types.ts';
import { type Agency, partyOfAgency, partyOfPerson } from '../fields.ts';
import { asNew, carrying, lettersOf } from '../letters.ts';
import type { CaseHeader, Effect } from '../lifecycle.ts';
import type { factTypes } from './facts.ts';
import type { Mou } from './state.ts';

type MouFacts = FactsOf<typeof factTypes>;

const mail = lettersOf<typeof factTypes>('mou');

export const toAgencies = (name: string, agencies: readonly Agency[], facts?: MouFacts): Effect[] =>
  mail(name, agencies.map(partyOfAgency), facts);

export const toCoordinator = (name: string, { coordinator }: CaseHeader, facts?: MouFacts): Effect[] =>
  mail(name, [partyOfPerson(coordinator)], facts);

export const toAll = (name: string, agencies: readonly Agency[], header: CaseHeader, facts?: MouFacts): Effect[] => [
  ...toAgencies(name, agencies, facts),
  ...toCoordinator(name, header, facts),
];

/** To an agency that owes something by a deadline of its own. */
export const asking = (name: string, agency: Agency, answerBy: DeadlineName, facts?: MouFacts): Effect[] =>
  mail(name, [partyOfAgency(agency)], facts, answerBy);

/** The same letters with the text of the present draft. */
export const withText = ({ document }: Mou, letters: readonly Effect[]): Effect[] => carrying([document], letters);

/** In letters to the sides: what those alone read who were asked for an opinion. */
export const asSide: MouFacts = { askedBefore: undefined };

/** Those who were asked for an opinion on a draft, and are no side, hear what came of it; 0.2.1 told them nothing. */
export function toThoseAsked(name: string, { opinions, sides }: Mou, facts?: MouFacts): Effect[] {
  const asked = opinions.map(({ from }) => from).filter((agency) => !sides.includes(agency));
  return asNew(toAgencies(name, asked, { ...facts, askedBefore: 'opinion' }));
}

/** What the visit hears on which the MOU is to be signed: its day and hours, as far as they are known. */
export function signingPlanned(mou: Mou, header: CaseHeader): Effect[] {
  const { signing } = mou;
  const hours = hoursToTell(signing ?? {});
  return tellVisit(mou, header, { standing: 'planned', on: signing?.date, place: signing?.place, ...hours });
}

export const signingCancelled = (mou: Mou, header: CaseHeader): Effect[] =>
  tellVisit(mou, header, { standing: 'cancelled' });
