import { patched } from '@temporalio/workflow';
import { isRefusal, type Refusal, type RefusalCode } from '../domain/refusal.ts';
import { type RulesVersion, rulesOfToday } from '../domain/rules-version.ts';

interface Tightening {
  /** By its marker a history says that the run knows it. */
  readonly marker: string;
  readonly before: RulesVersion;
  /** The only refusal that came with it; absent: any may have. A run is asked about no other, since each question marks its history. */
  readonly refuses?: RefusalCode;
}

/** The latest first. */
const tightenings: readonly Tightening[] = [
  { marker: 'text-asked', before: 2, refuses: 'TextMissing' },
  { marker: 'days-refused', before: 1 },
];

/** What a run has accepted stays accepted: one from before a tightening replays without it. */
export function decideByRulesOfRun<T>(decided: (rules: RulesVersion) => T | Refusal): T | Refusal {
  let result = decided(rulesOfToday);
  for (const { marker, before, refuses } of tightenings) {
    if (!isRefusal(result)) return result;
    if ((refuses === undefined || result.refused === refuses) && !patched(marker)) result = decided(before);
  }
  return result;
}
