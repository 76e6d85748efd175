import { visitFacts } from '../act.ts';
import { ascribed } from '../ascribed.ts';
import { type CivilDate, dayOfWeek, shift } from '../dates.ts';
import { factTypesBy } from '../fact-types.ts';
import { type Agency, type Party, partyOfAgency } from '../fields.ts';
import { zoneOf } from './calendar.ts';
import { isOpen, latestOpinions, missing, type Mou } from './state.ts';
import { decideBy, hasLastNoticeDay, isComplete, noticeBy } from './terms.ts';
import { pick } from '../parts.ts';

const parties = (agencies: readonly Agency[]): readonly Party[] | undefined =>
  agencies.length > 0 ? agencies.map(partyOfAgency) : undefined;
const named = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

/** Without holidays: those are known where the deadline is planned, and its due day is the one that is warned of. */
const lastWeekday = (on: CivilDate): CivilDate => shift(on, -Math.max(dayOfWeek(on) - 5, 0));

/** What an MOU shows, and what its letters and its story tell. */
export const factTypes = factTypesBy({
  words: `activity askedBefore document duration grantedBy how inPresenceOf initialledBy opinion opinionKind place
    remarks signatories signatory subject what`,
  day: `amendedOn authorityBy calledOff dated decideBy draftBy endAgreedOn endedOn endsOn from inEffectSince
    initialledOn languagesCheckedOn movedFrom noticeBy noticeGivenOn on opinionBy postedOn receivedOn replyBy
    signedOn signingOn termEnds termStarted textAgreedOn to`,
  period: 'duration notice renewalFor',
  language: 'languages prevailingLanguage',
  party: `authorityGranted despite drafter firstHost from homeSide noticeGivenBy notificationsMissing notified
    opinionsAgainst opinionsAwaited proposedBy side sides signedBy to turn`,
  case: 'committees request visit',
  line: 'surviving',
  choice: 'effect how instrument noticeModel renewal termDecision',
  number: 'amendments draft lateFor leg originals term',
  yesNo: 'binding byRule fullPowers jointCommittee',
});

export const facts = (mou: Mou) => ({
  ...pick(mou, 'instrument', 'subject', 'binding'),
  sides: parties(mou.sides),
  homeSide: partyOfAgency(mou.homeSide),
  request: mou.request,
  proposedBy: partyOfAgency(mou.proposedBy),
  ...textFacts(mou),
  ...visitFacts(mou),
  ...signingFacts(mou),
  ...validityFacts(mou),
  ...endFacts(mou),
});

const textFacts = (mou: Mou) => ({
  drafter: mou.drafter && partyOfAgency(mou.drafter),
  draft: mou.draft || undefined,
  document: mou.document?.name,
  turn: parties(mou.turn),
  replyBy: mou.turn.length > 0 ? mou.replyBy : undefined,
  opinionsAwaited: parties(mou.opinions.filter(isOpen).map(({ from }) => from)),
  opinionsAgainst: parties(
    latestOpinions(mou)
      .filter(({ given }) => given === 'against')
      .map(({ from }) => from),
  ),
  ...pick(mou, 'textAgreedOn', 'initialledOn'),
  languages: named(mou.languages),
  ...pick(mou, 'prevailingLanguage', 'languagesCheckedOn'),
});

const signingFacts = (mou: Mou) => ({
  authorityGranted: parties(mou.authority.map(({ side }) => side)),
  authorityBy: mou.authorityBy,
  signingOn: mou.signing?.date,
  time: mou.signing?.time,
  endsAt: mou.signing?.endsAt,
  zone: mou.signing?.zone,
  zoneOf: zoneOf(mou),
  place: mou.signing?.place,
  signatories: named(
    mou.signatures.length > 0
      ? mou.signatures.map(({ side, signatory }) => ascribed(side, signatory))
      : (mou.signing?.signatories ?? []),
  ),
  inPresenceOf: named(mou.inPresenceOf),
  // After the alternat each side keeps an original in which it is named first.
  originals: mou.textAgreedOn || mou.signedOn ? mou.sides.length : undefined,
  signedBy: parties(mou.signatures.map(({ side }) => side)),
  ...pick(mou, 'signedOn', 'effect'),
  notified: parties(mou.notifications.map(({ side }) => side)),
  notificationsMissing: mou.stage === 'signed' ? parties(missing(mou, mou.notifications)) : undefined,
  ...pick(mou, 'inEffectSince', 'postedOn'),
});

function validityFacts({ validity, term, decision, jointCommittee, committees, stage }: Mou) {
  const runs = stage === 'inEffect' && term && isComplete(validity) ? { term, validity } : undefined;
  const decide = runs && decideBy(runs.term, runs.validity);
  return {
    ...pick(validity, 'duration', 'renewal', 'renewalFor', 'noticeModel', 'notice'),
    term: term?.number,
    termStarted: term?.starts,
    termEnds: term?.ends,
    // Where it lapses by itself and notice has no window, the last day for a notice decides nothing.
    noticeBy: runs && hasLastNoticeDay(runs.validity) ? noticeBy(runs.term, runs.validity) : undefined,
    decideBy: decide && lastWeekday(decide.on),
    termDecision: decision,
    jointCommittee,
    committees: named(committees.map((id) => `committee/${id}`)),
  };
}

const endFacts = ({ amendments, amendedOn, ending, endedOn, surviving }: Mou) => ({
  amendments: amendments || undefined,
  amendedOn,
  noticeGivenBy: ending?.side && partyOfAgency(ending.side),
  noticeGivenOn: ending?.how === 'notice' ? ending.on : undefined,
  endAgreedOn: ending?.how === 'consent' ? ending.on : undefined,
  endsOn: ending?.endsOn,
  endedOn,
  surviving: named(surviving),
});
