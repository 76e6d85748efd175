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
export type FactType = keyof Typed;

/** What facts are, by their names. Where one may be several things its looks tell which: `from` a day, or `from` somebody. */
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

/** What each fact is that letters and stories of cases of all kinds tell; a kind may have another of the name, told by its looks. */
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
/** What {@link typesNamed} gives for a fact, where the compiler knows what its kind declares. */
export type TypeNamed<D extends FactTypes, N> = TypeIn<D, N> | TypeIn<OfAllKinds, N>;
type ValueOf<T> = T extends FactType ? Typed[T] | (Typed[T] extends string ? readonly Typed[T][] : never) : never;
/** What is empty is not there. */
type Value<D, N> = ValueOf<N extends keyof D ? TypeIn<D, N> : TypeIn<OfAllKinds, N>> | '' | undefined;

/** Facts of a kind that declares these, or of all kinds: each has a value that is what it says, or a list of them. */
export type FactsOf<D extends FactTypes> = { readonly [N in keyof D | keyof OfAllKinds]?: Value<D, N> };

/** The same of a whole value, `F`, which must not have any other fact. */
export type Declared<D extends FactTypes, F> = {
  readonly [N in keyof F]: N extends keyof D | keyof OfAllKinds ? Value<D, N> : 'has no type in factTypes of its kind';
};

/** What a fact of this name may be, by what its kind says and all kinds; `thenTermEnds` is what `termEnds` will be. */
export function typesNamed(ofKind: FactTypes, name: string): readonly FactType[] {
  const types = [...typesIn(ofKind, name), ...typesIn(ofAllKinds, name)];
  const now = name.replace(/^then(.)/, (_, first: string) => first.toLowerCase());
  return types.length > 0 || now === name ? types : typesNamed(ofKind, now);
}

const typesIn = (types: FactTypes, name: string): readonly FactType[] =>
  (Object.hasOwn(types, name) ? types[name] : undefined) ?? [];

/** Which of these a value is; undefined for what is told as it stands. */
export const typeAmong = (types: readonly FactType[], value: string): CodedType | undefined =>
  types.find((type): type is CodedType => looks[type]?.test(value) ?? false);
