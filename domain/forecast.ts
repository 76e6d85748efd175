import TinyQueue from 'tinyqueue';
import { decide } from './case/command.ts';
import { dueEvents, system, nextDue } from './case/due.ts';
import { type Message, targetOf, withPlannedDays } from './case/effects.ts';
import { fold, type Teller } from './case/evolve.ts';
import { onceRead } from './case/once.ts';
import { decideOpening } from './case/opening.ts';
import { sentenceOf } from './case/sentence.ts';
import {
  type CaseEvent,
  type CaseState,
  type CommonEvent,
  isOver,
  type OpenDeadline,
  unplannedDeadlines,
} from './case/state.ts';
import { plannedEvent, transition } from './case/transition.ts';
import { type Instant, later } from './dates.ts';
import type { Asked, Known, OpeningCommand } from './forecast/known.ts';
import type { Occurrence } from './forecast/occurrence.ts';
import { lifecycleOf, opening, type OtherCase, telling } from './forecast/other-case.ts';
import { lifecycles } from './kinds.ts';
import type { Deadline, Plan } from './ladder.ts';
import type { Lifecycle } from './lifecycle.ts';
import { planDeadline } from './planning.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import type { Doing, ScenarioCourse } from './scenario.ts';
import type { ScenarioStep } from './scenario/step.ts';

/** A case that sets itself off again and again: no rule may, and whoever looks ahead must not wait for ever. */
const mostEventsOfACase = 5_000;

/** Thrown when a case does not come to rest. */
export class RanAwayError extends Error {
  override readonly name = 'RanAwayError';
  constructor(id: string, most: number) {
    super(
      `${id} never comes to rest: more than ${most} events follow from one another. See whether a scenario answers "each time" what asks anew each time, or take a shorter time.`,
    );
  }
}

/** What has its time: what is due in a case, or, after all that is due then, what somebody does. */
interface Coming {
  readonly at: Instant;
  readonly id: string;
  readonly act?: () => Promise<void>;
}

/** What happens once it is a case's turn, in it and in others because of that. Whose is next goes by instants and ids, as text. */
export interface Turn extends Pick<Coming, 'at' | 'id'> {
  readonly happened: readonly Occurrence[];
}

/** A case as it stands, with which event it was taken in, and what it does next by itself. */
interface Followed {
  readonly state: CaseState;
  readonly began: number;
  readonly due: ReturnType<typeof nextDue>;
}

/**
 * What cases do from now on, earliest first, if nobody does anything but what a scenario says and every letter arrives: by
 * the same rules as the engine, and in its order. What one case tells another is taken in once that one has done what is due.
 *
 * It keeps each case as it stands, without its story, and nothing of what has happened.
 */
export class Forecast {
  private readonly known: Known;
  private readonly mostEvents: number;
  private readonly cases = new Map<string, Followed>();
  private readonly queue = new TinyQueue<Coming>(
    [],
    (one, other) =>
      compared(one.at, other.at) || Number(Boolean(one.act)) - Number(Boolean(other.act)) || compared(one.id, other.id),
  );
  private readonly course: ScenarioCourse | undefined;
  private openings = 0;
  /** What happens in the case whose turn it is, and in others because of that. */
  private happened: Occurrence[] = [];

  /** @param mostEvents after how many of one case it is said to have run away */
  constructor(known: Known, course?: ScenarioCourse, mostEvents = mostEventsOfACase) {
    this.known = known;
    this.mostEvents = mostEvents;
    this.course = course;
    for (const { step, at } of course?.dated ?? [])
      this.queue.push({ at, id: inOrder(step.index), act: () => this.dated(step, at) });
  }

  /** Opens a case when that instant has come: before all that is done then, and of several the first first. */
  opens(opening: OpeningCommand, at: Instant): void {
    this.openings += 1;
    this.queue.push({ at, id: ` ${inOrder(this.openings)}`, act: () => this.openedInTurn(opening, at) });
  }

  /** Takes a case in as it stands. */
  add(state: CaseState): void {
    const { began = state.number } = this.cases.get(state.id) ?? {};
    const due = dueOf(lifecycleOf(state.id), state);
    this.cases.set(state.id, { state: state.log.length > 0 ? { ...state, log: [] } : state, began, due });
    if (due) this.queue.push({ at: due.at, id: state.id });
    for (const doing of this.course?.seen(state) ?? [])
      this.queue.push({ at: doing.at, id: state.id, act: () => this.done(doing) });
  }

