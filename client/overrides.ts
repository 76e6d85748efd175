import { addOverride, type OverrideFields, removeOverride } from '../database/calendars.ts';
import { refuseBesideCases } from '../database/people.ts';
import type { CivilDate } from '../domain/dates.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { BesideCases } from './beside-cases.ts';
import { unlessRefused } from './errors.ts';
import type { Change } from './forecast/previews.ts';

/** That a place works on a day or does not, as a change: whoever may say so, and why the day cannot be put. */
export const overrideAsChange = (place: string, fields: OverrideFields, by: string | undefined) =>
  asChange(by, place, { ...fields }, (trx) => addOverride(trx, place, fields));

/** That the day is again what the calendar says. */
export const noOverrideAsChange = (place: string, date: CivilDate, by: string | undefined) =>
  asChange(by, place, { date }, (trx) => removeOverride(trx, place, date));

const asChange = (
  by: string | undefined,
  place: string,
  fields: Readonly<Record<string, unknown>>,
  put: NonNullable<Change['puts']>,
) => {
  const said = { command: 'calendar override', about: place, by, fields: { ...fields, place } } as const;
  const puts: typeof put = async (trx) => (await refuseBesideCases(trx, 'calendar override', by)) ?? put(trx);
  return { said, puts } satisfies Change;
};

/** @throws RefusedError `NotYours`, `NotProved`, or why the day cannot be put */
export const overridden = async (
  besideCases: BesideCases,
  { said, puts }: ReturnType<typeof overrideAsChange>,
): Promise<void> => unlessRefused((await besideCases.change(said, puts)) as Refusal | undefined);
