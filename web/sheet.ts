import { html } from 'hono/html';
import type { Visitor } from './door.ts';
import { ownInputs } from './form.ts';
import { type Html, layout } from './pages.ts';

/** A page of somebody who is signed in: whose it is, and the way out, stand on each. */
export function sheet({ session, secret, texts }: Visitor, title: string, body: Html): Html {
  const { name } = session.person;
  return layout(
    texts,
    title,
    html`<header class="bar">
<nav aria-label="Entente"><a href="/desk">${texts.say('desk')}</a> <a href="/list/cases">${texts.say('list')}</a> <a href="/list">${texts.say('lists')}</a> <a href="/keys">${texts.say('keys')}</a></nav>
<form method="post" action="/sign-out" class="out">
${ownInputs(secret)}
<span>${texts.say('person', { name })}</span>
<button type="submit" class="small">${texts.say('signOut')}</button>
</form>
</header>
<main>
<h1>${title}</h1>
${body}
</main>`,
    { width: 'wide' },
  );
}
