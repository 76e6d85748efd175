import { expect } from 'vitest';
import { decide } from '../../domain/case/command.ts';
import { dueEvents, nextDue } from '../../domain/case/due.ts';
import { effectsOf, type KeyedEffect, type Message } from '../../domain/case/effects.ts';
import { evolve } from '../../domain/case/evolve.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { type CaseEvent, type CaseState, deadlinesOf, stageOf, unplannedDeadlines } from '../../domain/case/state.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Deadline } from '../../domain/ladder.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { type Calendar, mondayToFriday, planDeadline } from '../../domain/planning.ts';
import { isRefusal, type Refusal, type RefusalCode } from '../../domain/refusal.ts';

/**
 * Rules as stories: given a case, when somebody asks or time passes, then this happens and nothing else.
 *
 * ```ts
 * given(action, { topic: 'Portal', owner: 'klid', due: '2018-12-14' }, { at: '2018-09-28' })
 *   .command('accept')                                   // is accepted
 *   .passes('2018-12-01')                                // time moves on; reminders go out at their instants
 *   .mails('action.complete', 'agency/klid', { tone: 'before' })
 *   .command('reportDone', { evidence: 'live', by: 'lee-jiho' })
 *   .when('verify', { evidence: 'seen', by: 'lee-jiho' }) // may be refused
 *   .refuses('SamePerson')
 *   .when('verify', { evidence: 'seen' }).happens('verified').stands('closed');
 * ```
 *
 * Every step gives a new story: one beginning can have several ends. `happens`, `mails`, `opens` and `tells` look at
 * the last step only. Bodies are flat, as an operator types them: `by` and `reason` stand beside the command's fields.
 */
export interface World {
  /** Case time at which the case is opened: a day or an instant. */
  readonly at?: string;
  readonly zone?: string;
  /** Whose working week counts; by default Monday to Friday in `zone` for everybody. */
  readonly calendarOf?: (deadline: Deadline) => Calendar;
}

type Body = Readonly<Record<string, unknown>>;

interface Step {
  readonly events: readonly CaseEvent[];
  readonly effects: readonly KeyedEffect[];
  readonly refusal?: Refusal;
}

interface Told {
  readonly lifecycle: Lifecycle;
  readonly calendarOf: (deadline: Deadline) => Calendar;
  readonly now: Instant;
  readonly state?: CaseState;
  readonly steps: readonly Step[];
}

const nothing: Step = { events: [], effects: [] };
const settlingLimit = 5_000;

export const instant = (day: string): Instant => (day.length === 10 ? `${day}T06:00:00.000Z` : day);

/** Opens a case. What the header needs and the story does not care about is filled in. */
export function given(lifecycle: Lifecycle, opening: Body = {}, world: World = {}): Story {
  const now = instant(world.at ?? '2018-09-28');
  const calendar = mondayToFriday(world.zone ?? 'Asia/Seoul');
  const header = {
    id: 'kr-gr-1',
    by: 'kim-minji',
    title: 'A case in a test',
    countries: ['KR', 'GR'],
    coordinator: 'kim-minji',
  };
  const opened = decideOpening(lifecycle, { ...header, ...opening }, now, 'opening');
  const told: Told = { lifecycle, calendarOf: world.calendarOf ?? (() => calendar), now, steps: [] };
  if (isRefusal(opened)) return new Story({ ...told, steps: [{ ...nothing, refusal: opened }] });
  return new Story(planned(recorded({ ...told, steps: [nothing] }, [opened])));
}

export class Story {
  private readonly told: Told;

  constructor(told: Told) {
    this.told = told;
  }

  get state(): CaseState {
    if (!this.told.state) throw new Error(`The case was not opened: ${this.last.refusal?.because}`);
    return this.told.state;
  }

  get now(): Instant {
    return this.told.now;
  }

  /** Every event since the opening, in order. */
  get events(): readonly CaseEvent[] {
    return this.told.steps.flatMap(({ events }) => events);
  }

  get effects(): readonly KeyedEffect[] {
    return this.told.steps.flatMap(({ effects }) => effects);
  }

  /** Every message since the opening, or those of one text. */
  mailed(text?: string): readonly Message[] {
    return messagesIn(this.effects).filter((message) => text === undefined || message.text === text);
  }

  get last(): Step {
    return this.told.steps.at(-1) ?? nothing;
  }

  /** A command that is accepted; the story fails if it is not. */
  command(name: string, body: Body = {}): Story {
    const next = this.when(name, body);
    expect(next.last.refusal, `${name} should be accepted`).toBeUndefined();
    return next;
  }

  /** A command whose outcome is what the story is about. */
  when(name: string, body: Body = {}): Story {
    const { lifecycle, now, steps } = this.told;
    const decided = decide(
      lifecycle,
      this.state,
      { id: `c${steps.length}`, name, body: { by: 'kim-minji', ...body } },
      now,
    );
    if (isRefusal(decided)) return new Story({ ...this.told, steps: [...steps, { ...nothing, refusal: decided }] });
    return new Story(planned(recorded({ ...this.told, steps: [...steps, nothing] }, decided)));
  }