  /** @param last the last instant that is looked at */
  async *until(last: Instant): AsyncGenerator<Occurrence> {
    for await (const { happened } of this.turnsUntil(last)) for (const occurrence of happened) yield occurrence;
  }

  /** The same, turn by turn. */
  async *turnsUntil(last: Instant): AsyncGenerator<Turn> {
    for (let next = this.queue.peek(); next && next.at <= last; next = this.queue.peek()) {
      this.queue.pop();
      await (next.act ? next.act() : this.letActUntil(next.id, next.at));
      const { happened } = this;
      this.happened = [];
      if (happened.length > 0) yield { at: next.at, id: next.id, happened };
    }
  }

  /** Gives a case that was taken in a command, at an instant until which all has happened: what it leads to at once, or why not. */
  async give(id: string, command: Asked['command'], at: Instant): Promise<readonly Occurrence[] | Refusal> {
    return this.atOnce(await this.asked(id, command, at));
  }

  /** Opens a case at an instant until which all has happened: what it leads to at once, or why it is not opened. */
  async open(opening: OpeningCommand, at: Instant): Promise<readonly Occurrence[] | Refusal> {
    return this.atOnce(await this.opened(opening, at));
  }

  private atOnce(refusal: Refusal | undefined): readonly Occurrence[] | Refusal {
    const { happened } = this;
    this.happened = [];
    return refusal ?? happened;
  }

  private async dated(step: ScenarioStep, at: Instant): Promise<void> {
    for (const doing of this.course?.doingsOf(step, at) ?? []) await this.done(doing);
  }

  private async done(doing: Doing): Promise<void> {
    const { step, at, case: id, body } = doing;
    if (!this.course?.take(doing)) return;
    const command = { id: doing.id, name: step.do, body: { by: step.as, ...body } };
    const refusal = await this.asked(id, command, at);
    if (refusal) this.course.refuse({ step, at, refusal });
  }

  /** What is due in the case by then comes first. */
  private async asked(id: string, command: Asked['command'], at: Instant): Promise<Refusal | undefined> {
    await this.letActUntil(id, at);
    const before = this.stateOf(id);
    if (!before) return undefined;
    const lifecycle = lifecycleOf(id);
    const events = await this.taken({ lifecycle, command, before, events: decide(lifecycle, before, command, at) });
    if (isRefusal(events)) return events;
    if (events.length > 0) await this.happens(lifecycle, before, events, { askedBy: command.body.by });
    return undefined;
  }

  /** @throws Error with the reason if it is refused: whoever asks has tried it */
  private async openedInTurn(opening: OpeningCommand, at: Instant): Promise<void> {
    const refusal = await this.opened(opening, at);
    if (refusal) throw new Error(`${opening.kind}/${opening.fields.id} is not opened: ${refusal.because}`);
  }

  private async opened({ kind, fields, id }: OpeningCommand, at: Instant): Promise<Refusal | undefined> {
    const taken = this.stateOf(`${kind}/${fields.id}`) ?? (await this.known.caseOf(`${kind}/${fields.id}`));
    if (taken) return refuse('CaseExists', `${taken.id} is on record already.`);
    const lifecycle = lifecycles[kind];
    const event = decideOpening(lifecycle, fields, at, id);
    const command = { id, name: 'opening', body: fields };
    const asked = { lifecycle, command, before: undefined, events: isRefusal(event) ? event : [event] };
    const events = await this.taken(asked);
    if (isRefusal(events)) return events;
    await this.happens(lifecycle, undefined, events, { askedBy: fields.by });
    return undefined;
  }

  private async taken({
    events,
    ...asked
  }: Omit<Asked, 'events'> & { readonly events: Asked['events'] | Refusal }): Promise<Asked['events'] | Refusal> {
    if (isRefusal(events) || events.length === 0 || !this.known.recorded) return events;
    return this.known.recorded({ ...asked, events }, new Set(this.cases.keys()));
  }

  /** Each at its own time: a case that is looked at for the first time has not been asleep until now. */
  private async letActUntil(id: string, until: Instant): Promise<void> {
    const lifecycle = lifecycleOf(id);
    for (let followed = this.cases.get(id); followed; followed = this.cases.get(id)) {
      const { state, due } = followed;
      if (!due || due.at > until) return;
      // Of what a command has asked for late, the rungs that lie behind collapse into one.
      const events = dueEvents(lifecycle, state, later(due.at, state.lastAt));
      const onDayOff = !due.rung && (await this.isDayOff(due.deadline, state));
      await this.happens(lifecycle, state, events, { about: due.deadline, onDayOff });
    }
  }

