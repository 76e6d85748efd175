import { type CivilDate, dayOf } from '../dates.ts';
import type { Country, Party } from '../fields.ts';
import type { EventRules } from '../lifecycle.ts';
import {
  findNominee,
  type Nominations,
  type Nominee,
  type NomineeFields,
  nomineeId,
  type Standing,
} from '../nomination.ts';

type Ids = readonly string[];

/** What can happen to nominations, in any case that has them. */
export type NominationEvent =
  | { type: 'stateInvited'; country: Country; focalPoint: Party }
  | { type: 'focalPointChanged'; country: Country; focalPoint: Party }
  | { type: 'invitationDeclined'; country: Country }
  | { type: 'nominated'; nominees: readonly NomineeFields[] }
  | { type: 'nomineeWithdrawn'; nominee: string; freed: boolean }
  | { type: 'nomineeReplaced'; nominee: string; successor: NomineeFields; standing: Standing }
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

function nomineeFrom(fields: NomineeFields, standing: Standing, on: CivilDate): Nominee {
  const { language, note, ...given } = fields;
  return {
    ...given,
    ...(language ? { language } : {}),
    ...(note ? { note } : {}),
    id: nomineeId(fields),
    standing,
    nominatedOn: on,
  };
}

/** Rules for a subject of any kind that has nominations. */
export function nominationEvents<S extends Nominations>(): EventRules<S, NominationEvent> {
  const change = (known: S, part: Partial<Nominations>): S => ({ ...known, ...part });
  const standing = (known: S, ids: Ids, to: Standing): S =>
    change(known, {
      nominees: known.nominees.map((nominee) => (ids.includes(nominee.id) ? { ...nominee, standing: to } : nominee)),
    });
  /** Whoever was withdrawn and is nominated again stands there once. */
  const joined = (known: S, more: readonly Nominee[]): S =>
    change(known, {
      nominees: [...known.nominees.filter(({ id }) => more.every((nominee) => nominee.id !== id)), ...more],
      invited: known.invited.map((state) =>
        more.some(({ country }) => country === state.country) ? takingPart(state) : state,
      ),
    });
  return {
    ...stateEvents(change),
    nominated: {
      says: ({ nominees }) =>
        `${nominees.length} nominated by ${inStates(nominees)}: ${named(nominees.map(({ name }) => name))}.`,
      evolve: (known, { nominees, at }) =>
        joined(
          known,
          nominees.map((nominee) => nomineeFrom(nominee, 'nominated', dayOf(at))),
        ),
    },
    nomineeWithdrawn: {
      says: ({ nominee }, known) => `${namesOf(known, [nominee])} was withdrawn.`,
      evolve: (known, { nominee }) => standing(known, [nominee], 'withdrawn'),
    },
    nomineeReplaced: {
      says: ({ nominee, successor }, known) => `${successor.name} takes the place of ${namesOf(known, [nominee])}.`,
      evolve: (known, { nominee, successor, standing: now, at }) =>
        joined(standing(known, [nominee], 'withdrawn'), [nomineeFrom(successor, now, dayOf(at))]),
    },
    participantsConfirmed: {
      says: ({ nominees }, known) => `Confirmed as participants: ${namesOf(known, nominees)}.`,
      evolve: (known, { nominees }) => standing(known, nominees, 'confirmed'),
    },
    putOnWaitingList: {
      says: ({ nominees }, known) => `On the waiting list: ${namesOf(known, nominees)}.`,
      evolve: (known, { nominees }) => standing(known, nominees, 'waiting'),
    },
    notSelected: {
      says: ({ nominees }, known) => `Not selected: ${namesOf(known, nominees)}.`,
      evolve: (known, { nominees }) => standing(known, nominees, 'notSelected'),
    },
    placesChanged: {
      says: ({ from, places }) => `There are ${places} places, no longer ${from}.`,
      evolve: (known, { places }) => change(known, { places }),
    },
    nominationsExtended: {
      says: ({ from, to }) => `Nominations are taken until ${to}, no longer only until ${from}.`,
      evolve: (known, { to }) => change(known, { nominationsBy: to }),
    },
    attendanceRecorded: {
      says: ({ absent }, known) =>
        absent.length > 0 ? `Did not come: ${namesOf(known, absent)}.` : 'All participants came.',
      evolve: (known, { absent }) =>
        change(known, {
          nominees: known.nominees.map((nominee) =>
            nominee.standing === 'confirmed' ? { ...nominee, attended: !absent.includes(nominee.id) } : nominee,
          ),
        }),
    },
  };
}

const takingPart = <T extends { readonly declinedOn?: CivilDate }>({ declinedOn: _, ...state }: T) => state;

type StateEvent = Extract<NominationEvent, { type: 'stateInvited' | 'focalPointChanged' | 'invitationDeclined' }>;

const stateEvents = <S extends Nominations>(
  change: (known: S, part: Partial<Nominations>) => S,
): EventRules<S, StateEvent> => ({
  stateInvited: {
    says: ({ country, focalPoint }) => `${country} is invited to nominate; its focal point is ${focalPoint}.`,
    evolve: (known, { country, focalPoint, at }) =>
      change(known, { invited: [...known.invited, { country, focalPoint, invitedOn: dayOf(at) }] }),
  },
  focalPointChanged: {
    says: ({ country, focalPoint }) => `${focalPoint} is the focal point of ${country} from now on.`,
    evolve: (known, { country, focalPoint }) =>
      change(known, {
        invited: known.invited.map((state) => (state.country === country ? { ...state, focalPoint } : state)),
      }),
  },
  invitationDeclined: {
    says: ({ country }) => `${country} sends nobody.`,
    evolve: (known, { country, at }) =>
      change(known, {
        invited: known.invited.map((state) =>
          state.country === country ? { ...state, declinedOn: dayOf(at) } : state,
        ),
      }),
  },
});
