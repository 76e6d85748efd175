import { html } from 'hono/html';
import { longDay } from '../activities/mail/days.ts';
import { entryTitleFor } from '../activities/mail/render.ts';
import type { OpenedLink } from '../client/opened-link.ts';
import type { Party } from '../domain/fields.ts';
import type { Problems } from './field-view.ts';
import { answering, foot, head, type Html, layout, type Sight, story } from './pages.ts';

/** The page on which somebody says whether they come, do not, or send somebody else. */
export function invitationPage(
  sight: Sight,
  { entry, invited }: NonNullable<OpenedLink['invitation']>,
  problems: Problems | undefined,
): Html {
  const { link, texts } = sight;
  const heading = texts.say('invitedTo', { entry: entryTitleFor(texts.code, link.caseId, entry.summary) });
  const day = (on: string): string => longDay(on, texts.code);
  const hours = entry.starts ? `, ${entry.starts}${entry.ends ? `–${entry.ends}` : ''}` : '';
  const rows = [
    ['invitedOn', `${entry.from === entry.to ? day(entry.from) : `${day(entry.from)} – ${day(entry.to)}`}${hours}`],
    ['invitedAt', entry.place ?? ''],
    ['invited', link.names.get(invited.who)?.name ?? invited.who],
    ['invitedSaid', saidIn(sight, invited.reply)],
  ] as const;
  return layout(
    texts,
    heading,
    html`${head(sight, heading)}
<main>
<dl class="box">${rows.map(([label, value]) => (value ? html`<div><dt>${texts.say(label)}</dt><dd>${label === 'invitedAt' ? html`<q>${value}</q>` : value}</dd></div>` : ''))}</dl>
<section aria-labelledby="answer"><h2 id="answer">${texts.say('yourAnswer')}</h2>${answering(sight, problems)}</section>
<section aria-labelledby="story"><h2 id="story">${texts.say('soFar')}</h2>${story(sight)}</section>
</main>
${foot(sight)}`,
  );
}

/** What is on record of them. */
function saidIn(
  { link: { names }, texts }: Sight,
  reply: NonNullable<OpenedLink['invitation']>['invited']['reply'],
): string {
  if (!reply) return texts.say('attendOpen');
  if (reply.comes !== 'substitute') return texts.say(reply.comes === 'yes' ? 'attendComes' : 'attendNot');
  const called = (party: Party): string => names.get(party)?.name ?? party;
  return texts.say('attendSubstitute', { name: reply.substitute ? called(reply.substitute) : (reply.named ?? '') });
}
