import type { z } from 'zod';
import type { CivilDate } from '../dates.ts';
import { counted } from '../derived.ts';
import { count, country, date, listOf, party, slug } from '../fields.ts';
import { type Context, rulesOf, type Subject } from '../lifecycle.ts';
import {
  findInvited,
  findNominee,
  namesakes,
  type Nominations,
  nomineeFields,
  nomineeId,
  participants,
  waitingNominees,
} from '../nomination.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { NominationEvent } from './events.ts';
import {
  refuseBeyondPlaces,
  refuseExtension,
  refuseLate,
  refuseNominations,
  refuseNotInvited,
  refuseSelection,
} from './rules.ts';

type Known = Subject & Nominations & { readonly from?: CivilDate };

const { command } = rulesOf<Known, NominationEvent>();

/** At which stages of its kind what is taken. */
export interface NominationStages {
  /** From the invitation until the nominations are closed; a day's end differs by zone, so the date decides. */
  readonly taking: readonly string[];
  /** From the first invitation until it is held. */
  readonly choosing: readonly string[];
  /** Where a later deadline leads. */
  readonly reopened: string;
}

export const nominationFields = {
  nominees: listOf(nomineeFields)
    .min(1, 'needs at least one nominee')
    .describe('whom a state proposes: name, country, organisation, position, language, note, distinction'),
};

const nominees = listOf(slug)
  .min(1, 'needs at least one nominee')
  .describe('the id of a nominee, such as ro-ana-ionescu');
const state = country.describe('the invited state');
const mostPlaces = 500;

export const places = count.min(1).max(mostPlaces);

/** Commands on nominations, for any kind of case that has them; its subject has its first day in `from`. */
export const nominationCommands = (stages: NominationStages) => ({
  ...stateCommands(stages),
  nominate: command({
    says: 'Record whom the invited states nominate, all of them or none; for a file: nominate-file',
    by: ['owing', 'side', 'host', 'coordinator'],
    from: stages.taking,
    input: nominationFields,
    decide: ({ nominees: list }, known, { today, reason }) =>
      refuseLate(known, today) ?? refuseNominations(known, list, reason) ?? [{ type: 'nominated', nominees: list }],
  }),
  extendNominations: command({
    says: 'Take nominations until a later day; the states are told',
    by: ['host', 'coordinator'],
    from: stages.taking,
    to: [stages.reopened],
    tells: 'told',
    input: { to: date.describe('until when nominations are taken') },
    decide: ({ to }, known, { today }) =>
      refuseExtension(known, to, known.from, today) ?? [
        { type: 'nominationsExtended', from: known.nominationsBy ?? to, to },
      ],
  }),
  ...selection(stages),
  ...changes(stages),
});

const stateCommands = ({ taking, choosing }: NominationStages) => ({
  inviteState: command({
    says: 'Invite one more state to nominate',
    by: ['host', 'coordinator'],
    from: taking,
    input: {
      country: country.describe('the state'),
      focalPoint: party.describe('who nominates for it, and hears of it'),
    },
    decide: ({ country: invited, focalPoint }, known, { today }) =>
      findInvited(known, invited)
        ? refuse('AlreadyDone', `${invited} is invited already.`)
        : (refuseLate(known, today) ?? [{ type: 'stateInvited', country: invited, focalPoint }]),
  }),
  changeFocalPoint: command({
    says: 'Record who nominates for a state from now on',
    by: ['host', 'coordinator'],
    from: choosing,
    input: { country: state, focalPoint: party.describe('the new focal point') },
    decide: ({ country: of, focalPoint }, known) =>
      refuseNotInvited(known, of) ??
      (findInvited(known, of)?.focalPoint === focalPoint
        ? refuse('AlreadyDone', `${focalPoint} is the focal point of ${of} already.`)
        : [{ type: 'focalPointChanged', country: of, focalPoint }]),
  }),
  declineInvitation: command({
    says: 'Record that a state sends nobody; it is not reminded any more',
    by: ['owing', 'side', 'host', 'coordinator'],
    from: choosing,
    offeredFor: (known, of) => refuseDeclining(known, of) === undefined,
    input: { country: state },
    decide: ({ country: of }, known) => refuseDeclining(known, of) ?? [{ type: 'invitationDeclined', country: of }],
  }),
});

function refuseDeclining(known: Known, of: string): Refusal | undefined {
  if (findInvited(known, of)?.declinedOn) return refuse('AlreadyDone', `${of} has declined already.`);
  const still = known.nominees.filter(({ country: from, standing }) => from === of && standing !== 'withdrawn');
  const named = still.map(({ id }) => id).join(', ');
  return (
    refuseNotInvited(known, of) ??
    (still.length > 0
      ? refuse('NotReady', `${of} has nominated ${named}; withdraw them first (\`withdraw-nominee\`).`)
      : undefined)
  );
}

