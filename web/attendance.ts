import { html } from 'hono/html';
import { longDay } from '../activities/mail/days.ts';
import type { OpenedCase } from '../client/opened-case.ts';
import type { Invited } from '../domain/case/invitations.ts';
import type { Party } from '../domain/fields.ts';
import { kindOf } from '../domain/case/opening.ts';
import type { Html } from './pages.ts';
import type { Texts } from './texts.ts';

/** Who comes to what stands in calendars, who does not, and who has not said. */
export function attendanceIn(
  texts: Texts,
  { caseId, view, names }: Pick<OpenedCase, 'caseId' | 'view' | 'names'>,
): Html {
  const called = (party: Party): string => names.get(party)?.name ?? party;
  const one = ({ who, reply, inPlaceOf }: Invited): string =>
    [
      called(who),
      ...(reply?.named ? [`: ${reply.named}`] : []),
      ...(inPlaceOf ? [` (${texts.say('attendInsteadOf', { name: called(inPlaceOf) })})`] : []),
    ].join('');
  const said = (label: string, all: readonly Invited[]): Html =>
    all.length === 0 ? html`` : html`<div><dt>${texts.say(label)}</dt><dd>${all.map(one).join('\n')}</dd></div>`;
  return html`${(view.attendance ?? []).map(
    ({ entry, from, comes, doesNotCome, notAnswered }) =>
      html`<h3>${entryIn(texts, caseId, entry)}, ${longDay(from, texts.code)}</h3>
<dl class="box">${said('attendComes', comes)}${said('attendNot', doesNotCome)}${said('attendOpen', notAnswered)}</dl>`,
  )}`;
}

/** What takes place, by its name in the case: a leg, a signing, or what the case is. */
function entryIn(texts: Texts, caseId: string, name: string): string {
  const [entry = '', number = ''] = name.split('-');
  return texts.say('attendEntry', { entry, number, kind: texts.say(`kind_${kindOf(caseId)}`) });
}
