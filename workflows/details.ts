import { dayInWords, nameOf, spaced } from '../domain/case/label.ts';
import { markdownOf } from '../domain/case/markdown.ts';
import type { CaseView, Waiting } from '../domain/case/view.ts';
import type { Fact } from '../domain/lifecycle.ts';

const shownEvents = 12;

// Lists, not tables: the UI gives this half a page and sets table cells without a gap.
const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

const waitingLine = ({ deadline, says, owedBy, due, firstDue, zone, late }: Waiting): string =>
  [
    `**${markdownOf(says)}**`,
    owedBy ? `from ${markdownOf(nameOf(owedBy))}` : 'by itself',
    `due ${dayInWords(due)} (${zone})`,
    ...(firstDue === due ? [] : [`first due ${dayInWords(firstDue)}`]),
    ...(late ? ['**late**'] : []),
    `\`${deadline}\``,
  ].join(', ');

const nextWithMoment = ({ at, says }: NonNullable<CaseView['next']>): string =>
  `${dayInWords(at)}, ${at.slice(11, 16)} UTC: ${markdownOf(says)}`;

const undelivered = ({ undelivered: messages }: CaseView): string =>
  list(
    messages.map(
      ({ message, to, state, why }) =>
        `to ${markdownOf(nameOf(to))}, **${spaced(state)}**: ${markdownOf(why)} \`${message}\``,
    ),
  );

const happened = ({ log }: CaseView): string =>
  list(
    log
      .slice(-shownEvents)
      .reverse()
      .map(({ at, by, says }) => `**${dayInWords(at)}**, ${markdownOf(by)}: ${markdownOf(says)}`),
  );

const wordOf = (value: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? dayInWords(value) : nameOf(value));

const factText = (fact: Fact): string => {
  if (typeof fact === 'boolean') return fact ? 'yes' : 'no';
  return markdownOf(typeof fact === 'object' ? fact.map(wordOf).join(', ') : wordOf(String(fact)));
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
    `### ${markdownOf(title)}`,
    `**${stage}**${late ? ', **late**' : ''}: ${meaning}`,
    `\`${id}\`, coordinated by ${markdownOf(coordinator)}`,
    `#### It waits for\n\n${list(waitsFor.map(waitingLine)) || 'Nothing.'}`,
    `#### Next by itself\n\n${next ? nextWithMoment(next) : 'Nothing.'}`,
    ...(view.undelivered.length > 0 ? [`#### Mail that did not arrive\n\n${undelivered(view)}`] : []),
    `#### Commands it takes now\n\n${accepts.map((name) => `\`${name}\``).join(', ') || 'None: it is over.'}`,
    `#### What happened${log.length > shownEvents ? `: the last ${shownEvents}` : ''}\n\n${happened(view)}`,
    `#### Facts\n\n${facts(view)}`,
  ].join('\n\n');
}
