import { html } from 'hono/html';
import { longDay } from '../activities/mail/days.ts';
import type { Absence } from '../database/people.ts';
import type { Names } from '../database/names.ts';
import type { CivilDate } from '../domain/dates.ts';
import { referencesIn } from '../domain/story.ts';
import { owedTold, type Told } from '../domain/story/told.ts';
import { folded } from '../domain/search.ts';
import type { Colleague, OpenedPerson, SeenConcern } from '../client/staff.ts';
import type { Visitor } from './door.ts';
import { filtersOf, narrowedBy, search } from './filters.ts';
import { ownInputs } from './form.ts';
import { caseLink, type Html, recorded } from './pages.ts';
import { noList, type Turn } from './replies.ts';
import { sheet } from './sheet.ts';
import { toldIn } from './story.ts';
import type { Texts } from './texts.ts';

/** Who is away, who stands in and who leaves, and in what somebody is named. */

/** So many on one page; the others are found by their names. */
const mostShown = 200;

const isNamedSo = ({ id, name }: Colleague, words: string): boolean => folded(`${id} ${name}`).includes(words);

export async function peoplePage(visitor: Visitor): Promise<Turn> {
  const { c, entente, session, texts } = visitor;
  const asked = narrowedBy([search], c.req.query());
  if (!asked) return noList(texts);
  const found = (await entente.desks.staff.list(session)).filter((each) => isNamedSo(each, folded(asked.search ?? '')));
  const shown = found.slice(0, mostShown);
  const names = await namesOf(
    visitor,
    shown.flatMap(({ agency, away }) => [`agency/${agency}`, ...standInsOf(away)]),
  );
  const page = sheet(
    visitor,
    texts.say('people'),
    html`<p class="quiet">${texts.say('peopleWhat')}</p>
${await filtersOf(visitor, '/people', [search], asked)}
<ul class="rows">${shown.map(
      (
        each,
      ) => html`<li><a href="/person/${each.id}">${each.name}</a> <span class="quiet">${nameIn(names, `agency/${each.agency}`)}</span>
${standing(visitor, names, each).map((line) => html`<span class="when">${line}</span>`)}</li>`,
    )}</ul>
${shown.length === 0 ? html`<p class="quiet">${texts.say('peopleNone')}</p>` : ''}
${found.length > shown.length ? html`<p class="quiet">${texts.say('deskMore')}</p>` : ''}`,
  );
  return { page, status: 200 };
}

const standInsOf = (away: readonly Absence[]): readonly string[] => away.map(({ standIn }) => `person/${standIn}`);

export const namesOf = ({ entente }: Visitor, named: readonly string[]): Promise<Names> =>
  entente.desks.names(Object.fromEntries(named.map((each, index) => [String(index), each])));

