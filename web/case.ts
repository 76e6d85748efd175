import { titleFor } from '../activities/mail/render.ts';
import { html } from 'hono/html';
import type { OpenedCase } from '../client/opened-case.ts';
import { storyFor } from '../client/seen-case.ts';
import { longDay, shortDay } from '../activities/mail/days.ts';
import { plannedDeadlines } from '../domain/case/state.ts';
import { type StageSince, timelineOf } from '../domain/case/timeline.ts';
import { dayIn } from '../domain/dates.ts';
import { meaningOf } from '../domain/story.ts';
import { attendanceIn } from './attendance.ts';
import { commandsPart } from './case-commands.ts';
import { dueIn } from './desk.ts';
import type { Visitor } from './door.ts';
import type { Problems } from './field-view.ts';
import { familyTree } from './family.ts';
import { knownIn } from './known.ts';
import { stageIn } from './labels.ts';
import { owedIn } from './owed.ts';
import { happenedIn, type Html, personIn, recorded, type Sight } from './pages.ts';
import { stagesPicture, timePicture } from './pictures.ts';
import { sheet } from './sheet.ts';
import { toldIn } from './story.ts';
import type { Texts } from './texts.ts';

const mostEvents = 100;

/** A case as whoever is signed in may see it. */
export function casePage(visitor: Visitor, found: OpenedCase, sight: Sight, shown: Shown): Html {
  const { texts } = visitor;
  const { state, view, caseId } = found;
  const stays = timelineOf(found.lifecycle, found.events);
  const isParty = found.part === 'party';
  const present = (parts: readonly Part[]): readonly Part[] => parts.filter(({ isEmpty }) => !isEmpty);
  const first = present([
    { name: 'caseWaits', body: waits(visitor, found) },
    { name: 'caseAttendance', body: attendanceIn(texts, found), isEmpty: isParty || !view.attendance },
    { name: 'caseCan', body: commandsPart(visitor, found, sight, shown.problems) },
  ]);
  const pictures: readonly Part[] = [
    { name: 'caseStages', body: stagesPicture(texts, found.lifecycle, stays) },
    { name: 'caseTime', body: timeOf(visitor, found, stays) },
  ];
  const more = present([
    { name: 'caseFacts', body: knownIn(texts, found), isEmpty: isParty || Object.keys(view.facts).length === 0 },
    { name: 'casePapers', body: papers(found), isEmpty: found.documents.length === 0 },
    { name: 'caseLetters', body: letters(visitor, found), isEmpty: found.messages.length === 0 },
    { name: 'caseNeighbours', body: familyTree(visitor, found), isEmpty: found.family.length < 2 },
    { name: 'soFar', body: story(visitor, found) },
  ]);
  const section = ({ name, body }: Part): Html =>
    html`<section aria-labelledby="${name}"><h2 id="${name}">${texts.say(name)}</h2>${body}</section>`;
  return sheet(
    visitor,
    titleFor(texts.code, caseId, state.title),
    html`<p class="about"><span class="id">${caseId}</span> · ${stageIn(texts, view.stage)} · ${meaning(texts, found)}</p>
<p class="for">${texts.say('coordinatedBy', { person: personIn({ link: found, texts }, state.coordinator) })}</p>
${shown.done ? html`<div class="notice" role="status"><p>${shown.done}</p></div>` : ''}
<nav class="contents" aria-label="${texts.say('onThisPage')}">${[...first, ...pictures, ...more].map(({ name }) => html`<a href="#${name}">${texts.say(name)}</a> `)}</nav>
${first.map(section)}<div class="beside">${pictures.map(section)}</div>${more.map(section)}`,
  );
}

interface Part {
  /** Of its heading, too: a text of pages. */
  readonly name: string;
  readonly body: Html;
  readonly isEmpty?: boolean;
}

/** What it means that it stands there; that it is suspended, and until when, is for those who keep it. */
function meaning(texts: Texts, { part, state, view, lifecycle, names }: OpenedCase): Html {
  const isWhole = part !== 'party';
  const told = meaningOf(state)
    .slice(isWhole ? 0 : -1)
    .map((each) => toldIn(texts, names, each));
  if (told.every((each) => each !== undefined)) return html`${told.join(' ')}`;
  return recorded(texts, isWhole ? view.meaning : (lifecycle.stages[view.stage] ?? ''));
}

