import { createHmac } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Kysely } from 'kysely';
import { type CodeAsked, findCode, keepCode, minutesGood, takeMailing } from '../../database/answer-codes.ts';
import { doorToken, macOf, signInOf } from '../../database/answer-links.ts';
import { findCase } from '../../database/lists.ts';
import { findPerson } from '../../database/people/person.ts';
import type { AnswerLinkRow, Database } from '../../database/schema.ts';
import { type AnswerPages, tokenOf } from './answer-link.ts';
import { formatted } from './icu.ts';
import { type Mailbox, messageIdOf } from './identity.ts';
import { htmlOf, type Letter, textOf } from './letter.ts';
import { subjectLine } from './one-line.ts';
import type { Relay } from './relay.ts';
import { signInToken } from './sign-in.ts';
import { composed, sendMail, type Stationery } from './smtp.ts';
import { codeTextsIn } from './texts.ts';

/** What codes are mailed with. */
export interface CodePost extends Stationery {
  readonly db: Kysely<Database>;
  readonly relay: Relay;
  readonly from: Mailbox;
  readonly answerPages?: AnswerPages | undefined;
}

const patienceMs = 30_000;

/** Six digits that only workers can make; of the same number of the same link always the same. */
function codeOf(key: string, { hash, number }: CodeAsked): string {
  const drawn = createHmac('sha256', key)
    .update(JSON.stringify(['answer code', hash, number]))
    .digest()
    .readUIntBE(0, 6);
  return String(drawn % 1_000_000).padStart(6, '0');
}

/**
 * Mails a code to the address that its reader has in the directory, which need not be where the letter went.
 *
 * @throws ApplicationFailure to be retried if the relay did not take it; for good if this worker has no key to make it with
 */
export async function mailCode(post: CodePost, asked: CodeAsked): Promise<void> {
  const { db, answerPages, relay, from } = post;
  const found = await findCode(db, asked);
  const person = found && (await findPerson(db, found.person));
  const standing = found && (await findCase(db, found.case_id));
  if (!found || !person?.address || !standing) return;
  if (!answerPages)
    throw ApplicationFailure.nonRetryable(
      'This worker cannot make codes; set ENTENTE_WEB_URL and ENTENTE_LINK_KEY_FILE for it too.',
      'NoLinkKey',
    );
  const code = codeOf(answerPages.key, asked);
  const mac = macOf(tokenFor(answerPages.key, found), found.command, code);
  await keepCode(db, asked, { mac, address: person.address });
  const letter = letterOf({ ...found, title: standing.state.title, code }, person);
  const mail = {
    from,
    to: { name: person.name, address: person.address },
    date: found.asked_at,
    subject: letter.subject,
    text: textOf(letter),
    html: htmlOf(letter),
    messageId: messageIdOf(`answer-code/${asked.hash}/${asked.number}`, from),
    thread: messageIdOf(found.case_id, from),
    headers: {},
  };
  const { is, reply } = await sendMail(await composed(mail, post), {
    relay,
    openGate: () => takeMailing(db, asked),
    signal: AbortSignal.timeout(patienceMs),
  });
  if (is === 'notSent') throw ApplicationFailure.retryable(`The code was not sent: ${reply}`, 'CodeNotSent');
}

/** Of the letter, or of the session, in which the answer is given. */
function tokenFor(key: string, found: AnswerLinkRow): string {
  const signIn = signInOf(found.message);
  return signIn === undefined ? tokenOf(key, found) : doorToken(signInToken(key, signIn), found.case_id);
}

interface Coded {
  readonly case_id: string;
  readonly title: string;
  readonly says: string;
  readonly code: string;
}

function letterOf({ case_id, title, says, code }: Coded, reader: { readonly language: string }): Letter {
  const { language, subject, body, footer } = codeTextsIn(reader.language);
  const facts: Readonly<Record<string, string>> = { title, answer: says, code, minutes: String(minutesGood) };
  const say = (text: string) => formatted(text, language, (fact) => facts[fact] ?? '');
  const heading = say(subject);
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
    title,
    caseId: case_id,
    footer: [say(footer)],
  };
}
