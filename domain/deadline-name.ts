/** WHAT of a deadline's name, and its item: of `opinion:klid`, an opinion, and that of klid; without a colon there is none. */
export function partsOf(name: string): { readonly what: string; readonly item: string } {
  const [what = name, item = ''] = name.split(':');
  return { what, item };
}

/** The name by which a deadline is on record: WHAT, or `WHAT:ITEM` where a case owes several, or owes it again. */
export const deadlineName = (what: string, item?: string | number): string =>
  item === undefined ? what : `${what}:${item}`;
