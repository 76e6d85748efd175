import type { Kysely } from 'kysely';
import { addresseeOf, sendingAt } from '../../database/addressee.ts';
import { namesIn } from '../../database/names.ts';
import type { Database, MessageRow } from '../../database/schema.ts';
import { sendTimeOf } from '../../database/send-times.ts';
import type { Message } from '../../domain/case/effects.ts';
import type { Recipient } from '../../domain/case/recipients.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { nextMessages } from '../../domain/case/upcoming.ts';
import type { Instant } from '../../domain/dates.ts';
import type { DocumentFile } from '../../domain/document.ts';
import type { Facts, Lifecycle } from '../../domain/lifecycle.ts';
import { type Answerable, answeringOf } from './answer-link.ts';
import { completed } from './complete.ts';
import { render } from './render.ts';
import type { Unwritten } from './writer.ts';

/** A message that is still to go, as it would look if it went by what the directory says now. */
export interface Preview {
  /** `waiting`: it is on record. `expected`: the case would send it next, if nothing happens before. */
  readonly state: 'waiting' | 'expected';
  readonly key: string;
  readonly summary: string;
  readonly recipient: string;
  readonly sendAt: Instant;
  /** Whose working hours it keeps to. */
  readonly zone: string | null;
  /** The gathered mail that it would be part of, if others go to the same reader that day. */
  readonly digest: string | null;
  /** Why nobody would get it. */
  readonly nobody: string | null;
  readonly name: string | null;
  readonly address: string | null;
  readonly language: string | null;
  readonly subject: string | null;
  readonly text: string | null;
  /** The names of the files that go with it. */
  readonly attached: readonly string[];
}

/** What a case has still to send, or would send next by itself. Nothing is sent, and nothing put on record. */
export async function previewMail(
  db: Kysely<Database>,
  lifecycle: Lifecycle,
  state: CaseState,
  pagesUrl?: string,
): Promise<readonly Preview[]> {
  const waiting = await db
    .selectFrom('messages')
    .selectAll()
    .where('case_id', '=', state.id)
    .where('state', '=', 'planned')
    .orderBy('send_at')
    .orderBy('key')
    .execute();
  if (waiting.length > 0) return Promise.all(waiting.map((row) => previewOfRow(db, row, pagesUrl)));
  const { messages, after } = nextMessages(lifecycle, state);
  const completes = messages.map((message) => completed(db, lifecycle, after, message));
  return Promise.all((await Promise.all(completes)).map((message) => previewOfNext(db, state.id, message, pagesUrl)));
}

type Timed = Pick<Preview, 'state' | 'key' | 'summary' | 'sendAt' | 'zone' | 'digest' | 'attached'>;

const namesOf = (files: readonly DocumentFile[] | null): readonly string[] => (files ?? []).map(({ name }) => name);

async function previewOfRow(db: Kysely<Database>, row: MessageRow, pagesUrl: string | undefined): Promise<Preview> {
  const { key, summary, send_at: sendAt, send_zone: zone, digest, attached } = row;
  const message = { ...row, at: sendAt, facts: row.facts as Facts };
  const timed: Timed = { state: 'waiting', key, summary, sendAt, zone, digest, attached: namesOf(attached) };
  return written(db, message, timed, pagesUrl);
}

async function previewOfNext(
  db: Kysely<Database>,
  caseId: string,
  message: Message,
  pagesUrl: string | undefined,
): Promise<Preview> {
  const {
    key,
    summary,
    to,
    at,
    text,
    tone = null,
    level = null,
    deadline = null,
    facts,
    attached = null,
    calendar = null,
  } = message;
  const { sendAt, zone = null, digest } = await sendTimeOf(db, message, { now: at, hours: 'office' });
  const timed: Timed = {
    state: 'expected',
    key,
    summary,
    sendAt,
    zone,
    digest: digest ? `${digest.reader}/${digest.day}` : null,
    attached: namesOf(attached),
  };
  return written(
    db,
    { key, case_id: caseId, text, tone, level, deadline, recipient: to, at: sendAt, facts, attached, calendar },
    timed,
    pagesUrl,
  );
}

async function written(
  db: Kysely<Database>,
  message: Unwritten & Answerable,
  timed: Timed,
  pagesUrl: string | undefined,
): Promise<Preview> {
  const { recipient } = message;
  const addressee = await addresseeOf(db, recipient as Recipient, sendingAt(message.at, message.facts));
  const none = { nobody: null, name: null, address: null, language: null, subject: null, text: null };
  if ('nobody' in addressee) return { ...timed, recipient, ...none, nobody: addressee.nobody };
  const { name, address } = addressee;
  const answering = await answeringOf(db, pagesUrl, message, addressee);
  const { language, subject, text } = render(message, { ...addressee, answering }, await namesIn(db, message.facts));
  return { ...timed, recipient, nobody: null, name, address, language, subject, text };
}
