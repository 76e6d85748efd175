import { html } from 'hono/html';
import { deskToken, type MyDesk } from '../client/desk.ts';
import { type Ahead, daysAhead, type Obligation } from '../client/obligations.ts';
import type { OpenedCase } from '../client/opened-case.ts';
import type { OpenInvitation } from '../client/invited.ts';
import { entryTitleFor } from '../activities/mail/render.ts';
import { waysToAnswer } from '../domain/case/invitation-commands.ts';
import { invitationName } from '../domain/case/invitations.ts';
import { longDay } from '../activities/mail/days.ts';
import { agenciesCoordinated } from '../domain/case/permission.ts';
import { answersTo } from '../domain/case/answers.ts';
import { dayIn } from '../domain/dates.ts';
import type { Visitor } from './door.ts';
import { askDirectory, type Choices, choicesIn, type Known, nothingKnown, peopleShown } from './choices.ts';
import { formOf } from './form-view.ts';
import { owedIn } from './owed.ts';
import { caseLink, type Html, recorded } from './pages.ts';
import type { Turn } from './replies.ts';
import { sheet } from './sheet.ts';
import { toldIn } from './story.ts';

/** Answered on the page itself; what comes after these, on the pages of their cases. */
const mostForms = 8;
const mostAwaited = 40;
const mostAhead = 30;

/** What somebody who is signed in has to do, and waits for. */
export async function deskPage(visitor: Visitor): Promise<Turn> {
  const { entente, session, texts } = visitor;
  const desk = await entente.desks.mine(session);
  const choose = await choosing(visitor, desk);
  const part = (name: string, rows: readonly Html[], cut = false): Html =>
    html`<section aria-labelledby="${name}"><h2 id="${name}">${texts.say(name)}</h2>
${rows.length > 0 ? rows : html`<p class="quiet">${texts.say(`${name}None`)}</p>`}
${cut ? html`<p class="quiet">${texts.say('deskMore')}</p>` : ''}</section>`;
  const table = (rows: readonly Html[]): readonly Html[] =>
    rows.length > 0 ? [html`<ul class="rows">${rows}</ul>`] : [];
  const { owed, invited, awaited, unanswered, ahead, undelivered, isCut } = desk;
  const opens = agenciesCoordinated(await entente.desks.roles(session)).size > 0;
  const page = sheet(
    visitor,
    texts.say('desk'),
    html`${opens ? html`<p class="ways"><a href="/open">${texts.say('open')}</a> <a href="/import">${texts.say('import')}</a></p>` : ''}${part(
      'deskOwed',
      owed.map((each, index) => mine(visitor, each, index < mostForms ? choose(each) : undefined)),
      isCut,
    )}
${
  invited.length > 0
    ? part(
        'deskInvited',
        invited.slice(0, mostForms).map((each) => invitedTo(visitor, each, choose(each))),
      )
    : ''
}
${part('deskAwaited', table(awaited.slice(0, mostAwaited).map((each) => theirs(visitor, each))), awaited.length > mostAwaited)}
${unanswered.length > 0 ? part('deskUnanswered', table(unanswered.slice(0, mostAwaited).map((each) => silentOf(visitor, each))), unanswered.length > mostAwaited) : ''}
${part('deskAhead', [html`<p class="quiet">${texts.say('deskAheadNote', { days: daysAhead })}</p>`, ...table(ahead.slice(0, mostAhead).map((each) => coming(visitor, each)))], ahead.length > mostAhead)}
${part(
  'deskUndelivered',
  table(
    undelivered.map(
      ({ caseId, title, to, why, told, names }) =>
        html`<li>${caseLink(texts, caseId, title)} ${toldIn(texts, names, told) ?? recorded(texts, `${to}: ${why}`)}</li>`,
    ),
  ),
)}
<p><a href="/person/${session.person.person}">${texts.say('awayMe')}</a> · <a href="/people">${texts.say('people')}</a> · <a href="/feed">${texts.say('feed')}</a></p>`,
  );
  return { page, status: 200 };
}

type Shown = Pick<Obligation, 'lifecycle' | 'state'>;

/** What there is to choose from in the forms of a case; the directory is read for those that choose from it alone. */
async function choosing(
  { entente, session: { person }, texts }: Visitor,
  { owed, invited, actsFor }: MyDesk,
): Promise<(of: Shown) => Choices> {
  const keeps = ({ state }: Shown): boolean => actsFor.has(`person/${state.coordinator}`);
  const forms = [
    ...owed.slice(0, mostForms).map((each) => ({
      ...each,
      ways: answersTo(each.lifecycle, each.state, each.deadline, person.person),
    })),
    ...invited.slice(0, mostForms).map((each) => ({
      ...each,
      ways: waysToAnswer(each.lifecycle, each.entry.name, each.invited.who),
    })),
  ].filter(({ lifecycle, ways }) => askDirectory(ways, lifecycle, texts));
  const read = async (keepsCase: boolean): Promise<Known> =>
    forms.some((each) => keeps(each) === keepsCase) ? entente.directory(peopleShown(person, keepsCase)) : nothingKnown;
  const [all, ofAgency] = [await read(true), await read(false)];
  return (of) => choicesIn(keeps(of) ? all : ofAgency, of, texts);
}

