import { createHmac } from 'node:crypto';
import { hashOf } from '../../database/answer-links.ts';
import { findPerson } from '../../database/people/person.ts';
import { findSignIn, keepSignInLink, linkMinutes, takeSignInMailing } from '../../database/sign-ins.ts';
import { hasLeft } from '../../database/surroundings.ts';
import type { Letter } from './letter.ts';
import { pageLetter, type PagePost, pagesOf, sendPageMail } from './page-mail.ts';
import { signInTextsIn } from './texts.ts';

const tokenBytes = 24;

/** 32 characters that only workers can make; of the same sign-in always the same. */
const signInToken = (key: string, id: string): string =>
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
export async function mailSignIn(post: PagePost, id: string): Promise<void> {
  const { db } = post;
  const asked = await findSignIn(db, id);
  const person = asked && (await findPerson(db, asked.person));
  if (!asked || !person) return;
  if (hasLeft(person, asked.asked_at)) return;
  const { key, url } = pagesOf(post, 'links');
  const token = signInToken(key, id);
  await keepSignInLink(db, id, hashOf(token));
  await sendPageMail(post, {
    key: `sign-in/${id}`,
    threadOf: `sign-ins-of/${person.person}`,
    to: { name: person.name, address: asked.address },
    askedAt: asked.asked_at,
    letter: letterOf(person, `${url}/sign-in/${token}`),
    openGate: () => takeSignInMailing(db, id),
  });
}

function letterOf(
  reader: { readonly name: string; readonly language: string; readonly person: string },
  url: string,
): Letter {
  const texts = signInTextsIn(reader.language);
  const { button, note, how } = texts;
  return pageLetter(
    texts,
    { name: reader.name, minutes: String(linkMinutes) },
    { title: reader.name, id: reader.person },
    (say) => ({ label: say(how), page: { button: say(button), url, note: say(note) }, answers: [] }),
  );
}
