import { type Country, type Party, partyOfPerson } from '../fields.ts';
import type { CaseHeader, Effect, Facts, Stamp } from '../lifecycle.ts';
import {
  findInvited,
  findNominee,
  hasAnswered,
  type InvitedState,
  type Nominations,
  type Nominee,
  nomineeLines,
  participants,
  undecidedNominees,
  unanswered,
  waitingNominees,
} from '../nomination.ts';
import type { NominationEvent } from './events.ts';

/**
 * Mails that follow from what happens to nominations. The texts of each kind: `callForNominations`, `confirmed`,
 * `waitListed`, `notSelected`, `replaced`, `placeFree`, `nominationsExtended`; and `nominate`, the reminder.
 */
export function nominationMails(
  kind: string,
  event: NominationEvent & Stamp,
  known: Nominations,
  { coordinator }: CaseHeader,
): readonly Effect[] {
  const mail: Mail = (name, to, facts) => ({
    type: 'mail',
    text: `${kind}.${name}`,
    to,
    facts,
  });
  const toStates = (name: string, ids: readonly string[], facts: Facts = {}): Effect[] =>
    byState(known, ids).map(({ state, nominees }) =>
      mail(name, state.focalPoint, { ...facts, state: state.country, names: nomineeLines(nominees) }),
    );
  switch (event.type) {
    case 'stateInvited':
    case 'focalPointChanged':
      // Who is not asked yet hears of it when all are.
      return unanswered(known).some(({ country, invitedOn }) => country === event.country && invitedOn !== undefined)
        ? [mail('callForNominations', event.focalPoint, { state: event.country })]
        : [];
    case 'participantsConfirmed':
      return toStates('confirmed', event.nominees);
    case 'putOnWaitingList':
      return toStates('waitListed', event.nominees);
    case 'notSelected':
      return toStates('notSelected', event.nominees, { why: event.told });
    case 'nomineeReplaced':
      return event.standing === 'confirmed' ? replacement(event, known, mail) : [];
    case 'nomineeWithdrawn': {
      const names = nomineeLines(waitingNominees(known));
      const nominee = findNominee(known, event.nominee)?.name;
      return event.freed ? [mail('placeFree', partyOfPerson(coordinator), { nominee, names })] : [];
    }
    case 'nominationsExtended':
      return extension(event, known, mail);
    default:
      return [];
  }
}

type Mail = (name: string, to: Party, facts: Facts) => Effect;

/** A state that has declined hears no more of it. */
const extension = (
  { from, told: why }: Extract<NominationEvent, { type: 'nominationsExtended' }> & Stamp,
  known: Nominations,
  mail: Mail,
): Effect[] =>
  known.invited
    .filter(({ declinedOn }) => !declinedOn)
    .map((state) => {
      const facts = { state: state.country, answered: hasAnswered(known, state), from, why };
      return mail('nominationsExtended', state.focalPoint, facts);
    });

function replacement(
  { nominee, successor }: Extract<NominationEvent, { type: 'nomineeReplaced' }>,
  known: Nominations,
  mail: Mail,
): Effect[] {
  const state = findInvited(known, successor.country);
  const facts = { state: successor.country, nominee: findNominee(known, nominee)?.name, successor: successor.name };
  return state ? [mail('replaced', state.focalPoint, facts)] : [];
}

/** The nominees of a list, one group for each state that proposed some of them. */
function byState(known: Nominations, ids: readonly string[]): { state: InvitedState; nominees: readonly Nominee[] }[] {
  const listed = ids.flatMap((id) => findNominee(known, id) ?? []);
  return known.invited
    .map((state) => ({ state, nominees: listed.filter(({ country }) => country === state.country) }))
    .filter(({ nominees }) => nominees.length > 0);
}

/** What people see of nominations. Lists of people stand there by name alone: every mail of the case carries them. */
export const nominationFacts = (known: Nominations): Facts => ({
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
