import type { ColumnType, Generated, Selectable } from 'kysely';
import type { DocumentFile, DocumentType } from '../domain/document.ts';
import type { AnswerLinkTable, AnswerTables } from './answer-tables.ts';
import type { DoneBesideCasesTable, ProofKeyTable, TakenUnprovedTable } from './proof-tables.ts';
import type { MessageStanding } from './lists/message-standings.ts';
import type {
  AbsenceTable,
  AddressChangeTable,
  AgencyTable,
  BounceTable,
  CountryTable,
  MailAddressView,
  PersonTable,
  ReadingLoginTable,
  RoleTable,
} from './directory/tables.ts';

/** Dates are civil days and instants ISO strings, never Date objects: the driver is told so in connect.ts. */
type Json = ColumnType<unknown, string, string>;
/** A case as it stands: what lists show, and `state`, the fold of its events. */
export interface CaseTable {
  id: string;
  kind: string;
  title: string;
  stage: string;
  countries: string[];
  coordinator: string;
  owner: string | null;
  opener: string | null;
  opened_at: string;
  last_at: string;
  closed_at: string | null;
  number: number;
  late: boolean;
  /** The next instant at which something that is owed passes its due date. */
  next_due: string | null;
  facts: Json;
  state: Json;
  has_calendar_entries: Generated<boolean>;
  /** When somebody last did something; what a case does by itself does not count. */
  acted_at: Generated<string | null>;
  /** How long nothing may happen at this stage; null when it is closed or suspended. */
  quiet_after_days: Generated<number | null>;
  /** By Postgres from these two: from when on it is quiet, if nothing happens until then. */
  quiet_from: ColumnType<string | null, never, never>;
}

/** Append-only: the database refuses to change or delete a row. */
export interface EventTable {
  case_id: string;
  number: number;
  type: string;
  at: string;
  by: string;
  reason: string | null;
  command_id: string | null;
  says: string;
  data: Json;
  /** When it was really written, by the database's clock; `at` is case time. */
  recorded_at: Generated<string>;
  /** The number of the rules by which it was decided; null of events of earlier versions. */
  rules: Generated<number | null>;
}

export interface CommandTable {
  case_id: string;
  command_id: string;
  /** A hash of name and body: the same id with another body is refused. */
  digest: string;
  answer: Json;
  /** Whether whoever gave it proved to be who they say; null of what a case says, and of commands from before proofs. */
  proved: Generated<boolean | null>;
  /** The signed statement, a JWS. */
  proof: Generated<string | null>;
  /** The key that it was signed with. */
  key: Generated<string | null>;
  /** By the database's clock; null of what was given without a proof before this was kept. */
  recorded_at: Generated<string | null>;
}

/** What an event adds to the words by which its case is found; written with the event, and only then. */
export interface SearchTextTable {
  case_id: string;
  /** Of the event. */
  number: number;
  folded: string;
  pieces: number[];
  ids: string[];
}

/** What is owed now. Rows go when the deadline is met; their history is in the events. */
export interface DeadlineTable {
  case_id: string;
  name: string;
  /** Its name in two fields: of `opinion:klid`, `opinion` and `klid`. */
  what: string;
  item: string | null;
  says: string;
  owed_by: string | null;
  since: string;
  due: string;
  first_due: string;
  zone: string;
  version: number;
  passes_at: string;
  passed_at: string | null;
  ever_late: boolean;
  /** The next rung of its ladder and its instant; null when the top is reached. */
  next_rung: number | null;
  next_rung_at: string | null;
  /** Those of its case. */
  countries: Generated<string[]>;
}

export type MessageState =
  | 'planned' // on record, not tried yet, or to be tried again
  | 'claimed' // somebody is about to send it
  | 'inData' // its first byte has left: whether it was accepted is not known until the server answers
  | 'sent'
  | 'refused' // the server will never take it
  | 'expired' // two days of temporary failures
  | 'inDoubt' // the connection died after the data; a person has to settle it
  | 'withdrawn' // what it asked for was done, moved or dropped before it went
  | 'nobody'; // there is no address to send it to

export interface MessageTable {
  key: string;
  case_id: string;
  event_number: number;
  text: string;
  tone: string | null;
  level: string | null;
  deadline: string | null;
  recipient: string;
  summary: string;
  /** Case time at which what it tells of happened. */
  at: string;
  /** Case time at which it should go: in the reader's working hours, as they were when it was put on record. */
  send_at: string;
  /** The zone of these hours; null when nobody was there to read it. */
  send_zone: string | null;
  /** The gathered mail that it waits for or went with; null: it goes alone. */
  digest: string | null;
  facts: Json;
  state: MessageState;
  /** By Postgres from `state`. */
  standing: ColumnType<MessageStanding, never, never>;
  /** It failed, and its case was closed after what it says: nobody has to look at it any more. */
  past: Generated<boolean>;
  attempts: Generated<number>;
  claim_token: string | null;
  claim_until: string | null;
  /** The person it is meant for; `person`, whom it is written to, may stand in for them. */
  meant: Generated<string | null>;
  /** When it may go at the pace that is set, by the database's clock, while it waits for that. */
  turn_at: Generated<string | null>;
  /** Rendered once, before the first attempt; a retry never renders a different text. */
  person: string | null;
  address: string | null;
  language: string | null;
  subject: string | null;
  body_text: string | null;
  body_html: string | null;
  /** What it does to the reader's calendar, as the case said, with the zone of its times; null for most. */
  calendar: ColumnType<unknown, string | null | undefined, string | null>;
  /** The same as iCalendar, rendered with the rest. */
  body_calendar: string | null;
  /** The files that go with it, by name, type, size and hash; null for most. */
  attached: ColumnType<readonly DocumentFile[] | null, string | null | undefined, string | null>;
  message_id: string | null;
  /** What the mail server said last, or why it was not sent. */
  reply: string | null;
  /** When the state last changed, by the database's clock. */
  changed_at: Generated<string>;
}

