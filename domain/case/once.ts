/** Works something out once for each key: building a schema costs more than all the rules that use it. */
export function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = make(key);
    known.set(key, value);
    return value;
  };
}

/**
 * Works something out once for as long as it is asked of the same, or of what is the same for this: what costs little is not
 * worth keeping longer.
 */
export function lately<A extends object, B extends object, V>(
  make: (a: A, b: B) => V,
  isSame: (one: B, other: B) => boolean = () => false,
): (a: A, b: B) => V {
  let last: { readonly a: A; readonly b: B; readonly value: V } | undefined;
  return (a, b) => {
    if (last?.a !== a || (last.b !== b && !isSame(last.b, b))) last = { a, b, value: make(a, b) };
    return last.value;
  };
}

const made = Symbol('made');

/** One for each name: records of one form share it, and stay as quick to read as others. */
const readers = new Map<string, PropertyDescriptor & ThisType<Record<typeof made, Record<string, () => unknown>>>>();

function readerOf(name: string): PropertyDescriptor {
  const known = readers.get(name) ?? {
    enumerable: true,
    configurable: true,
    get() {
      const value = this[made][name]?.();
      Object.defineProperty(this, name, { value, enumerable: true });
      return value;
    },
  };
  readers.set(name, known);
  return known;
}

/** A record with fields that are worked out when they are first read: whoever copies it, compares it or writes it down reads them all. */
export function onceRead<R extends object, L extends object>(
  record: R,
  fields: { readonly [Name in keyof L]: () => L[Name] },
): R & Readonly<L> {
  Object.defineProperty(record, made, { value: fields });
  for (const name in fields) Object.defineProperty(record, name, readerOf(name));
  return record as R & Readonly<L>;
}
