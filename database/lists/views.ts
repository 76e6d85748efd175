import type { Database } from '../schema.ts';
import type { RegisterRows } from '../views/registers.ts';

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

export interface WithViews extends Database, RegisterRows {
  outstanding_nominations: OutstandingNominationsView;
}
