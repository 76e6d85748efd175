import { html } from 'hono/html';
import type { OpenedLink } from '../client/opened-link.ts';
import type { Answer } from '../client/client.ts';
import { nextDue } from '../domain/case/due.ts';
import { system } from '../domain/case/due.ts';
import { sentenceForOthers, sentencesOf } from '../domain/case/sentence.ts';
import type { OpenDeadline } from '../domain/case/state.ts';
import { type HappenedStep, withWhy } from '../domain/story.ts';
import { dayIn } from '../domain/dates.ts';
import type { Refusal } from '../domain/refusal.ts';
import { longDay } from '../activities/mail/days.ts';
import type { Owed } from '../activities/mail/owed.ts';
import { titleFor } from '../activities/mail/render.ts';
import type { Choices } from './choices.ts';
import type { Problems } from './field-view.ts';
import { formOf } from './form-view.ts';
import { owedIn } from './owed.ts';
import { recordIn } from '../activities/mail/record-sentences.ts';
import { toldIn } from './story.ts';
import type { Texts } from './texts.ts';

export type Html = ReturnType<typeof html>;

/** What every page of a link is made of. */
export interface Sight {
  readonly link: OpenedLink;
  readonly token: string;
  /** Where its forms are sent to. */
  readonly at: string;
  readonly texts: Texts;
  /** What there is to choose from in forms. */
  readonly choices: Choices;
}

interface Around {
  readonly width?: 'wide';
  /** Where the browser goes on to by itself. */
  readonly goesOnTo?: string;
}

export const layout = (
  texts: Texts,
  title: string,
  body: Html,
  { width, goesOnTo }: Around = {},
): Html => html`<!doctype html>
<html lang="${texts.code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Entente</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">${goesOnTo === undefined ? '' : html`<meta http-equiv="refresh" content="0;url=${goesOnTo}">`}
</head>
<body${width ? html` class="${width}"` : ''}>
${body}
</body>
</html>`;

/** The page of a case, by its title in the language of whoever reads it. */
export const caseLink = (texts: Texts, caseId: string, title: string): Html =>
  html`<a href="/case/${caseId}">${titleFor(texts.code, caseId, title)}</a>`;

/** A page that says one thing, to whoever it may be. */
export const notice = (texts: Texts, title: string, sentences: readonly (string | Html)[]): Html =>
  layout(texts, title, html`<main><h1>${title}</h1>${sentences.map((sentence) => html`<p>${sentence}</p>`)}</main>`);

/** A sentence of the record, which is English, as the page's language says it, or quoted as it is. */
export function recorded(texts: Texts, sentence: string): Html {
  const said = recordIn(texts, sentence);
  return said === undefined ? html`<q lang="en">${sentence}</q>` : html`${said}`;
}

/** What happened, in the words of the page; where it has none, as the record says it. Nobody reads a reason that is not for them. */
export function happenedIn(
  { link, texts }: Pick<Sight, 'link' | 'texts'>,
  happened: HappenedStep,
  isWhole: boolean,
): Html {
  const said = withWhy(happened, isWhole).map((each) => toldIn(texts, link.names, each));
  if (said.every((each) => each !== undefined)) return html`${said.join(' ')}`;
  const says = sentencesOf(link)(happened.event);
  return recorded(texts, isWhole ? says : sentenceForOthers(says, happened.event));
}

/** That something was not taken and why: what it means, and what it is about. */
export const refusalIn = (texts: Texts, { refused, because }: Refusal): Html =>
  html`${texts.say('refused')}. ${texts.refusals[refused]} ${recorded(texts, because)}`;

export const personIn = ({ link: { names }, texts }: Pick<Sight, 'link' | 'texts'>, id: string): string => {
  const known = names.get(`person/${id}`)?.name;
  return known ? texts.say('person', { name: known }) : id;
};

export const coordinatorIn = (sight: Pick<Sight, 'link' | 'texts'>): string => {
  const { coordinator } = sight.link.state;
  const address = sight.link.names.get(`person/${coordinator}`)?.address;
  return `${personIn(sight, coordinator)}${address ? ` <${address}>` : ''}`;
};

const dayOf = ({ link: { person }, texts }: Sight, at: string): string => longDay(dayIn(at, person.zone), texts.code);

export const head = (sight: Sight, title: string): Html => {
  const { link, texts } = sight;
  return html`<header>
<p class="about">${titleFor(texts.code, link.caseId, link.state.title)} <span class="id">(${link.caseId})</span></p>
<h1>${title}</h1>
<p class="for">${texts.say('for', { person: personIn(sight, link.person.person) })}</p>
</header>`;
};

export const foot = (sight: Sight): Html =>
  html`<footer><p>${sight.texts.say('ask', { coordinator: coordinatorIn(sight) })}</p></footer>`;

const owedHere = ({ link, texts }: Sight, deadline: OpenDeadline, level: string | null): Owed =>
  owedIn(link, deadline, { texts, zone: link.person.zone, level });

