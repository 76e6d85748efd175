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
  isSame: (one: B, other: B) => boolean,
): (a: A, b: B) => V {
  let last: { readonly a: A; readonly b: B; readonly value: V } | undefined;
  return (a, b) => {
    if (last?.a !== a || (last.b !== b && !isSame(last.b, b))) last = { a, b, value: make(a, b) };
    return last.value;
  };
}
