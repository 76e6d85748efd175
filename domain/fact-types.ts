import { type CivilDate, wholeDays } from './dates.ts';
import type { Country, Party } from './fields.ts';

/** What is told in its reader's words: whatever shows such a fact goes by this. */
interface Coded {
  /** `2018-12-14` */
  readonly day: CivilDate;
  /** `P6M` */
  readonly period: string;
  /** `GR` */
  readonly country: Country;
  /** `el` */
  readonly language: string;
  /** `person/lee-jiho`, `agency/klid`, or a superior: `superior-of/agency/klid` */
  readonly party: Party | `superior-of/${Party}`;
  /** `meeting/kr-gr-2` */
  readonly case: string;
  /** `1. What is on it; 2. Something else`, of which the committee puts some on by itself. */
  readonly agenda: string;
  /** Questions of an evaluation, each on a line with what was or can be answered; the usual ones are ours. */
  readonly questions: string;
  /** Made by rules of several values: the days in it are days. */
  readonly line: string;
  /** One of a few words that a command or an opening gives to choose from: `noteVerbale`. */
  readonly choice: string;
}

/** What is told as it stands, since people may type anything: the number of a note is `2018-09-01`, a funding line `MD`. */
interface Plain {
  /** What people have typed, made titles, times of day, and words by which texts choose. */
  readonly words: string;
  readonly number: number;
  readonly yesNo: boolean;
}

type Typed = Coded & Plain;
export type CodedType = keyof Coded;
type FactType = keyof Typed;

/** What facts are, by their names. Of what one may be, its looks tell what it is: `from` a day, or `from` somebody. */
export type FactTypes = Readonly<Record<string, readonly FactType[]>>;

type Words<S extends string, Found = never> = S extends `${infer First} ${infer Rest}`
  ? Words<Rest, Found | First>
  : Exclude<Found | S, ''>;
type WordsOfLines<S extends string> = S extends `${infer First}\n${infer Rest}`
  ? Words<First> | WordsOfLines<Rest>
  : Words<S>;
type NamesByType = Readonly<Partial<Record<FactType, string>>>;
type TypesByName<N extends NamesByType> = {
  readonly [T in keyof N & FactType as N[T] extends string ? WordsOfLines<N[T]> : never]: readonly T[];
};

/** The types of facts, from their names by type: `{ day: 'due firstDue', party: 'owner' }`. */
export function factTypesBy<const N extends NamesByType>(names: N): TypesByName<N> {
  const types: Record<string, FactType[]> = {};
  for (const type of Object.keys(looks) as FactType[])
    for (const name of names[type]?.trim().split(/\s+/) ?? []) (types[name] ??= []).push(type);
  return types as unknown as TypesByName<N>;
}

/** Of several that fit the first is meant. */
const looks: Readonly<Record<FactType, RegExp | undefined>> = {
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
  words: undefined,
  number: undefined,
  yesNo: undefined,
};

/** What each fact is that the letters and the story of cases of all kinds tell. */
const ofAllKinds = factTypesBy({
  day: `answerBy askedFor broughtInOn byItselfOn day due endsOn firstDue from insteadOf leavesOn on suspendedSince suspendedUntil
    to toldOf toldOn until`,
  country: 'countries country item zoneOf',
  party: `answeredBy askedBy cases concerned contactOf coordinator forWhom from handedBy inPlaceOf invited invitee leaver owedBy
    person recipient substitute superiorOf to whoWaits zoneOf`,
  case: 'case cases concerned',
  line: 'ask',
  words: `asked because byItself changed coChairsAt comes coordinatorAt corrected deadline endsAt entry failure first hoursOn id
    item kind leaverId message named note place reason right roles stage state superiorAt time timeZone title told what where why
    wrong zone`,
  number: 'count days missed nth number rung rungs',
  yesNo: 'aboveTold openEnd told',
});

type OfAllKinds = typeof ofAllKinds;
type TypeIn<D, N> = N extends keyof D ? (D[N] extends readonly (infer T)[] ? T : never) : never;
type ValueOf<T> = T extends FactType ? Typed[T] | (Typed[T] extends string ? readonly Typed[T][] : never) : never;
/** What is empty is not there. */
type Value<D, N> = ValueOf<TypeIn<D, N> | TypeIn<OfAllKinds, N>> | '' | undefined;

/** Facts of a kind that declares these, or of all kinds: each has a value that is what it says, or a list of them. */
export type FactsOf<D extends FactTypes> = { readonly [N in keyof D | keyof OfAllKinds]?: Value<D, N> };

/** The same of a whole value, `F`, which must not have any other fact. */
export type Declared<D extends FactTypes, F> = {
  readonly [N in keyof F]: N extends keyof D | keyof OfAllKinds ? Value<D, N> : 'has no type in factTypes of its kind';
};

/** What a fact of this name may be; none where nobody has said it. `thenTermEnds` is what `termEnds` will be. */
export function typesOfFact(ofKind: FactTypes, name: string): readonly FactType[] {
  const now = name.replace(/^then(.)/, (_, first: string) => first.toLowerCase());
  return [name, now].map((each) => [...typesIn(ofKind, each), ...typesIn(ofAllKinds, each)]).find(isAny) ?? [];
}

const typesIn = (types: FactTypes, name: string): readonly FactType[] =>
  (Object.hasOwn(types, name) ? types[name] : undefined) ?? [];

const isAny = (types: readonly FactType[]): boolean => types.length > 0;

/** What this value of a fact is, of what a fact of its name may be; undefined for what is told as it stands. */
export const typeAmong = (types: readonly FactType[], value: string): CodedType | undefined =>
  types.find((type): type is CodedType => looks[type]?.test(value) ?? false);

/** Of kinds that do not say it themselves yet. */
export const typesByNameAlone = factTypesBy({
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
});
