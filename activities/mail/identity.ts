import { createHash } from 'node:crypto';
import addressparser from 'nodemailer/lib/addressparser';

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/**
 * The one mailbox in an address with or without a name: `Entente <entente@example.org>`.
 *
 * @throws if there is none or more than one
 */
export function mailboxOf(value: string): Mailbox {
  const [mailbox, ...others] = addressparser(value, { flatten: true });
  if (!mailbox?.address.includes('@') || others.length > 0)
    throw new Error(`The sender "${value}" is not one mail address, such as Entente <entente@example.org>.`);
  return { name: mailbox.name, address: mailbox.address };
}

/** What a message, or the thread of a case, is called for ever: the same key gives the same id in every attempt. */
export const messageIdOf = (key: string, sender: Mailbox): string =>
  `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${sender.address.split('@').at(-1)}>`;
