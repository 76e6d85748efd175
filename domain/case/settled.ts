import type { SettledFields } from '../lifecycle.ts';

/** What a deadline says of the command that answers it, in the ways in which lifecycles need it. */

export const nothing: SettledFields = () => ({});

/** The agency that owes it. */
export const owner =
  (field: string): SettledFields =>
  ({ owedBy }) =>
    owedBy?.startsWith('agency/') ? { [field]: owedBy.slice('agency/'.length) } : {};

/** Which one it is. */
export const item =
  (field: string): SettledFields =>
  (deadline) => ({ [field]: deadline.item });

/** Whom a state nominates: which one it is, is told by its code. */
export const nominees: SettledFields = (deadline) => ({ nominees: [item('country')(deadline)] });

/** Facts of the deadline, by the fields that they go into. */
export const facts =
  (fields: Readonly<Record<string, string>>): SettledFields =>
  (deadline) =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([field, fact]) => {
        const value = deadline.facts?.[fact];
        return value === undefined ? [] : [[field, value]];
      }),
    );