const selection = ({ choosing }: NominationStages) => ({
  confirmParticipants: command({
    says: 'Confirm nominees as participants; the focal point of each state is told',
    by: ['host', 'coordinator'],
    from: choosing,
    input: { nominees },
    decide: ({ nominees: ids }, known) =>
      refuseSelection(known, ids, ['nominated', 'waiting', 'notSelected'], 'confirmed') ??
      refuseBeyondPlaces(known, ids.length) ?? [{ type: 'participantsConfirmed', nominees: ids }],
  }),
  putOnWaitingList: command({
    says: 'Put nominees on the waiting list, in this order; their focal points are told',
    by: ['host', 'coordinator'],
    from: choosing,
    input: { nominees },
    decide: ({ nominees: ids }, known) =>
      refuseSelection(known, ids, ['nominated', 'notSelected'], 'waiting') ?? [
        { type: 'putOnWaitingList', nominees: ids },
      ],
  }),
  declineNominees: command({
    says: 'Record that nominees are not selected; their focal points are told, with the reason',
    by: ['host', 'coordinator'],
    from: choosing,
    reason: 'required',
    tells: 'reason',
    input: { nominees },
    decide: ({ nominees: ids }, known) =>
      refuseSelection(known, ids, ['nominated', 'waiting', 'confirmed'], 'notSelected') ?? [
        { type: 'notSelected', nominees: ids },
      ],
  }),
  changePlaces: command({
    says: 'Change how many participants there is room for',
    by: ['host', 'coordinator'],
    from: choosing,
    input: { places: places.describe('how many') },
    decide: ({ places: number }, known) => changedPlaces(known, number),
  }),
});

function changedPlaces(known: Nominations, number: number): NominationEvent[] | Refusal {
  const taken = participants(known).length;
  if (number === known.places)
    return refuse('AlreadyDone', `There ${number === 1 ? 'is' : 'are'} ${counted(number, 'place')} already.`);
  return number < taken
    ? refuse(
        'NotReady',
        `${counted(taken, 'participant is', 'participants are')} confirmed; withdraw some before the places are fewer.`,
      )
    : [{ type: 'placesChanged', from: known.places, places: number }];
}

const nominee = slug.describe('the id of the nominee, such as ro-ana-ionescu');
const { country: _, ...successorFields } = nomineeFields.shape;

const changes = ({ choosing }: NominationStages) => ({
  withdrawNominee: command({
    says: 'Record that a state withdraws a nominee',
    by: ['host', 'coordinator'],
    from: choosing,
    input: { nominee },
    decide: ({ nominee: id }, known) =>
      refuseSelection(known, [id], ['nominated', 'waiting', 'confirmed', 'notSelected'], 'withdrawn') ?? [
        { type: 'nomineeWithdrawn', nominee: id, freed: freesAPlace(known, id) },
      ],
  }),
  replaceNominee: command({
    says: 'Record whom a state sends in place of a nominee, who is withdrawn; the successor stands as they did',
    by: ['host', 'coordinator'],
    from: choosing,
    input: { nominee, ...successorFields },
    decide: ({ nominee: id, ...fields }, known, context) => replaced(known, id, fields, context),
  }),
});

const freesAPlace = (known: Nominations, id: string): boolean =>
  findNominee(known, id)?.standing === 'confirmed' && waitingNominees(known).length > 0;

type SuccessorFields = z.output<z.ZodObject<typeof successorFields>>;

function replaced(
  known: Nominations,
  id: string,
  fields: SuccessorFields,
  { reason }: Context,
): readonly NominationEvent[] | Refusal {
  const found = findNominee(known, id);
  const refusal = refuseSelection(known, [id], ['nominated', 'waiting', 'confirmed'], 'withdrawn');
  if (!found || refusal) return refusal ?? [];
  const successor = { ...fields, country: found.country };
  const without = { ...known, nominees: known.nominees.filter((each) => each !== found) };
  if (nomineeId(successor) === id || (fields.name === found.name && !fields.distinction))
    return refuse('SamePerson', `${found.name} cannot replace themselves. ${namesakes}`);
  const fault = refuseNominations(without, [successor], reason);
  return fault ?? [{ type: 'nomineeReplaced', nominee: id, successor, standing: found.standing }];
}

/** The event that puts attendance on record: everybody confirmed came, but those named. */
export function attendance(known: Nominations, absent: readonly string[]): readonly NominationEvent[] | Refusal {
  const confirmed = participants(known);
  const stranger = absent.find((id) => confirmed.every((participant) => participant.id !== id));
  if (stranger !== undefined)
    return refuse('UnknownItem', `"${stranger}" is no participant; see the list of nominees (\`nominees\`).`);
  return [{ type: 'attendanceRecorded', absent: [...new Set(absent)] }];
}
