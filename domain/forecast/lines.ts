import { nameOf } from '../case/label.ts';
import type { Message } from '../case/effects.ts';
import { stageInWords } from '../case/stage-words.ts';
import { type CaseState, isOver, openRungs, plannedDeadlines, stageOf } from '../case/state.ts';
import { type CivilDate, dayOf, type Instant } from '../dates.ts';
import type { Party } from '../fields.ts';
import { deadlineTold, type Told } from '../story/told.ts';
import type { Occurrence } from './occurrence.ts';
import { lifecycleOf } from './other-case.ts';

/** What two courses are held against each other by. */
export const differing = ['case', 'meeting', 'due', 'reminder', 'letter'] as const;

/** Something that a course has: how it is in the end, and the day of it. */
export interface Line {
  readonly what: (typeof differing)[number];
  readonly case: string;
  readonly says: string;
  readonly is: string;
  readonly on: CivilDate;
  /** Of a case: the day on which it was opened. */
  readonly since?: CivilDate;
  /** It was over, called off or behind before anybody could have done anything. */
  readonly isPast: boolean;
  /** Where that was asked for. */
  readonly tells?: Tells;
}

/** What a line says and how it is, for readers of any language. */
export interface Tells {
  /** As it is stored: of a case, or in calendars. */
  readonly title?: string;
  readonly told?: Told;
  readonly owedBy?: Party;
  /** Which one of those to whoever owes it. */
  readonly reminder?: number;
  readonly letter?: Message;
  /** Who has it in place of whoever it is meant for. */
  readonly reader?: string;
  readonly stage?: string;
  readonly starts?: string;
}

/** When a letter reaches somebody, and whom, where that is not whoever it is meant for. */
export interface Reading {
  readonly on: CivilDate;
  readonly reader?: string;
}

export interface Reader {
  /** The instant of the change: what it ends at once is no longer owed, and what lies before it has passed. */
  readonly changedAt?: Instant;
  /** Absent: on the day on which it is written. */
  readonly reads?: (letter: Message) => Reading;
  /** Lines are to be told in any language: they hold what letters are made of, as long as somebody holds them. */
  readonly tells?: boolean;
}

/** What a course comes to, occurrence by occurrence: it keeps lines, and not the cases that they are of. */
export class Lines {
  /** Cases, appointments, due days and reminders, each once. */
  readonly things = new Map<string, Line>();
  /** Letters of one text in one case to one recipient, in their order. */
  readonly letters = new Map<string, Line[]>();
  /** The reminders that lay ahead at the beginning, of each thing that was owed. */
  private readonly ahead = new Map<string, ReadonlySet<number>>();
  private readonly changedAt: Instant;
  private readonly reads: (letter: Message) => Reading;
  private readonly tells: boolean;

  constructor({ changedAt = '', reads = ({ at }) => ({ on: dayOf(at) }), tells = false }: Reader = {}) {
    this.changedAt = changedAt;
    this.reads = reads;
    this.tells = tells;
  }

  /** How a case stands at the beginning; without any, only what happens is held against each other. */
  begins(state: CaseState): void {
    this.stands(state);
    for (const deadline of plannedDeadlines(lifecycleOf(state.id), state)) {
      const ahead = openRungs(deadline).filter(({ at }) => at > this.changedAt);
      this.ahead.set(`${state.id} ${deadline.name}`, new Set(ahead.map(({ number }) => number)));
    }
  }

