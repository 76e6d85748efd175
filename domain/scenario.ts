import { answeringCommands, settledFields } from './case/answers.ts';
import { kindOf } from './case/opening.ts';
import { type CaseState, type OpenDeadline, plannedDeadlines, sinceOf } from './case/state.ts';
import { type CivilDate, dayIn, type Instant, instantOf, later, millisecondsOf, shift } from './dates.ts';
import { isKind, type Kind, lifecycles } from './kinds.ts';
import type { Deadline } from './ladder.ts';
import type { CaseHeader } from './lifecycle.ts';
import { addWorkingDays, type Calendar, instantAt } from './planning.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type CaseNamed, caseInWords, type Relative, type ScenarioStep } from './scenario/step.ts';

/** What somebody does in a case at an instant, as a scenario says it. */
export interface Doing {
  readonly step: ScenarioStep;
  readonly at: Instant;
  readonly case: string;
  /** Of its command. */
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a scenario asked and a case did not take. */
export interface RefusedStep {
  readonly step: ScenarioStep;
  readonly at: Instant;
  readonly refusal: Refusal;
  /** Where another step had answered the same at the same time: where that one stands. */
  readonly beside?: string;
}

/** Whether a course ends at the first thing that is refused, or goes on as if nobody had asked. */
export const onRefusals = ['stop', 'go-on'] as const;
export type OnRefusal = (typeof onRefusals)[number];

/** Thrown where a course stops at what a case did not take. */
export class ScenarioRefusedError extends Error {
  override readonly name = 'ScenarioRefusedError';
  constructor(refused: RefusedStep) {
    super(sentenceOfRefused(refused));
  }
}

/** `a.yaml, line 3: sign of mou/kr-ro-2026 on 2026-12-03 is refused: …` */
export const sentenceOfRefused = ({ step, at, refusal, beside }: RefusedStep): string =>
  `${step.stands}: ${step.do} of ${caseInWords(step.case)} on ${at.slice(0, 10)} is refused (${refusal.refused}): ${refusal.because}${
    beside === undefined
      ? ''
      : ` The step of ${beside} answers the same at the same time: say which is meant, or another time.`
  }`;

/** By what a step is counted: people answer in the morning, and in the order in which they stand in the file. */
export const morningOf = (day: CivilDate, zone: string, index: number): Instant =>
  secondsAfter(instantAt(day, '10:00', zone), index);

const secondsAfter = (at: Instant, seconds: number): Instant => instantOf(millisecondsOf(at) + seconds * 1_000);

/** What is asked, and what will be answered; kept, so that it is answered once. */
interface Asked {
  readonly doing: Doing;
  readonly deadline: string;
  /** When it was first seen to be asked. */
  readonly seenAt: Instant;
  readonly done: boolean;
  readonly eachTime: boolean;
}

export interface CourseOptions {
  /** Nothing can be done before. */
  readonly from: Instant;
  readonly calendarOf: (deadline: Deadline, header: CaseHeader) => Calendar;
  readonly onRefusal?: OnRefusal;
}

/**
 * One course of a scenario: who does what as the cases come to stand so. It has to be told each state of each case, in the
 * order in which they come about: when looking ahead and when it really happens alike.
 */
export class ScenarioCourse {
  private readonly steps: readonly ScenarioStep[];
  private readonly options: CourseOptions;
  private readonly known = new Set<string>();
  private readonly openedBy = new Map<string, string[]>();
  private readonly asked = new Map<string, Asked>();
  /** Steps for which somebody was asked, also once that is answered. */
  private readonly everAsked = new Set<ScenarioStep>();
  /** By question and time: the step that answered it. */
  private readonly answered = new Map<string, ScenarioStep>();
  /** What answers again, and where the first stands that did. */
  private readonly second = new Map<ScenarioStep, { readonly at: Instant; readonly stands: string }>();
  private doings = 0;
  readonly refused: RefusedStep[] = [];

  constructor(steps: readonly ScenarioStep[], options: CourseOptions) {
    this.steps = steps;
    this.options = options;
  }

  /** What has its day from the beginning. */
  get dated(): readonly { readonly step: ScenarioStep; readonly at: Instant }[] {
    return this.steps.flatMap((step) => ('at' in step.when ? [{ step, at: step.when.at }] : []));
  }

  /** What a step with a day comes to when its day is there: one thing, or one in each case that is meant. */
  doingsOf(step: ScenarioStep, at: Instant): readonly Doing[] {
    const cases = this.casesNamed(step.case);
    if (cases.length === 0) {
      const because = `there is no ${caseInWords(step.case)} by then: it answers before anything is asked.`;
      this.refuse({ step, at, refusal: refuse('UnknownCase', because) });
    }
    const body = { by: step.as, ...step.with };
    return cases.map((id) => ({ step, at, case: id, id: this.newId(step), body }));
  }

  /** Takes note of how a case stands. What it gives is to be done: anew, or at another time than was said before. */
  seen(state: CaseState): readonly Doing[] {
    this.note(state);
    const kind = kindOf(state.id);
    const relative = this.steps.filter((step) => !('at' in step.when));
    if (relative.length === 0 || !isKind(kind)) return [];
    const open = plannedDeadlines(lifecycles[kind], state);
    this.forgetWhatIsMet(state.id, open);
    return relative
      .filter((step) => this.casesNamed(step.case).includes(state.id))
      .flatMap((step) =>
        open
          .filter((deadline) => isAnsweredBy(step, kind, deadline))
          .flatMap((deadline) => this.answer(step, step.when as Relative, state, deadline) ?? []),
      );
  }

