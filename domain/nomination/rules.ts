import type { CivilDate } from '../dates.ts';
import { refuseTooFar } from '../date-rules.ts';
import { counted } from '../derived.ts';
import type { Country, Party } from '../fields.ts';
import {
  findInvited,
  findNominee,
  namesakes,
  type Nominations,
  type NomineeFields,
  type Nominee,
  nomineeId,
  nomineesOf,
  participants,
} from '../nomination.ts';
import { type Refusal, refuse, refuseFaults } from '../refusal.ts';

/** One thing that is wrong with a list of nominations, and with which of them; 0 is the first. */
export interface NominationFault extends Refusal {
  readonly index: number;
}

/**
 * Everything that is wrong with a list of nominations, each with the nominee it concerns. The deadline, which concerns
 * all of them, is `refuseLate`.
 *
 * @param reason only with one is a nominee who was withdrawn nominated again
 */
export function nominationFaults(
  known: Nominations,
  list: readonly NomineeFields[],
  reason: string | undefined,
): readonly NominationFault[] {
  const firsts = new Map<string, number>();
  const ranks = new Map<Country, number>();
  return list.flatMap((nominee, index) => {
    const id = nomineeId(nominee);
    const first = firsts.get(id);
    const faults = [refuseNotInvited(known, nominee.country)];
    if (first !== undefined) faults.push(refuseTwice(nominee, first));
    else {
      const rank = (ranks.get(nominee.country) ?? 0) + 1;
      firsts.set(id, index);
      ranks.set(nominee.country, rank);
      faults.push(refuseNominatedAlready(known, nominee, reason), refuseBeyondQuota(known, nominee, rank));
    }
    return faults.flatMap((fault) => (fault ? { ...fault, index } : []));
  });
}

/** The same as one refusal. */
export const refuseNominations = (...list: Parameters<typeof nominationFaults>): Refusal | undefined =>
  refuseFaults(nominationFaults(...list), ({ index, because }) => `nominees.${index}: ${because}`);

/** `today` is the day in UTC. */
export const refuseLate = ({ nominationsBy }: Nominations, today: CivilDate): Refusal | undefined =>
  nominationsBy !== undefined && today > nominationsBy
    ? refuse(
        'DateOutOfOrder',
        `Nominations were taken until ${nominationsBy}; it is ${today}. To take more, set a later day (\`extend-nominations\`).`,
      )
    : undefined;

export function refuseNotInvited(known: Nominations, state: Country): Refusal | undefined {
  if (findInvited(known, state)) return undefined;
  const invited = known.invited.map((each) => each.country).join(', ') || 'none';
  return refuse('NotAParty', `${state} is not invited to nominate; invited: ${invited}.`);
}

function refuseNominatedAlready(
  known: Nominations,
  nominee: NomineeFields,
  reason: string | undefined,
): Refusal | undefined {
  const found = findNominee(known, nomineeId(nominee));
  if (!found) return undefined;
  switch (found.standing) {
    case 'withdrawn':
      return reason
        ? undefined
        : refuse(
            'ReasonMissing',
            `${found.name} of ${found.country} was withdrawn; give a reason to nominate again. ${namesakes}`,
          );
    case 'notSelected':
      return refuse(
        'AlreadyDone',
        `${found.name} of ${found.country} was not selected; to take them after all, confirm them. ${namesakes}`,
      );
    case 'nominated':
    case 'waiting':
    case 'confirmed':
      return refuse(
        'AlreadyDone',
        `${found.name} of ${found.country} was nominated already, on ${found.nominatedOn} (${found.id}). ${namesakes}`,
      );
  }
}

const refuseTwice = ({ name, country }: NomineeFields, first: number): Refusal =>
  refuse('AlreadyDone', `${name} of ${country} stands in this list twice; the first is no. ${first + 1}. ${namesakes}`);

