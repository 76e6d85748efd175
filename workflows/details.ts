import { dayInWords, nameOf, spaced } from '../domain/case/label.ts';
import { invitedInWords } from '../domain/case/invitations.ts';
import { markdownOf } from '../domain/case/markdown.ts';
import type { CaseView, Waiting } from '../domain/case/view.ts';
import { kinds, typeOfFact } from '../domain/kinds.ts';
import type { Fact } from '../domain/lifecycle.ts';

const shownEvents = 12;

const caseIds = new RegExp(`(?<![\\w/.-])(?:${kinds.join('|')})/[a-z0-9]+(?:-[a-z0-9]+)*`, 'g');

/** Relative, since the UI may stand below another path; it puts its namespace in. */
const linkTo = (id: string): string => `[${id}](namespaces/{namespace}/workflows/${encodeURIComponent(id)})`;

/** People's words, with a link wherever they name a case. */
const linked = (words: string): string => markdownOf(words).replaceAll(caseIds, linkTo);

// Lists, not tables: the UI gives this half a page and sets table cells without a gap.
const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

const waitingLine = ({ deadline, says, owedBy, due, firstDue, zone, late }: Waiting): string =>
  [
    `**${linked(says)}**`,
    owedBy ? `from ${markdownOf(nameOf(owedBy))}` : 'by itself',
    `due ${dayInWords(due)} (${zone})`,
    ...(firstDue === due ? [] : [`first due ${dayInWords(firstDue)}`]),
    ...(late ? ['**late**'] : []),
    `\`${deadline}\``,
  ].join(', ');

const nextWithMoment = ({ at, says }: NonNullable<CaseView['next']>): string =>
  `${dayInWords(at)}, ${at.slice(11, 16)} UTC: ${linked(says)}`;

const undelivered = ({ undelivered: messages }: CaseView): string =>
  list(
    messages.map(
      ({ message, to, state, why }) =>
        `to ${markdownOf(nameOf(to))}, **${spaced(state)}**: ${linked(why)} \`${message}\``,
    ),
  );

const attendance = ({ attendance: entries = [] }: CaseView): string =>
  list(
    entries.map(({ entry, from, comes, doesNotCome, notAnswered }) => {
      const said = { comes, 'does not come': doesNotCome, 'has not answered': notAnswered };
      const groups = Object.entries(said).flatMap(([says, who]) =>
        who.length > 0 ? `**${says}**: ${linked(who.map(invitedInWords).join(', '))}` : [],
      );
      return `${markdownOf(entry)}, ${dayInWords(from)}: ${groups.join('; ')}`;
    }),
  );

const happened = ({ log }: CaseView): string =>
  list(
    log
      .slice(-shownEvents)
      .reverse()
      .map(({ at, by, says }) => `**${dayInWords(at)}**, ${markdownOf(by)}: ${linked(says)}`),
  );

function wordOf(kind: string, name: string, value: string): string {
  const type = typeOfFact(kind, name, value);
  if (type === 'day') return dayInWords(value);
  return type === 'party' ? nameOf(value) : value;
}

const factText = (kind: string, name: string, fact: Fact): string => {
  if (typeof fact === 'boolean') return fact ? 'yes' : 'no';
  const values = typeof fact === 'object' ? fact : [String(fact)];
  return linked(values.map((value) => wordOf(kind, name, value)).join(', '));
};

const facts = (view: CaseView): string =>
  list(
    Object.entries(view.facts).flatMap(([name, fact]) =>
      fact === undefined || fact === '' || (typeof fact === 'object' && fact.length === 0)
        ? []
        : [`${spaced(name)}: ${factText(view.kind, name, fact)}`],
    ),
  );

/** The cases that it belongs to, and that follow from it. */
function others({ id, opener, facts: known }: CaseView): string {
  const words = Object.values(known).flatMap((fact) => (typeof fact === 'object' ? fact : String(fact ?? '')));
  const named = [opener ?? '', ...words].flatMap((text) => text.match(caseIds) ?? []);
  return [...new Set(named)]
    .filter((other) => other !== id)
    .map(linkTo)
    .join(', ');
}

/** What an operator reads in the Temporal UI: what it waits for, what comes next by itself, what has happened. */
export function detailsOf(view: CaseView): string {
  const { id, title, stage, meaning, outcome, late, coordinator, accepts, log, next, waitsFor } = view;
  const otherCases = others(view);
  return [
    `### ${markdownOf(title)}`,
    `**${outcome && outcome !== stage ? `${stage}, ${spaced(outcome)}` : stage}**${late ? ', **late**' : ''}: ${meaning}`,
    `\`${id}\`, coordinated by ${markdownOf(coordinator)}`,
    ...(otherCases ? [`Other cases: ${otherCases}`] : []),
    `#### It waits for\n\n${list(waitsFor.map(waitingLine)) || 'Nothing.'}`,
    `#### Next by itself\n\n${next ? nextWithMoment(next) : 'Nothing.'}`,
    ...(view.attendance ? [`#### Who comes\n\n${attendance(view)}`] : []),
    ...(view.undelivered.length > 0 ? [`#### Mail that did not arrive\n\n${undelivered(view)}`] : []),
    `#### Commands it takes now\n\n${accepts.map((name) => `\`${name}\``).join(', ') || 'None: it is over.'}`,
    `#### What happened${log.length > shownEvents ? `: the last ${shownEvents}` : ''}\n\n${happened(view)}`,
    `#### Facts\n\n${facts(view)}`,
  ].join('\n\n');
}
