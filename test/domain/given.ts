import { expect } from 'vitest';
import type { KeyedEffect, Message } from '../../domain/case/effects.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { type CaseEvent, type CaseState, deadlinesOf, stageOf } from '../../domain/case/state.ts';
import { sentenceOf } from '../../domain/case/sentence.ts';
import { viewOf } from '../../domain/case/view.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Deadline } from '../../domain/ladder.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { type Calendar, mondayToFriday } from '../../domain/planning.ts';
import { isRefusal, type RefusalCode } from '../../domain/refusal.ts';
import { asked, began, moved, type Run, type Step, slept } from './run.ts';

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

export const instant = (day: string): Instant => (day.length === 10 ? `${day}T06:00:00.000Z` : day);

const header = {
  id: 'kr-gr-1',
  by: 'kim-minji',
  title: 'A case in a test',
  countries: ['KR', 'GR'],
  coordinator: 'kim-minji',
};

/** Opens a case. What the header needs and the story does not care about is filled in. */
export function given(lifecycle: Lifecycle, opening: Body = {}, world: World = {}): Story {
  const now = instant(world.at ?? '2018-09-28');
  const calendar = mondayToFriday(world.zone ?? 'Asia/Seoul');
  const opened = decideOpening(lifecycle, { ...header, ...opening }, now, 'opening');
  const run: Run = { lifecycle, calendarOf: world.calendarOf ?? (() => calendar), now, steps: [] };
  return new Story(
    isRefusal(opened) ? { ...run, steps: [{ events: [], effects: [], refusal: opened }] } : began(run, opened),
  );
}

export class Story {
  private readonly run: Run;

  constructor(run: Run) {
    this.run = run;
  }

  get state(): CaseState {
    if (!this.run.state) throw new Error(`The case was not opened: ${this.last.refusal?.because}`);
    return this.run.state;
  }

  get now(): Instant {
    return this.run.now;
  }

  /** Every event since the opening, in order. */
  get events(): readonly CaseEvent[] {
    return this.run.steps.flatMap(({ events }) => events);
  }

  get effects(): readonly KeyedEffect[] {
    return this.run.steps.flatMap(({ effects }) => effects);
  }

  /** Every message since the opening, or those of one text. */
  mailed(text?: string): readonly Message[] {
    return messagesIn(this.effects).filter((message) => text === undefined || message.text === text);
  }

  get last(): Step {
    return this.run.steps.at(-1) ?? { events: [], effects: [] };
  }

  /** A command that is accepted; the story fails if it is not. */
  command(name: string, body: Body = {}): Story {
    const next = this.when(name, body);
    expect(next.last.refusal, `${name} should be accepted`).toBeUndefined();
    return next;
  }

  /** A command whose outcome is what the story is about. */
  when(name: string, body: Body = {}): Story {
    return new Story(asked(this.run, name, { by: header.by, ...body }));
  }

  /** Time moves on to a day (06:00 UTC) or an instant; what falls due until then happens at its own instant. */
  passes(to: string): Story {
    return new Story(moved(this.run, instant(to)));
  }

  /** Nothing runs until a day or an instant; then the case makes up for what it missed. */
  sleeps(to: string): Story {
    return new Story(slept(this.run, instant(to)));
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
    expect(this.run.lifecycle.facts(this.state.subject, this.state)).toMatchObject(partOfFacts);
    return this;
  }

  /** The last step stands on record in words like these. */
  says(words: RegExp): Story {
    this.accepted();
    const sentences = this.last.events.map((event) => sentenceOf(this.run.lifecycle, this.state, event));
    expect(sentences.join(' ')).toMatch(words);
    return this;
  }

  /** Lists of these countries have the case, and those of no others. */
  concerns(...countries: string[]): Story {
    this.accepted();
    expect([...viewOf(this.run.lifecycle, this.state).countries].sort()).toEqual(countries.sort());
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
    expect(deadlinesOf(this.run.lifecycle, this.state).map(({ name }) => name)).toEqual(names);
    return this;
  }

  /** A deadline that the case keeps falls due on this day. */
  isDue(name: string, day: string): Story {
    this.accepted();
    expect(this.state.deadlines[name], `${name} should be open`).toMatchObject({ open: true, plan: { due: day } });
    return this;
  }

  /** People are offered these commands now. */
  offers(...commands: string[]): Story {
    this.accepted();
    expect(viewOf(this.run.lifecycle, this.state).accepts).toEqual(expect.arrayContaining(commands));
    return this;
  }

  private accepted(): void {
    expect(this.last.refusal, 'the last command should be accepted').toBeUndefined();
  }
}

const messagesIn = (effects: readonly KeyedEffect[]): Message[] =>
  effects.flatMap((effect) => (effect.type === 'mail' ? [effect.message] : []));