  /** Time moves on to a day (06:00 UTC) or an instant; what falls due until then happens at its own instant. */
  passes(to: string): Story {
    const until = instant(to);
    let told: Told = { ...this.told, steps: [...this.told.steps, nothing] };
    for (let due = nextDueOf(told); due && due <= until; due = nextDueOf(told)) told = settled(told, due);
    return new Story({ ...told, now: until });
  }

  /** Nothing runs until a day or an instant; then the case makes up for what it missed. */
  sleeps(to: string): Story {
    return new Story(settled({ ...this.told, steps: [...this.told.steps, nothing] }, instant(to)));
  }

  refuses(code: RefusalCode, because?: RegExp): Story {
    expect(this.last.refusal?.refused, this.last.refusal?.because ?? 'it was accepted').toBe(code);
    if (because) expect(this.last.refusal?.because).toMatch(because);
    return this;
  }

  /** The last step gave events of these types, in this order, whatever lies between them. */
  happens(...types: string[]): Story {
    this.accepted();
    const happened = this.last.events.map(({ type }) => type);
    let from = 0;
    for (const type of types) {
      const at = happened.indexOf(type, from);
      expect(at, `"${type}" should have happened; there were: ${happened.join(', ')}`).toBeGreaterThanOrEqual(0);
      from = at + 1;
    }
    return this;
  }

  stands(stage: string): Story {
    this.accepted();
    expect(stageOf(this.state)).toBe(stage);
    return this;
  }

  /** The case knows this of itself. */
  knows(partOfSubject: Body): Story {
    expect(this.state.subject).toMatchObject(partOfSubject);
    return this;
  }

  /** People see this of it. */
  shows(partOfFacts: Body): Story {
    expect(this.told.lifecycle.facts(this.state.subject, this.state)).toMatchObject(partOfFacts);
    return this;
  }

  /** The last step mails this text, to this party if given. */
  mails(text: string, to?: string, part: Partial<Message> = {}): Story {
    this.accepted();
    const mailed = messagesIn(this.last.effects);
    expect(mailed, mailed.map((message) => message.summary).join('; ')).toContainEqual(
      expect.objectContaining({ text, ...(to ? { to } : {}), ...part }),
    );
    return this;
  }

  /** The last step mails none of these texts; nothing at all without arguments. */
  mailsNo(...texts: string[]): Story {
    this.accepted();
    const mailed = messagesIn(this.last.effects).map(({ text }) => text);
    expect(texts.length === 0 ? mailed : mailed.filter((text) => texts.includes(text))).toEqual([]);
    return this;
  }

  /** The last step opens another case. */
  opens(kind: string, part: Body = {}): Story {
    this.accepted();
    expect(this.last.effects).toContainEqual(expect.objectContaining({ type: 'open', kind, ...part }));
    return this;
  }

  /** The last step tells another case a command. */
  tells(caseId: string, command: string, input?: Body): Story {
    this.accepted();
    expect(this.last.effects).toContainEqual(
      expect.objectContaining({ type: 'tell', case: caseId, command, ...(input ? { input } : {}) }),
    );
    return this;
  }

  /** The case keeps exactly these deadlines now. */
  waitsFor(...names: string[]): Story {
    this.accepted();
    expect(deadlinesOf(this.told.lifecycle, this.state).map(({ name }) => name)).toEqual(names);
    return this;
  }

  /** A deadline that the case keeps falls due on this day. */
  isDue(name: string, day: string): Story {
    this.accepted();
    expect(this.state.deadlines[name], `${name} should be open`).toMatchObject({ open: true, plan: { due: day } });
    return this;
  }

  private accepted(): void {
    expect(this.last.refusal, 'the last command should be accepted').toBeUndefined();
  }
}

const messagesIn = (effects: readonly KeyedEffect[]): Message[] =>
  effects.flatMap((effect) => (effect.type === 'mail' ? [effect.message] : []));

function recorded(told: Told, events: readonly CaseEvent[]): Told {
  return events.reduce((before, event) => {
    const state = evolve(before.lifecycle, before.state, event);
    const step = before.steps.at(-1) ?? nothing;
    const grown = {
      events: [...step.events, event],
      effects: [...step.effects, ...effectsOf(before.lifecycle, state, event)],
    };
    return { ...before, state, steps: [...before.steps.slice(0, -1), grown] };
  }, told);
}

/** Works out the instants of new deadlines, as the engine does after every transition. */
function planned(told: Told): Told {
  const { lifecycle, state, calendarOf, now } = told;
  if (!state) return told;
  const plans = unplannedDeadlines(lifecycle, state).map((deadline) =>
    planDeadline(calendarOf(deadline), deadline, (state.deadlines[deadline.name]?.plan.version ?? 0) + 1),
  );
  if (plans.length === 0) return told;
  const at = now > state.lastAt ? now : state.lastAt;
  return recorded(told, [{ type: 'planned', plans, number: state.number + 1, at, by: 'entente' }]);
}

const nextDueOf = ({ lifecycle, state }: Told): Instant | undefined => state && nextDue(lifecycle, state)?.at;

function settled(before: Told, now: Instant): Told {
  let told: Told = { ...before, now };
  for (let rounds = 0; told.state; rounds += 1) {
    const events = dueEvents(told.lifecycle, told.state, now);
    if (events.length === 0) return told;
    if (rounds > settlingLimit) throw new Error(`${told.state.id} does not come to rest at ${now}`);
    told = planned(recorded(told, events));
  }
  return told;
}
