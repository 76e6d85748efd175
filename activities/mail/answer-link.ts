import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import { deadlineNamed, type DeadlineName } from '../../domain/deadline-name.ts';
import type { Addressee } from '../../database/addressee.ts';
import { hashOf, keepLink, linksIn, type Obligation, obligationsOf } from '../../database/answer-links.ts';
import type { AnswerLinkRow, Database, MessageRow } from '../../database/schema.ts';
import { answeringCommands } from '../../domain/case/answers.ts';
import type { CalendarChange } from '../../domain/case/calendar-entries.ts';
import { invitationName, isOfInvitation } from '../../domain/case/invitations.ts';
import { isKind, lifecycles } from '../../domain/kinds.ts';
import { asksFor } from './asked.ts';
import { commandsNamedBy } from './lines-to-type.ts';

/**
 * The addresses of answer pages in letters.
 *
 * A letter is rendered once, and every attempt to deliver it has to send the same text; yet the register must not hold
 * what opens a page, since whoever reads it, or a backup of it, could then answer for anybody. So the text is stored with
 * a mark in place of each token. The token is made of the letter's key by an HMAC with a key that only workers have, put in when
 * the mail is composed, and comes out the same for every attempt, worker and sending once more. The register has its SHA-256.
 */

/** Where the pages are, and what their addresses are made with. */
export interface AnswerPages {
  /** As its readers open it: `https://entente.example.org`. */
  readonly url: string;
  readonly key: string;
}

const tokenBytes = 24;

type Named = Pick<AnswerLinkRow, 'message' | 'person' | 'deadline' | 'version'>;

/** 32 characters that can stand in an address. */
export const tokenOf = (key: string, { message, person, deadline, version }: Named): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(['answer link', message, person, deadline, version]))
    .digest()
    .subarray(0, tokenBytes)
    .toString('base64url');

/** Stands in stored letters where the token goes; as long as one, and none itself. */
const markOf = (message: string): string => `~${hashOf(message).slice(0, 31)}`;
/** With what stands before each. */
const beforeMark = '/a/~';

/** A letter may ask for something and invite as well. */
const markIn = ({ message, deadline }: Pick<Named, 'message' | 'deadline'>): string =>
  markOf(isOfInvitation(deadline) ? `${message}/${deadline}` : message);

/** What a letter says of the pages to which it leads. */
export interface Answering {
  /** Of the page on which it is answered, with the mark in place of the token; absent: it asks for nothing that is owed. */
  readonly url?: string | undefined;
  /** The same of the page on which its reader says whether they come to what it invites to. */
  readonly invitation?: string | undefined;
  /** Of its case, at the desk of whoever reads it; absent: it is answered on a page of its own, or nobody can be known. */
  readonly desk?: string | undefined;
  /** Its reader has commands at hand. */
  readonly terminal: boolean;
}

/** What makes a message one that can be answered. */
export type Answerable = Pick<MessageRow, 'key' | 'case_id' | 'text' | 'deadline' | 'recipient' | 'calendar'>;

/**
 * How a letter is answered, without making its address: as somebody looks at who is not its reader.
 *
 * @param url where the pages are; without them letters name commands
 */
export async function answeringOf(
  db: Kysely<Database>,
  url: string | undefined,
  message: Answerable,
  { person, terminal = false }: Pick<Addressee, 'person' | 'terminal'>,
): Promise<(Answering & { readonly obligation?: Obligation; readonly invited?: Obligation }) | undefined> {
  if (url === undefined) return undefined;
  if (person === undefined) return { terminal };
  const invited = invitedBy(message);
  const invitation = invited && { invitation: `${url}/a/${markIn({ message: message.key, ...invited })}`, invited };
  const obligation = await askedOf(db, message);
  const page = obligation ? { url: `${url}/a/${markOf(message.key)}`, obligation } : { desk: deskOf(url, message) };
  return { ...page, ...invitation, terminal };
}

/** Where a case has the form of what its letter names, for whoever signs in. */
function deskOf(url: string, { case_id, text }: Answerable): string {
  // Some texts of all kinds name one or another.
  const named = [...commandsNamedBy(text)].find((command) => /^\w+$/.test(command));
  return `${url}/case/${case_id}${named === undefined ? '' : `?do=${named}#caseCan`}`;
}

/** The same for a letter that is about to go: its address is made. Safe to repeat. */
export async function answeringFor(
  db: Kysely<Database>,
  pages: AnswerPages | undefined,
  message: MessageRow,
  addressee: Addressee,
): Promise<Answering | undefined> {
  const answering = await answeringOf(db, pages?.url, message, addressee);
  const { person, address } = addressee;
  if (!pages || !answering || person === undefined) return answering;
  const { key, case_id, level } = message;
  for (const asked of [answering.obligation, answering.invited]) {
    if (!asked) continue;
    const named: Named = { message: key, person, ...asked };
    await keepLink(db, { ...named, hash: hashOf(tokenOf(pages.key, named)), address, case_id, level });
  }
  return answering;
}

/** To what a letter invites its recipient, by the version of the entry. */
function invitedBy({ calendar }: Answerable): Obligation | undefined {
  const change = calendar as CalendarChange | null;
  return change?.method === 'REQUEST'
    ? { deadline: invitationName(change.entry, change.to), version: change.sequence }
    : undefined;
}

/** A reminder asks for what it chases; anything else for what its recipient owes and a command in its text answers. */
async function askedOf(db: Kysely<Database>, message: Answerable): Promise<Obligation | undefined> {
  // Some texts are the same for all kinds.
  const [kind = ''] = message.case_id.split('/');
  if (!isKind(kind)) return undefined;
  const asks =
    message.deadline === null
      ? asksFor(lifecycles[kind], message.text)
      : ({ what }: DeadlineName) => answeringCommands(lifecycles[kind], what).length > 0;
  return (await obligationsOf(db, message)).find(({ deadline }) => asks(deadlineNamed(deadline)));
}

interface Bodies {
  readonly text: string;
  readonly html: string;
}

/**
 * Puts the tokens in where a mail is stored without them.
 *
 * @throws if this worker cannot: it knows of no pages, and the mail holds the address of one
 */
export async function withTokens<M extends Bodies>(
  db: Kysely<Database>,
  pages: AnswerPages | undefined,
  { messages, person }: { readonly messages: readonly string[]; readonly person: string | null | undefined },
  mail: M,
): Promise<M> {
  let { text, html } = mail;
  const links = person && text.includes(beforeMark) ? await linksIn(db, messages, person) : [];
  for (const link of links) {
    const mark = markIn(link);
    if (!text.includes(mark)) continue;
    if (!pages)
      throw new Error('it holds the address of an answer page; set ENTENTE_LINK_KEY_FILE for this worker too.');
    const token = tokenOf(pages.key, link);
    // Another key than when it was written, as after a restore: the address that goes out has to be the one that opens.
    if (hashOf(token) !== link.hash) await keepLink(db, { ...link, hash: hashOf(token) });
    text = text.replaceAll(mark, token);
    html = html.replaceAll(mark, token);
  }
  return { ...mail, text, html };
}
