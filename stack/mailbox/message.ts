import { randomBytes } from 'node:crypto';
import PostalMime, { type Attachment as ParsedAttachment } from 'postal-mime';

export type Envelope = { from: string; to: string[] };

export type Attachment = { filename: string; contentType: string; size: number; content: Buffer };

/** One message as it was caught. */
export type Message = {
  id: string;
  /** ISO instant. */
  receivedAt: string;
  envelope: Envelope;
  /** The time that the message itself gives, as an ISO instant; empty when it gives none. In a story it lies years back. */
  date: string;
  /** With its angle brackets, as in the header; empty when there is none. */
  messageId: string;
  subject: string;
  text: string;
  html: string;
  /** In the order of the message, names in lower case. */
  headers: { key: string; value: string }[];
  attachments: Attachment[];
  raw: Buffer;
};

let made = 0;

/** An id that sorts by time of arrival and is safe in a path. */
export function newMessageId(at: Date): string {
  made = (made + 1) % 1_000_000;
  const order = String(made).padStart(6, '0');
  return `${at.toISOString().replaceAll(/[-:.]/g, '')}-${order}-${randomBytes(3).toString('hex')}`;
}

/** Reads a message out of its source. */
export async function parseMessage(
  raw: Buffer,
  known: Pick<Message, 'id' | 'receivedAt' | 'envelope'>,
): Promise<Message> {
  const mail = await PostalMime.parse(raw);
  return {
    ...known,
    date: instantOf(mail.date),
    messageId: mail.messageId ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: mail.headers.map(({ key, value }) => ({ key, value })),
    attachments: eachOnce(mail.attachments.map(attachment)),
    raw,
  };
}

function instantOf(date = ''): string {
  const at = new Date(date);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}

function attachment({ filename, mimeType, content }: ParsedAttachment): Attachment {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content));
  return { filename: filename ?? '', contentType: mimeType, size: bytes.length, content: bytes };
}

/** An invitation comes twice, as a part of the letter and as a file beside it: one thing, under the name of the file. */
function eachOnce(parts: readonly Attachment[]): Attachment[] {
  const different: Attachment[] = [];
  for (const part of parts) {
    const same = different.find(({ content }) => content.equals(part.content));
    if (!same || (same.filename !== '' && part.filename !== '' && same.filename !== part.filename))
      different.push(part);
    else same.filename ||= part.filename;
  }
  return different.map((part, index) => ({ ...part, filename: part.filename || `part-${index + 1}` }));
}