  /** Whether it is to be done now; a due day that was moved has taken along what is counted from it. */
  take(doing: Doing): boolean {
    const [key, asked] = [...this.asked].find(([, each]) => each.doing.id === doing.id) ?? [];
    if (key === undefined || !asked) return true;
    if (asked.done || asked.doing.at !== doing.at) return false;
    this.answers(doing, asked.deadline);
    this.asked.set(key, { ...asked, done: true });
    return true;
  }

  /** @throws {@link ScenarioRefusedError} unless the course goes on all the same */
  refuse(refused: RefusedStep): void {
    for (const [question, step] of this.answered) if (step === refused.step) this.answered.delete(question);
    const first = this.second.get(refused.step);
    const whole = first?.at === refused.at ? { ...refused, beside: first.stands } : refused;
    if (this.options.onRefusal !== 'go-on') throw new ScenarioRefusedError(whole);
    this.refused.push(whole);
  }

  /** Of two steps of one time the second comes as many seconds later as it stands later. */
  private answers({ step, at, case: id }: Doing, deadline: string): void {
    const question = `${id} ${deadline} ${secondsAfter(at, -step.index)}`;
    const first = this.answered.get(question);
    if (first) this.second.set(step, { at, stands: first.stands });
    else this.answered.set(question, step);
  }

  /** What nobody was asked until the end of the course. */
  get neverAsked(): readonly ScenarioStep[] {
    return this.steps.filter((step) => !('at' in step.when) && !this.everAsked.has(step));
  }

  /** A report that was returned is owed once more. */
  private forgetWhatIsMet(id: string, open: readonly OpenDeadline[]): void {
    for (const [key, { doing, deadline, done, eachTime }] of this.asked)
      if (eachTime && done && doing.case === id && !open.some(({ name }) => name === deadline)) this.asked.delete(key);
  }

  private newId({ index }: ScenarioStep): string {
    this.doings += 1;
    return `scenario-${index + 1}-${this.doings}`;
  }

  private note({ id, opener }: CaseState): void {
    if (this.known.has(id)) return;
    this.known.add(id);
    if (opener !== undefined) this.openedBy.set(opener, [...(this.openedBy.get(opener) ?? []), id]);
  }

  private casesNamed(named: CaseNamed): readonly string[] {
    if ('id' in named) return this.known.has(named.id) ? [named.id] : [];
    return this.casesNamed(named.of).flatMap((opener) => {
      const ofKind = (this.openedBy.get(opener) ?? []).filter((id) => kindOf(id) === named.kind);
      return named.nth === 'every' ? ofKind : ofKind.slice(named.nth - 1, named.nth);
    });
  }

  private answer(step: ScenarioStep, when: Relative, state: CaseState, deadline: OpenDeadline): Doing | undefined {
    const { name, standing } = deadline;
    const asking = when.eachTime ? `${name}/${sinceOf(standing.plan)}` : '';
    const key = `${step.index}/${state.id}/${asking}`;
    const before = this.asked.get(key);
    if (before && (before.done || before.deadline !== name)) return undefined;
    const seenAt = before?.seenAt ?? later(state.lastAt, this.options.from);
    const at = this.timeOf(step, when, deadline, { state, seenAt });
    if (before?.doing.at === at) return undefined;
    const body = {
      by: step.as,
      ...settledFields(lifecycles[kindOf(state.id) as Kind], step.do, deadline),
      ...step.with,
    };
    const doing: Doing = { step, at, case: state.id, id: before?.doing.id ?? this.newId(step), body };
    this.everAsked.add(step);
    this.asked.set(key, { doing, deadline: name, seenAt, done: false, eachTime: when.eachTime });
    if (at > seenAt) return doing;
    const because = `its time would be ${at.slice(0, 10)}, before the question is there (${seenAt.slice(0, 10)}).`;
    this.refuse({ step, at, refusal: refuse('DateOutOfOrder', because) });
    return undefined;
  }

  private timeOf(
    { index }: ScenarioStep,
    { from, days, unit }: Relative,
    deadline: OpenDeadline,
    { state, seenAt }: { readonly state: CaseState; readonly seenAt: Instant },
  ): Instant {
    const calendar = this.options.calendarOf(deadline, state);
    const { due } = deadline.standing.plan;
    const start = from === 'asked' ? dayIn(seenAt, calendar.zone) : due;
    const day = unit === 'days' ? shift(start, days) : addWorkingDays(calendar, start, days);
    const at = morningOf(day, calendar.zone, index);
    // Asked after ten, and answered on the same day.
    return at <= seenAt && day === dayIn(seenAt, calendar.zone) ? secondsAfter(seenAt, 60 + index) : at;
  }
}

const isAnsweredBy = ({ answers, do: command }: ScenarioStep, kind: Kind, { name, what }: OpenDeadline): boolean =>
  answers === undefined
    ? answeringCommands(lifecycles[kind], what).includes(command)
    : answers === name || answers === what;
