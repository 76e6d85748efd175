import { dayInWords, nameOf, spaced } from '../domain/case/label.ts';
import type { CaseView, Waiting } from '../domain/case/view.ts';
import type { Fact } from '../domain/lifecycle.ts';

const shownEvents = 12;

/** By characters, not halves of them. */
const clipped = (value: string): string => {
  const [start = ''] = /^.{0,300}/su.exec(value) ?? [];
  return start.length < value.length ? `${start}…` : value;
};

/** Titles and reports are people's words: in an operator's browser they must stay words, not markup, links or addresses. */
const plain = (value: string): string =>
  clipped(value)
    .replaceAll(/[\\`*_{}[\]<>#|~&@!$^]/g, '\\$&')
    .replaceAll(/:(?=\/\/)|(?<=www)\./gi, '\\$&')
    .replaceAll(/\s*\n\s*/g, ' ');

// Lists, not tables: the UI gives this half a page and sets table cells without a gap.
const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

const waitingLine = ({ deadline, says, owedBy, due, firstDue, zone, late }: Waiting): string =>
  [
    `**${plain(says)}**`,
    owedBy ? `from ${plain(nameOf(owedBy))}` : 'by itself',
    `due ${dayInWords(due)} (${zone})`,
    ...(firstDue === due ? [] : [`first due ${dayInWords(firstDue)}`]),
    ...(late ? ['**late**'] : []),
    `\`${deadline}\``,
  ].join(', ');

const undelivered = ({ undelivered: messages }: CaseView): string =>
  list(
    messages.map(
      ({ message, to, state, why }) => `to ${plain(nameOf(to))}, **${spaced(state)}**: ${plain(why)} \`${message}\``,
    ),
  );

const happened = ({ log }: CaseView): string =>
  list(
    log
      .slice(-shownEvents)
      .reverse()
      .map(({ at, by, says }) => `**${dayInWords(at)}**, ${plain(by)}: ${plain(says)}`),
  );

const wordOf = (value: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? dayInWords(value) : nameOf(value));

const factText = (fact: Fact): string => {
  if (typeof fact === 'boolean') return fact ? 'yes' : 'no';
  return plain(typeof fact === 'object' ? fact.map(wordOf).join(', ') : wordOf(String(fact)));
};

const facts = (view: CaseView): string =>
  list(
    Object.entries(view.facts).flatMap(([name, fact]) =>
      fact === undefined || fact === '' || (typeof fact === 'object' && fact.length === 0)
        ? []
        : [`${spaced(name)}: ${factText(fact)}`],
    ),
  );

/** What an operator reads in the Temporal UI: what it waits for, what comes next by itself, what has happened. */
export function detailsOf(view: CaseView): string {
  const { id, title, stage, meaning, late, coordinator, accepts, log, next, waitsFor } = view;
  return [
    `### ${plain(title)}`,
    `**${stage}**${late ? ', **late**' : ''}: ${meaning}`,
    `\`${id}\`, coordinated by ${plain(coordinator)}`,
    `#### It waits for\n\n${list(waitsFor.map(waitingLine)) || 'Nothing.'}`,
    `#### Next by itself\n\n${next ? plain(next.says) : 'Nothing.'}`,
    ...(view.undelivered.length > 0 ? [`#### Mail that did not arrive\n\n${undelivered(view)}`] : []),
    `#### Commands it takes now\n\n${accepts.map((name) => `\`${name}\``).join(', ') || 'None: it is over.'}`,
    `#### What happened${log.length > shownEvents ? `: the last ${shownEvents}` : ''}\n\n${happened(view)}`,
    `#### Facts\n\n${facts(view)}`,
  ].join('\n\n');
}