/** What they owe, with its answers in place. */
function mine(visitor: Visitor, each: Obligation, choices: Choices | undefined): Html {
  const { texts, session, secret } = visitor;
  const { caseId, lifecycle, state, deadline } = each;
  const { person } = session;
  const owed = owedIn(each, deadline, { texts, zone: person.zone, level: 'owner' });
  const token = deskToken(secret, caseId);
  const formsWith = (from: Choices): readonly Html[] => {
    const own = { key: caseId, subject: `${owed.ask} (${caseId})` };
    const sight = { link: { lifecycle, person, state }, token, texts, choices: from, at: `/case/${caseId}`, ...own };
    return answersTo(lifecycle, state, deadline, person.person).map((way) =>
      formOf(sight, { ...way, about: deadline.name }, false, undefined),
    );
  };
  return html`<article class="item">
<h3>${owed.ask}</h3>
<p>${dueIn(visitor, each)} ${caseLink(texts, caseId, state.title)} <span class="id">(${caseId})</span></p>
${owed.otherwise ? html`<p class="quiet">${owed.otherwise}</p>` : ''}
${choices ? formsWith(choices) : ''}
</article>`;
}

type Named<T> = T & { readonly names: OpenedCase['names'] };

/** To what they are invited, with what they may say in place. */
function invitedTo(visitor: Visitor, each: Named<OpenInvitation>, choices: Choices): Html {
  const { texts, session, secret } = visitor;
  const { caseId, lifecycle, state, entry, invited } = each;
  const { person } = session;
  const subject = texts.say('invitedTo', { entry: entryTitleFor(texts.code, caseId, entry.summary) });
  const token = deskToken(secret, caseId);
  const sight = { link: { lifecycle, person, state }, token, texts, choices, at: `/case/${caseId}`, key: caseId };
  const about = invitationName(entry, invited.who);
  const own = { ...sight, subject: `${subject} (${caseId})` };
  return html`<article class="item">
<h3>${subject}</h3>
<p><span class="due">${longDay(entry.from, texts.code)}</span> ${caseLink(texts, caseId, state.title)} <span class="quiet">${texts.say('invited')}: ${calledIn(each)}</span></p>
${waysToAnswer(lifecycle, entry.name, invited.who).map((way) => formOf(own, { ...way, about }, false, undefined))}
</article>`;
}

const calledIn = ({ names, invited }: Named<OpenInvitation>): string => names.get(invited.who)?.name ?? invited.who;

/** Somebody who was invited and has said nothing. */
const silentOf = ({ texts }: Visitor, each: Named<OpenInvitation>): Html =>
  html`<li><span class="due">${longDay(each.entry.from, texts.code)}</span> <span>${entryTitleFor(texts.code, each.caseId, each.entry.summary)}</span>
<span class="quiet">${calledIn(each)}</span> ${caseLink(texts, each.caseId, each.state.title)}</li>`;

/** Late ones in words, since colour alone says nothing to some. */
export function dueIn({ texts }: Visitor, { deadline }: Pick<Obligation, 'deadline'>): Html {
  const { plan, passedAt } = deadline.standing;
  const day = longDay(plan.due, texts.code);
  return passedAt
    ? html`<strong class="late">${texts.say('lateSince', { day })}</strong>`
    : html`<span class="due">${texts.say('dueBy', { day })}</span>`;
}

/** What somebody else owes, and who has been told that it is not there. */
function theirs(visitor: Visitor, each: Obligation): Html {
  const { texts, session } = visitor;
  const { caseId, deadline, state } = each;
  const owed = owedIn(each, deadline, { texts, zone: session.person.zone, level: 'other' });
  const told = (['superior', 'coordinator', 'coChairs'] as const).filter(
    (level) => (deadline.standing.sent?.[level] ?? 0) > 0,
  );
  const count = Math.max(0, ...Object.values(deadline.standing.sent ?? {}));
  return html`<li>${dueIn(visitor, each)} <span>${owed.ask}</span>
<span class="quiet">${owed.owedBy}. ${texts.say('reminders', { count })} ${told.map((level) => `${texts.say(`told_${level}`)} `)}</span>
${caseLink(texts, caseId, state.title)}</li>`;
}

export function coming({ texts, session }: Visitor, each: Ahead): Html {
  const { zone } = session.person;
  const owed = owedIn(each, each.deadline, { texts, zone, level: 'other' });
  const facts = { day: longDay(dayIn(each.at, zone), texts.code), ask: owed.ask, whom: owed.owedBy };
  return html`<li>${texts.say(each.isReminder ? 'nextReminder' : 'nextPasses', facts)} ${caseLink(texts, each.caseId, each.state.title)}</li>`;
}
