import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { ApplicationFailure } from '@temporalio/common';
import type { Kysely } from 'kysely';
import { BesideCases } from '../client/beside-cases.ts';
import { DirectoryOnRecord } from '../client/directory.ts';
import { People } from '../client/people.ts';
import { registerOf } from '../client/register.ts';
import { digestOf } from '../database/digest.ts';
import type { Entry } from '../database/directory.ts';
import type { Table } from '../database/directory/entry.ts';
import { withFiles } from '../client/document-files.ts';
import { keepDocument } from '../database/documents.ts';
import type { Database } from '../database/schema.ts';
import { type MadeDocument, makeDocuments } from '../documents/make.ts';
import { bodyOf, commandsOf } from '../domain/case/command.ts';
import { kindOf } from '../domain/case/opening.ts';
import { dayOf } from '../domain/dates.ts';
import { type Kind, lifecycles } from '../domain/kinds.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Player } from '../rehearsal/player.ts';
import { type Expectation, type Step, type Story, titleOf } from './story.ts';

/** A step that did not happen as written. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

/** Where the documents go that stories make; without one, they are made all the same. */
export type Filing = (documents: readonly MadeDocument[]) => Promise<void>;

/** Plays stories side by side, in the order of their dates; a step that fails stops them all. */
export async function play(
  stories: readonly Story[],
  player: Player,
  db: Kysely<Database>,
  tell: (line: string) => void,
  file: Filing = async () => {},
): Promise<void> {
  const steps = stories.flatMap((story) =>
    story.steps.map((step, index) => ({ story, step, number: index + 1, id: `${story.name}-${index + 1}` })),
  );
  const inOrder = steps.sort((a, b) => a.step.on.localeCompare(b.step.on));
  for (const { story, step, number, id } of inOrder) {
    try {
      await player.advanceTo(step.on);
      if ('make' in step) await file(await documentsOf(step, db));
      else await take(step, player, db, id);
      await player.settled();
    } catch (error) {
      const where = `${story.name}, step ${number} of ${story.steps.length}, ${dayOf(step.on)}`;
      throw new StoryError(`${where}: ${titleOf(step)}: ${reasonOf(error)}`, { cause: error });
    }
    tell(`${dayOf(step.on)}  ${titleOf(step)}`);
  }
  await player.advanceTo(
    stories
      .map(({ until }) => until)
      .sort()
      .at(-1) ?? player.at,
  );
}

async function documentsOf({ make, of }: Extract<Step, { make: string }>, db: Kysely<Database>) {
  const made = await makeDocuments(db, make, of);
  if (isRefusal(made)) throw new Error(`${made.refused}: ${made.because}`);
  return made.documents;
}

async function take(
  step: Exclude<Step, { make: string }>,
  player: Player,
  db: Kysely<Database>,
  id: string,
): Promise<void> {
  if ('open' in step) {
    await player.open(step.open, { by: step.as, ...step.with }, id);
    return;
  }
  if ('do' in step) {
    const body = { by: step.as, ...(step.reason ? { reason: step.reason } : {}), ...(await withPapers(step, db)) };
    await player.command(step.case, step.do, body, id);
    return;
  }
  if ('left' in step) {
    await leave(step, player, db);
    return;
  }
  if ('directory' in step) {
    await changeDirectory(step, player, db, id);
    return;
  }
  await expectCase(db, step.case, step.expect);
}

/** As `person left` does it. */
async function leave(
  { left, from, as }: Extract<Step, { left: string }>,
  player: Player,
  db: Kysely<Database>,
): Promise<void> {
  await peopleOf(player, db).left({ person: left, on: from, by: as });
}

/** What is said of people, in cases that are played. */
export function peopleOf(player: Player, db: Kysely<Database>): People {
  const register = registerOf(db);
  return new People(register, new BesideCases(register, player.prove), (caseId, name, body, { commandId }) =>
    player.command(caseId, name, body, commandId ?? `${name}-${digestOf(caseId, body)}`),
  );
}

/** As `directory import` does it. */
async function changeDirectory(
  { directory, as }: Extract<Step, { directory: unknown }>,
  player: Player,
  db: Kysely<Database>,
  file: string,
): Promise<void> {
  const entries = (table: Table): Entry[] =>
    (directory[table] ?? []).map((given) => ({ fields: given, file, line: 1 }));
  const changed = {
    countries: entries('countries'),
    agencies: entries('agencies'),
    people: entries('people'),
  };
  const register = registerOf(db);
  const people = peopleOf(player, db);
  const besideCases = new BesideCases(register, player.prove);
  await new DirectoryOnRecord(register, besideCases, (by) => people.tellOfSuccessors(by)).import(changed, [], as);
}

/** The fields of a step, the files that it names in the register: they are in `papers/`, beside the stories. */
async function withPapers(
  { case: id, do: name, with: fields }: Extract<Step, { do: string }>,
  db: Kysely<Database>,
): Promise<Readonly<Record<string, unknown>>> {
  const definition = commandsOf(lifecycles[kindOf(id) as Kind])[name];
  if (!definition) return fields;
  const pathOf = (named: string) => fileURLToPath(new URL(`papers/${named}`, import.meta.url));
  const { body, files } = await withFiles(bodyOf(definition), fields, pathOf);
  for (const file of files) await keepDocument(db, file);
  return body;
}

/** Throws a sentence unless the case stands as expected. */
async function expectCase(db: Kysely<Database>, id: string, expected: Expectation): Promise<void> {
  const row = await db.selectFrom('cases').select(['stage', 'late', 'facts']).where('id', '=', id).executeTakeFirst();
  const { stage, late, facts = {}, mailed } = expected;
  if (row?.stage !== stage) throw new Error(`it is at ${row?.stage ?? 'no stage: it was never opened'}`);
  if (late !== undefined && row.late !== late) throw new Error(`it is ${row.late ? '' : 'not '}late`);
  const known = row.facts as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(facts))
    if (!isDeepStrictEqual(known[name], value))
      throw new Error(`${name} is ${JSON.stringify(known[name])}, not ${JSON.stringify(value)}`);
  if (mailed && !(await isMailed(db, id, mailed))) throw new Error(`no ${mailed.text} was sent to ${mailed.to}`);
}

/** Sent, or waiting for its reader's working hours. */
async function isMailed(
  db: Kysely<Database>,
  id: string,
  { text, to, tone }: NonNullable<Expectation['mailed']>,
): Promise<boolean> {
  const query = db
    .selectFrom('messages')
    .select('key')
    .where('case_id', '=', id)
    .where('state', 'in', ['planned', 'claimed', 'inData', 'sent'])
    .where('text', '=', text)
    .where('recipient', '=', to);
  return (await (tone ? query.where('tone', '=', tone) : query).executeTakeFirst()) !== undefined;
}

/** A refusal stands in the cause of what Temporal throws. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof ApplicationFailure) return `${cause.type}: ${cause.message}`;
  return error instanceof Error ? error.message : String(error);
};
