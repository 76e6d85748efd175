/** How much may be asked in a minute; each process counts for itself. */
export interface Limits {
  /** Pages, by one person who is signed in, or by one network address. */
  readonly pages: number;
  /** Addresses of no page, by one network address: nobody finds one by trying. */
  readonly misses: number;
  /** Forms, with one token or session. */
  readonly forms: number;
  /** Links to sign in, by one network address. */
  readonly signIns: number;
  /** Links to sign in, by all together: what is asked from everywhere at once keeps Temporal and the relay from nothing else. */
  readonly allSignIns: number;
}

export const usualLimits: Limits = { pages: 120, misses: 20, forms: 20, signIns: 10, allSignIns: 600 };

const minuteMs = 60_000;
/** Many more than ever ask in a minute; beyond, the oldest are forgotten. */
const mostKept = 20_000;
/** Of what is asked with, which somebody may have made as long as an address can be. */
const longestKey = 120;

/** Counts what is asked, by whom, in windows of a minute. */
export class Rate {
  private readonly counts = new Map<string, number>();
  private readonly now: () => number;
  private window = 0;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /** Counts one more, and says whether that is too many. */
  isTooMuch(key: string, limit: number): boolean {
    const count = this.countOf(key) + 1;
    this.counts.set(key.slice(0, longestKey), count);
    const [oldest] = this.counts.keys();
    if (this.counts.size > mostKept && oldest !== undefined) this.counts.delete(oldest);
    return count > limit;
  }

  /** The same without counting. */
  isUsedUp = (key: string, limit: number): boolean => this.countOf(key) >= limit;

  private countOf(key: string): number {
    const window = Math.floor(this.now() / minuteMs);
    if (window !== this.window) this.counts.clear();
    this.window = window;
    return this.counts.get(key.slice(0, longestKey)) ?? 0;
  }
}
