import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { timelineLabel } from '../domain/case/label.ts';
import { type Instant, instantOf, later, millisecondsOf } from '../domain/dates.ts';

/**
 * The clock of one case: workflow time plus a shift that is zero for a live case.
 *
 * Rehearsals and stories of past years run on the same code with a shift.
 */
export class CaseClock {
  private shiftMs: number;
  readonly played: boolean;

  constructor(startsAt: Instant | undefined, carriedShiftMs: number | undefined) {
    this.played = startsAt !== undefined;
    this.shiftMs = carriedShiftMs ?? (startsAt === undefined ? 0 : millisecondsOf(startsAt) - Date.now());
  }

  get shift(): number {
    return this.shiftMs;
  }

  now(): Instant {
    return instantOf(Date.now() + this.shiftMs);
  }

  /** A played case never hears of something before it happened: its clock runs on to that instant. A live one has no such choice. */
  runOnTo(instant: Instant | undefined): void {
    if (this.played && instant) this.shiftMs += Math.max(0, millisecondsOf(instant) - millisecondsOf(this.now()));
  }

  /** The time at which something is asked, as the case would see it: it may not have run on yet. */
  asOf(instant: Instant | undefined): Instant {
    return this.played && instant ? later(instant, this.now()) : this.now();
  }

  millisecondsUntil(instant: Instant): number {
    return Math.max(1, millisecondsOf(instant) - millisecondsOf(this.now()));
  }
}

/** A timer that is set anew only when its instant changes: each timer costs two events. */
export class Alarm {
  private setFor: Instant | undefined;
  private scope: CancellationScope | undefined;
  rang = false;

  set(clock: CaseClock, at: Instant | undefined, summary: string): void {
    const wake = at && instantOf(millisecondsOf(at) - clock.shift);
    if (wake === this.setFor) return;
    this.scope?.cancel();
    this.setFor = wake;
    if (!at) return;
    const scope = new CancellationScope();
    this.scope = scope;
    const duration = clock.millisecondsUntil(at);
    void scope
      .run(() => sleep(duration, { summary: timelineLabel(summary) }))
      .then(
        () => this.ring(scope),
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }

  private ring(scope: CancellationScope): void {
    if (scope !== this.scope) return;
    this.setFor = undefined;
    this.rang = true;
  }
}
