import { CancellationScope, isCancellation, log, patched, proxyActivities } from '@temporalio/workflow';
import type { CaseActivities } from '../activities/cases.ts';
import type { Delivery, MailActivities } from '../activities/mail.ts';
import type { SendTimes } from '../activities/record.ts';
import { isCalendarMail } from '../domain/case/calendar-mails.ts';
import { system } from '../domain/case/due.ts';
import { timelineLabel } from '../domain/case/label.ts';
import { isReportAbove, type KeyedEffect, type Message, targetOf } from '../domain/case/effects.ts';
import type { CaseEvent, CaseState, CommonEvent, LifecycleEvent } from '../domain/case/state.ts';
import type { Instant } from '../domain/dates.ts';
import type { Refusal } from '../domain/refusal.ts';
import { mailQueue } from './messages.ts';

// Ministry mail relays are down some nights: go on for two days, then leave it to a person.
const { deliver } = proxyActivities<MailActivities>({
  taskQueue: mailQueue,
  startToCloseTimeout: '120s',
  scheduleToCloseTimeout: '2 days',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '1h' },
});

// A note in our own ledger: it will succeed as soon as the register answers.
const { expire } = proxyActivities<MailActivities>({
  taskQueue: mailQueue,
  startToCloseTimeout: '30s',
  retry: { maximumInterval: '10m' },
});

