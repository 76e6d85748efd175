import fc from 'fast-check';
import { bodyOf, commandsOf, stagesFor } from '../../domain/case/command.ts';
import { invitationCommands } from '../../domain/case/invitation-commands.ts';
import { once } from '../../domain/case/once.ts';
import { decideOpening, openingSchema } from '../../domain/case/opening.ts';
import { type CaseState, deadlinesOf, type LifecycleEvent } from '../../domain/case/state.ts';
import { dayOf, instantOf, millisecondsOf } from '../../domain/dates.ts';
import type { CommandDefinition, Lifecycle, Subject } from '../../domain/lifecycle.ts';
import { type Kind, lifecycles } from '../../domain/kinds.ts';
import { mondayToFriday } from '../../domain/planning.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { arbitraryOf, type Surroundings } from './arbitrary.ts';
import { beginnings, openings } from '../kinds/said.ts';
import { asked, began, moved, type Run, slept } from './run.ts';

/** Random walks through the life of a case: what a coordinator might ask, and time that passes, also while nothing runs. */

/** Something asked of the case: which command, and the dice for its input, which depends on the case as it then stands. */
interface Ask {
  readonly type: 'ask';
  readonly choice: number;
  /** How often something else is asked when the case refuses; without any, the command is one of all. */
  readonly patience: number;
  readonly dice: fc.Random;
}

interface Wait {
  readonly type: 'wait';
  readonly days: number;
  readonly asleep: boolean;
}

export interface Walk {
  readonly dice: fc.Random;
  readonly moves: readonly (Ask | Wait)[];
}

/** A source of randomness that belongs to the walk: repeating the walk repeats it, and shrinking leaves it alone. */
class Dice extends fc.Arbitrary<fc.Random> {
  override generate(random: fc.Random): fc.Value<fc.Random> {
    return new fc.Value(random.clone(), undefined);
  }
  override canShrinkWithoutContext(value: unknown): value is fc.Random {
    return value instanceof fc.Random;
  }
  override shrink(): fc.Stream<fc.Value<fc.Random>> {
    return fc.Stream.nil();
  }
}

const dice = new Dice();

const ask: fc.Arbitrary<Ask> = fc.record({
  type: fc.constant('ask' as const),
  choice: fc.nat(9999),
  patience: fc.nat(12),
  dice,
});

const wait: fc.Arbitrary<Wait> = fc.record({
  type: fc.constant('wait' as const),
  days: fc.oneof(fc.nat(3), fc.nat(30), fc.nat(400)),
  asleep: fc.boolean(),
});

export const walks: fc.Arbitrary<Walk> = fc.record({
  dice,
  moves: fc.array(fc.oneof({ weight: 5, arbitrary: ask }, { weight: 1, arbitrary: wait }), {
    minLength: 5,
    maxLength: 50,
    size: 'max',
  }),
});

export interface Strode {
  readonly before: Run;
  readonly after: Run;
  /** The command that was asked, if it was one. */
  readonly command?: string;
  readonly input?: object;
  /** For whoever has to find out what was wrong. */
  readonly says: () => string;
}

const openedAt = '2018-09-28T06:00:00.000Z';
const calendars = [mondayToFriday('Asia/Seoul'), mondayToFriday('Europe/Athens')] as const;

/** A case that was opened with an example of its kind, of which any field may be another, or missing. */
export function opened(kind: Kind, random: fc.Random): Run {
  const lifecycle: Lifecycle = lifecycles[kind];
  const other = arbitraryOf(openingSchema(lifecycle));
  const own = random.clone();
  const example = openings[kind][own.nextInt(0, openings[kind].length - 1)] ?? {};
  for (let tries = 0; tries < 40; tries += 1) {
    const generated = other.generate(own, undefined).value({ today: dayOf(openedAt), known: [] }) as Record<
      string,
      unknown
    >;
    const fields = Object.keys(openingSchema(lifecycle).shape).map((key) => {
      const kept = own.nextInt(0, tries + 3) > 0;
      return [key, kept ? example[key] : generated[key]] as const;
    });
    const input = Object.fromEntries(fields.filter(([, value]) => value !== undefined));
    const event = decideOpening(lifecycle, frozen(input), openedAt, 'opening');
    if (!isRefusal(event)) return begun(began({ lifecycle, calendarOf, now: openedAt, steps: [] }, event), kind, own);
  }
  throw new Error(`The openings of test/kinds/${kind}.yaml are refused.`);
}

function begun(run: Run, kind: Kind, own: fc.Random): Run {
  const steps = beginnings[kind];
  const taken = steps.slice(0, own.nextInt(0, 2 * steps.length));
  return taken.reduce((next, [command, body]) => asked(next, command, frozen({ by: 'kim-minji', ...body })), run);
}

