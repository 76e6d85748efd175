import { entryTitleFor } from '../activities/mail/render.ts';
import { html } from 'hono/html';
import type { OpenedCase } from '../client/opened-case.ts';
import type { OfferedWay } from '../client/opened-link.ts';
import { invitationName, invitationsIn } from '../domain/case/invitations.ts';
import { type OpenDeadline, plannedDeadlines } from '../domain/case/state.ts';
import type { Visitor } from './door.ts';
import type { Problems } from './field-view.ts';
import { formOf } from './form-view.ts';
import { owedIn } from './owed.ts';
import type { Html, Sight } from './pages.ts';
import { type Texts, wordsFor } from './texts.ts';

/** The command whose form was asked for, of those that answer nothing; else their forms would be most of the page. */
const chosenIn = ({ c }: Visitor, problems: Problems | undefined): string | undefined =>
  problems ? problems.command : c.req.query('do');

/** Whether a page has the form of a command: answers always, of the others the one that was asked for. */
export const showsForm = (visitor: Visitor, { about, command }: OfferedWay, problems: Problems | undefined): boolean =>
  about !== '' || command === chosenIn(visitor, problems);

/** How one thing that they owe is answered. */
function answers(
  { texts, session }: Visitor,
  found: OpenedCase,
  deadline: OpenDeadline,
  form: (way: OfferedWay, subject: string) => Html,
): Html {
  const ways = found.ways.filter(({ about }) => about === deadline.name);
  if (ways.length === 0) return html``;
  const { ask } = owedIn(found, deadline, { texts, zone: session.person.zone, level: 'owner' });
  return html`<h3>${ask}</h3>${ways.map((way) => form(way, ask))}`;
}

/** How somebody says whether they come to one thing that stands in their calendar. */
const replies = (
  { texts }: Visitor,
  { caseId, lifecycle, state, ways }: OpenedCase,
  form: (way: OfferedWay, subject: string) => Html,
): readonly Html[] =>
  invitationsIn(lifecycle, state).flatMap(({ entry, invited }) =>
    invited.map(({ who }) => {
      const own = ways.filter(({ about }) => about === invitationName(entry, who));
      const subject = texts.say('invitedTo', { entry: entryTitleFor(texts.code, caseId, entry.summary) });
      return own.length === 0 ? html`` : html`<h3>${subject}</h3>${own.map((way) => form(way, subject))}`;
    }),
  );

/** All that a case takes from somebody now. */
export function commandsPart(visitor: Visitor, found: OpenedCase, sight: Sight, problems: Problems | undefined): Html {
  const { texts } = visitor;
  const { ways, lifecycle } = found;
  const said = problems?.isFault === false ? html` class="notice" role="status"` : html` class="fault" role="alert"`;
  const others = ways.filter(({ about }) => about === '');
  const chosen = others.filter((way) => showsForm(visitor, way, problems));
  return html`${problems ? html`<div${said}><p>${problems.sentence}</p></div>` : ''}
${chosen.map((way) => formOf(sight, way, true, problems))}
${plannedDeadlines(lifecycle, found.state).map((deadline) => answers(visitor, found, deadline, (way, subject) => formOf({ ...sight, subject }, way, false, problems)))}
${replies(visitor, found, (way, subject) => formOf({ ...sight, subject }, way, false, problems))}
${ways.length === 0 ? html`<p class="quiet">${texts.say('caseCanNone')}</p>` : ''}
${menu(texts, found, others, others.length < ways.length || chosen.length > 0)}
${ways.length > 0 ? html`<p class="quiet">${texts.say('recordDesk', { address: found.address })}</p>` : ''}`;
}

/** Those of the kind first, then what every case takes; they are besides where something stands before them. */
function menu(texts: Texts, { caseId, lifecycle }: OpenedCase, ways: readonly OfferedWay[], isBesides: boolean): Html {
  if (ways.length === 0) return html``;
  const isOwn = ({ command }: OfferedWay): boolean => Object.hasOwn(lifecycle.commands, command);
  const links = (all: readonly OfferedWay[]): Html =>
    html`<ul class="menu">${all.map(({ command }) => html`<li><a href="/case/${caseId}?do=${command}#caseCan">${wordsFor(texts, lifecycle.kind, command)?.label}</a></li>`)}</ul>`;
  const [own, common] = [ways.filter(isOwn), ways.filter((way) => !isOwn(way))];
  return html`${isBesides ? html`<h3>${texts.say('caseMore')}</h3>` : ''}${own.length > 0 ? links(own) : ''}${common.length > 0 ? links(common) : ''}`;
}
