import { setTimeout as delay } from 'node:timers/promises';
import { connect, forPeople } from '../database/connect.ts';
import { millisecondsSinceWork, rehearsalSession } from '../database/real-work.ts';

/** In milliseconds: who has done nothing for so long is not at work. */
const quiet = 1_000;
const askedEvery = 100;
const askedAgainEvery = 250;
/** While others are at work, a rehearsal takes one part in so many of the time: of twenty commands less than one meets it. */
const share = 75;
/** It still comes to its end beside workers that are never quiet. */
const longest = 10_000;

/** How long a rehearsal waits for others at most, when it has worked for so long; both in milliseconds. */
export const longestWaitAfter = (worked: number): number => Math.min(worked * share, longest);

export interface GivingWayMeans {
  /** Milliseconds since others were last at work; undefined if there is nobody. */
  readonly sinceWork: () => Promise<number | undefined>;
  readonly signal: AbortSignal;
  /** Others are at work, and it waits for them; or no longer. */
  readonly tell: (waits: boolean) => void;
}

/** Real cases come first: a rehearsal asks between two things whether anybody is at work on them, and waits for a while. */
export class GivingWay {
  private readonly means: GivingWayMeans;
  private goesOnSince = performance.now();
  private asked = Number.NEGATIVE_INFINITY;
  /** Whether others were at work when somebody last looked: then it takes small steps. */
  isBesideOthers = false;

  constructor(means: GivingWayMeans) {
    this.means = means;
  }

  /** Until others are quiet, or it has waited long enough for what it has done since the last time. */
  async toOthers(): Promise<void> {
    const { signal, tell } = this.means;
    const now = performance.now();
    if (!this.isBesideOthers && now < this.asked + askedEvery) return;
    const until = now + longestWaitAfter(now - this.goesOnSince);
    if (await this.areAtWork()) {
      tell(true);
      do {
        await delay(askedAgainEvery, undefined, { signal }).catch(() => undefined);
        signal.throwIfAborted();
      } while (performance.now() < until && (await this.areAtWork()));
      tell(false);
    }
    this.asked = this.goesOnSince = performance.now();
  }

  private async areAtWork(): Promise<boolean> {
    this.isBesideOthers = ((await this.means.sinceWork()) ?? quiet) < quiet;
    return this.isBesideOthers;
  }
}

/** Asks the real register, by the role of its workers, for as long as `act` takes. */
export async function givingWayTo<T>(
  databaseUrl: string,
  means: Omit<GivingWayMeans, 'sinceWork'>,
  act: (givingWay: GivingWay) => Promise<T>,
): Promise<T> {
  const url = new URL(databaseUrl);
  url.searchParams.set('application_name', rehearsalSession);
  const real = connect(url.href, 1, forPeople);
  try {
    return await act(new GivingWay({ ...means, sinceWork: () => millisecondsSinceWork(real) }));
  } finally {
    await real.destroy();
  }
}
