import { html } from 'hono/html';
import type { OpenedCase } from '../client/opened-case.ts';
import { RefusedError } from '../client/errors.ts';
import { idIn, openedBy } from './case-door.ts';
import { isTheirs, type Visitor } from './door.ts';
import { ownInputs } from './form.ts';
import { caseLink, type Html, notice, recorded, refusalIn } from './pages.ts';
import { nameIn, namesOf } from './people.ts';
import type { Turn } from './replies.ts';
import { NoForm, typedIn } from './sent.ts';
import { sheet } from './sheet.ts';

/** A letter of a case as it was sent; whoever keeps the case takes back the addresses in it there. */

/** What is said above a letter, and how its form is filled in. */
interface Said {
  readonly body?: Html;
  readonly reason?: string;
  readonly status?: number;
}

interface Letter {
  readonly found: OpenedCase;
  readonly key: string;
}

/** Nothing of a letter that is not theirs to read; nobody is told whether there is such a letter. */
async function letterOf(visitor: Visitor, key: string | undefined): Promise<Letter | undefined> {
  const found = await openedBy(visitor, idIn(visitor.c));
  const known = found?.messages.find((each) => each.key === key);
  return found && known && { found, key: known.key };
}

export async function showLetter(visitor: Visitor): Promise<Turn | undefined> {
  const { c, texts } = visitor;
  const letter = await letterOf(visitor, c.req.query('key'));
  const isDone = c.req.query('done') !== undefined;
  const body = html`<div class="notice" role="status"><p>${texts.say('letterRevoked')}</p></div>`;
  return letter && letterView(visitor, letter, isDone ? { body } : {});
}

async function letterView(visitor: Visitor, { found, key }: Letter, said: Said): Promise<Turn | undefined> {
  const { entente, session, texts } = visitor;
  const letter = await entente.message(key);
  if (!letter) return undefined;
  const readers = await entente.links.revocable(key, session.person.person);
  const page = sheet(
    visitor,
    letter.subject ?? letter.summary,
    html`${said.body ?? ''}
<p class="about">${letter.address ?? ''} · ${caseLink(texts, found.caseId, found.state.title)}</p>
<pre class="letter" tabindex="0">${letter.body_text ?? letter.digest_text ?? ''}</pre>
${readers.length > 0 ? await revokingForm(visitor, { found, key }, { readers, reason: said.reason }) : ''}`,
  );
  return { page, status: said.status ?? 200 };
}

async function revokingForm(
  visitor: Visitor,
  { found, key }: Letter,
  { readers, reason = '' }: { readonly readers: readonly string[]; readonly reason: string | undefined },
): Promise<Html> {
  const { secret, texts } = visitor;
  const parties = readers.map((each) => `person/${each}`);
  const names = await namesOf(visitor, parties);
  const people = parties.map((each) => nameIn(names, each)).join(', ');
  return html`<section aria-labelledby="revoke"><h2 id="revoke">${texts.say('letterRevoke')}</h2>
<p>${texts.say('letterRevokeWhat', { people })}</p>
<form method="post" action="/case/${found.caseId}/letter" class="plain" autocomplete="off" novalidate>
<input type="hidden" name="key" value="${key}">
${ownInputs(secret)}
<div class="field"><label for="reason">${texts.say('letterRevokeWhy')}</label><input type="text" id="reason" name="reason" maxlength="500" value="${reason}" required></div>
<button type="submit">${texts.say('letterRevokeButton')}</button>
</form></section>`;
}

/** Takes back the addresses in a letter. Sent twice, it is done already. */
export async function revokeInLetter(visitor: Visitor): Promise<Turn | undefined> {
  const { c, entente, secret, session, texts } = visitor;
  try {
    const typed = typedIn(await c.req.text());
    const letter = await letterOf(visitor, typed.get('key'));
    if (!letter) return undefined;
    const reason = (typed.get('reason') ?? '').trim();
    const fault = (sentence: string | Html, status: number): Promise<Turn | undefined> => {
      const body = html`<div class="fault" role="alert"><p>${sentence}</p></div>`;
      return letterView(visitor, letter, { body, reason, status });
    };
    if (!isTheirs(visitor, typed)) return await fault(texts.say('stale'), 403);
    if (reason === '' || reason.length > 500) return await fault(texts.say('correct'), 422);
    const id = await entente.desks.idBesideCases(session, secret, typed.get('sending') ?? '');
    try {
      await entente.links.revoke(letter.key, { by: session.person.person, why: reason }, id);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (error.code !== 'AlreadyDone') return await fault(refusalIn(texts, error.refusal), 409);
    }
    return { to: `/case/${letter.found.caseId}/letter?key=${encodeURIComponent(letter.key)}&done` };
  } catch (error) {
    if (!(error instanceof NoForm)) throw error;
    return { page: notice(texts, texts.say('refused'), [recorded(texts, error.message)]), status: 400 };
  }
}