  add({ state, letters }: Occurrence): void {
    const isAtOnce = state.lastAt <= this.changedAt;
    if (isAtOnce) this.drop(state);
    this.stands(state);
    if (isAtOnce) this.passed(state);
    for (const letter of letters) {
      const { on, reader } = this.reads(letter);
      const key = `${state.id} ${letter.text} ${letter.to}`;
      const is = reader === undefined ? on : `${on}, read by ${reader}`;
      const to = nameOf(letter.to.replace(/^superior-of\//, ''));
      const whom = letter.to.startsWith('superior-of/') ? `the superior of ${to}` : to;
      const says = letter.summary.includes(whom) ? letter.summary : `${letter.summary} (to ${whom})`;
      const line: Line = {
        what: 'letter',
        case: state.id,
        says,
        is,
        on,
        isPast: false,
        ...this.told({ letter, reader }),
      };
      this.letters.set(key, [...(this.letters.get(key) ?? []), line]);
    }
  }

  private stands(state: CaseState): void {
    const of = { case: state.id, isPast: false };
    const { title } = state;
    const head = {
      says: title,
      since: dayOf(state.openedAt),
      ...standing(state),
      ...this.told({ title, stage: stageOf(state) }),
    };
    this.things.set(`case ${state.id}`, { what: 'case', ...of, ...head });
    for (const { entry, withdrawn } of Object.values(state.calendarEntries ?? {})) {
      const is = withdrawn ? 'called off' : `on ${entry.from}${entry.starts ? ` ${entry.starts}` : ''}`;
      const { summary, from, starts } = entry;
      const meeting = { says: summary, is, on: from, isPast: withdrawn, ...this.told({ title: summary, starts }) };
      this.things.set(`meeting ${state.id} ${entry.name}`, { what: 'meeting', ...of, ...meeting });
    }
    for (const deadline of plannedDeadlines(lifecycleOf(state.id), state)) {
      const { name, says, standing: kept, owedBy, facts } = deadline;
      const { due, passesAt } = kept.plan;
      const owed = owedBy ? `${says}, owed by ${nameOf(owedBy)}` : says;
      const told = this.tells ? { tells: { told: deadlineTold(state.kind, deadline, facts), owedBy } } : {};
      const line = { says: owed, is: `due ${due}`, on: due, isPast: passesAt <= this.changedAt, ...told };
      this.things.set(`due ${state.id} ${name}`, { what: 'due', ...of, ...line });
    }
  }

  private told(tells: Tells): Pick<Line, 'tells'> {
    return this.tells ? { tells } : {};
  }

  /** What a change has ended is not owed in its course. */
  private drop(state: CaseState): void {
    const lifecycle = lifecycleOf(state.id);
    const open = new Set(isOver(lifecycle, state) ? [] : plannedDeadlines(lifecycle, state).map(({ name }) => name));
    for (const key of this.things.keys()) {
      const [what, id, ...name] = key.split(' ');
      if (what === 'due' && id === state.id && !open.has(name.join(' '))) this.things.delete(key);
    }
  }

  /** Reminders that lay ahead and that the change has moved behind it; one that goes at once for all of them is a letter. */
  private passed(state: CaseState): void {
    for (const deadline of plannedDeadlines(lifecycleOf(state.id), state)) {
      const ahead = this.ahead.get(`${state.id} ${deadline.name}`);
      const { rungs } = deadline.standing.plan;
      for (const { number, at } of rungs.filter((rung) => rung.at <= this.changedAt && ahead?.has(rung.number))) {
        const says = `reminder ${number} of ${deadline.says}`;
        const told = deadlineTold(state.kind, deadline, deadline.facts);
        const of = { what: 'reminder', case: state.id, says, ...this.told({ told, reminder: number }) } as const;
        const line: Line = { ...of, is: dayOf(at), on: dayOf(at), isPast: true };
        this.things.set(`reminder ${state.id} ${deadline.name} ${number}`, line);
      }
    }
  }
}

/** How a case stands after what happened in it: it is the last that counts. */
function standing(state: CaseState): Pick<Line, 'is' | 'on' | 'isPast'> {
  const stage = stageInWords(stageOf(state));
  const { closedAt } = state;
  return closedAt
    ? { is: `${stage}, over on ${dayOf(closedAt)}`, on: dayOf(closedAt), isPast: true }
    : { is: `open, ${stage}`, on: dayOf(state.lastAt), isPast: false };
}