/** @param rank which of its state in the list it is, counted from 1 */
function refuseBeyondQuota(known: Nominations, { name, country }: NomineeFields, rank: number): Refusal | undefined {
  const { places, placesPerState: most = places } = known;
  const standing = nomineesOf(known, country).length;
  if (standing + rank <= most || !findInvited(known, country)) return undefined;
  const of = known.placesPerState
    ? `${country} may nominate ${most}`
    : `there ${places === 1 ? 'is' : 'are'} ${counted(places, 'place')}`;
  const already = standing > 0 ? `, and ${standing} of ${country} ${standing === 1 ? 'is' : 'are'} nominated` : '';
  return refuse('NoPlaceLeft', `${name} is one too many: ${of}${already}.`);
}

type Wanted = Nominee['standing'];

/** Refuses ids that name nobody, or nobody who stands as he must for what is asked; a list names each once. */
export function refuseSelection(
  known: Nominations,
  ids: readonly string[],
  from: readonly Wanted[],
  to: Wanted,
): Refusal | undefined {
  for (const [index, id] of ids.entries()) {
    const found = findNominee(known, id);
    if (!found) return refuse('UnknownItem', `There is no nominee "${id}"; see the list of nominees (\`nominees\`).`);
    if (ids.indexOf(id) !== index) return refuse('AlreadyDone', `${id} is named twice; name each nominee once.`);
    if (found.standing === to) return refuse('AlreadyDone', `${found.name} (${id}) is ${inWords[to]} already.`);
    if (!from.includes(found.standing))
      return refuse('NotReady', `${found.name} (${id}) is ${inWords[found.standing]}, so cannot be ${inWords[to]}.`);
  }
  return undefined;
}

export const inWords: Readonly<Record<Wanted, string>> = {
  nominated: 'nominated',
  waiting: 'on the waiting list',
  confirmed: 'confirmed',
  notSelected: 'not selected',
  withdrawn: 'withdrawn',
};

/** More participants than places are refused. */
export function refuseBeyondPlaces(known: Nominations, more: number): Refusal | undefined {
  const taken = participants(known).length;
  const left = known.places - taken;
  return more > left
    ? refuse(
        'NoPlaceLeft',
        `${counted(more, 'more participant is', 'more participants are')} too many: ${taken} of ${counted(known.places, 'place is', 'places are')} taken. Put some on the waiting list (\`put-on-waiting-list\`), or raise the number of places (\`change-places\`).`,
      )
    : undefined;
}

/** The states and focal points of an opening are two lists in the same order. */
export function refuseInvited(invited: readonly Country[], focalPoints: readonly string[]): Refusal | undefined {
  if (invited.length !== focalPoints.length)
    return refuse(
      'InvalidInput',
      `focalPoints: ${counted(focalPoints.length, 'focal point')} for ${counted(invited.length, 'invited state')}; give one for each, in the same order.`,
    );
  const twice = invited.find((state, index) => invited.indexOf(state) !== index);
  return twice === undefined ? undefined : refuse('AlreadyDone', `invited: ${twice} is invited twice; name it once.`);
}

export const pairsOf = (invited: readonly Country[], focalPoints: readonly Party[]) =>
  invited.map((country, index) => ({ country, focalPoint: focalPoints[index] as Party }));

/** @param firstDay of what they are nominated for, as far as it is known */
export const refuseExtension = (
  { nominationsBy }: Nominations,
  to: CivilDate,
  firstDay: CivilDate | undefined,
  today: CivilDate,
): Refusal | undefined => {
  if (nominationsBy === undefined) return refuse('NotReady', 'No day is set until when nominations are taken.');
  if (to <= nominationsBy)
    return refuse('DateOutOfOrder', `to: ${to} is not after ${nominationsBy}, until when nominations are taken now.`);
  if (to < today) return refuse('DateOutOfOrder', `to: ${to} lies in the past; it is ${today}.`);
  if (firstDay !== undefined && to >= firstDay)
    return refuse('DateOutOfOrder', `to: ${to} does not lie before the first day, ${firstDay}.`);
  return refuseTooFar('to', to, today);
};
