import { createHmac } from 'node:crypto';
import { type CodeAsked, findCode, keepCode, minutesGood, takeMailing } from '../../database/answer-codes.ts';
import { macOf } from '../../database/answer-links.ts';
import { codeToken, publicCodeKey } from '../../database/code-keys.ts';
import { findCase } from '../../database/lists.ts';
import { findPerson } from '../../database/people/person.ts';
import type { AnswerLinkRow } from '../../database/schema.ts';
import { tokenOf } from './answer-link.ts';
import { pageLetter, type PagePost, pagesOf, sendPageMail } from './page-mail.ts';
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
  const { token, code_key } = knownBy(key, found);
  await keepCode(db, asked, { mac: macOf(token, found.command, code), address: person.address, code_key });
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

/** The token of the letter; or what is agreed on with the session, and what that needs to come to the same. */
function knownBy(key: string, link: AnswerLinkRow): { readonly token: string; readonly code_key: string | null } {
  if (link.code_key === null) return { token: tokenOf(key, link), code_key: null };
  const secret = JSON.stringify(['code key', key, link.hash]);
  return { token: codeToken(secret, link.code_key), code_key: publicCodeKey(secret) };
}
