import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** What the workers of this process do: whoever waits for what goes on record looks when they have done something. */
export class AtWork {
  private underWay = 0;
  private ended = 0;
  private waiting: (() => void)[] = [];

  readonly interceptor: ActivityInterceptorsFactory = () => ({
    inbound: {
      execute: async (input, next) => {
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
