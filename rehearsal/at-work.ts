import type { ActivityInterceptorsFactory } from '@temporalio/worker';

interface HeldBack {
  readonly cases: ReadonlySet<string>;
  readonly until: Promise<void>;
  readonly letGo: () => void;
}

/** What the workers of this process do: whoever waits for what goes on record looks when they have done something. */
export class AtWork {
  private underWay = 0;
  private ended = 0;
  private waiting: (() => void)[] = [];
  private heldBack: HeldBack | undefined;

  readonly interceptor: ActivityInterceptorsFactory = ({ info }) => ({
    inbound: {
      execute: async (input, next) => {
        if (!info.isLocal && this.heldBack?.cases.has(info.workflowExecution?.workflowId ?? ''))
          await this.heldBack.until;
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
  holdBack(cases: readonly string[]): void {
    let letGo = () => {};
    const until = new Promise<void>((resolve) => (letGo = resolve));
    this.heldBack = { cases: new Set(cases), until, letGo };
  }

  letGo(): void {
    this.heldBack?.letGo();
    this.heldBack = undefined;
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
