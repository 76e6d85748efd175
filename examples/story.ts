import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { tables } from '../database/directory/entry.ts';
import type { Instant } from '../domain/dates.ts';

/** Where a step comes from: a published fact in our own words, our imagination (`true`), or both: what in it is invented. */
const source = {
  fact: z.string().optional(),
  invented: z.union([z.literal(true), z.string()]).optional(),
  /** What it comes to, for whoever wants the story in a few lines. */
  told: z.string().optional(),
};

const moment = z.iso
  .datetime({ offset: true, precision: null })
  .or(z.iso.datetime({ offset: true, precision: -1 }))
  .transform((value): Instant => new Date(value).toISOString());

const fields = z.record(z.string(), z.unknown());

const expectation = z.strictObject({
  stage: z.string(),
  late: z.boolean().optional(),
  /** Facts of the case that must be just so; others are not looked at. */
  facts: fields.optional(),
  /** A message of the case that must have been sent. */
  mailed: z.strictObject({ text: z.string(), to: z.string(), tone: z.string().optional() }).optional(),
});

const step = z
  .union([
    z.strictObject({ on: moment, open: z.string(), as: z.string(), with: fields, ...source }),
    z.strictObject({
      on: moment,
      case: z.string(),
      do: z.string(),
      as: z.string(),
      reason: z.string().optional(),
      with: fields.default({}),
      ...source,
    }),
    /** What must hold by then, or the story did not happen as written. */
    z.strictObject({ on: moment, case: z.string(), expect: expectation, ...source }),
    /** Somebody leaves the service, from a day on; the coordinators of what concerns them are told. */
    z.strictObject({ on: moment, left: z.string(), from: z.iso.date(), as: z.string(), ...source }),
    /** What changes in the directory, as a file that is imported has it. */
    z.strictObject({
      on: moment,
      directory: z.partialRecord(z.enum(tables), z.array(fields)),
      as: z.string(),
      ...source,
    }),
    /** A document made of a case, or of a country, as the register has it by then. */
    z.strictObject({ on: moment, make: z.string(), of: z.string(), ...source }),
  ])
  .refine(
    (each) => 'make' in each || each.fact !== undefined || each.invented !== undefined,
    'must say its fact, or that it is invented',
  );

const storySchema = z.strictObject({
  story: z.string(),
  /** The file of facts that it is made from, or none. */
  facts: z.string(),
  until: moment,
  steps: z.array(step).min(1),
});

export type Expectation = z.output<typeof expectation>;
export type Step = z.output<typeof step>;
/** `name` is that of its file, and begins the ids of its commands. */
export type Story = z.output<typeof storySchema> & { readonly name: string };

/** Stories that really happened, in the order in which they stand beside this file. */
export const storyFiles = [
  'greece-2017-2018.yaml',
  'romania-2018.yaml',
  'visit-2018.yaml',
  'korea-bsec-2017.yaml',
] as const;

/** One that is invented, and goes on for years: tests read every letter of it. */
export const inventedStory = 'serbia-2026-2030.yaml';

/**
 * Reads a story.
 *
 * @throws Error naming the file and every fault
 */
export function readStory(file: string): Story {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const parsed = storySchema.safeParse(parse(readFileSync(path, 'utf8'), { merge: true }));
  if (!parsed.success) throw new Error(`${file} is not a story:\n${z.prettifyError(parsed.error)}`);
  return { ...parsed.data, name: file.replace(/\.yaml$/, '') };
}

/** What a step is, in a few words, for progress and for faults. */
export function titleOf(step: Step): string {
  if ('open' in step) return `${step.open}/${String(step.with['id'])} is opened`;
  if ('do' in step) return `${step.case}: ${step.do}`;
  if ('left' in step) return `person/${step.left} leaves`;
  if ('directory' in step) return `the directory changes`;
  if ('make' in step) return `${step.make} of ${step.of} is made`;
  return `${step.case} is at ${step.expect.stage}`;
}
