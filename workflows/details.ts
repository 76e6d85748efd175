import { type CaseView, type Waiting } from '../domain/case/view.ts';
import { dayOf } from '../domain/dates.ts';

const shownEvents = 12;

// Titles and reports are people's words: they must not become markup in an operator's browser.
const plain = (value: string): string => value.replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&').replaceAll('\n', ' ');

const bullets = (lines: readonly string[], none: string): string =>
  lines.length > 0 ? lines.map((line) => `- ${line}`).join('\n') : none;

const waitingLine = ({ says, owedBy, due, firstDue, zone, late }: Waiting): string =>
  [
    `**${plain(says)}**`,
    owedBy ? `from ${owedBy}` : 'by itself',
    `due ${due} (${zone})`,
    ...(firstDue === due ? [] : [`first due ${firstDue}`]),
    ...(late ? ['**late**'] : []),
  ].join(', ');

const factLine = ([name, value]: [string, unknown]): string =>
  `| ${name} | ${plain(Array.isArray(value) ? value.join(', ') : String(value))} |`;

/** What an operator reads in the Temporal UI: what has happened, what it waits for, what comes next by itself. */
export function detailsOf(view: CaseView): string {
  const facts = Object.entries(view.facts).filter(([, value]) => value !== undefined && value !== '');
  return [
    `### ${plain(view.title)}`,
    `${view.kind} ${view.id}, at **${view.stage}**: ${view.meaning}`,
    `#### It waits for\n${bullets(view.waitsFor.map(waitingLine), 'Nothing: it is over.')}`,
    `#### Next by itself\n${view.next ? plain(view.next.says) : 'Nothing.'}`,
    `#### It takes\n${view.accepts.map((name) => `\`${name}\``).join(', ') || 'No more commands.'}`,
    ...(view.undelivered.length > 0
      ? [
          `#### Not delivered\n${bullets(
            view.undelivered.map(({ to, state, why }) => `${to}: ${state}, ${plain(why)}`),
            '',
          )}`,
        ]
      : []),
    `#### What happened\n${bullets(
      view.log
        .slice(-shownEvents)
        .reverse()
        .map(({ at, by, says }) => `${dayOf(at)} ${by}: ${plain(says)}`),
      'Nothing yet.',
    )}`,
    `#### Facts\n| | |\n| --- | --- |\n${facts.map(factLine).join('\n')}`,
  ].join('\n\n');
}
