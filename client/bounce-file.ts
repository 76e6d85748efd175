import PostalMime from 'postal-mime';
import { blamesAddress } from '../database/people.ts';
import { refuse } from '../domain/refusal.ts';
import { readable } from '../domain/text.ts';
import { RefusedError } from './errors.ts';

/** What a delivery report (RFC 3464) says of a message that did not arrive. */
export interface DeliveryReport {
  readonly address: string;
  readonly why: string;
  /** Of the message that came back, where the report quotes it. */
  readonly messageId?: string;
  /** The mailbox was full, or the network or the content was to blame, but not the address. */
  readonly spared: boolean;
}

/**
 * Reads what a mail server sent to the bounce mailbox.
 *
 * @throws {@link RefusedError} if it is no such report, or says only that the message is late
 */
export async function readDeliveryReport(file: string, raw: Uint8Array): Promise<DeliveryReport> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true, attachmentEncoding: 'utf8' });
  const parts = mail.attachments.map(({ mimeType, content }) => ({
    mimeType,
    text: typeof content === 'string' ? content : '',
  }));
  const status = parts.find(({ mimeType }) => mimeType === 'message/delivery-status')?.text;
  if (status === undefined)
    throw new RefusedError(
      refuse(
        'InvalidInput',
        `${file} is no delivery report of a mail server; name the address instead: ./entente person bounced ADDRESS.`,
      ),
    );
  const recipients = blocksOf(status).filter((fields) => fields.has('final-recipient'));
  const failed = recipients.find((fields) => fields.get('action')?.toLowerCase() === 'failed');
  if (!failed)
    throw new RefusedError(
      refuse(
        'InvalidInput',
        `${file} does not say that the message failed (${recipients[0]?.get('action') ?? 'nothing'}); it may still arrive.`,
      ),
    );
  // What was written to is what the directory knows; the final one may be where it was forwarded to.
  const address = addressIn(failed.get('original-recipient')) ?? addressIn(failed.get('final-recipient')) ?? '';
  const why = [failed.get('status'), failed.get('diagnostic-code')].filter(Boolean).join(' ') || 'no reason was given';
  const original = parts.find(({ mimeType }) => /^(message\/rfc822|text\/rfc822-headers)$/.test(mimeType))?.text ?? '';
  const messageId = /^message-id:\s*(<[^>\s]+>)/im.exec(original)?.[1];
  return { address, why: readable(why), ...(messageId ? { messageId } : {}), spared: !blamesAddress(why) };
}

/** Fields in groups, an empty line between two; folded lines are one. */
const blocksOf = (status: string): ReadonlyMap<string, string>[] =>
  status
    .replaceAll('\r\n', '\n')
    .replaceAll(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
    .map((block) => new Map(block.split('\n').flatMap(fieldIn)));

const fieldIn = (line: string): [string, string][] => {
  const [, name, value] = /^([A-Za-z-]+):\s*(.*)$/.exec(line) ?? [];
  return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()]];
};

/** `rfc822; kim@example.org` */
const addressIn = (field: string | undefined): string | undefined =>
  /^(?:rfc822|utf-8);\s*<?([^\s<>]+@[^\s<>]+)>?$/i.exec(field ?? '')?.[1];
