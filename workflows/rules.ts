import { patched } from '@temporalio/workflow';
import type { CaseEvent } from '../domain/case/state.ts';
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

export interface DecidedByRules {
  readonly decided: readonly CaseEvent[] | Refusal;
  /** Its number goes on record with the events. */
  readonly rules: RulesVersion;
}

/** What a run has accepted stays accepted: one from before a tightening replays without it. */
export function decideByRulesOfRun(decidedBy: (rules: RulesVersion) => readonly CaseEvent[] | Refusal): DecidedByRules {
  let rules = rulesOfToday;
  let decided = decidedBy(rules);
  for (const { marker, before, refuses } of tightenings) {
    if (!isRefusal(decided)) break;
    if ((refuses === undefined || decided.refused === refuses) && !patched(marker)) {
      rules = before;
      decided = decidedBy(rules);
    }
  }
  return { decided, rules };
}
