import { connectEntente } from '../../client/client.ts';
import type { CaseEvent } from '../../domain/case/state.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import type { World } from '../world.ts';

/** What was foreseen and what has happened in that time, as one sees it in events and in letters. */
interface Compared {
  readonly foreseen: Course;
  readonly happened: Course;
}

interface Course {
  readonly events: readonly string[];
  readonly letters: readonly string[];
}

/** Looks ahead from where the cases of a world stand, and then lets the time pass. */
export async function foreseenAndHappened(world: World, until: Instant): Promise<Compared> {
  await world.player.settled();
  const occurrences = await foreseenIn(world, until);
  const before = await numbersIn(world);
  await world.player.advanceTo(until);
  await world.player.settled();
  const events = occurrences.flatMap(({ state, events: each }) => each.map((event) => line(state.id, event)));
  const letters = occurrences.flatMap(({ letters: each }) => each.map(({ key, text }) => `${key} ${text}`));
  return { foreseen: { events: events.sort(), letters: letters.sort() }, happened: await happenedSince(world, before) };
}

const foreseenIn = async (world: World, until: Instant): Promise<readonly Occurrence[]> => {
  const { databaseUrl, temporal } = world.stack.settings;
  const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  const occurrences: Occurrence[] = [];
  for await (const occurrence of entente.forecasts.ofAll(until)) occurrences.push(occurrence);
  await entente.close();
  return occurrences;
};

/** What one sees of an event: which, when, about what. What came of a letter is known some milliseconds after it. */
export const line = (id: string, event: CaseEvent): string => {
  const { type, at, deadline, rung } = event as CaseEvent & { readonly deadline?: string; readonly rung?: number };
  return `${id} ${at.slice(0, 'yyyy-mm-ddThh:mm'.length)} ${type} ${deadline ?? ''} ${rung ?? ''}`;
};

const numbersIn = async ({ db }: World): Promise<ReadonlyMap<string, number>> =>
  new Map((await db.selectFrom('cases').select(['id', 'number']).execute()).map(({ id, number }) => [id, number]));

/** What went on record since, and which letters, without what the engine works out beside. */
async function happenedSince({ db }: World, before: ReadonlyMap<string, number>): Promise<Course> {
  const events = await db.selectFrom('events').selectAll().orderBy('case_id').orderBy('number').execute();
  const since = events.filter(({ case_id, number }) => number > (before.get(case_id) ?? 0));
  const messages = await db.selectFrom('messages').select(['key', 'case_id', 'event_number', 'text']).execute();
  const sent = messages.filter(({ case_id, event_number }) => event_number > (before.get(case_id) ?? 0));
  return {
    events: since
      .filter(({ type }) => type !== 'planned')
      .map(({ case_id, type, at, data }) => line(case_id, { ...(data as object), type, at } as CaseEvent))
      .sort(),
    letters: sent.map(({ key, text }) => `${key} ${text}`).sort(),
  };
}