/** The one gathered mail of a reader on a day. How it ended stands in the messages that went with it. */
export interface DigestTable {
  key: string;
  /** `person/kim-minji`, or `agency/klid` for a mailbox that is shared. */
  reader: string;
  /** In the reader's zone. */
  day: string;
  zone: string;
  /** Something was sent for it: what comes later waits for the next working day. */
  gone: Generated<boolean>;
  /** When it was first to go and waited for others, by the database's clock. */
  gathering_since: string | null;
  /** The cases that it names because nothing happens in them, as `QuietCaseNamed.key`. */
  quiet: Generated<string[]>;
  /** Written when it is sent, and only if several messages went with it. */
  person: string | null;
  address: string | null;
  language: string | null;
  subject: string | null;
  body_text: string | null;
  body_html: string | null;
  message_id: string | null;
}

/** The bytes of a file that went with letters, or is about to: once for all that name it. */
export interface DocumentTable {
  /** As 64 hexadecimal digits. */
  sha256: string;
  type: DocumentType;
  content: Buffer;
  /** By the database's clock. */
  kept_at: Generated<string>;
}

/** Which event of which case names a file, and as what. */
export interface CaseDocumentTable {
  case_id: string;
  event_number: number;
  /** Its place among those of the event. */
  position: number;
  name: string;
  sha256: string;
}

/** What a country or an agency, one of both, says of one day. */
export interface CalendarOverrideTable {
  country: string | null;
  agency: string | null;
  date: string;
  kind: 'office closed' | 'working day';
  note: string;
}

/** What was recorded of a country; only the superseding of a row may be written later. */
export interface CountryRecordTable {
  number: Generated<number>;
  country: string;
  kind: 'indicators' | 'plans' | 'notes';
  /** A digest of what makes it the same thing again; of each there is one that stands. */
  key: string;
  data: Json;
  recorded_by: string;
  recorded_at: Generated<string>;
  superseded_at: string | null;
  superseded_by: string | null;
  /** Why it was withdrawn; null when another took its place. */
  superseded_because: string | null;
}

/** Each time somebody was erased; never who they were. */
export interface ErasureTable {
  number: Generated<number>;
  /** The name and id under which they stand now. */
  pseudonym: string;
  by: string;
  reason: string;
  erased_at: Generated<string>;
}

/** Each time closed cases were removed because their time was over. */
export interface RemovalTable {
  number: Generated<number>;
  cases: string[];
  closed_before: string;
  by: string;
  reason: string;
  removed_at: Generated<string>;
}

/** Each time the register was restored from a backup. */
export interface RestorationTable {
  restored_at: Generated<string>;
  /** The moment of which the backup was. */
  taken_at: string;
  checksum: string;
}

export interface Database extends AnswerTables {
  countries: CountryTable;
  agencies: AgencyTable;
  people: PersonTable;
  absences: AbsenceTable;
  roles: RoleTable;
  reading_logins: ReadingLoginTable;
  bounces: BounceTable;
  address_changes: AddressChangeTable;
  mail_addresses: MailAddressView;
  /** When the next message may be sent, in all and to one domain, by the database's clock. */
  mail_pace: { scope: string; next_at: string };
  cases: CaseTable;
  events: EventTable;
  search_texts: SearchTextTable;
  commands: CommandTable;
  deadlines: DeadlineTable;
  messages: MessageTable;
  digests: DigestTable;
  proof_keys: ProofKeyTable;
  done_beside_cases: DoneBesideCasesTable;
  taken_unproved: TakenUnprovedTable;
  documents: DocumentTable;
  case_documents: CaseDocumentTable;
  calendar_overrides: CalendarOverrideTable;
  country_records: CountryRecordTable;
  restorations: RestorationTable;
  erasures: ErasureTable;
  removals: RemovalTable;
}

export type CountryRow = Selectable<CountryTable>;
export type AgencyRow = Selectable<AgencyTable>;
export type PersonRow = Selectable<PersonTable>;
export type AbsenceRow = Selectable<AbsenceTable>;
export type CaseRow = Selectable<CaseTable>;
export type EventRow = Selectable<EventTable>;
export type SearchTextRow = Selectable<SearchTextTable>;
export type CommandRow = Selectable<CommandTable>;
export type DeadlineRow = Selectable<DeadlineTable>;
export type MessageRow = Selectable<MessageTable>;
export type DigestRow = Selectable<DigestTable>;
export type AnswerLinkRow = Selectable<AnswerLinkTable>;
export type CaseDocumentRow = Selectable<CaseDocumentTable>;
export type CalendarOverrideRow = Selectable<CalendarOverrideTable>;
