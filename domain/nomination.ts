import { z } from 'zod';
import type { CivilDate } from './dates.ts';
import type { Holder } from './lifecycle.ts';
import { fingerprint } from './derived.ts';
import { type Country, country, language, line, type Party } from './fields.ts';

/** How a state stands that was asked to nominate participants. Its focal point is a party of the directory and gets the mail. */
export interface InvitedState {
  readonly country: Country;
  readonly focalPoint: Party;
  /** The day on which it was asked; absent while nobody has been asked. */
  readonly invitedOn?: CivilDate;
  /** It sends nobody; a nomination takes that back. */
  readonly declinedOn?: CivilDate;
}

/** Who nominates, or answers, for each state. */
export const focalPointsOf = (invited: readonly Pick<InvitedState, 'focalPoint'>[]): readonly Holder[] =>
  invited.map(({ focalPoint }) => ({ role: 'focalPoint', who: focalPoint, by: 'changeFocalPoint' }));

export type NomineeStanding = 'nominated' | 'waiting' | 'confirmed' | 'notSelected' | 'withdrawn';

const nobody = /^(n\.? ?n\.?|n\/a|tb[acd]|to be [a-z]+)$/i;

const personalName = line.superRefine((name, context) => {
  if (name === '') return;
  if (!/\p{L}/u.test(name) || nobody.test(name))
    context.addIssue({ code: 'custom', message: `"${name}" names nobody; nominate when the name is known` });
  else if (/[@\d]/.test(name))
    context.addIssue({ code: 'custom', message: `"${name}" holds more than a name; leave addresses and numbers out` });
});

/** Somebody whom a state proposes as a participant, in the state's own words. */
export const nomineeFields = z.strictObject({
  name: personalName.describe('the name, as it should stand on the list of participants'),
  country: country.describe('the state that nominates'),
  organisation: line.describe('the ministry or agency'),
  position: line.describe('the position there'),
  language: language.optional().describe('the language they work in, where it matters'),
  note: line.optional().describe('anything the organisers should know'),
  distinction: line
    .refine((text) => /[\p{L}\p{N}]/u.test(text), 'needs a letter or a number')
    .optional()
    .describe('of two of one name: what tells this one apart, such as the agency or an address'),
});

export type NomineeFields = z.output<typeof nomineeFields>;

export interface Nominee extends NomineeFields {
  /** Derived from state, name and distinction, so that the same person is the same nominee in every list: `ro-ana-ionescu`. */
  readonly id: string;
  readonly standing: NomineeStanding;
  readonly nominatedOn: CivilDate;
  /** Whether they came; absent before attendance is on record. */
  readonly attended?: boolean;
}

/** What a case with nominations knows of them: a part of its subject. */
export interface Nominations {
  /** How many participants there is room for. */
  readonly places: number;
  /** How many a state may nominate; without it, as many as there are places. */
  readonly placesPerState?: number;
  /** The last day of the nominations; whoever sends them on that day, wherever, is in time. Absent before it is set. */
  readonly nominationsBy?: CivilDate;
  /** Whether nobody named that day: then each state has until a working day of its own. Cases of before do not say so, and keep theirs. */
  readonly nominationsByRule?: boolean;
  readonly invited: readonly InvitedState[];
  readonly nominees: readonly Nominee[];
}

// Letters of the region's languages that have no accent to drop.
const plainLetters: Readonly<Record<string, string>> = {
  ı: 'i',
  ə: 'e',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe', // prettier-ignore
};

const longestName = 40;
/** With state and name it fits into the 64 characters of an id. */
const longestDistinction = 20;

type Known = Pick<NomineeFields, 'country' | 'name' | 'distinction'>;

/** The id of a nominee. A name in another script keeps its own characters on record, and its id is derived from them. */
export const nomineeId = ({ country: state, name, distinction }: Known): string =>
  [
    state.toLowerCase(),
    typed(name, longestName),
    ...(distinction ? [typed(distinction, longestDistinction)] : []),
  ].join('-');

function typed(text: string, longest: number): string {
  const plain = Array.from(text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, ''))
    .map((letter) => plainLetters[letter] ?? letter)
    .join('');
  const words = plain.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return /^[a-z0-9-]+$/.test(words) && words.length <= longest ? words : fingerprint(words);
}

/** What to do where two people of a state have one name. */
export const namesakes = 'If these are two people, give one of them a `distinction`, such as the agency or an address.';

export const findNominee = ({ nominees }: Nominations, id: string): Nominee | undefined =>
  nominees.find((nominee) => nominee.id === id);

const holdsAPlace = ({ standing }: Nominee): boolean => standing !== 'withdrawn' && standing !== 'notSelected';

/** Those whom a state has proposed and who may still take part. */
export const nomineesOf = ({ nominees }: Nominations, state: Country): readonly Nominee[] =>
  nominees.filter((nominee) => nominee.country === state && holdsAPlace(nominee));

export const participants = ({ nominees }: Nominations): readonly Nominee[] =>
  nominees.filter(({ standing }) => standing === 'confirmed');

/** The states whose participants came, each with those. */
export const statesThatCame = (known: Nominations) =>
  known.invited
    .map((state) => ({
      ...state,
      came: participants(known).filter(({ country, attended }) => country === state.country && attended !== false),
    }))
    .filter(({ came }) => came.length > 0);

export const undecidedNominees = ({ nominees }: Nominations): readonly Nominee[] =>
  nominees.filter(({ standing }) => standing === 'nominated');

export const waitingNominees = ({ nominees }: Nominations): readonly Nominee[] =>
  nominees.filter(({ standing }) => standing === 'waiting');

/** A state has answered once it has nominated anybody, though they were withdrawn since, or has declined. */
export const hasAnswered = ({ nominees }: Nominations, { country: state, declinedOn }: InvitedState): boolean =>
  declinedOn !== undefined || nominees.some((nominee) => nominee.country === state);

export const unanswered = (known: Nominations): readonly InvitedState[] =>
  known.invited.filter((state) => !hasAnswered(known, state));

export const findInvited = ({ invited }: Nominations, state: Country): InvitedState | undefined =>
  invited.find((each) => each.country === state);

/** The states that are or will be asked, without those that declined. */
export const invitedCountries = ({ invited }: Nominations): readonly Country[] =>
  invited.filter(({ declinedOn }) => declinedOn === undefined).map(({ country: state }) => state);

/** Nominees as a line each, for mail: names, positions and organisations in the words of the state. */
export const nomineeLines = (nominees: readonly Nominee[]): string =>
  nominees.map(({ name, position, organisation }) => `${name}, ${position}, ${organisation}`).join('\n');
