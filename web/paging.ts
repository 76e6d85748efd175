import { html } from 'hono/html';
import type { Query } from './filters.ts';
import type { Html } from './pages.ts';
import type { Texts } from './texts.ts';

/** Where a page of a list began, and where the next one does. */
interface Place {
  readonly after: string | undefined;
  readonly next: string | undefined;
  /** Whether a search goes on there, which this page has not brought to its end. */
  readonly isBrokenOff?: boolean;
  /** A picture is none. */
  readonly hasFile?: boolean;
}

/** The ways from a page of a list to its first, to the next, and to all of it as a file. */
export function pagesOf(texts: Texts, path: string, asked: Query, place: Place): Html {
  const { after, next, isBrokenOff = false, hasFile = true } = place;
  const link = (more: Query, says: string): Html => {
    const query = new URLSearchParams({ ...asked, ...more }).toString();
    return html`<a href="${path}${query && `?${query}`}">${says}</a> `;
  };
  return html`<p>${after === undefined ? '' : link({}, texts.say('listFirst'))}${next === undefined ? '' : link({ after: next }, texts.say(isBrokenOff ? 'listOn' : 'listAfter'))}${hasFile ? link({ format: 'csv' }, 'CSV') : ''}</p>`;
}
