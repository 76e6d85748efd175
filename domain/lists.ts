type WithList<L extends string> = { readonly [list in L]: readonly unknown[] };

/** The case with one more in one of its lists, as the last. */
export const withOneMore = <L extends string, S extends WithList<L>>(known: S, list: L, item: S[L][number]): S => ({
  ...known,
  [list]: [...known[list], item],
});

/** The case without those of one of its lists that are gone. */
export const without = <L extends string, S extends WithList<L>>(
  known: S,
  list: L,
  isGone: (each: S[L][number]) => boolean,
): S => ({ ...known, [list]: known[list].filter((each) => !isGone(each)) });
