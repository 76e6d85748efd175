import type { Database } from '../schema.ts';

/** The views of 0002-lists and 0005-lists-of-visits, which outsiders may query too. Dates that come from facts are ISO text. */
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

interface Dated extends Standing {
  opened_at: string;
  closed_at: string | null;
  day: string;
  until: string;
}

export interface VisitRegisterView extends Dated {
  sending_country: string;
  leg_countries: string[];
  senders: string[];
  head: string | null;
  agencies: string[];
  unconfirmed_legs: string[];
  acts: string[];
  to_prepare: string[];
  returned_on: string | null;
  reported_on: string | null;
}

export interface WorkshopRegisterView extends Dated {
  subject: string;
  country: string;
  place: string | null;
  hosts: string[];
  visit: string | null;
  mou: string | null;
  nominations_by: string | null;
  not_answered: string[];
  participants: number;
  places: number | null;
  held_on: string | null;
}

export interface ProgrammeRegisterView extends Standing {
  opened_at: string;
  closed_at: string | null;
  since_year: string;
  period: string;
  organisers: string[];
  editions_held: number;
  editions: string[];
  open_editions: string[];
  next_number: number;
  next_start: string | null;
  opens_on: string | null;
}

export interface EditionRegisterView extends Dated {
  programme: string;
  programme_name: string;
  number: number;
  hosts: string[];
  cities: string[];
  fixed: boolean;
  nominations_by: string | null;
  not_answered: string[];
  declined_by: string[];
  participants: number;
  places: number | null;
  held_on: string | null;
}

export interface ComingDatesView extends Standing {
  kind: string;
  day: string;
  until: string;
  place: string | null;
  visit: string | null;
}

export interface OutstandingNominationsView {
  id: string;
  title: string;
  countries: string[];
  coordinator: string;
  state: string;
  owed_by: string | null;
  since: string;
  due: string;
  zone: string;
  late: boolean;
}

export interface WithViews extends Database {
  open_requests: OpenRequestView;
  mou_register: MouRegisterView;
  committee_calendar: CommitteeCalendarView;
  action_matrix: ActionMatrixView;
  visit_register: VisitRegisterView;
  workshop_register: WorkshopRegisterView;
  programme_register: ProgrammeRegisterView;
  edition_register: EditionRegisterView;
  coming_dates: ComingDatesView;
  outstanding_nominations: OutstandingNominationsView;
}