// Another case may be busy or its worker away; it is told in the end, however long that takes.
const { openCase, tellCase } = proxyActivities<CaseActivities>({
  startToCloseTimeout: '60s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** Where an effect comes from: the case, and when it happened if that is played. */
interface Origin {
  readonly state: CaseState;
  readonly playedAt: Instant | undefined;
}

/** An effect as it is carried over to another run. */
export type CausedEffect = KeyedEffect & {
  /** Who acted. Absent in what earlier versions carry: the case itself. */
  readonly by?: string;
  /** A message whose reader is not at work yet, or whose day has had its gathered mail, goes at an instant of case time. */
  readonly goesAt?: Instant | undefined;
};

/** Answers of earlier versions have no send times: what they recorded goes at once. */
export const caused = (effect: KeyedEffect, by: string, sendAt: SendTimes = {}): CausedEffect =>
  effect.type === 'mail' ? { ...effect, by, goesAt: sendAt[effect.message.key] } : { ...effect, by };

/** What the Temporal UI shows beside the timer for it. */
export const summaryOf = (effect: KeyedEffect): string =>
  effect.type === 'mail' ? timelineLabel(effect.message.summary) : effect.key;

/** Puts on record what became of an effect, unless that is there already. */
type Report = (followUp: LifecycleEvent, isOnRecord: () => boolean) => Promise<unknown>;

interface UnderWay {
  effect: CausedEffect;
  /** The register knew what became of it before the case did. */
  isReported: boolean;
}

/** What a case does in the world beside its own life; each effect is keyed, so that one begun again after a restart is done once. */
export class EffectsUnderWay {
  private readonly byKey = new Map<string, UnderWay>();
  /** What is under way to each other case, so that it hears things in the order in which they happened. */
  private readonly lastTo = new Map<string, Promise<unknown>>();
  private readonly waiting = new Map<string, { readonly at: Instant; readonly go: () => void }>();
  private readonly now: () => Instant;
  private readonly isPostponed: () => void;

  /** @param isPostponed is told that there is one more instant to wake at */
  constructor(now: () => Instant, isPostponed: () => void) {
    this.now = now;
    this.isPostponed = isPostponed;
  }

  get size(): number {
    return this.byKey.size;
  }

  /** How many are being done, not waiting for their time. */
  get running(): number {
    return this.byKey.size - this.waiting.size;
  }

  /** The message that goes next, and when. */
  get next(): { readonly at: Instant; readonly effect: CausedEffect } | undefined {
    const [first] = [...this.waiting].sort(([, a], [, b]) => (a.at < b.at ? -1 : 1));
    const underWay = first && this.byKey.get(first[0]);
    return underWay && { at: first[1].at, effect: underWay.effect };
  }

  /**
   * Cancelling the workflow does not tear an effect apart. What went wrong for good is told to the case. Runs from before
   * there were calendar mails replay without them; theirs go out with the next change. Runs from before a coordinator's
   * superior was told replay without that; it is told of what fails from now on. So it is with letters that 0.2.1 did not send.
   */
  start(effect: CausedEffect, origin: Origin, report: Report): void {
    if (isCalendarMail(effect) && !patched('calendar-mails')) return;
    if (isReportAbove(effect) && !patched('report-above-coordinator')) return;
    if (effect.type === 'mail' && effect.message.isNew && !patched('letters-of-0.3')) return;
    const underWay: UnderWay = { effect, isReported: false };
    this.byKey.set(effect.key, underWay);
    const target = targetOf(effect);
    // Runs that told things side by side replay so.
    const before = target && this.lastTo.has(target) && patched('told-in-order') ? this.lastTo.get(target) : undefined;
    const carriedOut = CancellationScope.nonCancellable(() =>
      before ? before.then(() => this.carryOut(underWay, origin)) : this.carryOut(underWay, origin),
    );
    if (target) this.lastTo.set(target, carriedOut);
    void carriedOut.then(async (followUp) => {
      if (followUp) await report(followUp, () => underWay.isReported);
      this.byKey.delete(effect.key);
      if (target && this.lastTo.get(target) === carriedOut) this.lastTo.delete(target);
    });
  }

  /** Lets go whatever was waiting for an instant that has come. */
  release(): void {
    const now = this.now();
    for (const [key, { at, go }] of this.waiting)
      if (at <= now) {
        this.waiting.delete(key);
        go();
      }
  }

  /** An event that the case had not put on record itself may say what became of an effect. */
  noteReport(event: CaseEvent): void {
    for (const underWay of this.byKey.values())
      if (!underWay.isReported && isReportOf(event, underWay.effect)) {
        underWay.isReported = true;
        return;
      }
  }

  carry(): CausedEffect[] {
    return [...this.byKey.values()].map(({ effect }) => effect);
  }

  private async carryOut(underWay: UnderWay, origin: Origin): Promise<LifecycleEvent | undefined> {
    for (let { goesAt } = underWay.effect; ; ) {
      if (goesAt && goesAt > this.now()) await this.until(underWay, goesAt);
      const ended = await perform(underWay.effect, origin, this.now());
      if (!(ended instanceof Postponed)) return ended;
      goesAt = ended.to;
    }
  }

  private until(underWay: UnderWay, at: Instant): Promise<void> {
    underWay.effect = { ...underWay.effect, goesAt: at };
    this.isPostponed();
    return new Promise((go) => this.waiting.set(underWay.effect.key, { at, go }));
  }
}

function isReportOf(event: CaseEvent, effect: CausedEffect): boolean {
  const reported = event as CommonEvent;
  if (reported.type === 'undelivered') return effect.type === 'mail' && effect.message.key === reported.message;
  return reported.type === 'inVain' && reported.effect === effect.key;
}

/** The message goes later: its reader's gathered mail of the day was gone. */
class Postponed {
  readonly to: Instant;

  constructor(to: Instant) {
    this.to = to;
  }
}

/** Does one thing in the world; what went wrong for good comes back as an event for the case. */
async function perform(
  effect: CausedEffect,
  origin: Origin,
  at: Instant,
): Promise<LifecycleEvent | Postponed | undefined> {
  try {
    return await done(effect, origin, at);
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.error('An effect failed for good', { key: effect.key, error });
    return effect.type === 'mail'
      ? {
          type: 'undelivered',
          message: effect.message.key,
          text: effect.message.text,
          to: effect.message.to,
          state: 'expired',
          why: String(error),
        }
      : inVain(effect, effect.type, String(error));
  }
}

async function done(
  effect: CausedEffect,
  origin: Origin,
  at: Instant,
): Promise<LifecycleEvent | Postponed | undefined> {
  switch (effect.type) {
    case 'mail':
      return await send(effect.message, at);
    case 'open':
      return unlessTaken(effect, 'open', await open(effect, origin));
    case 'tell':
      return unlessTaken(effect, effect.command, await tell(effect, origin));
  }
}

async function send(message: Message, at: Instant): Promise<LifecycleEvent | Postponed | undefined> {
  const { key, to, summary, text } = message;
  const delivery = await delivered(key, summary, at);
  if (delivery.state === 'postponed') return new Postponed(delivery.until);
  for (const other of delivery.follow ?? [])
    await delivered(other, `${summary}: out of the calendar of a stand-in`, at);
  const { state, why } = delivery;
  return state === 'sent' || state === 'withdrawn'
    ? undefined
    : { type: 'undelivered', message: key, text, to, state, why };
}

async function delivered(key: string, summary: string, at: Instant): Promise<Delivery> {
  try {
    return await deliver.executeWithOptions({ summary: timelineLabel(summary) }, [{ key, at }]);
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('Message not delivered within two days', { key, error });
    return expire({ key });
  }
}

const open = (effect: Extract<CausedEffect, { type: 'open' }>, { state, playedAt }: Origin): Promise<Refusal | null> =>
  openCase.executeWithOptions({ summary: `Open ${effect.kind}/${effect.slug}` }, [
    {
      kind: effect.kind,
      opening: {
        id: effect.slug,
        by: effect.by ?? system,
        title: effect.title,
        countries: effect.countries ?? state.countries,
        coordinator: state.coordinator,
        opener: state.id,
        ...effect.input,
      },
      commandId: effect.key,
      startsAt: playedAt,
    },
  ]);

const tell = (effect: Extract<CausedEffect, { type: 'tell' }>, { playedAt }: Origin): Promise<Refusal | null> =>
  tellCase.executeWithOptions({ summary: `Tell ${effect.case}: ${effect.command}` }, [
    {
      case: effect.case,
      command: effect.command,
      body: { by: effect.by ?? system, ...effect.input },
      commandId: effect.key,
      asOf: playedAt,
    },
  ]);

const unlessTaken = (effect: KeyedEffect, command: string, refusal: Refusal | null): LifecycleEvent | undefined =>
  refusal ? inVain(effect, command, refusal.because) : undefined;

const inVain = (effect: KeyedEffect, command: string, because: string): LifecycleEvent => ({
  type: 'inVain',
  case: targetOf(effect) ?? '',
  command,
  because,
  effect: effect.key,
});
