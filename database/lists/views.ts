import type { Database } from '../schema.ts';

/** The views of 0002-lists, which outsiders may query too. Dates that come from facts are ISO text. */
interface Standing {
  id: string;
  title: string;
  stage: string;
  countries: string[];
  coordinator: string;
  owner: string | null;
  late: boolean;
  next_due: string | null;
}

export interface OpenRequestView extends Standing {
  opened_at: string;
  subject: string | null;
  received_on: string;
  requester: string | null;
  requesting_country: string | null;
  lead: string | null;
  decide_by: string | null;
  outstanding: string[] | null;
}

export interface MouRegisterView extends Standing {
  opened_at: string;
  closed_at: string | null;
  instrument: string | null;
  binding: boolean | null;
  sides: string[] | null;
  signed_on: string | null;
  in_effect_since: string | null;
  renewal: string | null;
  term: number | null;
  term_ends: string | null;
  decide_by_weekday: string | null;
  decide_by: string | null;
}

export interface CommitteeCalendarView extends Standing {
  mou: string | null;
  day: string | null;
  convened: boolean;
  number: number | null;
  host: string | null;
  place: string | null;
  meeting: string | null;
  last_meeting_on: string | null;
  meetings_held: number | null;
}

export interface ActionMatrixView extends Standing {
  opened_at: string;
  closed_at: string | null;
  topic: string;
  meeting: string | null;
  committee: string | null;
  decision: string | null;
  due: string;
  first_due: string;
  extensions: number;
  was_late: boolean;
  percent: number | null;
}

export interface WithViews extends Database {
  open_requests: OpenRequestView;
  mou_register: MouRegisterView;
  committee_calendar: CommitteeCalendarView;
  action_matrix: ActionMatrixView;
}
