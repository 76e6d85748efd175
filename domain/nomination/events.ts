import { type CivilDate, dayOf } from '../dates.ts';
import { counted } from '../derived.ts';
import { type Country, type Party, partyOfPerson } from '../fields.ts';
import { type EventRules, nobodyHears } from '../lifecycle.ts';
import {
  findInvited,
  findNominee,
  hasAnswered,
  type InvitedState,
  type Nominations,
  type Nominee,
  type NomineeFields,
  nomineeId,
  nomineeLines,
  type NomineeStanding,
  waitingNominees,
} from '../nomination.ts';
import { withOneMore } from '../lists.ts';
import type { NominationLetters } from './letters.ts';
import { present } from '../parts.ts';

type Ids = readonly string[];

/** What can happen to nominations, in any case that has them. */
export type NominationEvent =
  | { type: 'stateInvited'; country: Country; focalPoint: Party }
  | { type: 'focalPointChanged'; country: Country; focalPoint: Party }
  | { type: 'invitationDeclined'; country: Country }
  | { type: 'nominated'; nominees: readonly NomineeFields[] }
  | { type: 'nomineeWithdrawn'; nominee: string; freed: boolean }
  | { type: 'nomineeReplaced'; nominee: string; successor: NomineeFields; standing: NomineeStanding }
  | { type: 'participantsConfirmed'; nominees: Ids }
  | { type: 'putOnWaitingList'; nominees: Ids }
  | { type: 'notSelected'; nominees: Ids }
  | { type: 'placesChanged'; from: number; places: number }
  | { type: 'nominationsExtended'; from: CivilDate; to: CivilDate }
  | { type: 'attendanceRecorded'; absent: Ids };

const mostNamed = 5;

const named = (names: readonly string[]): string =>
  names.length <= mostNamed
    ? names.join(', ')
    : `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`;

const namesOf = (known: Nominations, ids: Ids): string => named(ids.map((id) => findNominee(known, id)?.name ?? id));

const inStates = (nominees: readonly NomineeFields[]): string =>
  [...new Set(nominees.map(({ country }) => country))].join(', ');

function nomineeFrom(fields: NomineeFields, standing: NomineeStanding, on: CivilDate): Nominee {
  const { language, note, distinction, ...given } = fields;
  return {
    ...given,
    ...present({ language, note, distinction }),
    id: nomineeId(fields),
    standing,
    nominatedOn: on,
  };
}

/** Rules for a subject of any kind that has nominations. */
export const nominationEvents = <S extends Nominations>(
  letters: NominationLetters,
): EventRules<S, NominationEvent> => ({
  ...stateEvents<S>(letters),
  ...nomineeEvents<S>(letters),
  ...selectionEvents<S>(letters),
  placesChanged: {
    says: ({ from, places }) => `There ${places === 1 ? 'is' : 'are'} ${counted(places, 'place')}, no longer ${from}.`,
    evolve: (known, { places }) => ({ ...known, places }),
    follows: nobodyHears,
  },
  nominationsExtended: {
    says: ({ from, to }) => `Nominations are taken until ${to}, no longer only until ${from}.`,
    evolve: (known, { to }) => ({ ...known, nominationsBy: to, nominationsByRule: false }),
    // A state that has declined hears no more of it.
    follows: ({ from, told: why }, known) =>
      known.invited
        .filter(({ declinedOn }) => !declinedOn)
        .flatMap((state) => {
          const facts = { state: state.country, answered: hasAnswered(known, state), from, why };
          return letters.mail('nominationsExtended', [state.focalPoint], facts);
        }),
  },
  attendanceRecorded: {
    says: ({ absent }, known) =>
      absent.length > 0 ? `Did not come: ${namesOf(known, absent)}.` : 'All participants came.',
    evolve: (known, { absent }) => ({
      ...known,
      nominees: known.nominees.map((nominee) =>
        nominee.standing === 'confirmed' ? { ...nominee, attended: !absent.includes(nominee.id) } : nominee,
      ),
    }),
    follows: nobodyHears,
  },
});

type Some<T extends NominationEvent['type']> = Extract<NominationEvent, { type: T }>;

const withState = <S extends Nominations>(
  known: S,
  country: Country,
  change: (state: InvitedState) => InvitedState,
): S => ({ ...known, invited: known.invited.map((state) => (state.country === country ? change(state) : state)) });

