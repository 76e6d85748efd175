import type { FactType, TypeNamed } from '../../domain/fact-types.ts';
import { type Kind, type lifecycles, typesOfFact } from '../../domain/kinds.ts';

/** An expression of Postgres over a row of `cases`, with what comes of it. */
export interface Column<V> {
  readonly sql: string;
  /** For the compiler alone. */
  readonly holds?: V;
}

export const column = <V>(sql: string): Column<V> => ({ sql });

type Lifecycles = typeof lifecycles;
type Shown<K extends Kind> = ReturnType<Lifecycles[K]['facts']>;
type ValueOf<K extends Kind, N> = K extends Kind ? (N extends keyof Shown<K> ? Shown<K>[N] : never) : never;
type TypeOf<K extends Kind, N> = K extends Kind ? TypeNamed<Lifecycles[K]['factTypes'], N> : never;
type NamesOf<K extends Kind> = K extends Kind ? keyof Shown<K> & string : never;
type IsList<V> = [Exclude<V, undefined>] extends [readonly unknown[]] ? true : false;
type NamesWhere<K extends Kind, L extends boolean> = {
  [N in NamesOf<K>]: IsList<ValueOf<K, N>> extends L ? N : never;
}[NamesOf<K>];

/** A fact that a kind shows as one value; any of them, where it may be of several kinds. */
export type Single<K extends Kind> = NamesWhere<K, false>;
/** One that it shows as a list. */
export type List<K extends Kind> = NamesWhere<K, true>;

type OrNull<V> = undefined extends V ? null : never;
type Read<T> = [T] extends ['number'] ? number : [T] extends ['yesNo'] ? boolean : string;

/** Facts as they are kept. A kind that does not show one of the name is a fault of types, and so is a list read as one value. */
export const text = <K extends Kind>(name: Single<K>): string => `facts->>'${name}'`;
export const list = <K extends Kind>(name: List<K>): string => `facts->'${name}'`;

/**
 * What columns of a view of one kind are made of. Days stay ISO text: it sorts and compares as days do, and can be indexed,
 * which a cast cannot. Indexes lie over these expressions, spelt as they are here.
 */
export const columnsOf = <K extends Kind>(kind: K) => ({
  /** As its type says: `(facts->>'term')::integer`. */
  fact: <N extends Single<K>>(name: N) =>
    column<Read<TypeOf<K, N>> | OrNull<ValueOf<K, N>>>(cast(text<K>(name), typesOfFact(kind, name))),
  list: <N extends List<K>>(name: N) => column<string[] | OrNull<ValueOf<K, N>>>(list<K>(name)),
  /** How many are on a list. */
  count: (name: List<K>) => column<number>(`jsonb_array_length(coalesce(${list<K>(name)}, '[]'))`),
  isKnown: (name: Single<K>) => column<boolean>(`${text<K>(name)} is not null`),
});

/** One that may be several things is read as it stands. */
function cast(fact: string, types: readonly FactType[]): string {
  if (types.every((type) => type === 'number')) return `(${fact})::integer`;
  return types.every((type) => type === 'yesNo') ? `(${fact})::boolean` : fact;
}
