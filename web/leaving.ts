import { html } from 'hono/html';
import { longDay } from '../activities/mail/days.ts';
import type { OpenedPerson, WouldLeave } from '../client/staff.ts';
import type { CivilDate } from '../domain/dates.ts';
import type { Visitor } from './door.ts';
import type { Html } from './pages.ts';
import { concernLine, nameIn, namedByConcerns, namesOf } from './people.ts';

/** What would follow if somebody left the service, or stayed after all, line by line. */

const partyOf = (coordinator: string): string => `person/${coordinator}`;

export async function linesOfLeaving(
  visitor: Visitor,
  { person: { name } }: OpenedPerson,
  on: CivilDate,
  { concerns, unseen, told, mail, unattended }: WouldLeave,
): Promise<readonly Html[]> {
  const { texts } = visitor;
  const followed = unattended.map(({ contactOf, superiorOf }) =>
    contactOf === undefined ? `person/${superiorOf}` : `agency/${contactOf}`,
  );
  const names = await namesOf(visitor, [...namedByConcerns(concerns), ...told.map(partyOf), ...followed]);
  const facts = { person: name, day: longDay(on, texts.code) };
  const listed = (says: string, parties: readonly string[]): readonly Html[] =>
    parties.length === 0
      ? []
      : [html`${texts.say(says)}<ul>${parties.map((each) => html`<li>${nameIn(names, each)}</li>`)}</ul>`];
  return [
    'nobody' in mail
      ? html`${texts.say('leftLookNobody', facts)}`
      : html`${texts.say('leftLook', { ...facts, name: mail.name, address: mail.address })}`,
    concerns.length > 0
      ? html`${texts.say('leftConcerns')}<ul>${concerns.map((each) => concernLine(visitor, names, each))}</ul>`
      : html`${texts.say('personConcernsNone')}`,
    ...(unseen > 0 ? [html`${texts.say('leftUnseen', { count: unseen })}`] : []),
    ...listed('leftTold', told.map(partyOf)),
    ...listed('leftUnattended', followed),
  ];
}

export async function linesOfStaying(
  visitor: Visitor,
  { person: { name } }: OpenedPerson,
  told: readonly string[],
): Promise<readonly Html[]> {
  const { texts } = visitor;
  const names = await namesOf(visitor, told.map(partyOf));
  const line = html`${texts.say('staysLook', { person: name })}`;
  if (told.length === 0) return [line];
  const people = told.map((each) => html`<li>${nameIn(names, partyOf(each))}</li>`);
  return [line, html`${texts.say('staysTold')}<ul>${people}</ul>`];
}