const calendarOf = ({ owedBy = '' }: { readonly owedBy?: string }) => calendars[owedBy.length % 2] ?? calendars[0];

/** What is really asked in place of a generated input. */
type Asking = (definition: CommandDefinition<Subject, LifecycleEvent>, input: object) => object;

/** Goes one move further. */
export function strides(run: Run, move: Ask | Wait, asking: Asking = (_, input) => input): Strode {
  if (move.type === 'ask') return striding(run, move, asking);
  const until = instantOf(millisecondsOf(run.now) + move.days * 86_400_000 + 3_600_000);
  const says = () => `until ${until}${move.asleep ? ', asleep' : ''}`;
  return { before: run, after: move.asleep ? slept(run, until) : moved(run, until), says };
}

/** Mostly asks what is accepted, and seldom what ends the case, so that walks go far. */
function striding(run: Run, { choice, patience, dice: own }: Ask, asking: Asking): Strode {
  const { lifecycle, state, now } = run;
  if (!state) throw new Error('Only an opened case goes further.');
  const random = own.clone();
  const names = patience === 0 ? anyOf(lifecycle) : fittingAt(lifecycle)(state.subject.stage, choice % 9 === 0);
  const surroundings = around(lifecycle, state, now);
  for (let tries = 0; ; tries += 1) {
    const command = names[(choice + tries) % names.length] ?? 'note';
    const definition = Object.hasOwn(commandsOf(lifecycle), command) ? commandsOf(lifecycle)[command] : undefined;
    const drawn = definition ? arbitraryOf(bodyOf(definition)).generate(random, undefined).value(surroundings) : {};
    const input = definition ? asking(definition, drawn as object) : {};
    const after = asked(run, command, frozen(input));
    const { refusal } = after.steps.at(-1) ?? {};
    if (tries < patience && refusal) continue;
    return {
      before: run,
      after,
      command,
      input,
      says: () => `${command} ${JSON.stringify(input)}${refusal ? ', refused' : ''}`,
    };
  }
}

const anyOf = once((lifecycle: Lifecycle): readonly string[] => [...Object.keys(drawnOf(lifecycle)), 'constructor']);

/** What is taken at a stage; what leads ahead ten times. */
const fittingAt = once((lifecycle: Lifecycle) => {
  const known = new Map<string, readonly string[]>();
  return (stage: string, mayEnd: boolean): readonly string[] => {
    const key = `${stage} ${mayEnd}`;
    const names = known.get(key) ?? namesAt(lifecycle, stage, mayEnd);
    known.set(key, names);
    return names;
  };
});

/** Of those drawn by chance nobody is invited who answers an invitation: `invitations.test.ts` has these commands. */
function drawnOf(lifecycle: Lifecycle): ReturnType<typeof commandsOf> {
  const left = new Set(Object.keys(invitationCommands(lifecycle)));
  return Object.fromEntries(Object.entries(commandsOf(lifecycle)).filter(([name]) => !left.has(name)));
}

function namesAt(lifecycle: Lifecycle, at: string, mayEnd: boolean): readonly string[] {
  const order = Object.keys(lifecycle.stages);
  const isEnd = (stage: string) => Object.hasOwn(lifecycle.finalStages, stage);
  const isAhead = (stage: string) => order.indexOf(stage) > order.indexOf(at) && !isEnd(stage);
  return Object.entries(drawnOf(lifecycle)).flatMap(([name, definition]) => {
    const { to = [] } = definition;
    if (!stagesFor(lifecycle, definition).includes(at)) return [];
    if (name === 'cancel' || (to.length > 0 && to.every(isEnd))) return mayEnd ? [name] : [];
    return Array.from({ length: to.some(isAhead) ? 10 : 1 }, () => name);
  });
}

const around = (lifecycle: Lifecycle, state: CaseState, now: string): Surroundings => ({
  today: dayOf(now),
  known: knownTo(lifecycle)(state),
});

/** Once for each state: many are asked something else while they stay as they are. */
const knownTo = once((lifecycle: Lifecycle) =>
  once((state: CaseState): readonly string[] => {
    const texts = new Set<string>();
    addTexts(state.subject, texts);
    for (const { name } of deadlinesOf(lifecycle, state)) texts.add(name);
    return [...texts].slice(0, 60);
  }),
);

function addTexts(value: unknown, to: Set<string>): void {
  if (typeof value === 'string') to.add(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) addTexts(part, to);
}

/** So that a rule that writes into what it was given throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
