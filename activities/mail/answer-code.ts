import { createHmac } from 'node:crypto';
import { type CodeAsked, findCode, keepCode, minutesGood, takeMailing } from '../../database/answer-codes.ts';
import { doorToken, macOf, signInOf } from '../../database/answer-links.ts';
import { findCase } from '../../database/lists.ts';
import { findPerson } from '../../database/people/person.ts';
import type { AnswerLinkRow } from '../../database/schema.ts';
import { tokenOf } from './answer-link.ts';
import { pageLetter, type PagePost, pagesOf, sendPageMail } from './page-mail.ts';
import { signInToken } from './sign-in.ts';
import { codeTextsIn } from './texts.ts';

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
export async function mailCode(post: PagePost, asked: CodeAsked): Promise<void> {
  const { db } = post;
  const found = await findCode(db, asked);
  const person = found && (await findPerson(db, found.person));
  const standing = found && (await findCase(db, found.case_id));
  if (!found || !person?.address || !standing) return;
  const { key } = pagesOf(post, 'codes');
  const code = codeOf(key, asked);
  const mac = macOf(tokenFor(key, found), found.command, code);
  await keepCode(db, asked, { mac, address: person.address });
  await sendPageMail(post, {
    key: `answer-code/${asked.hash}/${asked.number}`,
    threadOf: found.case_id,
    to: { name: person.name, address: person.address },
    askedAt: found.asked_at,
    letter: pageLetter(
      codeTextsIn(person.language),
      { title: standing.state.title, answer: found.says, code, minutes: String(minutesGood) },
      { title: standing.state.title, id: found.case_id },
    ),
    openGate: () => takeMailing(db, asked),
  });
}

/** Of the letter, or of the session, in which the answer is given. */
function tokenFor(key: string, found: AnswerLinkRow): string {
  const signIn = signInOf(found.message);
  return signIn === undefined ? tokenOf(key, found) : doorToken(signInToken(key, signIn), found.case_id);
}
