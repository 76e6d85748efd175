import fc from 'fast-check';
import { expect, vi } from 'vitest';
import type { OpeningFields } from '../../client/client.ts';
import type { OpenedCase } from '../../client/opened-case.ts';
import { RefusedError } from '../../client/errors.ts';
import { findCase } from '../../database/lists.ts';
import { bodyOf, commandsOf, decide } from '../../domain/case/command.ts';
import { once } from '../../domain/case/once.ts';
import { plannedDeadlines } from '../../domain/case/state.ts';
import { type Kind, kinds } from '../../domain/kinds.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { arbitraryOf } from '../domain/arbitrary.ts';
import { beginnings, openings } from '../kinds/said.ts';
import { walks } from '../domain/walk.ts';
import type { Desk } from './pages.ts';

// Cases, people and what they say, drawn by chance from what the rules' own tests draw from, for a world in which all is real.

/** So many cases and people by chance; a hundred take some minutes. */
export const count = Number(process.env.ENTENTE_RANDOM_OFFERS ?? 3);
const seed = Number(process.env.ENTENTE_RANDOM_SEED ?? 131);

const people = [
  'kim@mois.example.org',
  'park@klid.example.org',
  'han@klid.example.org',
  'papadopoulou@mar.example.org',
] as const;

/** Whom the rules' own examples name, by whom there is in this world; and their days, from today on. */
const names: Readonly<Record<string, string>> = {
  'kim-minji': 'kim',
  'lee-jiho': 'park',
  'nikos-p': 'papadopoulou',
  'maria-k': 'han',
  'shim-bo-kyun': 'han',
  mindigital: 'mar',
  mofa: 'klid',
};
const daysOn = Math.floor((Date.now() - Date.parse('2018-09-28')) / 86_400_000);
const later = (day: string): string => new Date(Date.parse(day) + daysOn * 86_400_000).toISOString().slice(0, 10);
const here = (value: unknown): Readonly<Record<string, unknown>> =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(/"(agency\/|person\/)?([a-zA-Z-]+)"/g, (_, of = '', id = '') => `"${of}${names[id] ?? id}"`)
      .replaceAll(/"([a-z]+)\/(a|b|kr-gr|kr-gr-2017|kr-bsec)"/g, '"$1/offers-0"')
      .replaceAll(/20[12]\d-\d\d-\d\d/g, (day) => (day < '2026' ? later(day) : day)),
  );

/** No visit of this world has a leg for an appointment. */
export function openingOf(kind: Kind, number: number, example: object = openings[kind][0]!): OpeningFields {
  const { leg: _, visit: __, ...fields } = here(example);
  return { ...(fields as OpeningFields), ...(kind === 'appointment' ? {} : here(example)), id: `offers-${number}` };
}

/** What others name. */
export const named = ['mou', 'committee', 'programme', 'visit'] as const;

export interface Drawn {
  readonly random: fc.Random;
  readonly kind: Kind;
  readonly opening: OpeningFields;
  readonly steps: number;
  readonly address: string;
}

export const drawn = (): readonly Drawn[] =>
  fc.sample(walks, { seed, numRuns: count }).map(({ dice }, nth) => {
    const random = dice.clone();
    const of = <T>(all: readonly T[]): T => all[random.nextInt(0, all.length - 1)]!;
    const kind = kinds[(nth + seed) % kinds.length]!;
    // An edition is opened by its programme alone.
    const opened = kind === 'edition' ? 'programme' : kind;
    return {
      random,
      kind,
      opening: openingOf(opened, nth + 1, of(openings[opened])),
      steps: random.nextInt(0, beginnings[kind].length),
      address: of(people),
    };
  });

/** What a case holds, once for all that is drawn of it. */
const textsOf = once(({ lifecycle, state }: Where): readonly string[] => {
  const known = [...JSON.stringify(state.subject).matchAll(/"([^"]+)"/g)].map(([, text = '']) => text);
  return [...known, ...plannedDeadlines(lifecycle, state).map((deadline) => deadline.name)].slice(0, 80);
});

/** What this case may be told by chance. */
export function bodyBy(random: fc.Random, where: Where, name: string) {
  const today = new Date().toISOString().slice(0, 10);
  const draft = arbitraryOf(bodyOf(commandsOf(where.lifecycle)[name]!)).generate(random, undefined).value;
  return here(draft({ today, known: textsOf(where) }));
}

interface Draws {
  readonly settled?: object;
  readonly tries?: number;
}

/** Fields with which the case, as it stands, takes a command of somebody, as far as its rules say. */
export function takenBody(random: fc.Random, found: Where, name: string, { settled = {}, tries = 150 }: Draws) {
  for (let nth = 0; nth < tries; nth += 1) {
    const body = { ...bodyBy(random, found, name), ...settled, by: found.person };
    const decided = decide(found.lifecycle, found.state, { id: 'x', name, body }, new Date().toISOString());
    if (!isRefusal(decided)) return body;
  }
  return undefined;
}

export interface Where extends Pick<OpenedCase, 'lifecycle' | 'state'> {
  readonly person: string;
}

export async function begunBy(desk: Desk, { kind, opening, steps }: Drawn): Promise<string> {
  const { entente } = desk;
  const caseId = kind === 'edition' ? await editionOf(desk, opening) : `${kind}/${opening.id}`;
  if (kind !== 'edition') await entente.open(kind, opening);
  for (const [name, body] of beginnings[kind].slice(0, steps))
    await entente.command(caseId, name, { by: 'kim', ...here(body) }).catch(ifRefused);
  return caseId;
}

async function editionOf({ entente, world }: Desk, programme: OpeningFields): Promise<string> {
  const [{ number, from, to, hostCountry, hostCity }] = openings.edition as readonly [Record<string, unknown>];
  const { case: id } = await entente.open('programme', programme);
  await entente.command(id, 'openEdition', { by: 'kim', ...here({ number, from, to, hostCountry, hostCity }) });
  const edition = `edition/${programme.id}-${String(number)}`;
  await vi.waitFor(async () => expect(await findCase(world.db, edition)).toBeDefined(), untilThere);
  return edition;
}

const untilThere = { timeout: 60_000, interval: 50 };

/** The code that was mailed to somebody for what binds in a case. */
export const codeFor = ({ world }: Desk, caseId: string, address: string): Promise<string> =>
  vi.waitFor(() => {
    const mails = world.stack.mailbox?.messages({ text: caseId }) ?? [];
    const theirs = mails.filter(({ envelope }) => envelope.to.includes(address));
    const [code] = theirs.flatMap(({ text }) => /\b\d{6}\b/.exec(text) ?? []);
    if (code === undefined) throw new Error(`No code was mailed to ${address} for ${caseId}.`);
    return code;
  }, untilThere);

/** What does not fit here is left out. */
const ifRefused = (error: unknown): void => {
  if (!(error instanceof RefusedError)) throw error;
};
