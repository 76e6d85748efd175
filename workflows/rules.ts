import { patched } from '@temporalio/workflow';
import type { Rules } from '../domain/lifecycle.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';

/** What a run has accepted stays accepted: one from before days were refused as they are today replays without that. */
export function byRulesOfItsTime<T>(decided: (rules: Rules) => T | Refusal): T | Refusal {
  const today = decided({});
  return isRefusal(today) && !patched('days-refused') ? decided({ takesAnyDay: true }) : today;
}
