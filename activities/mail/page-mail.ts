import { ApplicationFailure } from '@temporalio/common';
import type { Kysely } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Instant } from '../../domain/dates.ts';
import type { AnswerPages } from './answer-link.ts';
import { formatted } from './icu.ts';
import { type Mailbox, messageIdOf } from './identity.ts';
import { htmlOf, type Letter, textOf } from './letter.ts';
import { subjectLine } from './one-line.ts';
import type { Relay } from './relay.ts';
import { composed, sendMail, type Stationery } from './smtp.ts';

/** Mail that somebody has asked for on a page and waits for: a code, or a link to sign in. It is of no case's making. */

/** What such mail is made and sent with. */
export interface PagePost extends Stationery {
  readonly db: Kysely<Database>;
  readonly relay: Relay;
  readonly from: Mailbox;
  readonly answerPages?: AnswerPages | undefined;
}

const patienceMs = 30_000;

/** @throws ApplicationFailure for good if this worker has no key to make codes and links with */
export function pagesOf({ answerPages }: PagePost, what: string): AnswerPages {
  if (answerPages) return answerPages;
  throw ApplicationFailure.nonRetryable(
    `This worker cannot make ${what}; set ENTENTE_WEB_URL and ENTENTE_LINK_KEY_FILE for it too.`,
    'NoLinkKey',
  );
}

interface PageTexts {
  readonly language: string;
  readonly subject: string;
  readonly body: readonly string[];
  readonly footer: string;
}

type Say = (text: string) => string;

/** @param of whom or what the letter is about: a name and an id */
export function pageLetter(
  { language, subject, body, footer }: PageTexts,
  facts: Readonly<Record<string, string>>,
  of: { readonly title: string; readonly id: string },
  howToGoOn?: (say: Say) => Letter['how'],
): Letter {
  const say: Say = (text) => formatted(text, language, (fact) => facts[fact] ?? '');
  const heading = say(subject);
  const how = howToGoOn?.(say);
  return {
    language,
    tone: 'notice',
    subject: subjectLine(heading),
    preheader: heading,
    heading,
    salutation: [],
    closing: [],
    rows: [],
    paragraphs: body.map(say),
    ...(how ? { how } : {}),
    title: of.title,
    caseId: of.id,
    footer: [say(footer)],
  };
}

interface PageMail {
  /** The same mail has the same key. */
  readonly key: string;
  readonly threadOf: string;
  readonly to: Mailbox;
  readonly askedAt: Instant;
  readonly letter: Letter;
  /** Whether it is this attempt's to send. */
  readonly openGate: () => Promise<boolean>;
}

/** @throws ApplicationFailure to be retried if the relay did not take it */
export async function sendPageMail(post: PagePost, mail: PageMail): Promise<void> {
  const { key, threadOf, to, askedAt, letter, openGate } = mail;
  const { relay, from } = post;
  const written = {
    from,
    to,
    date: askedAt,
    subject: letter.subject,
    text: textOf(letter),
    html: htmlOf(letter),
    messageId: messageIdOf(key, from),
    thread: messageIdOf(threadOf, from),
    headers: {},
  };
  const signal = AbortSignal.timeout(patienceMs);
  const { is, reply } = await sendMail(await composed(written, post), { relay, openGate, signal });
  if (is === 'notSent') throw ApplicationFailure.retryable(`It was not sent: ${reply}`, 'PageMailNotSent');
}