export const nameIn = (names: Names, party: string): string =>
  names.get(party)?.name ?? party.replace(/^(person|agency)\//, '');

/** From when to when, as facts of a text. */
export const daysIn = ({ texts }: Visitor, { from, until }: Pick<Absence, 'from' | 'until'>) => ({
  from: longDay(from, texts.code),
  to: longDay(until, texts.code),
});

const standing = (
  visitor: Visitor,
  names: Names,
  { away, leftOn }: Pick<Colleague, 'away' | 'leftOn'>,
): readonly string[] => [
  ...away.map((each) =>
    visitor.texts.say('personAway', { ...daysIn(visitor, each), standIn: nameIn(names, `person/${each.standIn}`) }),
  ),
  ...(leftOn ? [visitor.texts.say('personLeaves', { day: longDay(leftOn, visitor.texts.code) })] : []),
];

/** What the page of a person shows besides them: that something was done, would be, or was refused. */
export interface PersonSaid {
  readonly body?: Html;
  readonly typed?: ReadonlyMap<string, string>;
  /** What was looked at: its form has the button that sends it. */
  readonly seen?: string;
  readonly status?: number;
}

export async function personView(visitor: Visitor, found: OpenedPerson, said: PersonSaid = {}): Promise<Turn> {
  const { texts } = visitor;
  const { person, away, standsInFor, mail, concerns } = found;
  const others = standsInFor.map((each) => `person/${each.person}`);
  const agency = `agency/${person.agency}`;
  const names = await namesOf(visitor, [agency, ...standInsOf(away), ...others, ...namedByConcerns(concerns)]);
  const lines = [
    nameIn(names, agency),
    ...standing(visitor, names, { away, leftOn: person.leftOn }),
    ...standsInFor.map((each) =>
      texts.say('personStandsIn', { ...daysIn(visitor, each), person: nameIn(names, `person/${each.person}`) }),
    ),
    'nobody' in mail ? texts.say('personNoMail') : texts.say('personMail', { name: mail.name, address: mail.address }),
  ];
  const page = sheet(
    visitor,
    person.name,
    html`${said.body ?? ''}
<ul class="rows">${lines.map((line) => html`<li>${line}</li>`)}</ul>
${found.mayBeSaidAway ? absenceForms(visitor, found, said) : ''}
${found.mayBeSaidToLeave ? leavingForms(visitor, found, said) : ''}
${found.mayBeHandedOver ? handingForm(visitor, found, said) : ''}
<section aria-labelledby="named"><h2 id="named">${texts.say('personConcerns')}</h2>
${concerns.length > 0 ? html`<ul class="rows">${concerns.map((each) => concernLine(visitor, names, each))}</ul>` : html`<p class="quiet">${texts.say('personConcernsNone')}</p>`}</section>
<p class="ways"><a href="/list/done?by=${person.person}">${texts.say('list_of_done')}</a> <a href="/people">${texts.say('people')}</a></p>`,
  );
  return { page, status: said.status ?? 200 };
}

/** Who coordinates these, and whom and what is named in what is owed. */
export const namedByConcerns = (concerns: readonly SeenConcern[]): readonly string[] =>
  concerns.flatMap(({ coordinator, ...concern }) => [
    ...(coordinator ? [`person/${coordinator}`] : []),
    ...(concern.of ? [concern.of] : []),
    ...referencesIn(owedIn(concern)),
  ]);

const owedIn = ({ told, owedBy }: Pick<SeenConcern, 'told' | 'owedBy'>): readonly Told[] =>
  told ? [owedTold(told, owedBy)] : [];

/** What somebody owes or is; as the record calls it where the page has no word for it. */
function concernIn(texts: Texts, names: Names, concern: SeenConcern): Html {
  const { role = '', what, of, from, until } = concern;
  if (of !== undefined) {
    const [first, last] = [from, until].map((day) => (day ? longDay(day, texts.code) : ''));
    return html`${texts.say(`person_${role}`, { of: nameIn(names, of), from: first ?? '', to: last ?? '' })}`;
  }
  const [owed] = owedIn(concern).map((each) => toldIn(texts, names, each));
  const said = owed ?? (role === 'coordinator' ? texts.say('personCoordinates') : texts.facts[role]);
  return said === undefined ? recorded(texts, what) : html`${said}`;
}

export function concernLine({ texts }: Visitor, names: Names, concern: SeenConcern): Html {
  const { case: id, title = '', coordinator, due } = concern;
  const by = coordinator ? texts.say('coordinatedBy', { person: nameIn(names, `person/${coordinator}`) }) : '';
  const more = [by, due ? longDay(due, texts.code) : '', id ?? ''].filter(Boolean).join(' · ');
  return html`<li>${id ? html`${caseLink(texts, id, title)} ` : ''}${concernIn(texts, names, concern)} <span class="quiet">${more}</span></li>`;
}

function absenceForms(visitor: Visitor, found: OpenedPerson, said: PersonSaid): Html {
  const { texts, session } = visitor;
  const { person, away, today } = found;
  const facts = { person: person.name };
  const isSelf = session.person.person === person.person;
  return html`<section aria-labelledby="away"><h2 id="away">${texts.say(isSelf ? 'awayMe' : 'awaySay', facts)}</h2>
${formTo(visitor, found, {
  what: 'away',
  said,
  fields: html`${dayField(visitor, 'from', said.typed?.get('from'))}${dayField(visitor, 'until', said.typed?.get('until'))}
${colleagueField(visitor, found, 'standIn', said)}`,
})}
${
  away.length > 0
    ? html`<h3>${texts.say(isSelf ? 'backMe' : 'backSay', facts)}</h3>
${formTo(visitor, found, { what: 'back', said, fields: dayField(visitor, 'on', said.typed?.get('on') ?? laterOf(today, away[0]?.from)) })}`
    : ''
}</section>`;
}

const laterOf = (one: CivilDate, other = one): CivilDate => (one > other ? one : other);

const dayField = ({ texts }: Visitor, name: string, value = ''): Html =>
  html`<div class="field"><label for="${name}">${texts.say(`away_${name}`)}</label><input type="date" id="${name}" name="${name}" value="${value}" required></div>`;

/** Another of their agency; whoever stands in may be of another one. */
function colleagueField({ texts }: Visitor, found: OpenedPerson, name: 'standIn' | 'to', said: PersonSaid): Html {
  const { person, colleagues, ofOtherAgencies, today } = found;
  const serving = ({ id, leftOn }: Colleague): boolean => id !== person.person && (leftOn === null || leftOn > today);
  const option = ({ id, name: called, agency }: Colleague): Html =>
    html`<option value="${id}" ${id === said.typed?.get(name) ? 'selected' : ''}>${called}${agency === person.agency ? '' : ` (${agency})`}</option>`;
  const others = name === 'standIn' ? ofOtherAgencies.filter(serving) : [];
  return html`<div class="field"><label for="${name}">${texts.say(`away_${name}`)}</label><select id="${name}" name="${name}" required>
<option value="">${texts.say('choose')}</option>${colleagues.filter(serving).map(option)}${others.map(option)}</select></div>`;
}

function leavingForms(visitor: Visitor, found: OpenedPerson, said: PersonSaid): Html {
  const { texts } = visitor;
  const { name, leftOn } = found.person;
  const day = said.typed?.get('leavesOn') ?? leftOn ?? '';
  return html`<section aria-labelledby="leaves"><h2 id="leaves">${texts.say('leftSay', { person: name })}</h2>
${formTo(visitor, found, { what: 'left', said, fields: dayField(visitor, 'leavesOn', day) })}
${
  leftOn
    ? html`<h3>${texts.say('staysSay', { person: name })}</h3>
${formTo(visitor, found, { what: 'stays', said, fields: html`` })}`
    : ''
}</section>`;
}

const handingForm = (visitor: Visitor, found: OpenedPerson, said: PersonSaid): Html =>
  html`<section aria-labelledby="hand"><h2 id="hand">${visitor.texts.say('handOver', { person: found.person.name })}</h2>
${formTo(visitor, found, {
  what: 'hand',
  said,
  fields: html`${colleagueField(visitor, found, 'to', said)}
<div class="field"><label for="reason">${visitor.texts.say('away_reason')}</label><input type="text" id="reason" name="reason" maxlength="500" value="${said.typed?.get('reason') ?? ''}"></div>`,
})}</section>`;

interface FormParts {
  readonly what: 'away' | 'back' | 'hand' | 'left' | 'stays';
  readonly said: PersonSaid;
  readonly fields: Html;
}

/** A look comes before the button. */
function formTo({ texts, secret }: Visitor, { person: { person } }: OpenedPerson, parts: FormParts): Html {
  const { what, said, fields } = parts;
  const isSeen = said.seen === what;
  return html`<form method="post" action="/person/${person}" class="plain" autocomplete="off" novalidate>
<input type="hidden" name="do" value="${what}">
${ownInputs(secret)}
${fields}
${isSeen ? html`<button type="submit" name="sure" value="yes">${texts.say(`${what}Button`)}</button>` : ''}
<button type="submit" name="look" value="yes"${isSeen ? html` class="second"` : ''}>${texts.say('look')}</button>
</form>`;
}
