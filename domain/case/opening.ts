import { z } from 'zod';
import { dayOf, type Instant } from '../dates.ts';
import { caseId, country, line, listOf, person, slug } from '../fields.ts';
import { daysHappenedIn, toldLate } from '../happened.ts';
import type { CaseHeader, Lifecycle } from '../lifecycle.ts';
import { refuseOversized } from '../limits.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type RulesVersion, rulesOfToday } from '../rules-version.ts';
import { faultsOf, inWords, sentenceOfFaults } from './faults.ts';
import { once } from './once.ts';
import type { CaseEvent } from './state.ts';

/** What opens a case: what every case has, and under `input` what its kind takes. */
export interface Opening {
  readonly id: string;
  readonly by: string;
  readonly title: string;
  readonly countries: readonly string[];
  readonly coordinator: string;
  readonly opener?: string;
  readonly input: unknown;
}

const headerSchema = z.strictObject({
  id: slug.describe('the readable id of the case, unique among its kind'),
  by: person.describe('who opens it: the id of a person in the directory'),
  title: line.describe('a title that says what it is about'),
  countries: listOf(country).min(1, 'needs at least one country').describe('the countries it concerns'),
  coordinator: person.describe('who coordinates it'),
  opener: caseId.optional().describe('the case that it comes of, such as mou/kr-gr-2017'),
});

/** Everything that opens a case of this kind, in one flat record: for the door, for help and for forms. */
export const openingSchema: (lifecycle: Lifecycle) => z.ZodObject = once((lifecycle) =>
  z.strictObject({ ...headerSchema.shape, ...lifecycle.opening.input.shape }),
);

export const idOf = (kind: string, slugOfCase: string): string => `${kind}/${slugOfCase}`;

export const kindOf = (id: string): string => (id.includes('/') ? id.slice(0, id.indexOf('/')) : id);

/** The first event of a case, or why it cannot be opened. */
export function decideOpening(
  lifecycle: Lifecycle,
  opening: unknown,
  at: Instant,
  commandId: string,
  rules: RulesVersion = rulesOfToday,
): CaseEvent | Refusal {
  const oversized = refuseOversized(opening);
  if (oversized) return oversized;
  const parsed = openingSchema(lifecycle).safeParse(opening, { error: inWords });
  if (!parsed.success) return refuse('InvalidInput', sentenceOfFaults(faultsOf(parsed.error, opening)));
  const { id, by, title, countries, coordinator, opener, ...input } = parsed.data as unknown as Opening &
    Record<string, unknown>;
  const header: Omit<CaseHeader, 'openedAt'> = {
    id: idOf(lifecycle.kind, id),
    kind: lifecycle.kind,
    title,
    countries: [...new Set(countries)],
    coordinator,
    ...(opener ? { opener } : {}),
  };
  const context = { by, at, today: dayOf(at), header: { ...header, openedAt: at }, rules };
  return (
    lifecycle.opening.refuse?.(input, context) ?? {
      type: 'opened',
      number: 1,
      at,
      by,
      commandId,
      input: { header, ...input },
      ...toldLate(daysHappenedIn(openingSchema(lifecycle), opening), dayOf(at)),
    }
  );
}
