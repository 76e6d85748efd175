import type { Kysely } from 'kysely';
import { eventsSince, type LastSeen } from '../database/moved-since.ts';
import { eventOf } from '../database/register.ts';
import type { Database, EventRow } from '../database/schema.ts';
import { giverIn } from '../domain/case/command-id.ts';
import { type Message, withPlannedDays } from '../domain/case/effects.ts';
import { kindOf } from '../domain/case/opening.ts';
import { type CaseEvent, type CaseState, plannedDeadlines, sentencesOf } from '../domain/case/state.ts';
import { transition } from '../domain/case/transition.ts';
import { fold } from '../domain/case/evolve.ts';
import type { Occurrence } from '../domain/forecast/occurrence.ts';
import { type Kind, lifecycles } from '../domain/kinds.ts';

/** What happens in a register, told as it is foreseen: transition by transition, each with its letters. */
export class Told {
  private readonly db: Kysely<Database>;
  private readonly cases = new Map<string, CaseState>();

  constructor(db: Kysely<Database>, begun: readonly CaseState[]) {
    this.db = db;
    for (const state of begun) this.cases.set(state.id, state);
  }

  /**
   * What has gone on record since, in the order in which it did.
   *
   * @param onRecord how many events each case has
   */
  async since(onRecord: LastSeen): Promise<readonly Occurrence[]> {
    if ([...onRecord].every(([id, number]) => number === this.cases.get(id)?.number)) return [];
    const found: { readonly row: EventRow; readonly occurrence: Occurrence }[] = [];
    const seen = new Map([...this.cases].map(([id, { number }]) => [id, number]));
    for (const group of transitionsIn(await eventsSince(this.db, seen))) {
      const [row] = group;
      if (row) found.push({ row, occurrence: this.happened(row.case_id, group.map(eventOf)) });
    }
    return found
      .sort((a, b) => a.row.recorded_at.localeCompare(b.row.recorded_at))
      .map(({ occurrence }) => occurrence)
      .sort((a, b) => a.at.localeCompare(b.at));
  }

  private happened(id: string, all: readonly CaseEvent[]): Occurrence {
    const lifecycle = lifecycles[kindOf(id) as Kind];
    const before = this.cases.get(id);
    const events = all.filter(({ type }) => type !== 'planned');
    const { after, effects } = transition(lifecycle, before, events);
    const state = fold(lifecycle, all, before);
    this.cases.set(id, state);
    const [first] = events;
    const commandId = first?.commandId;
    const because = giverIn(commandId)?.case;
    const about =
      before &&
      first &&
      'deadline' in first &&
      plannedDeadlines(lifecycle, before).find(({ name }) => name === first['deadline']);
    return {
      at: first?.at ?? state.lastAt,
      state,
      events,
      says: sentencesOf(after, events),
      letters: effects.flatMap((effect): Message[] =>
        effect.type === 'mail' ? [withPlannedDays(lifecycle, state, effect.message)] : [],
      ),
      tells: effects.filter((effect) => effect.type !== 'mail'),
      ...(about ? { about } : {}),
      ...(because === undefined ? {} : { because }),
      ...(commandId !== undefined && because === undefined ? { askedBy: first?.by } : {}),
    };
  }
}

/** Events that went on record together: of one command, or of one due day that was over; their plans come with them. */
function transitionsIn(rows: readonly EventRow[]): readonly (readonly EventRow[])[] {
  const groups: EventRow[][] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (group && first && belongs(row, first)) group.push(row);
    else groups.push([row]);
  }
  return groups;
}

const alone = ['reminded', 'deadlinePassed', 'undelivered', 'inVain'];

const belongs = (row: EventRow, first: EventRow): boolean =>
  row.case_id === first.case_id &&
  (row.type === 'planned' ||
    (row.at === first.at &&
      (first.command_id === null
        ? first.type === 'deadlinePassed' && row.command_id === null && !alone.includes(row.type)
        : row.command_id === first.command_id)));
