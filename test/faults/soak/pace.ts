import type { Dice } from './dice.ts';

/** Lets those who wait go on, one by one, in an order by chance. */
export class Pace {
  private readonly dice: Dice;
  private readonly waiting: (() => void)[] = [];
  private isOpen = false;
  private isHeld = false;

  constructor(dice: Dice) {
    this.dice = dice;
  }

  turn(): Promise<void> {
    if (this.isOpen) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  letGo(count: number): void {
    if (this.isHeld) return;
    for (let left = count; left > 0 && this.waiting.length > 0; left -= 1)
      this.waiting.splice(this.dice.between(0, this.waiting.length - 1), 1)[0]?.();
  }

  /** Nobody goes on until `act` is done. */
  async hold(act: () => Promise<void>): Promise<void> {
    this.isHeld = true;
    try {
      await act();
    } finally {
      this.isHeld = false;
    }
  }

  /** Nobody waits any more. */
  open(): void {
    this.isOpen = true;
    this.letGo(this.waiting.length);
  }
}
