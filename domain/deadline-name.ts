/** What is owed, and which of several or which time: the opinion of `klid`, the answer to question `2`. */
export interface DeadlineName {
  readonly what: string;
  readonly item?: string;
}

/** The name by which a deadline is on record: WHAT, or `WHAT:ITEM`. */
export const deadlineName = ({ what, item }: DeadlineName): string => (item === undefined ? what : `${what}:${item}`);

/** The same beside its two fields. */
export const namedBy = (fields: DeadlineName): DeadlineName & { readonly name: string } => ({
  ...fields,
  name: deadlineName(fields),
});

/** Of a name on record. Whatever is asked about another deadline has the whole name of that as its item. */
export function deadlineNamed(name: string): DeadlineName {
  const colon = name.indexOf(':');
  return colon < 0 ? { what: name } : { what: name.slice(0, colon), item: name.slice(colon + 1) };
}
