import { wholeDays } from './dates.ts';

/**
 * What the facts of all kinds are, by their names: whatever shows one goes by this. Nothing is told by its looks alone, since
 * people may type anything: the number of a note is `2018-09-01`, a funding line `MD`, an audience `P30D`.
 */
export type FactType =
  /** `2018-12-14` */
  | 'day'
  /** `P6M` */
  | 'period'
  /** `GR` */
  | 'country'
  /** `el` */
  | 'language'
  /** `person/lee-jiho`, `agency/klid`, or a superior: `superior-of/agency/klid` */
  | 'party'
  /** `meeting/kr-gr-2` */
  | 'case'
  /** `1. What is on it; 2. Something else`, of which the committee puts some on by itself. */
  | 'agenda'
  /** Questions of an evaluation, each on a line with what was or can be answered; the usual ones are ours. */
  | 'questions'
  /** Made by rules of several values: the days in it are days. */
  | 'line'
  /** One of a few words that a command or an opening gives to choose from: `noteVerbale`. */
  | 'choice';

const namesOf: Readonly<Record<FactType, string>> = {
  day: `actOn agendaAdoptedOn agendaBy agendaCirculatedOn agreedOn amendedOn announceBy announcedOn answerBy askedFor authorityBy
    before briefingBookOn broughtInOn byItselfOn calledOff circulatedOn commentsBy confirmBy convenedOn coordinatesUntil dated day
    decideBy decidedOn departedOn draftBy due endAgreedOn endedOn endsOn evaluatedOn firstDue firstFrom firstOn fixedOn from
    heldOn inEffectSince initialledOn insteadOf invitedOn itemsBy languagesCheckedOn lastMeetingOn leavesOn legFrom legTo
    materialsBy movedFrom namedBy nextMeetingBy nextStart nominationsBy noticeBy noticeGivenOn on opensOn opinionBy
    planCirculatedOn postedOn receivedOn registrationFrom replyBy reportedOn returnedOn signedOn signingOn since suspendedSince suspendedUntil
    termEnds termStarted textAgreedOn to toldOf toldOn until was`,
  period: 'duration frequency notice period renewalFor reportWithin',
  country:
    'countries country countryCoordinator declinedBy hosts intendedHosts invited item legCountries nextHosts nominatedBy notAnswered participantsFrom requestingCountry sendingCountry state zoneOf',
  language: 'languages prevailingLanguage',
  party: `against agencies agency answeredBy askedBy attended authorityGranted cases coChairs concerned contactOf coordinatedBy coordinator despite drafter
    excused expired firstHost focalPoint focalPoints forWhom from handedBy head homeSide host hosts inFavour inPlaceOf insteadOf invitee lead leaver members nextHost
    notificationsMissing notified noticeGivenBy opinionsAgainst opinionsAwaited organisers outstanding owedBy owner participants party
    person presenter proposedBy rapporteur recipient reportedBy requester secretaries senders side sides signedBy substitute superiorOf to turn
    verifiedBy whoWaits withRemarks zoneOf`,
  case: `act actIds action actions appointment carriedTo case cases committee committees concerned confirmedBy convenedMeeting
    edition editions lastMeeting meeting minutesToSign mou openActions openEditions previous programme request visit workshop`,
  agenda: 'agenda undecided',
  questions: 'evaluation figures questions summary',
  line: 'activities acts ask forLegs legs plan programme surviving toPrepare',
  choice: 'effect form how instrument minutes noticeModel renewal termDecision',
};

const typesByName = new Map<string, FactType[]>();
for (const [type, names] of Object.entries(namesOf) as [FactType, string][])
  for (const name of names.split(/\s+/)) typesByName.set(name, [...(typesByName.get(name) ?? []), type]);

const none: readonly FactType[] = [];

/** What a fact of this name may be; none where it is words, which stay as they are. `thenTermEnds` is what `termEnds` will be. */
export const typesOfFact = (name: string): readonly FactType[] =>
  typesByName.get(name) ?? typesByName.get(name.replace(/^then(.)/, (_, first: string) => first.toLowerCase())) ?? none;

const shapes: Readonly<Record<FactType, RegExp>> = {
  day: /^\d{4}-\d{2}-\d{2}$/,
  period: wholeDays,
  country: /^[A-Z]{2}$/,
  language: /^[a-z]{2,3}$/,
  party: /^(superior-of\/)?(person|agency)\//,
  case: /^(?!person\/|agency\/)[a-z]+\/[a-z0-9-]+$/,
  agenda: /^/,
  questions: / \((n = \d+\)|[a-z0-9-]+: (1–5|yes\/no|…)\))/,
  line: /^/,
  choice: /^([a-z]+([A-Z][a-z]+)*|MOU)$/,
};

/** What this value of a fact is, of what a fact of its name may be; undefined for words. */
export const typeOfFact = (name: string, value: string): FactType | undefined =>
  typesOfFact(name).find((type) => shapes[type].test(value));
