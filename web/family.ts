import { html } from 'hono/html';
import type { OpenedCase } from '../client/opened-case.ts';
import type { Visitor } from './door.ts';
import { stageIn } from './labels.ts';
import { caseLink, type Html } from './pages.ts';

/** A case among those that it hangs together with, as a tree: what led to what. */
export function familyTree({ texts }: Visitor, { caseId, family }: OpenedCase): Html {
  const known = new Set(family.map(({ id }) => id));
  const under = (opener: string | undefined): Html => {
    const all = family.filter((each) =>
      opener === undefined ? !known.has(each.opener ?? '') : each.opener === opener,
    );
    return all.length === 0
      ? html``
      : html`<ul class="tree">${all.map(
          ({ id, title, subject: { stage }, closedAt }) =>
            html`<li>${id === caseId ? html`<strong aria-current="page">${caseLink(texts, id, title)}</strong>` : caseLink(texts, id, title)}
<span class="quiet">${stageIn(texts, stage)}${closedAt ? ` · ${texts.say('isOver')}` : ''} · ${id}</span>${under(id)}</li>`,
        )}</ul>`;
  };
  return under(undefined);
}