export interface Shown {
  readonly problems?: Problems | undefined;
  /** What was just put on record. */
  readonly done?: string | undefined;
}

function waits(visitor: Visitor, found: OpenedCase): Html {
  const { texts, session } = visitor;
  const open = plannedDeadlines(found.lifecycle, found.state).toSorted((one, other) =>
    one.standing.plan.passesAt < other.standing.plan.passesAt ? -1 : 1,
  );
  if (open.length === 0) return html`<p class="quiet">${texts.say('caseWaitsNone')}</p>`;
  return html`<ul class="rows">${open.map((deadline) => {
    const owed = owedIn(found, deadline, { texts, zone: session.person.zone, level: 'other' });
    const ask = owed.language === texts.code || deadline.owedBy ? owed.ask : recorded(texts, owed.ask);
    return html`<li>${dueIn(visitor, { deadline })} <span>${ask}</span> <span class="quiet">${owed.owedBy}</span>
${owed.otherwise ? html`<span class="quiet">${owed.otherwise}</span>` : ''}</li>`;
  })}</ul>`;
}

const mostStretches = 12;

/** At which stage it was from when until when, and what is due. */
function timeOf({ texts, session }: Visitor, { lifecycle, state }: OpenedCase, stays: readonly StageSince[]): Html {
  const now = new Date().toISOString();
  const day = (at: string): string => shortDay(dayIn(at, session.person.zone), texts.code);
  const been = stays.map(({ stage, since }, index) => ({
    from: since,
    until: stays[index + 1]?.since ?? state.closedAt ?? now,
    says: `${day(since)}: ${stageIn(texts, stage)}`,
  }));
  const due = plannedDeadlines(lifecycle, state).map(({ standing: { plan, passedAt } }) => ({
    from: plan.passesAt,
    says: texts.say(passedAt ? 'lateSince' : 'dueBy', { day: shortDay(plan.due, texts.code) }).replace(/:$/, ''),
    isLate: passedAt !== undefined,
  }));
  return timePicture(texts, [...been.slice(-mostStretches), ...due.slice(0, mostStretches)], {
    now,
    zone: session.person.zone,
  });
}

const papers = ({ caseId, documents }: OpenedCase): Html =>
  html`<ul class="rows">${documents.map(
    ({ name, sha256, size }) =>
      html`<li><a href="/case/${caseId}/paper/${sha256}">${name}</a> <span class="quiet">${Math.ceil(size / 1024)} KB</span></li>`,
  )}</ul>`;

const letters = (visitor: Visitor, { caseId, messages, part }: OpenedCase): Html =>
  html`${part === 'party' ? '' : html`<p class="ways"><a href="/list/mail?case=${caseId}">${visitor.texts.say('list_of_mail')}</a> <a href="/list/links?case=${caseId}">${visitor.texts.say('list_of_links')}</a></p>`}<ul class="rows">${messages
    .slice(0, mostEvents)
    .map(
      ({ key, sendAt, address, subject, summary }) =>
        html`<li><span class="when">${dayFor(visitor, sendAt)}</span> <a href="/case/${caseId}/letter?key=${encodeURIComponent(key)}">${subject ?? summary}</a> <span class="quiet">${address ?? ''}</span></li>`,
    )}</ul>`;

const dayFor = ({ session, texts }: Visitor, at: string): string => longDay(dayIn(at, session.person.zone), texts.code);

/** Who did what and when, the latest first; reasons and notes are for those who keep the case. */
function story(visitor: Visitor, found: OpenedCase): Html {
  const { texts } = visitor;
  const events = storyFor(found);
  return html`<ol class="story">${events
    .toReversed()
    .slice(0, mostEvents)
    .map((happened) => {
      const { event } = happened;
      const unproved = found.unproved.has(event.commandId ?? '') ? html` ${texts.say('unproved')}` : '';
      return html`<li><span class="when">${dayFor(visitor, event.at)}, ${personIn({ link: found, texts }, event.by)}${unproved}</span> ${happenedIn({ link: found, texts }, happened, found.part !== 'party')}</li>`;
    })}</ol>
${events.length > mostEvents ? html`<p class="quiet">${texts.say('deskMore')}</p>` : ''}`;
}
