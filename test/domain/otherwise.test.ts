import { describe, expect, it } from 'vitest';
import { deadlineNamed } from '../../domain/deadline-name.ts';
import { nextDue } from '../../domain/case/due.ts';
import { otherwiseOf } from '../../domain/case/otherwise.ts';
import { recipientsAt } from '../../domain/case/recipients.ts';
import { type CaseEvent, type CaseState, type OpenDeadline, plannedDeadlines } from '../../domain/case/state.ts';
import { instantOf, millisecondsOf } from '../../domain/dates.ts';
import { partyOfPerson } from '../../domain/fields.ts';
import { Forecast } from '../../domain/forecast.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { kinds } from '../../domain/kinds.ts';
import { mou } from '../../domain/mou.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { moved, type Run } from './run.ts';
import { given as mouStages } from './mou-stages.ts';
import { opened, strides, walks } from './walk.ts';
import { test } from '../property.ts';

/** What letters say happens by itself is what a forecast of their case, with nobody answering, has happen. */

const days = (many: number): number => many * 86_400_000;

async function foreseen({ state, calendarOf }: Run, until: string): Promise<readonly Occurrence[]> {
  const forecast = new Forecast({ caseOf: async () => undefined, calendarOf, nobodyFor: () => undefined });
  if (state) forecast.add(state);
  const occurrences: Occurrence[] = [];
  for await (const occurrence of forecast.until(until)) occurrences.push(occurrence);
  return occurrences.filter((occurrence) => occurrence.state.id === state?.id);
}

const whatOf = (name: string): string => deadlineNamed(name).what;

/** As the forecast has it: who is first written to above whoever owes it, and what the case then does. */
function happening(lifecycle: Lifecycle, state: CaseState, deadline: OpenDeadline, course: readonly Occurrence[]) {
  const { name, standing, owedBy } = deadline;
  const above = new Map<string, string>();
  let hasPassed = false;
  for (const occurrence of course) {
    const [event, own] = occurrence.events;
    if (event?.type === 'reminded' && 'deadline' in event && event.deadline === name)
      for (const { level = 'owner', to } of occurrence.letters) {
        const whole = recipientsAt(lifecycle, occurrence.state, deadline, level);
        const isCoordinator = whole.length === 1 && to === partyOfPerson(state.coordinator);
        const who = isCoordinator ? 'coordinator' : level;
        if (level !== 'owner' && to !== owedBy && !standing.sent?.[level] && !above.has(who)) above.set(who, event.at);
      }
    const passed = event?.type === 'deadlinePassed' && 'deadline' in event ? String(event.deadline) : '';
    const told = lifecycle.whenPassed?.[whatOf(passed)]?.foretold?.to ?? [];
    const isOwn = passed === name || whatOf(passed) !== whatOf(name);
    if (own && isOwn && told.includes(whatOf(name)))
      return { above: [...above], event: own.type, at: own.at, says: occurrence.says[1], state: occurrence.state };
    const still = plannedDeadlines(lifecycle, occurrence.state).find((each) => each.name === name);
    // Its own day is over because nobody did it: what that leads to is still to come.
    if (still?.standing.plan.version !== standing.plan.version && passed !== name && !hasPassed) break;
    hasPassed ||= passed === name;
  }
  return { above: [...above] };
}

/** One event, or one letter by its key. */
const lineOf = (event: CaseEvent): string => JSON.stringify(event);

/**
 * The same walked otherwise: by the rules of the engine alone, instant by instant, without a queue or other cases. Once the
 * case tells or opens another one, what that says to it is not known here, and the walk ends.
 */
function walked(run: Run, until: string): { readonly lines: readonly string[]; readonly to: string } {
  const lines: string[] = [];
  for (let next = run; ; ) {
    const due = next.state && nextDue(next.lifecycle, next.state)?.at;
    if (!due || due > until) return { lines, to: until };
    next = moved(next, due > next.now ? due : next.now);
    const { events, effects } = next.steps.at(-1) ?? { events: [], effects: [] };
    lines.push(...events.filter(({ type }) => type !== 'planned').map(lineOf));
    lines.push(...effects.flatMap((effect) => (effect.type === 'mail' ? effect.message.key : [])));
    if (effects.some(({ type }) => type !== 'mail')) return { lines, to: next.state?.lastAt ?? due };
  }
}

function agrees(run: Run, course: readonly Occurrence[], until: string): void {
  const { lines, to } = walked({ ...run, steps: [] }, until);
  const foreseenLines = course
    .filter(({ at, events }) => at <= to && events[0]?.type !== 'inVain')
    .flatMap(({ events, letters }) => [...events.map(lineOf), ...letters.map(({ key }) => key)]);
  expect(foreseenLines.slice(0, lines.length).toSorted()).toEqual(lines.toSorted());
}

async function holds(run: Run): Promise<number> {
  const { lifecycle, state } = run;
  if (!state) return 0;
  const owed = plannedDeadlines(lifecycle, state).filter(({ owedBy }) => owedBy !== undefined);
  const said = owed.map((deadline) => ({ deadline, otherwise: otherwiseOf(lifecycle, state, deadline.name) }));
  const last = said
    .flatMap(({ otherwise }) => [otherwise?.byItself?.at ?? '', otherwise?.above.at(-1)?.at ?? ''])
    .reduce((latest, at) => (at > latest ? at : latest), state.lastAt);
  const until = instantOf(millisecondsOf(last) + days(60));
  const course = await foreseen(run, until);
  agrees(run, course, until);
  for (const { deadline, otherwise } of said) {
    const { above, event, at, says, state: then } = happening(lifecycle, state, deadline, course);
    const { byItself } = otherwise ?? {};
    expect([deadline.name, byItself?.event, byItself?.at, byItself?.says]).toEqual([deadline.name, event, at, says]);
    // What is told after the case has acted by itself is told all the same, unless nothing is owed any more.
    const before = otherwise?.above.filter((each) => at === undefined || each.at < at) ?? [];
    expect([deadline.name, before.map(({ who, at: on }) => [who, on])]).toEqual([deadline.name, above]);
    if (byItself && then) {
      const facts = lifecycle.facts(then.subject, then);
      for (const [name, fact] of Object.entries(byItself.facts))
        expect(fact).toBe(facts[name.charAt(4).toLowerCase() + name.slice(5)]);
    }
  }
  return said.filter(({ otherwise }) => otherwise?.byItself || (otherwise?.above.length ?? 0) > 0).length;
}

describe.each(kinds)('a case of kind %s', (kind) => {
  let said = 0;

  test.prop([walks], { numRuns: Number(process.env['WALKS'] ?? 10), seed: 14 })(
    'does by itself what its letters say, if nobody answers',
    async ({ dice, moves }) => {
      let run = opened(kind, dice);
      for (const [index, move] of moves.entries()) {
        run = strides(run, move).after;
        if (index % 7 === 0) said += await holds(run);
      }
    },
  );

  it('has said something on its walks', () => {
    expect(said).toBeGreaterThan(5);
  });
});

describe('a decision on a term', () => {
  it('that nobody takes leads to what the text says at the end of the term, though nobody can take it any more by then', () => {
    const { state } = mouStages.inEffect();
    const decide = plannedDeadlines(mou, state).find(({ name }) => whatOf(name) === 'decide');
    const { byItself } = otherwiseOf(mou, state, decide?.name ?? '') ?? {};
    expect(byItself).toMatchObject({ event: 'renewed', facts: { thenTermEnds: expect.any(String) as string } });
    expect((byItself?.on ?? '') > (decide?.standing.plan.due ?? '')).toBe(true);
  });
});
