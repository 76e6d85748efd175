import { factTypesBy } from '../fact-types.ts';
import type { Country } from '../fields.ts';
import {
  type Nominations,
  type Nominee,
  participants,
  undecidedNominees,
  unanswered,
  waitingNominees,
} from '../nomination.ts';

/** What is shown of nominations, and what letters and stories tell of them. */
export const nominationFactTypes = factTypesBy({
  words: 'names nominee nominees participants replacement successor waitingList',
  day: 'from nominationsBy to',
  country: 'country declinedBy invited nominatedBy notAnswered participantsFrom state',
  party: 'focalPoint',
  agenda: 'undecided',
  number: 'answered attended from more nominated places placesPerState',
  yesNo: 'answered',
});

/** What people see of nominations. Lists of people stand there by name alone: every mail of the case carries them. */
export const nominationFacts = (known: Nominations) => ({
  places: known.places || undefined,
  placesPerState: known.placesPerState,
  nominationsBy: known.nominationsBy,
  invited: known.invited.map(({ country }) => country),
  nominated: known.nominees.filter(({ standing }) => standing !== 'withdrawn').length || undefined,
  nominatedBy: statesOf(known.nominees),
  declinedBy: known.invited.filter(({ declinedOn }) => declinedOn).map(({ country }) => country),
  notAnswered: unanswered(known).map(({ country }) => country),
  undecided: undecidedNominees(known).map(named),
  participants: participants(known).map(named),
  participantsFrom: statesOf(participants(known)),
  waitingList: waitingNominees(known).map(named),
  attended: known.nominees.filter(({ attended }) => attended === true).length || undefined,
});

const named = ({ name, country }: Nominee): string => `${name} (${country})`;

const statesOf = (nominees: readonly Nominee[]): readonly Country[] => [
  ...new Set(nominees.filter(({ standing }) => standing !== 'withdrawn').map(({ country }) => country)),
];
