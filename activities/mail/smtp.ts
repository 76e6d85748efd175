import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { blamesAddress } from '../../database/people/bounces.ts';
import { readable } from '../../domain/text.ts';
import type { Attachment } from './attached.ts';
import { type DkimKey, signed } from './dkim.ts';
import type { Mailbox } from './identity.ts';
import type { Line, Relay } from './relay.ts';
import { styled } from './letter.ts';

/** A process that was frozen between the gate and the first byte must not go on: meanwhile others may have decided. */
const oldestGateMs = 5_000;

export interface Mail {
  readonly from: Mailbox;
  readonly to: Mailbox;
  /** Where an answer goes that a person writes. */
  readonly replyTo?: Mailbox;
  /** ISO 8601. */
  readonly date: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What it does to the reader's calendar (RFC 6047). */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
  /** The texts that it is about. */
  readonly attachments?: readonly Attachment[];
  readonly messageId: string;
  /** The id of the thread that it belongs to. */
  readonly thread: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * - `sent`: the server took it.
 * - `refused`: the server will never take it for this recipient; `address` when it does not know the address.
 * - `notSent`: the server certainly does not have it; `ours` when the fault is not the recipient's nor of the moment.
 * - `inDoubt`: the connection ended after the data; the server may have it.
 */
export type Outcome =
  | { readonly is: 'sent' | 'inDoubt'; readonly reply: string }
  | { readonly is: 'refused'; readonly reply: string; readonly address: boolean }
  | { readonly is: 'notSent'; readonly reply: string; readonly ours: boolean };

export interface Sending {
  readonly relay: Relay;
  /** Asked when the server is ready for the body; only a yes lets the first byte out. */
  readonly openGate: () => Promise<boolean>;
  /** Closes the connection, wherever it stands. */
  readonly signal: AbortSignal;
}

/** A message as it goes over the line, with the one address it goes to. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly body: Buffer;
}

/** Sends one message. Never throws for what a server or a network does. */
export async function sendMail(mail: Envelope, sending: Sending): Promise<Outcome> {
  const gate: Gate = { isAsked: false, isPassed: false };
  try {
    const line = await sending.relay.take(sending.signal);
    try {
      return await sentOver(line, mail, gate, sending);
    } catch (error) {
      if (line.mails === 0 || gate.isAsked || !isOver(error as SmtpError)) throw error;
      // The server has had enough of a connection that was kept, which says nothing of this mail.
      return await sentOver(await sending.relay.connect(sending.signal), mail, gate, sending);
    }
  } catch (error) {
    return outcomeOf(error as SmtpError, gate.isPassed);
  }
}

async function sentOver(
  line: Line,
  { from, to, body }: Envelope,
  gate: Gate,
  { relay, openGate, signal }: Sending,
): Promise<Outcome> {
  const envelope = { from, to: [to], size: body.length };
  const stream = Readable.from(behindGate(body, gate, openGate), { objectMode: false });
  try {
    const info = await line.ask<{ response: string }>(
      (connection, answer) => connection.send(envelope, stream, answer),
      signal,
    );
    relay.keep(line);
    return { is: 'sent', reply: said(info.response) };
  } catch (error) {
    line.close();
    throw error;
  }
}

interface Gate {
  isAsked: boolean;
  isPassed: boolean;
}

/** By RFC 5321, 3.8, a server that ends a connection says 421, if anything. */
const isOver = ({ responseCode }: SmtpError): boolean => responseCode === undefined || responseCode === 421;

/** What a server says may be long; the reason stands at its beginning. */
const said = (reply: string): string => readable(reply.slice(0, 2_000));

class GateShut extends Error {}

/** Nodemailer reads the body only after the server's 354: before that nothing can have been accepted. */
async function* behindGate(body: Buffer, gate: Gate, openGate: () => Promise<boolean>): AsyncGenerator<Buffer> {
  gate.isAsked = true;
  const asked = performance.now();
  if (!(await openGate())) throw new GateShut('another attempt has taken the message over');
  if (performance.now() - asked > oldestGateMs) throw new GateShut('this process stood still at the last moment');
  gate.isPassed = true;
  yield body;
}

/** What all mail has in common. */
export interface Stationery {
  /** Where what cannot be delivered comes back to; the sender's address when absent. */
  readonly bounceAddress?: string | undefined;
  readonly dkim?: DkimKey | undefined;
}

/** Nothing in a message is ever read from a file or an address, whatever its values look like. */
export async function composed(mail: Mail, { bounceAddress, dkim }: Stationery = {}): Promise<Envelope> {
  const message = new MailComposer({
    from: mail.from,
    to: mail.to,
    ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
    date: new Date(mail.date),
    subject: mail.subject,
    text: mail.text,
    html: styled(mail.html),
    attachments: [...(mail.attachments ?? [])],
    ...(mail.calendar ? { icalEvent: { filename: 'invitation.ics', ...mail.calendar } } : {}),
    messageId: mail.messageId,
    inReplyTo: mail.thread,
    references: [mail.thread],
    headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const body = await message.compile().build();
  return {
    from: bounceAddress ?? mail.from.address,
    to: mail.to.address,
    body: dkim ? await signed(body, dkim) : body,
  };
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/** The commands whose refusal is about this message; a refused login or sender is our fault, and can be mended. */
const aboutTheMessage = ['RCPT TO', 'DATA'];

const tlsNeeded = 'Without TLS, mail goes to another machine only where ENTENTE_CLEAR_TEXT names smtp.';

function outcomeOf({ message, code, command = '', responseCode = 0 }: SmtpError, passedGate: boolean): Outcome {
  const reply = code === 'ETLS' ? `${said(message)} ${tlsNeeded}` : said(message);
  const forGood = responseCode >= 500 && responseCode < 600;
  const answered = forGood || (responseCode >= 400 && responseCode < 500);
  if (passedGate && !answered) return { is: 'inDoubt', reply };
  if (forGood && (passedGate || aboutTheMessage.includes(command)))
    return { is: 'refused', reply, address: command === 'RCPT TO' && blamesAddress(reply) };
  const ours = forGood || ['EAUTH', 'ENOAUTH', 'ETLS'].includes(code ?? '');
  return { is: 'notSent', reply, ours };
}
