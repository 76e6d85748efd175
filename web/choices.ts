import type { Entente } from '../client/client.ts';
import { plannedDeadlines } from '../domain/case/state.ts';
import { dayIn, type Instant } from '../domain/dates.ts';
import type { OfferedWay, OpenedLink } from '../client/opened-link.ts';
import type { RefersTo } from '../domain/fields.ts';
import type { Lifecycle } from '../domain/lifecycle.ts';
import type { Nominee } from '../domain/nomination.ts';
import { type Field, fieldsOf } from './controls.ts';
import { type Texts, wordsFor } from './texts.ts';

type OfDirectory = Exclude<RefersTo, 'case'>;

/** What there is to choose from: the directory, what stands in the case, and those who may coordinate a new one. */
export type Source = OfDirectory | 'deadline' | 'message' | 'nominee' | 'coordinator';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export type Choices = (source: Source) => readonly Choice[];

/** Who is known, as the register has it. */
export type Known = Awaited<ReturnType<Entente['directory']>>;

export const nothingKnown: Known = { agencies: [], people: [], countries: [] };

/** By their names; whoever has left is not among them. */
export function ofDirectory(known: Known, texts: Texts): Readonly<Record<OfDirectory, () => readonly Choice[]>> {
  const agencies = byName(
    known.agencies.map(({ id, name }) => ({ value: id, label: name })),
    texts,
  );
  const nameOf = new Map(agencies.map(({ value, label }) => [value, label]));
  const people = byName(
    servingIn(known, new Date().toISOString()).map(({ id, name, agency }) => ({
      value: id,
      label: `${name} (${nameOf.get(agency) ?? agency})`,
    })),
    texts,
  );
  return {
    agency: () => agencies,
    person: () => people,
    party: () => [...under('agency', agencies), ...under('person', people)],
    country: () =>
      countryChoices(
        known.countries.map(({ code }) => code),
        texts,
      ),
  };
}

const byName = (all: readonly Choice[], { code }: Texts): readonly Choice[] =>
  all.toSorted((one, other) => one.label.localeCompare(other.label, code));

/** As they are called in the language of the page. */
export function countryChoices(codes: readonly string[], texts: Texts): readonly Choice[] {
  const named = new Intl.DisplayNames([texts.code], { type: 'region' });
  return byName(
    codes.map((code) => ({ value: code, label: named.of(code) ?? code })),
    texts,
  );
}

/** Whoever does not keep the case is shown the people of their own agency alone. */
export const peopleShown = (
  { agency }: { readonly agency: string },
  keepsCase: boolean,
): { readonly agency?: string } => (keepsCase ? {} : { agency });

/** The directory is read for forms that choose from it alone. */
export const askDirectory = (ways: readonly OfferedWay[], { kind }: Lifecycle, texts: Texts): boolean =>
  ways.some((way) => {
    const words = wordsFor(texts, kind, way.command);
    return words !== undefined && fieldsOf(way, words, texts).some(asksDirectory);
  });

export function choicesIn(
  known: Known,
  { lifecycle, state }: Pick<OpenedLink, 'lifecycle' | 'state'>,
  texts: Texts,
): Choices {
  const of: Readonly<Record<Source, () => readonly Choice[]>> = {
    ...ofDirectory(known, texts),
    coordinator: () => [],
    deadline: () => plannedDeadlines(lifecycle, state).map(({ name, says }) => ({ value: name, label: says })),
    message: () => state.undelivered.map(({ message, to }) => ({ value: message, label: `${to}: ${message}` })),
    nominee: () => nomineesIn(state.subject).map(({ id, name }) => ({ value: id, label: name })),
  };
  return (source) => of[source]();
}

/** For a new case, which somebody of these agencies coordinates. */
export function choicesForOpening(known: Known, agencies: ReadonlySet<string>, texts: Texts): Choices {
  const theirs = { ...known, people: known.people.filter(({ agency }) => agencies.has(agency)) };
  const of: Readonly<Record<string, () => readonly Choice[]>> = {
    ...ofDirectory(known, texts),
    coordinator: ofDirectory(theirs, texts).person,
  };
  return (source) => of[source]?.() ?? [];
}

/** Whoever leaves on a later day can be chosen until then. */
export function servingIn({ agencies, countries, people }: Known, at: Instant): Known['people'] {
  const zoneOf = new Map(countries.map(({ code, zone }) => [code, zone]));
  const usualZone = new Map(agencies.map(({ id, country }) => [id, zoneOf.get(country)]));
  return people.filter(
    ({ left_on: leftOn, zone, agency }) =>
      leftOn === null || leftOn > dayIn(at, zone ?? usualZone.get(agency) ?? 'UTC'),
  );
}

const under = (what: string, all: readonly Choice[]): readonly Choice[] =>
  all.map(({ value, label }) => ({ value: `${what}/${value}`, label }));

const nomineesIn = (subject: object): readonly Pick<Nominee, 'id' | 'name'>[] =>
  'nominees' in subject ? (subject.nominees as readonly Nominee[]) : [];

const inDirectory: ReadonlySet<Source> = new Set(['agency', 'person', 'party', 'country']);

const asksDirectory = ({ control }: Field): boolean => {
  if (control.as === 'pick') return inDirectory.has(control.of);
  return 'fields' in control && control.fields.some(asksDirectory);
};
