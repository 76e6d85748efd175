import type { Above } from '../../domain/case/otherwise.ts';
import { kebab, spaced } from '../../domain/case/label.ts';
import { stageInWords } from '../../domain/case/stage-words.ts';
import { type Attendance, invitedInWords } from '../../domain/case/invitations.ts';
import type { CaseView, Waiting } from '../../domain/case/view.ts';
import { dayIn } from '../../domain/dates.ts';
import { typeOfFact } from '../../domain/kinds.ts';
import type { Fact } from '../../domain/lifecycle.ts';
import { momentOf } from '../output/moment.ts';
import { terminalWidth } from '../output/output.ts';
import { plain } from '../output/plain.ts';
import { widthOf, wrap } from '../output/width.ts';
import type { ListedView } from '../told.ts';

const indent = '  ';
const labelWidth = 22;
const shownLogLines = 10;
const shownWaits = 12;

/** A label, and a text that is wrapped beside it. */
export function labelled(label: string, text: string, labelColumns = labelWidth): string {
  const before = indent.length + labelColumns;
  const start = `${indent}${label}`.padEnd(before);
  const [first = '', ...rest] = wrap(plain(text), Math.max(20, terminalWidth() - before));
  const isBeside = widthOf(label) + indent.length < before;
  const own = isBeside ? [start + first] : [start, ' '.repeat(before) + first];
  return [...own, ...rest.map((line) => ' '.repeat(before) + line)].map((line) => line.trimEnd()).join('\n');
}

function valueOf(kind: string, name: string, fact: Fact): string {
  if (typeof fact === 'boolean') return fact ? 'yes' : 'no';
  if (typeof fact === 'object') return fact.join('\n');
  return typeof fact === 'string' && typeOfFact(kind, name, fact) === 'choice' && /^[a-z]/.test(fact)
    ? spaced(fact)
    : String(fact);
}

const owed = ({ owedBy, since, due, firstDue, zone, late }: Waiting): string =>
  [
    `${owedBy ? `from ${owedBy}` : 'by itself'}, since ${since}, until ${due} (${zone})`,
    firstDue === due ? '' : `first due ${firstDue}`,
    late ? 'LATE' : '',
  ]
    .filter(Boolean)
    .join(', ');

const whoIs: Readonly<Record<Above, string>> = {
  superior: 'the superior',
  coordinator: 'the coordinator',
  coChairs: 'the co-chairs',
};

/** What happens by itself if nobody does it: a line for each day, in their order. */
export function otherwise({ otherwise: known, zone }: Pick<Waiting, 'otherwise' | 'zone'>): string[] {
  if (!known) return [];
  const { above, byItself } = known;
  const told = above.map(({ who, at }) => ({ at, says: `${dayIn(at, zone)}: a reminder also goes to ${whoIs[who]}` }));
  const done = byItself ? [{ at: byItself.at, says: `end of ${byItself.on}: ${byItself.says}` }] : [];
  return [...told, ...done].toSorted((a, b) => (a.at < b.at ? -1 : 1)).map(({ says }) => says);
}

const owedInFull = (waiting: Waiting): string[] => [
  labelled('waits for', waiting.says),
  labelled('', owed(waiting)),
  // As commands take it that move its day or ask for a later one.
  labelled('', `--deadline ${waiting.deadline}`),
  ...otherwise(waiting).map((line, index) => labelled(index === 0 ? 'if nobody answers' : '', line)),
];

const waits = ({ waitsFor }: ListedView, most = waitsFor.length): string[] =>
  waitsFor.length === 0 ? [labelled('waits for', 'nothing')] : waitsFor.slice(0, most).flatMap(owedInFull);

/** The soonest; a visit can wait for dozens. */
const firstWaits = (view: CaseView): string[] => {
  const others = view.waitsFor.length - shownWaits;
  return [
    ...waits(view, shownWaits),
    ...(others > 0 ? [labelled('', `and ${others} more: ./entente next ${view.id}`)] : []),
  ];
};

const byItself = ({ next }: ListedView): string[] =>
  next ? [labelled('by itself', `${momentOf(next.at)}: ${next.says}`)] : [];

const accepts = ({ accepts: names }: ListedView): string =>
  labelled('takes', names.length > 0 ? names.map(kebab).join(', ') : 'no more commands');

const answersTo = ({ entry, from, to, comes, doesNotCome, notAnswered }: Attendance): string[] => {
  const said = { comes, 'does not come': doesNotCome, 'has not answered': notAnswered };
  return [
    labelled('invited to', `${entry}, ${from === to ? from : `${from} to ${to}`}`),
    ...Object.entries(said).flatMap(([says, who]) =>
      who.length > 0 ? [labelled(`  ${says}`, who.map(invitedInWords).join('\n'))] : [],
    ),
  ];
};

/** What one case waits for, and what it would accept. */
export const waitingText = (view: ListedView): string =>
  [
    plain(`${view.id}  ${stageInWords(view.stage)}${view.late ? '  LATE' : ''}`),
    labelled('', view.title),
    ...waits(view),
    ...byItself(view),
    accepts(view),
  ].join('\n');

/** One case on a page. */
export function caseText(view: CaseView): string {
  const { id, title, stage, meaning, countries, coordinator, owner, opener, openedAt, closedAt, outcome, facts, log } =
    view;
  const header: readonly (readonly [string, string | undefined])[] = [
    ['title', title],
    ['stage', `${stageInWords(stage)}: ${meaning}`],
    ['countries', countries.join(', ')],
    ['coordinator', `person/${coordinator}`],
    ['owner', owner],
    ['opened', `${momentOf(openedAt)}${opener ? ` by ${opener}` : ''}`],
    ['closed', closedAt && momentOf(closedAt)],
    ['outcome', outcome && spaced(outcome)],
    ['late', view.late ? 'yes' : 'no'],
  ];
  const known = Object.entries(facts).filter(
    ([, fact]) => fact !== undefined && !(Array.isArray(fact) && fact.length === 0),
  );
  return [
    plain(id),
    ...header.flatMap(([label, text]) => (text ? [labelled(label, text)] : [])),
    '',
    ...known.map(([name, fact]) => labelled(spaced(name), valueOf(view.kind, name, fact ?? ''))),
    ...(view.attendance ?? []).flatMap(answersTo),
    '',
    ...firstWaits(view),
    ...byItself(view),
    accepts(view),
    ...view.undelivered.map(({ to, state, why }) => labelled('not delivered', `to ${to} (${spaced(state)}): ${why}`)),
    '',
    ...log.slice(-shownLogLines).map(({ at, by, says }) => labelled(momentOf(at), `${says} (${by})`)),
    ...(log.length > shownLogLines ? ['', `${indent}All of it: ./entente history ${id}`] : []),
  ].join('\n');
}
