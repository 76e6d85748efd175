import type { Entente } from '../client/client.ts';
import { plannedDeadlines } from '../domain/case/state.ts';
import type { OpenedLink } from '../client/links.ts';
import type { RefersTo } from '../domain/fields.ts';
import type { Nominee } from '../domain/nomination.ts';
import type { Field } from './controls.ts';
import type { Texts } from './texts.ts';

/** What there is to choose from: the directory, and what stands in the case. */
export type Source = Exclude<RefersTo, 'case'> | 'deadline' | 'message' | 'nominee';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export type Choices = (source: Source) => readonly Choice[];

/** Who is known, as the register has it. */
export type Known = Awaited<ReturnType<Entente['directory']>>;

export const nothingKnown: Known = { agencies: [], people: [], countries: [] };

/** By their names; whoever has left, and agencies that are no more, are not among them. */
export function choicesIn(
  known: Known,
  { lifecycle, state }: Pick<OpenedLink, 'lifecycle' | 'state'>,
  texts: Texts,
): Choices {
  const byName = (all: readonly Choice[]): readonly Choice[] =>
    all.toSorted((one, other) => one.label.localeCompare(other.label, texts.code));
  const agencies = byName(known.agencies.map(({ id, name }) => ({ value: id, label: name })));
  const nameOf = new Map(agencies.map(({ value, label }) => [value, label]));
  const serving = known.people.filter(({ left_on: leftOn }) => leftOn === null);
  const people = byName(
    serving.map(({ id, name, agency }) => ({ value: id, label: `${name} (${nameOf.get(agency) ?? agency})` })),
  );
  const named = new Intl.DisplayNames([texts.code], { type: 'region' });
  const of: Readonly<Record<Source, () => readonly Choice[]>> = {
    agency: () => agencies,
    person: () => people,
    party: () => [...under('agency', agencies), ...under('person', people)],
    country: () => byName(known.countries.map(({ code }) => ({ value: code, label: named.of(code) ?? code }))),
    deadline: () => plannedDeadlines(lifecycle, state).map(({ name, says }) => ({ value: name, label: says })),
    message: () => state.undelivered.map(({ message, to }) => ({ value: message, label: `${to}: ${message}` })),
    nominee: () => nomineesIn(state.subject).map(({ id, name }) => ({ value: id, label: name })),
  };
  return (source) => of[source]();
}

const under = (what: string, all: readonly Choice[]): readonly Choice[] =>
  all.map(({ value, label }) => ({ value: `${what}/${value}`, label }));

const nomineesIn = (subject: object): readonly Pick<Nominee, 'id' | 'name'>[] =>
  'nominees' in subject ? (subject.nominees as readonly Nominee[]) : [];

const ofDirectory: ReadonlySet<Source> = new Set(['agency', 'person', 'party', 'country']);

/** The directory is read for forms that choose from it alone. */
export const asksDirectory = ({ control }: Field): boolean => {
  if (control.as === 'pick') return ofDirectory.has(control.of);
  return 'fields' in control && control.fields.some(asksDirectory);
};
