const numeric = new Intl.Collator('en', { numeric: true });

/**
 * Compares ids as people count them: pg-1, pg-2, pg-10; where all numbers are alike (pg-01, pg-1), by their letters. The
 * register's collation `id_order` does the same.
 */
export const idOrder = (one: string, other: string): number =>
  numeric.compare(one, other) || (one < other ? -1 : Number(one > other));
