import { deadlineNamed, type DeadlineName } from '../deadline-name.ts';
import type { Fact, Facts } from '../lifecycle.ts';
import { nameOf } from '../document.ts';
import type { HoursOverDays, Reopened } from '../hours.ts';

/** What is to be said of a case, for readers of any language: which text says it, and what fills that in. */
export interface Told {
  /** The kind whose text it is; what a kind has no text of its own for is said as of cases of all kinds. */
  readonly kind: string;
  /** `events.accepted`, `deadlines.verify`, or a part of others: `parts.plan`. */
  readonly text: string;
  readonly facts: Facts;
  /** What is said by texts of its own within this one, by the name that it has there. */
  readonly parts: Parts;
}

export type Parts = Readonly<Record<string, readonly Told[]>>;

/** What an event says besides the fields that it has, or in place of them. */
export interface Detail {
  readonly facts?: Facts;
  readonly parts?: Parts;
}

type Typed = { readonly type: string };

/** By the types of a kind's events; `subject` is the one after the event. */
export type Details<S, E extends Typed> = {
  readonly [T in E['type']]?: (event: Extract<E, { type: T }>, subject: S) => Detail;
};

/** A part that is said in the words of cases of all kinds. */
export const partOf = (text: string, facts: Facts = {}, parts: Parts = {}): Told => ({
  kind: 'case',
  text: `parts.${text}`,
  facts,
  parts,
});

/** The hours of what takes place, if any are said. */
export const hoursIn = ({ time, endsAt, endsOn, zone, openEnd }: HoursOverDays & Reopened, on?: string): Parts =>
  time || openEnd ? { hours: [partOf('hours', { time, endsAt, endsOn, on, timeZone: zone, openEnd })] } : {};

/** Fields of events that hold the id of an agency, and those that hold a person's. */
const agencies = words('agency contactOf despite drafter firstHost host insteadOf lead owner side');
const people = words('attended coordinator excused person superiorOf');
/** Those of some events alone. */
const agenciesIn: Readonly<Record<string, ReadonlySet<string>>> = {
  'action.handedOver': words('from to'),
  'mou.draftSent': words('from'),
  'mou.turnGiven': words('to'),
  'mou.opinionAsked': words('from'),
  'mou.opinionGiven': words('from'),
  'mou.opinionExpired': words('from'),
  'request.leadChanged': words('from'),
};

function words(names: string): ReadonlySet<string> {
  return new Set(names.split(' '));
}

const stamp = words('number at by reason told toldOf commandId onBehalfOf type');

/** The fields of an event as facts: ids as references, files by their names; what is neither is for the details. */
export const fieldsOf = (kind: string, event: Typed): Facts =>
  Object.fromEntries(
    Object.entries(event).flatMap(([name, value]) => {
      const fact = stamp.has(name) ? undefined : factFrom(kindOfId(`${kind}.${event.type}`, name), value);
      return fact === undefined ? [] : [[name, fact]];
    }),
  );

const kindOfId = (event: string, name: string): 'agency' | 'person' | undefined => {
  if (agencies.has(name) || agenciesIn[event]?.has(name)) return 'agency';
  return people.has(name) ? 'person' : undefined;
};

function factFrom(of: 'agency' | 'person' | undefined, value: unknown): Fact | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.flatMap((each) => textFrom(of, each) ?? []);
  return textFrom(of, value);
}

function textFrom(of: 'agency' | 'person' | undefined, value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return of && !value.includes('/') ? `${of}/${value}` : value;
  return isFile(value) ? nameOf(value) : undefined;
}

const isFile = (value: unknown): value is Exclude<Parameters<typeof nameOf>[0], string> =>
  typeof value === 'object' && value !== null && 'name' in value && 'sha256' in value;

/** What the item in a deadline's name is, where texts say it by its name. */
const itemsOf: Readonly<Record<string, (item: string) => Facts>> = {
  nominate: (item) => ({ state: item }),
  handOver: (item) => ({ state: item }),
  successor: (item) => ({ leaver: `person/${item}` }),
  act: (item) => ({ act: item }),
  refused: (item) => ({ act: item }),
};

/** The text about a deadline; `about` is what is known of it besides. */
export function deadlineTold(kind: string, { what, item = '' }: DeadlineName, about: Facts = {}): Told {
  return {
    kind,
    text: `deadlines.${what}`,
    // A number that was asked for again has another behind it: `2-3`.
    facts: { item: item.replace(/-\d+$/, ''), ...itemsOf[what]?.(item), ...about },
    parts: what === 'extension' ? { of: [deadlineTold(kind, deadlineNamed(item))] } : {},
  };
}

/** The same, with whoever owes it. */
export const owedTold = (what: Told, owedBy: string | undefined): Told =>
  partOf('deadline', { owedBy }, { what: [what] });
