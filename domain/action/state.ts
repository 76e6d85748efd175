import type { CivilDate } from '../dates.ts';
import { rulesOf } from '../lifecycle.ts';

/** What a follow-up action knows of itself. */
export interface FollowUpAction {
  readonly stage: 'recorded' | 'inProgress' | 'blocked' | 'reportedDone' | 'closed' | 'dropped';
  readonly topic: string;
  readonly owner: string;
  readonly due: CivilDate;
  readonly firstDue: CivilDate;
  readonly recordedOn: CivilDate;
  readonly stageSince: CivilDate;
  readonly meeting?: string;
  readonly decision?: string;
  readonly coChairs: readonly string[];
  readonly extensions: number;
  readonly returns: number;
  readonly refusals: number;
  readonly reports: number;
  readonly carriedTo: readonly string[];
  readonly wasLate: boolean;
  readonly reportedBy?: string;
  readonly verifiedBy?: string;
  readonly blockedBy?: string;
}

/** What can happen to a follow-up action. */
export type ActionEvent =
  | { type: 'accepted'; note?: string | undefined }
  | { type: 'ownerRefused' }
  | { type: 'progressReported'; report: string; percent?: number | undefined }
  | { type: 'reportedDone'; evidence: string }
  | { type: 'verified'; evidence: string }
  | { type: 'returned' }
  | { type: 'extended'; to: CivilDate; nth: number }
  | { type: 'blocked'; by: string }
  | { type: 'unblocked' }
  | { type: 'handedOver'; to: string }
  | { type: 'carriedOver'; meeting: string }
  | { type: 'dropped'; decision: string }
  | { type: 'wasLate' };

export const { command, lifecycle } = rulesOf<FollowUpAction, ActionEvent>();
