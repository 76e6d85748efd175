import { createHmac } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { hashOf } from '../../database/answer-links.ts';
import { findPerson } from '../../database/people/person.ts';
import { findSignIn, keepSignInLink, linkMinutes, takeSignInMailing } from '../../database/sign-ins.ts';
import { dayIn } from '../../domain/dates.ts';
import type { CodePost } from './answer-code.ts';
import { formatted } from './icu.ts';
import { messageIdOf } from './identity.ts';
import { htmlOf, type Letter, textOf } from './letter.ts';
import { subjectLine } from './one-line.ts';
import { composed, sendMail } from './smtp.ts';
import { signInTextsIn } from './texts.ts';

const patienceMs = 30_000;
const tokenBytes = 24;

/** 32 characters that only workers can make; of the same sign-in always the same. */
export const signInToken = (key: string, id: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(['sign in', id]))
    .digest()
    .subarray(0, tokenBytes)
    .toString('base64url');

/**
 * Mails the link by which somebody signs in, to the address that they have in the directory; to nobody if the address is
 * nobody's, or that of somebody who has left.
 *
 * @throws ApplicationFailure to be retried if the relay did not take it; for good if this worker has no key to make it with
 */
export async function mailSignIn(post: CodePost, id: string): Promise<void> {
  const { db, answerPages, relay, from } = post;
  const asked = await findSignIn(db, id);
  const person = asked && (await findPerson(db, asked.person));
  if (!asked || !person) return;
  if (person.leftOn && person.leftOn <= dayIn(asked.asked_at, person.zone)) return;
  if (!answerPages)
    throw ApplicationFailure.nonRetryable(
      'This worker cannot make links; set ENTENTE_WEB_URL and ENTENTE_LINK_KEY_FILE for it too.',
      'NoLinkKey',
    );
  const token = signInToken(answerPages.key, id);
  await keepSignInLink(db, id, hashOf(token));
  const letter = letterOf(person, `${answerPages.url}/sign-in/${token}`);
  const mail = {
    from,
    to: { name: person.name, address: asked.address },
    date: asked.asked_at,
    subject: letter.subject,
    text: textOf(letter),
    html: htmlOf(letter),
    messageId: messageIdOf(`sign-in/${id}`, from),
    thread: messageIdOf(`sign-ins-of/${person.person}`, from),
    headers: {},
  };
  const { is, reply } = await sendMail(await composed(mail, post), {
    relay,
    openGate: () => takeSignInMailing(db, id),
    signal: AbortSignal.timeout(patienceMs),
  });
  if (is === 'notSent') throw ApplicationFailure.retryable(`The link was not sent: ${reply}`, 'LinkNotSent');
}

function letterOf(
  reader: { readonly name: string; readonly language: string; readonly person: string },
  url: string,
): Letter {
  const { language, subject, body, button, note, how, footer } = signInTextsIn(reader.language);
  const facts: Readonly<Record<string, string>> = { name: reader.name, minutes: String(linkMinutes) };
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
    how: { label: say(how), page: { button: say(button), url, note: say(note) }, answers: [] },
    title: reader.name,
    caseId: reader.person,
    footer: [say(footer)],
  };
}
