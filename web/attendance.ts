import { html } from 'hono/html';
import { longDay } from '../activities/mail/days.ts';
import type { OpenedCase } from '../client/desk.ts';
import type { Invited } from '../domain/case/invitations.ts';
import type { Party } from '../domain/fields.ts';
import { type Html, recorded } from './pages.ts';
import type { Texts } from './texts.ts';

/** Who comes to what stands in calendars, who does not, and who has not said. */
export function attendanceIn(texts: Texts, { view, names }: Pick<OpenedCase, 'view' | 'names'>): Html {
  const called = (party: Party): string => names.get(party)?.name ?? party;
  const one = ({ who, reply, inPlaceOf }: Invited): string =>
    [
      called(who),
      ...(reply?.named ? [`: ${reply.named}`] : []),
      ...(inPlaceOf ? [` (${texts.say('attendInsteadOf', { name: called(inPlaceOf) })})`] : []),
    ].join('');
  const said = (label: string, all: readonly Invited[]): Html =>
    all.length === 0
      ? html``
      : html`<div><dt>${texts.say(label)}</dt><dd>${recorded(all.map(one).join('\n'))}</dd></div>`;
  return html`${(view.attendance ?? []).map(
    ({ entry, from, comes, doesNotCome, notAnswered }) =>
      html`<h3>${recorded(entry)}, ${longDay(from, texts.code)}</h3>
<dl class="box">${said('attendComes', comes)}${said('attendNot', doesNotCome)}${said('attendOpen', notAnswered)}</dl>`,
  )}`;
}
