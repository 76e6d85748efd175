import type { Context } from 'hono';
import { html } from 'hono/html';
import { longDay } from '../activities/mail/days.ts';
import { entryTitleFor } from '../activities/mail/render.ts';
import type { Entente } from '../client/client.ts';
import { dayIn } from '../domain/dates.ts';
import { isTheirs, type Visitor } from './door.ts';
import { ownInputs } from './form.ts';
import { NoForm, typedIn } from './sent.ts';
import { type Html, notice, recorded } from './pages.ts';
import type { Turn } from './replies.ts';
import { sheet } from './sheet.ts';

/** The address at which a calendar program reads what stands in somebody's calendar. */

export async function feedPage(visitor: Visitor): Promise<Turn> {
  return shown(visitor, await madeAtOf(visitor));
}

/** Makes an address, or takes it back. An address is shown once, in the answer to the form that has made it. */
export async function changeFeed(visitor: Visitor, url: string): Promise<Turn> {
  const { c, entente, session, secret, texts } = visitor;
  try {
    const typed = typedIn(await c.req.text());
    if (!isTheirs(visitor, typed))
      return { page: notice(texts, texts.say('foreign'), [texts.say('foreignWhat')]), status: 403 };
    if (typed.get('do') === 'revoke') {
      await entente.feeds.revoke(session);
      return { to: '/feed' };
    }
    const token = await entente.feeds.make(session, secret, typed.get('sending') ?? '');
    if (token === undefined) return { to: '/feed' };
    return shown(visitor, await madeAtOf(visitor), new URL(`/feed/${token}.ics`, url).href);
  } catch (error) {
    if (!(error instanceof NoForm)) throw error;
    return { page: notice(texts, texts.say('refused'), [recorded(texts, error.message)]), status: 400 };
  }
}

const madeAtOf = ({ entente, session }: Visitor) => entente.feeds.mine(session);

function shown(visitor: Visitor, madeAt: string | undefined, address?: string): Turn {
  const { session, texts } = visitor;
  const day = madeAt && longDay(dayIn(madeAt, session.person.zone), texts.code);
  const page = sheet(
    visitor,
    texts.say('feed'),
    html`<p>${texts.say('feedWhat')}</p>
${address ? html`<div class="notice" role="status"><p>${texts.say('feedMade')}</p><p><a href="${address}">${address}</a></p></div>` : ''}
<p>${day ? texts.say('feedThere', { day }) : texts.say('feedNone')}</p>
<p class="quiet">${texts.say('feedSecret')}</p>
${formTo(visitor, 'make', texts.say(day ? 'feedAnother' : 'feedMake'))}
${day ? formTo(visitor, 'revoke', texts.say('feedRevoke')) : ''}`,
  );
  return { page, status: 200 };
}

function formTo({ secret }: Visitor, what: 'make' | 'revoke', says: string): Html {
  return html`<form method="post" action="/feed" class="plain">
<input type="hidden" name="do" value="${what}">
${ownInputs(secret)}
<button type="submit">${says}</button>
</form>`;
}

/** What a calendar program reads there; nothing where there is no such address, or no longer. */
export async function readFeed(c: Context, entente: Entente): Promise<Response | undefined> {
  const feed = await entente.feeds.read((c.req.param('token') ?? '').replace(/\.ics$/, ''), entryTitleFor);
  return feed === undefined
    ? undefined
    : c.body(feed, 200, {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'attachment; filename="entente.ics"',
      });
}
