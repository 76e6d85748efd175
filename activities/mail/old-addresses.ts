import type { Kysely } from 'kysely';
import {
  keepReply,
  takeTelling,
  type UntoldChange,
  untoldAddressChanges,
} from '../../database/directory/address-changes.ts';
import type { Database } from '../../database/schema.ts';
import { dayIn } from '../../domain/dates.ts';
import { longDay } from './days.ts';
import { formatted } from './icu.ts';
import { type Mailbox, mailboxOf, messageIdOf } from './identity.ts';
import { htmlOf, type Letter, textOf } from './letter.ts';
import type { Relay } from './relay.ts';
import { subjectLine } from './one-line.ts';
import { composed, type Mail, sendMail, type Stationery } from './smtp.ts';
import { directoryTextsIn } from './texts.ts';

export interface AddressPost extends Stationery {
  readonly db: Kysely<Database>;
  readonly relay: Relay;
  readonly mailFrom: string;
}

const patienceMs = 60_000;

/**
 * Tells each old address that mail goes elsewhere now: whoever loses mail that way hears of it there, if nowhere else.
 *
 * Safe to repeat, also by several at once: whoever opens the gate tells it. What has passed the gate is not told again,
 * not even where it is in doubt whether that arrived; what certainly did not leave is told at the next time.
 */
export async function tellOldAddresses(post: AddressPost, stopped: AbortSignal): Promise<void> {
  const { db, relay, mailFrom } = post;
  for (const change of await untoldAddressChanges(db)) {
    if (stopped.aborted) return;
    const { is, reply } = await sendMail(await composed(mailOf(change, mailboxOf(mailFrom)), post), {
      relay,
      openGate: () => takeTelling(db, change.number),
      signal: AbortSignal.any([stopped, AbortSignal.timeout(patienceMs)]),
    });
    // An address at which nobody takes mail any more cannot be told, today or later.
    if (is === 'refused') await takeTelling(db, change.number);
    await keepReply(db, change.number, reply);
  }
}

function mailOf(change: UntoldChange, from: Mailbox): Mail {
  const { number, holder, was, at, language } = change;
  const letter = letterOf(change, language);
  return {
    from,
    to: { name: '', address: was },
    date: at,
    subject: letter.subject,
    text: textOf(letter),
    html: htmlOf(letter),
    messageId: messageIdOf(`address-change/${number}/${at}`, from),
    thread: messageIdOf(`addresses-of/${holder}`, from),
    headers: {},
  };
}

function letterOf({ holder, name, was, became, by, at, zone }: UntoldChange, reads: string): Letter {
  const { language, addressChanged, footer } = directoryTextsIn(reads);
  const facts: Readonly<Record<string, string>> = {
    name,
    was,
    became: became ?? '',
    hasaddress: became ? 'yes' : 'no',
    by,
    day: longDay(dayIn(at, zone), language),
  };
  const say = (text: string) => formatted(text, language, (fact) => facts[fact] ?? '');
  const subject = subjectLine(say(addressChanged.subject));
  const paragraphs = addressChanged.body.map(say);
  return {
    language,
    tone: 'notice',
    subject,
    preheader: paragraphs[0] ?? subject,
    heading: say(addressChanged.subject),
    salutation: [],
    closing: [],
    rows: [],
    paragraphs,
    title: name,
    caseId: holder,
    footer: [say(footer)],
  };
}
