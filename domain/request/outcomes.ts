import type { CaseHeader, Effect } from '../lifecycle.ts';
import { openCase } from '../other-cases.ts';
import { caseOfOutcome, type PlannedCase } from './state.ts';

/** The case as which a planned outcome is opened. */
export function openOutcome(outcome: PlannedCase, { id: request, countries }: CaseHeader): Effect[] {
  const { title } = outcome;
  const id = caseOfOutcome(outcome);
  switch (outcome.what) {
    case 'mou': {
      const { subject, sides, binding } = outcome;
      return openCase(id, title, countries, { request, subject, sides, binding });
    }
    case 'visit': {
      const { countries: all, from, to, senders, reason, aim } = outcome;
      return openCase(id, title, all, { from, to, senders, ...(reason ? { reason } : {}), ...(aim ? { aim } : {}) });
    }
    case 'workshop': {
      const { subject, country, place, from, to, hosts } = outcome;
      return openCase(id, title, countries, { subject, country, place, from, ...(to ? { to } : {}), hosts });
    }
  }
}