  private async happens(
    lifecycle: Lifecycle,
    before: CaseState | undefined,
    events: readonly CaseEvent[],
    how: Pick<Occurrence, 'about' | 'onDayOff' | 'because' | 'askedBy' | 'inVain'>,
  ): Promise<void> {
    const said: (() => string)[] = [];
    const tell: Teller = (...told) => {
      said.push(() => sentenceOf(...told));
      return [];
    };
    const { after: moved, effects } = transition(lifecycle, before, events, tell);
    const unplanned = unplannedDeadlines(lifecycle, moved);
    const after = unplanned.length > 0 ? await this.planned(lifecycle, moved, unplanned) : moved;
    this.add(after);
    if (after.number - (this.cases.get(after.id)?.began ?? 0) > this.mostEvents)
      throw new RanAwayError(after.id, this.mostEvents);
    const letters: Message[] = [];
    const tells: OtherCase[] = [];
    for (const effect of effects)
      if (effect.type === 'mail') letters.push(withPlannedDays(lifecycle, after, effect.message));
      else tells.push(effect);
    const occurrence = { at: after.lastAt, state: after, events, letters, tells, ...how };
    this.happened.push(onceRead(occurrence, { says: () => said.map((sentence) => sentence()) }));
    const by = events.at(-1)?.by ?? system;
    for (const effect of tells) await this.follows(effect, after, by);
    for (const letter of letters) {
      const asked = this.known.nobodyFor(letter);
      const why = asked instanceof Promise ? await asked : asked;
      if (why !== undefined) await this.comesBack(letter, after.id, why);
    }
  }

  /** What nobody will have is told to whoever coordinates, as of any letter that does not arrive. */
  private comesBack({ key: message, text, to }: Message, id: string, why: string): Promise<void> {
    return this.doesByItself(id, { type: 'undelivered', message, text, to, state: 'nobody', why });
  }

  private async follows(effect: OtherCase, from: CaseState, by: string): Promise<void> {
    const id = targetOf(effect) ?? '';
    const at = from.lastAt;
    const found = this.cases.has(id) ? undefined : await this.known.caseOf(id);
    if (found) this.add(found);
    await this.letActUntil(id, at);
    const state = this.stateOf(id);
    const events = effect.type === 'open' ? opening(effect, from, by, state) : telling(effect, state, at, by);
    if (isRefusal(events)) await this.inVain(effect, from.id, events);
    else if (events.length > 0) await this.happens(lifecycleOf(id), state, events, { because: from.id });
  }

  /** What another case did not take is told to the coordinator of the one that asked. */
  private inVain(effect: OtherCase, from: string, refusal: Refusal): Promise<void> {
    const { key } = effect;
    const command = effect.type === 'open' ? 'open' : effect.command;
    const event = {
      type: 'inVain',
      case: targetOf(effect) ?? '',
      command,
      because: refusal.because,
      effect: key,
    } as const;
    return this.doesByItself(from, event, { inVain: { key, refusal } });
  }

  private async doesByItself(id: string, event: CommonEvent, how: Pick<Occurrence, 'inVain'> = {}): Promise<void> {
    const state = this.stateOf(id);
    if (!state) return;
    const events = [{ ...event, number: state.number + 1, at: state.lastAt, by: system }];
    await this.happens(lifecycleOf(id), state, events, how);
  }

  private stateOf(id: string): CaseState | undefined {
    return this.cases.get(id)?.state;
  }

  private async isDayOff(deadline: OpenDeadline, state: CaseState): Promise<boolean> {
    const calendar = await this.known.calendarOf(deadline, state);
    return !calendar.isWorkingDay(deadline.standing.plan.due);
  }

  private async planned(lifecycle: Lifecycle, state: CaseState, unplanned: readonly Deadline[]): Promise<CaseState> {
    const plans: Plan[] = [];
    for (const deadline of unplanned) {
      const calendar = await this.known.calendarOf(deadline, state);
      plans.push(planDeadline(calendar, deadline, state.deadlines[deadline.name], state.lastAt));
    }
    return fold(lifecycle, [plannedEvent(state, plans)], state, untold);
  }
}

/** Nobody reads of a story that is not kept when its days were planned. */
const untold: Teller = () => [];

const dueOf = (lifecycle: Lifecycle, state: CaseState) =>
  isOver(lifecycle, state) ? undefined : nextDue(lifecycle, state);

/** Numbers as texts that sort as they do. */
const inOrder = (index: number): string => String(index).padStart(9, '0');

const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
