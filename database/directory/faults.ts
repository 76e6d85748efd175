import { system } from '../../domain/case/due.ts';
import type { AgencyRow, CountryRow, PersonRow } from '../schema.ts';
import {
  addressesOf,
  type AgencyEntry,
  type CountryEntry,
  type Directory,
  type FileFault,
  type Entry,
  faultIn,
  type Parsed,
  type PersonEntry,
} from './entry.ts';

/** What is on record before the import. */
export interface Known {
  readonly countries: readonly CountryRow[];
  readonly agencies: readonly AgencyRow[];
  readonly people: readonly PersonRow[];
}

export interface ParsedDirectory {
  readonly countries: readonly Parsed<CountryEntry>[];
  readonly agencies: readonly Parsed<AgencyEntry>[];
  readonly people: readonly Parsed<PersonEntry>[];
}

/** Whatever entries that are right in themselves get wrong about each other and about what is on record. */
export function crossFaults(parsed: ParsedDirectory, known: Known): FileFault[] {
  const { countries, agencies, people } = parsed;
  return [
    ...duplicates(countries, ({ code }) => code, 'code', 'country'),
    ...duplicates(agencies, ({ id }) => id, 'id', 'agency'),
    ...duplicates(people, ({ id }) => id, 'id', 'person'),
    ...contradictingAddresses(people),
    ...addressesUsedTwice(people, known),
    ...superiorLoops(people, known),
    ...namesOfCases(people),
  ];
}

/** What such a person did would read as if cases had done it by themselves. */
const namesOfCases = (people: readonly Parsed<PersonEntry>[]): FileFault[] =>
  people
    .filter(({ value }) => value.id === system)
    .map(({ entry }) => faultIn(entry, 'id', `"${system}" is the name under which cases act; choose another`));

const placeOf = ({ entry: { file, line } }: Parsed<unknown>): string => `${file}, line ${line}`;

function duplicates<T>(
  entries: readonly Parsed<T>[],
  keyOf: (value: T) => string,
  field: string,
  noun: string,
): FileFault[] {
  const first = new Map<string, Parsed<T>>();
  return entries.flatMap((each) => {
    const key = keyOf(each.value);
    const earlier = first.get(key);
    if (!earlier) first.set(key, each);
    return earlier ? [faultIn(each.entry, field, `the ${noun} "${key}" stands in ${placeOf(earlier)} already`)] : [];
  });
}

interface Names {
  readonly countries: ReadonlySet<unknown>;
  readonly agencies: ReadonlySet<unknown>;
  readonly people: ReadonlySet<unknown>;
}

/** An entry with a fault of its own is still there: whoever names it is not at fault as well. */
function namesOf(written: Directory, known: Known): Names {
  const idOf = ({ fields }: Entry) => fields['id'];
  return {
    countries: new Set([
      ...known.countries.map(({ code }) => code),
      ...written.countries.map(({ fields }) => fields['code']),
    ]),
    agencies: new Set([...known.agencies.map(({ id }) => id), ...written.agencies.map(idOf)]),
    people: new Set([...known.people.map(({ id }) => id), ...written.people.map(idOf)]),
  };
}

/** Who is named but stands nowhere. */
export function unknownNames(written: Directory, known: Known): FileFault[] {
  const names = namesOf(written, known);
  const unknown = (entry: Entry, field: string, noun: string, ids: ReadonlySet<unknown>) => {
    const id = entry.fields[field];
    return typeof id !== 'string' || ids.has(id)
      ? []
      : [faultIn(entry, field, `there is no ${noun} "${id}", neither in these files nor on record`)];
  };
  return [
    ...written.agencies.flatMap((entry) => [
      ...unknown(entry, 'country', 'country', names.countries),
      ...unknown(entry, 'contact', 'person', names.people),
    ]),
    ...written.people.flatMap((entry) => [
      ...unknown(entry, 'agency', 'agency', names.agencies),
      ...unknown(entry, 'superior', 'person', names.people),
      ...rolesOfNoAgency(entry, names.agencies),
    ]),
  ];
}

/** The one address and the list may both be given, as a list that was printed gives them; they must not differ. */
const contradictingAddresses = (people: readonly Parsed<PersonEntry>[]): FileFault[] =>
  people.flatMap(({ entry, value: { email, addresses } }) =>
    email && addresses && addresses[0]?.toLowerCase() !== email.toLowerCase()
      ? [
          faultIn(
            entry,
            'addresses',
            `begins with ${addresses[0]}, but email is ${email}; the first one is tried first`,
          ),
        ]
      : [],
  );

/** Two people with one address would get each other's reminders. */
function addressesUsedTwice(people: readonly Parsed<PersonEntry>[], known: Known): FileFault[] {
  const imported = new Set(people.map(({ value }) => value.id));
  const holders = new Map<string, { id: string; place: string }>();
  for (const { id, email, other_addresses } of known.people)
    for (const each of email && !imported.has(id) ? [email, ...other_addresses] : [])
      holders.set(each.toLowerCase(), { id, place: 'on record' });
  return people.flatMap((person) => {
    const { id, addresses } = person.value;
    return addressesOf(person.value).flatMap((each) => {
      const holder = holders.get(each.toLowerCase());
      if (!holder) holders.set(each.toLowerCase(), { id, place: placeOf(person) });
      if (!holder || holder.id === id) return [];
      const because = `${each} is the address of ${holder.id} already (${holder.place})`;
      return [faultIn(person.entry, addresses ? 'addresses' : 'email', because)];
    });
  });
}

/** An escalation that comes back to where it started would reach nobody. */
function superiorLoops(people: readonly Parsed<PersonEntry>[], known: Known): FileFault[] {
  const superiors = new Map<string, string | null | undefined>([
    ...known.people.map(({ id, superior }) => [id, superior] as const),
    ...people.map(({ value }) => [value.id, value.superior] as const),
  ]);
  const reported = new Set<string>();
  return people.flatMap((each) => {
    const loop = loopFrom(each.value.id, superiors);
    if (!loop || loop.some((id) => reported.has(id))) return [];
    for (const id of loop) reported.add(id);
    return [faultIn(each.entry, 'superior', `is a loop: ${[...loop, loop[0]].join(' reports to ')}`)];
  });
}

function loopFrom(start: string, superiors: ReadonlyMap<string, string | null | undefined>): string[] | undefined {
  const way = [start];
  for (let next = superiors.get(start); next; next = superiors.get(next)) {
    if (next === start) return way;
    if (way.includes(next)) return undefined;
    way.push(next);
  }
  return undefined;
}

function rolesOfNoAgency(entry: Entry, agencies: ReadonlySet<unknown>): FileFault[] {
  const { roles } = entry.fields;
  return (Array.isArray(roles) ? roles : []).flatMap((role) => {
    const agency = String(role).split('@')[1];
    return agency === undefined || agencies.has(agency)
      ? []
      : [faultIn(entry, 'roles', `there is no agency "${agency}", neither in these files nor on record`)];
  });
}
