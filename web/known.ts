import { html } from 'hono/html';
import { usualQuestion } from '../activities/mail/render.ts';
import type { OpenedCase } from '../client/opened-case.ts';
import type { Evaluation } from '../domain/evaluation.ts';
import { summaries, type Summary } from '../domain/evaluation/summary.ts';
import type { Subject } from '../domain/lifecycle.ts';
import { factsTold } from '../domain/story/facts.ts';
import { factIn, valueIn } from './labels.ts';
import type { Html } from './pages.ts';
import { toldIn } from './story.ts';
import type { Texts } from './texts.ts';

type Known = Pick<OpenedCase, 'lifecycle' | 'state' | 'view' | 'names'>;

/** What is known of a case: each fact by what it is, and what people answered as a table. */
export function knownIn(texts: Texts, { lifecycle, state: { subject }, view: { facts }, names }: Known): Html {
  const told = factsTold(lifecycle.kind, subject);
  const known = Object.keys(facts).flatMap((name) => {
    if (name === 'evaluation') return [];
    const said = told[name]?.map((each) => toldIn(texts, names, each)) ?? [undefined];
    const value = said.every((each) => each !== undefined)
      ? said.join('\n')
      : valueIn(texts, names, lifecycle.kind, facts, name);
    return value === '' ? [] : [html`<div><dt>${factIn(texts, name)}</dt><dd>${value}</dd></div>`];
  });
  return html`<dl class="box facts">${known}</dl>
${hasAnswers(subject) ? answersTable(texts, summaries(subject)) : ''}`;
}

const hasAnswers = (subject: Subject): subject is Subject & Evaluation =>
  'questions' in subject && 'responses' in subject && Array.isArray(subject.responses) && subject.responses.length > 0;

/** Figures alone: nobody's own words are for everybody who sees the case. */
function answersTable(texts: Texts, all: readonly Summary[]): Html {
  const columns = ['evaluationAsked', 'evaluationCount', 'evaluationMean', 'evaluationAnswers'] as const;
  const rows = all
    .filter(({ type }) => type !== 'text')
    .map((summary) => [
      usualQuestion(texts.code, summary.question.asks),
      String(summary.answered),
      meanIn(texts, summary),
      answersIn(texts, summary),
    ]);
  return html`<h3>${factIn(texts, 'evaluation')}</h3>
<table class="list">
<thead><tr>${columns.map((name) => html`<th scope="col">${texts.say(name)}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, index) => html`<td data-title="${texts.say(columns[index] ?? '')}">${cell}</td>`)}</tr>`)}</tbody>
</table>`;
}

function meanIn({ code }: Texts, summary: Summary): string {
  if (summary.type !== 'rating' || summary.mean === undefined) return '–';
  const mean = new Intl.NumberFormat(code, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${mean.format(summary.mean)} / 5`;
}

/** How often each answer was given. */
function answersIn(texts: Texts, summary: Summary): string {
  if (summary.type === 'rating')
    return summary.distribution.map((times, index) => `${index + 1}: ${times}`).join(' · ');
  return summary.type === 'yesNo' ? `${texts.say('yes')}: ${summary.yes} · ${texts.say('no')}: ${summary.no}` : '';
}
