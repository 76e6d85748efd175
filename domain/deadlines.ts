import { type DeadlineName, namedBy } from './deadline-name.ts';
import type { CivilDate } from './dates.ts';
import { type Party, partyOfPerson } from './fields.ts';
import { type Deadline, type DueRule, type Ladder, noLadder, shortLadder } from './ladder.ts';
import type {
  AnswerRules,
  CaseHeader,
  LifecycleOf,
  MoveRules,
  PassingDefinition,
  PassingRules,
  Subject,
} from './lifecycle.ts';

/** Something that is owed now, or that the case does by itself, by a day; its rule gives it its name. */
export type Owed = Omit<Deadline, keyof DeadlineName | 'name' | 'due' | 'owedBy' | 'ladder'> & {
  /** Which of several, or which time. */
  readonly item?: string | number;
  readonly owedBy?: Party | 'coordinator';
  /** Absent: the short one; none of what nobody owes. */
  readonly ladder?: Ladder;
} & (
    | { readonly due: DueRule }
    /** So many after `since`. */
    | { readonly workingDays: number }
  );

/** A step of the coordinator, in so many working days. */
export const byCoordinator = (says: string, since: CivilDate, workingDays: number): Owed => ({
  says,
  since,
  workingDays,
  owedBy: 'coordinator',
});

/** All that a kind says of one thing that it asks for by a day, or does by itself. Its key is WHAT of its deadlines. */
export interface DeadlineRule<S extends Subject, E> {
  /** The stages at which it can be owed. */
  readonly stages: readonly S['stage'][];
  /** Absent: always at these. */
  isOwed?(subject: S): boolean;
  owed(subject: S, header: CaseHeader): Owed | readonly Owed[];
  /** The commands with which whoever owes it can answer, and what it settles of their fields. */
  readonly answeredBy?: AnswerRules[string];
  readonly whenPassed?: Omit<PassingDefinition<S, E>, 'from'>;
  /** What the case knows after its date was moved; for dates that it keeps itself. */
  readonly whenMoved?: MoveRules<S>[string];
  /** The same once a suspended case has its new days. */
  readonly whenResumed?: MoveRules<S>[string];
}

export type DeadlineRules<S extends Subject, E> = Readonly<Record<string, DeadlineRule<S, E>>>;

type Derived<S extends Subject, E extends { readonly type: string }> = Required<
  Pick<LifecycleOf<S, E, never>, 'deadlines' | 'answers' | 'whenPassed' | 'whenMoved' | 'whenResumed'>
>;

/** What the engine asks of a lifecycle about its deadlines, from one declaration; they come in its order. */
export function deadlinesBy<S extends Subject, E extends { readonly type: string }>(
  rules: DeadlineRules<S, E>,
): Derived<S, E> {
  const all = Object.entries(rules);
  const atStage = new Map<string, typeof all>();
  for (const [what, rule] of all)
    for (const stage of rule.stages) atStage.set(stage, [...(atStage.get(stage) ?? []), [what, rule]]);
  const only = <K extends 'answeredBy' | 'whenMoved' | 'whenResumed'>(part: K) =>
    Object.fromEntries(all.flatMap(([what, rule]) => (rule[part] ? [[what, rule[part]]] : [])));
  return {
    deadlines: (subject, header) =>
      (atStage.get(subject.stage) ?? []).flatMap(([what, rule]) =>
        rule.isOwed?.(subject) === false
          ? []
          : [rule.owed(subject, header)].flat().map((owed) => deadlineOf(what, owed, header)),
      ),
    answers: only('answeredBy') as AnswerRules,
    whenPassed: Object.fromEntries(
      all.flatMap(([what, { stages: from, whenPassed }]) => (whenPassed ? [[what, { from, ...whenPassed }]] : [])),
    ) as PassingRules<S, E>,
    whenMoved: only('whenMoved') as MoveRules<S>,
    whenResumed: only('whenResumed') as MoveRules<S>,
  };
}

const deadlineOf = (
  what: string,
  { item, owedBy, ladder = owedBy ? shortLadder : noLadder, ...owed }: Owed,
  { coordinator }: CaseHeader,
): Deadline => ({
  ...namedBy(item === undefined ? { what } : { what, item: String(item) }),
  ...('due' in owed ? owed : inWorkingDays(owed)),
  ...(owedBy ? { owedBy: owedBy === 'coordinator' ? partyOfPerson(coordinator) : owedBy } : {}),
  ladder,
});

const inWorkingDays = <O extends { readonly since: CivilDate; readonly workingDays: number }>({
  workingDays,
  ...owed
}: O) => ({ ...owed, due: { on: owed.since, workingDays } });

/** `whenMoved` of what is asked of several: the case keeps a list of what it asked, each with its day. */
export const movedIn =
  <L extends string, D extends string, Q extends { readonly [day in D]?: CivilDate }>(
    list: L,
    day: D,
    itemOf: (asked: Q) => string | undefined,
  ) =>
  <S extends { readonly [asked in L]: readonly Q[] }>(subject: S, to: CivilDate, item: string): S => ({
    ...subject,
    [list]: subject[list].map((each) => (itemOf(each) === item ? { ...each, [day]: to } : each)),
  });
