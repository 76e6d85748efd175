import type { ColumnType, Generated, Selectable } from 'kysely';

/** The address of an answer page in one letter: for one person and one obligation. */
export interface AnswerLinkTable {
  /** SHA-256, as 64 hexadecimal digits, of the address's token, which stands in the letter alone. */
  hash: string;
  /** The key of the letter. */
  message: string;
  person: string;
  /** Where the letter went. */
  address: string;
  case_id: string;
  deadline: string;
  /** Of the plan: when the due date moves, the address is over. */
  version: number;
  /** At which level the letter was written; null for one that is no reminder. */
  level: string | null;
  /** Of a session: the public half of what its codes are known by; null for the address in a letter. */
  code_key: Generated<string | null>;
  /** Of a session: how its person had come in. */
  way: Generated<WayIn | null>;
  made_at: Generated<string>;
  revoked_at: Generated<string | null>;
  revoked_by: Generated<string | null>;
  revoked_because: Generated<string | null>;
}

/** A code that was asked for on an answer page, before an answer that binds. */
interface AnswerCodeTable {
  /** Of the link whose answer it confirms. */
  hash: string;
  /** Of a link the last one counts. */
  number: number;
  command: string;
  /** The answer in the words of the page, in the language of whoever gives it. */
  says: string;
  /** By the database's clock. */
  asked_at: Generated<string>;
  /** Of the code, by the link's token, which stands in the letter alone, or by what a session and a worker have agreed on: nobody who reads the register can try codes. */
  mac: Generated<string | null>;
  /** The worker's public half, where it was asked for in a session. */
  code_key: Generated<string | null>;
  /** Where it was mailed to, and when its first byte was let go. */
  address: Generated<string | null>;
  mailed_at: Generated<string | null>;
  tries: Generated<number>;
  /** The form that it has confirmed. */
  form: Generated<string | null>;
}

/** How somebody comes in at the pages: by a mailed link, the ministry's provider, or a passkey. */
export type WayIn = 'link' | 'provider' | 'passkey';

/** Somebody who asked to be let in at the pages: one row from there to the end of the session. */
interface SignInTable {
  id: string;
  way: Generated<WayIn>;
  /** Null: the address that was typed is nobody's, or they had asked too often. */
  person: string | null;
  /** Where the link is mailed to; as whom the provider knows them; what they have in the directory. */
  address: string | null;
  /** SHA-256 of what the browser keeps that asked: it works in no other. */
  browser: string;
  /** The page to go to, a path of ours. */
  goes_to: string;
  /** By the database's clock, as all of these. */
  asked_at: Generated<string>;
  /** SHA-256 of the link's token, which stands in the mail alone; of what went to the provider or the passkey. */
  hash: Generated<string | null>;
  mailed_at: Generated<string | null>;
  /** SHA-256 of the session's secret, which the browser alone has. */
  session: Generated<string | null>;
  started_at: Generated<string | null>;
  ended_at: Generated<string | null>;
  passkey: Generated<string | null>;
}

/** A passkey with which somebody signs in. Its private half is with their authenticator. */
interface PasskeyTable {
  /** As the authenticator calls it, as base64url. */
  id: string;
  person: string;
  /** What they call it themselves. */
  name: string;
  /** In COSE, as base64url. */
  public_key: string;
  /** How often it has signed, as far as it counts: never less than before. A bigint, which comes as text. */
  counter: ColumnType<string, number, number>;
  made_at: Generated<string>;
  used_at: Generated<string | null>;
  removed_at: Generated<string | null>;
}

export type PasskeyRow = Selectable<PasskeyTable>;

/** The address at which calendar programs read what stands in somebody's calendar. */
interface CalendarFeedTable {
  /** SHA-256 of the address's token, which was shown once. */
  hash: string;
  person: string;
  made_at: Generated<string>;
  revoked_at: Generated<string | null>;
}

/** Where the addresses in letters lead; one row at most. */
interface LetterPagesTable {
  only_one: Generated<boolean>;
  /** Null: the worker that started last can make none. */
  url: string | null;
  since: Generated<string>;
}

/** How people come in and answer, without a terminal or with one. */
export interface AnswerTables {
  answer_links: AnswerLinkTable;
  answer_codes: AnswerCodeTable;
  sign_ins: SignInTable;
  passkeys: PasskeyTable;
  calendar_feeds: CalendarFeedTable;
  letter_pages: LetterPagesTable;
}
