import { patched } from '@temporalio/workflow';
import type { Rules } from '../domain/lifecycle.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';

/** What a run has accepted stays accepted: one from before texts had to go with their letters, or days were refused as they are today, replays without that. */
export function decideByRulesOfRun<T>(decided: (rules: Rules) => T | Refusal): T | Refusal {
  const today = decided({});
  if (!isRefusal(today)) return today;
  const textMissing = today.refused === 'TextMissing';
  const known = textMissing && !patched('text-asked') ? decided({ takesNoText: true }) : today;
  return isRefusal(known) && !patched('days-refused') ? decided({ takesAnyDay: true, takesNoText: true }) : known;
}
