import type { ActionOpening } from '../action.ts';
import type { CivilDate } from '../dates.ts';
import type { NamedDocument } from '../document.ts';
import { agency, date, type Kept, type KeptOf, line } from '../fields.ts';
import { rulesOf } from '../lifecycle.ts';

/** Absent for actions recorded before this could be chosen: the default ladder. */
type Reminding = 'remindBefore' | 'remindIn';

/** What a follow-up action knows of itself. */
export interface FollowUpAction
  extends Kept<Omit<ActionOpening, Reminding>>,
    Partial<Kept<Pick<ActionOpening, Reminding>>> {
  readonly stage: 'recorded' | 'refused' | 'inProgress' | 'blocked' | 'reportedDone' | 'closed' | 'dropped';
  /** The due date given when it was recorded; no extension changes it. */
  readonly firstDue: CivilDate;
  readonly recordedOn: CivilDate;
  readonly stageSince: CivilDate;
  /** The day on which it was opened again: it is owed from then on. */
  readonly reopenedOn?: CivilDate;
  readonly extensions: number;
  readonly returns: number;
  readonly refusals: number;
  readonly reports: number;
  readonly lastReport?: string;
  readonly percent?: number;
  /** The meetings to whose agenda it was carried while it was open. */
  readonly carriedTo: readonly string[];
  /** Whether a due date ever passed; kept for good. */
  readonly wasLate: boolean;
  readonly waitsFor?: string;
  readonly reportedBy?: string;
  /** In whose place it was reported. */
  readonly reportedFor?: string;
  readonly verifiedBy?: string;
}

export const taskFields = {
  topic: line.describe('what is to be done'),
  owner: agency.describe('the agency that has to do it'),
  due: date.describe('when it is due'),
};

/** What another case puts on record when it opens one. */
export interface ActionOpened extends KeptOf<typeof taskFields> {
  readonly type: 'actionOpened';
  readonly action: string;
}

/** What can happen to a follow-up action. */
export type ActionEvent =
  | { type: 'accepted'; note?: string }
  | { type: 'ownerRefused' }
  | { type: 'progressReported'; report: string; percent?: number }
  | { type: 'reportedDone'; evidence: string; papers?: readonly NamedDocument[] }
  | { type: 'verified'; evidence: string }
  | { type: 'returned' }
  | { type: 'extended'; to: CivilDate; nth: number }
  | { type: 'blocked'; waitsFor: string }
  | { type: 'unblocked' }
  | { type: 'handedOver'; from: string; to: string }
  | { type: 'carriedOver'; meeting: string }
  | { type: 'dropped'; decision: string }
  | { type: 'wasLate' }
  | { type: 'reopened'; from: 'closed' | 'dropped'; due?: CivilDate };

export const { command, lifecycle } = rulesOf<FollowUpAction, ActionEvent>();