/** The page of something that is still owed. */
export function askingPage(sight: Sight, deadline: OpenDeadline, problems?: Problems): Html {
  const { link, texts } = sight;
  const { language, ask, rows, why } = owedHere(sight, deadline, link.level);
  const lang = language === texts.code ? '' : html` lang="${language}"`;
  return layout(
    texts,
    ask,
    html`${head(sight, ask)}
<main>
<div${lang}>
<dl class="box">${rows.slice(1).map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
${why.map((paragraph) => html`<p>${paragraph}</p>`)}
</div>
<section aria-labelledby="answer"><h2 id="answer">${texts.say('yourAnswer')}</h2>${answering(sight, problems)}</section>
<section aria-labelledby="story"><h2 id="story">${texts.say('soFar')}</h2>${story(sight)}</section>
</main>
${foot(sight)}`,
  );
}

export function answering(sight: Sight, problems: Problems | undefined): Html {
  const { link, texts } = sight;
  const coordinator = coordinatorIn(sight);
  const { ways } = link;
  const said = problems?.isFault === false ? html` class="notice" role="status"` : html` class="fault" role="alert"`;
  return html`${problems ? html`<div${said}><p>${problems.sentence}</p></div>` : ''}
${ways.map((way) => formOf(sight, way, ways.length === 1, problems))}
${ways.length === 0 ? html`<p>${texts.say('onlyRead', { coordinator })}</p>` : ''}
${ways.length > 0 ? html`<p class="quiet">${texts.say('record', { address: link.address })}</p>` : ''}`;
}

const mostShown = 8;

/** What people have done since the case began, the latest first. */
export function story(sight: Sight): Html {
  const { link, texts } = sight;
  // A note is for whoever keeps the case.
  const done = link.story.filter(
    ({ event: { type, by, commandId } }) => type !== 'noted' && by !== system && commandId !== undefined,
  );
  if (done.length === 0) return html`<p>${texts.say('nothingYet')}</p>`;
  return html`<ol class="story">${done
    .toReversed()
    .slice(0, mostShown)
    .map(
      (each) =>
        html`<li><span class="when">${dayOf(sight, each.event.at)}, ${personIn(sight, each.event.by)}</span> ${happenedIn(sight, each, false)}</li>`,
    )}</ol>`;
}

/** The page of something that is over: what became of it, and by whom. */
export function overPage(sight: Sight, sentence?: string): Html {
  const { link, texts } = sight;
  return layout(
    texts,
    texts.say('over'),
    html`${head(sight, texts.say('over'))}
<main>
${sentence ? html`<div class="fault" role="alert"><p>${sentence}</p></div>` : ''}
${becameOf(sight)}
<section aria-labelledby="story"><h2 id="story">${texts.say('soFar')}</h2>${link.over?.why === 'ended' ? story(sight) : ''}</section>
</main>
${foot(sight)}`,
  );
}

function becameOf(sight: Sight): Html {
  const { link, texts } = sight;
  const { over } = link;
  if (over?.why === 'revoked') return html`<p>${texts.say('revoked')} <q>${over.because}</q></p>`;
  if (over?.why === 'left') return html`<p>${texts.say('left')}</p>`;
  const ending = over?.ending;
  if (!ending) return html``;
  const { by, at } = ending.event;
  const day = dayOf(sight, at);
  const whose =
    by === system ? texts.say('overByItself', { day }) : texts.say('overBy', { day, person: personIn(sight, by) });
  const moved = over.dueNow ? html`<p>${texts.say('moved', { day: longDay(over.dueNow, texts.code) })}</p>` : '';
  const told = link.story.find(({ event }) => event.number === ending.event.number);
  return html`<p>${whose} ${told ? happenedIn(sight, told, false) : ''}</p>${moved}`;
}

/** What is on record now, and what comes next by itself. */
export function donePage(sight: Sight, answer: Answer, commandId: string): Html {
  const { link, texts } = sight;
  const time = new Intl.DateTimeFormat(texts.code === 'en' ? 'en-GB' : texts.code, {
    dateStyle: 'long',
    timeStyle: 'long',
    hourCycle: 'h23',
    timeZone: link.person.zone,
  }).format(new Date(answer.at));
  const done = link.story.filter(({ event }) => event.commandId === commandId);
  return layout(
    texts,
    texts.say('done'),
    html`${head(sight, texts.say('done'))}
<main>
<p>${texts.say('doneAs', { number: answer.event, case: answer.case, time })}</p>
<ul>${done.map((each) => html`<li>${happenedIn(sight, each, true)}</li>`)}</ul>
<p>${texts.say('record', { address: link.address })}</p>
<h2>${texts.say('next')}</h2>
${nextIn(sight).map((sentence) => html`<p>${sentence}</p>`)}
<p><a href="${sight.at}">${texts.say('again')}</a></p>
</main>
${foot(sight)}`,
  );
}

/** What comes first, and what comes of it: in the words of the letters. */
function nextIn(sight: Sight): string[] {
  const { link, texts } = sight;
  const next = nextDue(link.lifecycle, link.state);
  if (!next) return [texts.say('nextNothing')];
  const isTheirs = next.deadline.owedBy === `person/${link.person.person}`;
  const { ask, owedBy, otherwise } = owedHere(sight, next.deadline, isTheirs ? 'owner' : 'other');
  const facts = { day: dayOf(sight, next.at), ask, whom: owedBy || coordinatorIn(sight) };
  return [texts.say(next.rung ? 'nextReminder' : 'nextPasses', facts), otherwise].filter(Boolean);
}
