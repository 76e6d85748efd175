import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { isKind, type Kind, kinds } from '../../domain/kinds.ts';
import { type Position, positions } from '../../domain/position.ts';
import { aDocument } from '../domain/a-document.ts';

/** What is said of each kind a second time, by hand, so that a slip in its rules or its texts is seen: in `KIND.yaml`. */

/** Why no letter has to tell an outcome. */
const untold = [
  // The decision is theirs, or that of whoever they work for.
  'decided by whoever owes it',
  // What they were asked to do is what came of it; of what is made of it later others tell.
  'done by doing it',
] as const;

const words = z.string().min(1);
const fields = z.record(z.string(), z.unknown());

const ofAll = z.strictObject({
  /** Whose each command is to give; nobody else may. */
  commands: z.record(words, z.array(z.enum(Object.keys(positions) as [Position, ...Position[]])).min(1)),
  /**
   * Of each text: when it is sent, to whom, what it does, what its reader believes afterwards, and the words of the English letter that
   * say so, in their order; … stands for what lies between.
   */
  letters: z.record(
    words,
    z.strictObject({
      when: words,
      reader: words,
      does: z.enum(['asked', 'informed', 'ended', 'taken off']),
      believes: z.string().regex(/^[A-Z].{15,}\.$/, 'is a sentence'),
      says: words,
    }),
  ),
  /** Of each thing that is owed: the letters by which whoever owed it hears what came of it, or why there is none. */
  outcomes: z.record(words, z.enum(untold).or(z.array(words).min(1))).default({}),
  /** What tells one case of this kind, or one thing in it, from all others, besides its title, subject or topic. */
  matters: z.array(words).default([]),
});

const ofKind = ofAll.extend({
  /** Openings that are accepted on 28 September 2018; random walks begin near one of them. */
  openings: z.array(fields).min(1),
  /**
   * What is asked first in some of the walks, as far as the dice say: stages behind a row of steps that only fit together
   * are seldom reached by chance.
   */
  beginnings: z.array(z.record(words, fields)).default([]),
  /** How many cells of command and position no state of the walks in `permission.test.ts` comes to, and how many of those are named. */
  unseen: z.tuple([z.int(), z.int()]).optional(),
});

export type Letter = z.output<typeof ofAll>['letters'][string];

/** `!document draft.docx`: a file as a command names it. */
const customTags = [{ tag: '!document', resolve: (name: string) => aDocument(name) }];

function read<S extends z.ZodType>(schema: S, name: string): z.output<S> {
  const url = new URL(`${name}.yaml`, import.meta.url);
  const file = `test/kinds/${name}.yaml`;
  if (!existsSync(url))
    throw new Error(`There is no ${file}: "How to add a lifecycle" in ARCHITECTURE.md says what stands in it.`);
  const { data, error } = schema.safeParse(parse(readFileSync(url, 'utf8'), { customTags }));
  if (data === undefined) throw new Error(`${file}:\n${error && z.prettifyError(error)}`);
  return data;
}

const header = { id: 'kr-gr-1', by: 'kim-minji', countries: ['KR', 'GR'], coordinator: 'kim-minji' };

const byKind = <T>(of: (kind: Kind) => T): Readonly<Record<Kind, T>> =>
  Object.fromEntries(kinds.map((kind) => [kind, of(kind)] as const)) as Readonly<Record<Kind, T>>;

type Example = Readonly<Record<string, unknown>>;
type Step = readonly [command: string, body: object];

export const saidOf = byKind((kind) => read(ofKind, kind));
const saidOfAll = read(ofAll, 'case');

export const openings = byKind((kind): readonly Example[] =>
  saidOf[kind].openings.map((opening) => ({ ...header, ...opening })),
);
export const beginnings = byKind((kind): readonly Step[] => saidOf[kind].beginnings.flatMap(Object.entries));

/** By `KIND.NAME`, of all kinds and of what they share. */
const byName = <T>(of: (said: z.output<typeof ofAll>) => Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(
    Object.entries({ ...saidOf, case: saidOfAll }).flatMap(([kind, said]) =>
      Object.entries(of(said)).map(([name, each]) => [`${kind}.${name}`, each] as const),
    ),
  );

/** The facts by which a subject can say which case it is about, or which thing in it; a number and a day cannot. */
export const mattersOf = (text: string): readonly string[] => {
  const of = text.split('.')[0] ?? '';
  const { matters } = isKind(of) ? saidOf[of] : saidOfAll;
  return ['title', 'topic', 'subject', ...matters];
};

export const permissions: ReadonlyMap<string, readonly string[]> = byName(({ commands }) => commands);
export const letters = byName(({ letters: of }) => of);
export const outcomes = byName(({ outcomes: of }) => of);
