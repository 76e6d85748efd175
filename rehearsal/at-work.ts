import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { RecordInput } from '../activities/record/contract.ts';
import type { Instant } from '../domain/dates.ts';
import type { Due } from './standing.ts';

/** Holds back what it is asked about, until it is opened. */
class Gate<T> {
  private open = () => {};
  private opened = Promise.resolve();
  private holds: ((asked: T) => boolean) | undefined;

  close(holds: (asked: T) => boolean): void {
    this.holds = holds;
    this.opened = new Promise((resolve) => (this.open = resolve));
  }

  letGo(): void {
    this.holds = undefined;
    this.open();
  }

  async passed(asked: T): Promise<void> {
    if (this.holds?.(asked)) await this.opened;
  }
}

/** What the workers of this process do: whoever waits for what goes on record looks when they have done something. */
export class AtWork {
  private underWay = 0;
  private ended = 0;
  private waiting: (() => void)[] = [];
  private readonly letters = new Gate<string>();
  private readonly records = new Gate<Due>();

  readonly interceptor: ActivityInterceptorsFactory = ({ info }) => ({
    inbound: {
      execute: async (input, next) => {
        const id = info.workflowExecution?.workflowId ?? '';
        if (!info.isLocal) await this.letters.passed(id);
        else if (info.activityType === 'record') await this.records.passed({ id, at: instantOf(input.args) });
        this.underWay += 1;
        try {
          return await next(input);
        } finally {
          this.underWay -= 1;
          this.ended += 1;
          if (this.underWay === 0) for (const go of this.waiting.splice(0)) go();
        }
      },
    },
  });

  /** What these cases do goes on record, and into the world only when it is let go. */
  holdLettersBack(cases: readonly string[]): void {
    const these = new Set(cases);
    this.letters.close((id) => these.has(id));
  }

  letLettersGo(): void {
    this.letters.letGo();
  }

  /** What these cases do then goes on record only when it is let go. */
  holdRecordBack(due: readonly Due[]): void {
    const from = new Map(due.map(({ id, at }) => [id, at]));
    this.records.close(({ id, at }) => at >= (from.get(id) ?? after));
  }

  letRecordGo(): void {
    this.records.letGo();
  }

  /** How many things have been done. */
  get done(): number {
    return this.ended;
  }

  /** Until more than so many are done and nothing is being done, or so long. */
  async moreThan(done: number, milliseconds: number): Promise<void> {
    if (this.ended > done && this.underWay === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** No instant lies there. */
const after = '~';

/** When what is to go on record happens, in case time. */
const instantOf = ([asked]: readonly unknown[]): Instant => (asked as RecordInput).events[0]?.at ?? '';