const stateEvents = <S extends Nominations>({
  called,
}: NominationLetters): EventRules<S, Some<'stateInvited' | 'focalPointChanged' | 'invitationDeclined'>> => ({
  stateInvited: {
    says: ({ country, focalPoint }) => `${country} is invited to nominate; its focal point is ${focalPoint}.`,
    evolve: (known, { country, focalPoint, at }) =>
      withOneMore<'invited', S>(known, 'invited', { country, focalPoint, invitedOn: dayOf(at) }),
    follows: called,
  },
  focalPointChanged: {
    says: ({ country, focalPoint }) => `${focalPoint} is the focal point of ${country} from now on.`,
    evolve: (known, { country, focalPoint }) => withState(known, country, (state) => ({ ...state, focalPoint })),
    follows: called,
  },
  invitationDeclined: {
    says: ({ country }) => `${country} sends nobody.`,
    evolve: (known, { country, at }) => withState(known, country, (state) => ({ ...state, declinedOn: dayOf(at) })),
    follows: nobodyHears,
  },
});

const withStanding = <S extends Nominations>(known: S, ids: Ids, to: NomineeStanding): S => ({
  ...known,
  nominees: known.nominees.map((nominee) => (ids.includes(nominee.id) ? { ...nominee, standing: to } : nominee)),
});

/** Whoever was withdrawn and is nominated again stands there once, and a state that nominates takes part. */
function joined<S extends Nominations>(known: S, more: readonly Nominee[]): S {
  const others = known.nominees.filter(({ id }) => more.every((nominee) => nominee.id !== id));
  const states = [...new Set(more.map(({ country }) => country))];
  const takingPart = ({ declinedOn: _, ...state }: InvitedState): InvitedState => state;
  return states.reduce((before, country) => withState(before, country, takingPart), {
    ...known,
    nominees: [...others, ...more],
  });
}

const nomineeEvents = <S extends Nominations>({
  mail,
}: NominationLetters): EventRules<S, Some<'nominated' | 'nomineeWithdrawn' | 'nomineeReplaced'>> => ({
  nominated: {
    says: ({ nominees }) =>
      `${nominees.length} nominated by ${inStates(nominees)}: ${named(nominees.map(({ name }) => name))}.`,
    evolve: (known, { nominees, at }) =>
      joined(
        known,
        nominees.map((nominee) => nomineeFrom(nominee, 'nominated', dayOf(at))),
      ),
    follows: nobodyHears,
  },
  nomineeWithdrawn: {
    says: ({ nominee }, known) => `${namesOf(known, [nominee])} was withdrawn.`,
    evolve: (known, { nominee }) => withStanding(known, [nominee], 'withdrawn'),
    follows: ({ nominee: id, freed }, known, { coordinator }) => {
      const facts = { nominee: findNominee(known, id)?.name, names: nomineeLines(waitingNominees(known)) };
      return freed ? mail('placeFree', [partyOfPerson(coordinator)], facts) : [];
    },
  },
  nomineeReplaced: {
    says: ({ nominee, successor }, known) => `${successor.name} takes the place of ${namesOf(known, [nominee])}.`,
    evolve: (known, { nominee, successor, standing, at }) =>
      joined(withStanding(known, [nominee], 'withdrawn'), [nomineeFrom(successor, standing, dayOf(at))]),
    follows: ({ nominee: id, successor, standing }, known) => {
      const state = findInvited(known, successor.country);
      const facts = { state: successor.country, nominee: findNominee(known, id)?.name, successor: successor.name };
      return state && standing === 'confirmed' ? mail('replaced', [state.focalPoint], facts) : [];
    },
  },
});

const selectionEvents = <S extends Nominations>({
  toStates,
}: NominationLetters): EventRules<S, Some<'participantsConfirmed' | 'putOnWaitingList' | 'notSelected'>> => ({
  participantsConfirmed: {
    says: ({ nominees }, known) => `Confirmed as participants: ${namesOf(known, nominees)}.`,
    evolve: (known, { nominees }) => withStanding(known, nominees, 'confirmed'),
    follows: ({ nominees }, known) => toStates('confirmed', nominees, known),
  },
  putOnWaitingList: {
    says: ({ nominees }, known) => `On the waiting list: ${namesOf(known, nominees)}.`,
    // In the order of the list: whoever is put on it later stands behind.
    evolve: (known, { nominees: ids }) => ({
      ...known,
      nominees: [
        ...known.nominees.filter(({ id }) => !ids.includes(id)),
        ...ids.flatMap((id) => findNominee(known, id) ?? []).map((each) => ({ ...each, standing: 'waiting' as const })),
      ],
    }),
    follows: ({ nominees }, known) => toStates('waitListed', nominees, known),
  },
  notSelected: {
    says: ({ nominees }, known) => `Not selected: ${namesOf(known, nominees)}.`,
    evolve: (known, { nominees }) => withStanding(known, nominees, 'notSelected'),
    follows: ({ nominees, told: why }, known) => toStates('notSelected', nominees, known, { why }),
  },
});
