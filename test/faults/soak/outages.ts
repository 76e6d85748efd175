import type { Outage } from './ledgers.ts';

/** The longest stretch within a span in which nothing was away: what took longer than this is late by its own fault. */
export function calmWithin(outages: readonly Outage[], from: number, until: number): number {
  let longest = 0;
  let calmSince = from;
  for (const outage of [...outages].sort((a, b) => a.from - b.from)) {
    if (outage.until <= from || outage.from >= until) continue;
    longest = Math.max(longest, outage.from - calmSince);
    calmSince = Math.max(calmSince, outage.until);
  }
  return Math.max(longest, until - calmSince);
}
