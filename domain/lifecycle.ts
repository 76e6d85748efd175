import { z } from 'zod';
import { type CivilDate, dayOf, type Instant } from './dates.ts';
import type { DocumentFile } from './document.ts';
import type { Declared, FactTypes } from './fact-types.ts';
import type { Country, Party, Person } from './fields.ts';
import type { Deadline, Level } from './ladder.ts';
import type { By, Side } from './position.ts';
import type { Refusal } from './refusal.ts';
import type { RulesVersion } from './rules-version.ts';

/** How a case ended, in a word of the same list for all kinds. */
export type Outcome =
  | 'done'
  | 'accepted'
  | 'declined'
  | 'withdrawn'
  | 'dropped'
  | 'notConcluded'
  | 'lapsed'
  | 'terminated'
  | 'dissolved'
  | 'cancelled';

/** What a lifecycle knows of its case; whatever else it holds, it stands at a stage. */
export interface Subject {
  readonly stage: string;
}

/** What every case has, whatever its kind. */
export interface CaseHeader {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly countries: readonly Country[];
  readonly coordinator: Person;
  readonly openedAt: Instant;
  /** The case that opened this one. */
  readonly opener?: string;
}

/** What is kept of letters about what was owed. */
export interface Chased {
  /** By the deadline's name: how many have gone to each level. */
  readonly deadlines?: Readonly<Record<string, { readonly sent?: Readonly<Partial<Record<Level, number>>> }>>;
}

/** Who, when and why: on every event. `by` is a person's id, or `entente` for what the case did by itself. */
export interface Stamp {
  readonly number: number;
  readonly at: Instant;
  readonly by: string;
  /** For the record and those who read it; no letter has it. */
  readonly reason?: string;
  /** What letters give as the reason (`tells` of the command). */
  readonly told?: string;
  /** The day of what it says has happened, where that lay well back when it was put on record: its letters say so. */
  readonly toldOf?: CivilDate;
  readonly commandId?: string;
  /** For whom it was done, by whose right alone they could: whoever did it stood in. Absent in events of earlier versions. */
  readonly onBehalfOf?: string;
}

/** What a rule may know besides its input and its state. `today` is the day in UTC. */
export interface Context {
  readonly by: string;
  readonly at: Instant;
  readonly today: CivilDate;
  readonly reason?: string;
  readonly header: CaseHeader;
  /** By which a case decides: those of today, but where a run of before replays. */
  readonly rules: RulesVersion;
}

export type Fact = string | number | boolean | readonly string[];
/** Named values for people to read. Parties (`agency/klid`), countries and dates stay data: readers get them in their language. */
export type Facts = Readonly<Record<string, Fact | undefined>>;

export type Effect =
  | {
      readonly type: 'mail';
      readonly text: string;
      readonly to: Party | `superior-of/${Party}`;
      readonly facts?: Facts;
      /** The texts that it is about, which go with it. */
      readonly attached?: readonly DocumentFile[];
      /** The name of the deadline by which it asks for something: its text has that day as `answerBy`, once it is planned. */
      readonly answerBy?: string;
      /** A letter that earlier versions did not send: runs from before it replay without. */
      readonly isNew?: true;
    }
  | {
      readonly type: 'open';
      readonly kind: string;
      readonly slug: string;
      readonly title: string;
      readonly countries?: readonly Country[];
      readonly input: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: 'tell';
      readonly case: string;
      readonly command: string;
      readonly input: Readonly<Record<string, unknown>>;
    };

/** Something that takes place and belongs in the calendars of those who attend. */
export interface CalendarEntry {
  /** Unique in the case and stable for its life: the entry's UID is made of it. */
  readonly name: string;
  readonly summary: string;
  /** Civil days where it takes place, the last one included. */
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** Local times such as `10:00`; without `starts` it takes the whole day. */
  readonly starts?: string;
  readonly ends?: string;
  /** Whose zone the times are in: `agency/mar`, the host, or a country, `GR`. */
  readonly zoneOf?: string;
  readonly place?: string;
  readonly attendees: readonly Party[];
}

/** Something that takes place and is still ahead, whether anybody is invited yet or not. */
export interface Occasion {
  /** Unique in the case, as people call it: `meeting`, `leg 2`. */
  readonly name: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** Whose days off would be in its way: where it takes place, and who comes; `GR`, `agency/klid`. */
  readonly places: readonly string[];
}

/** A time on the wall that a case sets, whether anybody is invited yet or not. */
export interface LocalTime {
  readonly on: CivilDate;
  /** `10:00` */
  readonly at: string;
  /** As in a calendar entry. */
  readonly zoneOf: string;
}

/** What somebody is in a case, where somebody else can follow them. */
export type Role =
  | 'coordinator'
  | 'coChair'
  | 'secretary'
  | 'member'
  | 'head'
  | 'host'
  | 'participant'
  | 'focalPoint'
  | 'countryCoordinator'
  | 'presenter'
  | 'requester'
  | 'rapporteur'
  | 'inCharge';

/** The command that names another in a role for which a kind has none of its own: `whenSucceeded` says what follows. */
export const nameSuccessor = 'nameSuccessor';

export interface Holder {
  readonly role: Role;
  readonly who: Party;
  /** The command that names another. */
  readonly by: string;
}

/** Those who have done what somebody else is to look at, and what that was: `reported the action as done`. */
export interface First {
  readonly people: readonly Person[];
  readonly did: string;
}

export interface CommandDefinition<S, E, I extends z.ZodObject = z.ZodObject> {
  /** One sentence on what it does; help, Temporal UI and documents show it. */
  readonly says: string;
  /** Whose it is to give. Whoever stands in for one of these that day may as well. */
  readonly by: By;
  /** The stages at which it is taken. */
  readonly from: readonly string[];
  /** The stages it can lead to; absent: the stage stays. */
  readonly to?: readonly string[];
  readonly reason?: 'required';
  /**
   * What its letters give as the reason: its `reason`, which is for the other side by its nature (a refusal, an
   * objection), or a field of its own, `told`. Absent: nothing; a reason stays on record.
   */
  readonly tells?: 'reason' | 'told';
  /** Its consequences reach beyond its case: at a terminal they are shown, and asked about, before it is given. */
  readonly confirm?: true;
  /** What binds a state, or is the second pair of eyes: nobody gives it by the link of a letter alone. */
  readonly confirms?: 'code';
  /** What comes of a change of the directory, given with it by the client: not offered in help or in `next`. */
  readonly isPart?: true;
  /** Whether it is worth offering at all; absent: whenever the stage fits. */
  offered?(subject: S): boolean;
  /** Whether it is worth offering to whoever speaks for this side alone; absent: whenever it is to any. */
  offeredFor?(subject: S, side: string): boolean;
  /** The second pair of eyes: whose deed it looks at. They do not give it, nor does anybody in their place. */
  secondTo?(subject: S, input: Partial<z.output<I>>): First | undefined;
  readonly input: I;
  decide(input: z.output<I>, subject: S, context: Context): readonly E[] | Refusal;
}

/** What follows from an event: letters, words to other cases, openings, in this order. `subject` is the state after it. */
export type Follows<S, E> = (event: E & Stamp, subject: S, header: CaseHeader & Chased) => readonly Effect[];

/** Of an event that is nobody's news: the record has it, and lists do. */
export const nobodyHears = (): readonly Effect[] => [];

export interface EventDefinition<S, E> {
  /** What happened, as a sentence. */
  says(event: E, subject: S): string;
  evolve(subject: S, event: E & Stamp): S;
  readonly follows: Follows<S, E>;
}

/** What the case does by itself when a deadline has passed, besides recording that it has. */
export interface PassingDefinition<S, E> {
  readonly says: string;
  readonly from: readonly string[];
  readonly to?: readonly string[];
  /**
   * To whoever owes one of these, by WHAT, letters say that it will happen and when; `facts` of the case as it stands then
   * they may name, `termEnds` as `thenTermEnds`. Of an obligation that is the deadline itself, of its own day alone.
   */
  readonly foretold?: { readonly to: readonly string[]; readonly facts?: readonly string[] };
  decide(subject: S, item: string, context: Context): readonly E[];
}

type Typed = { readonly type: string };
/** What an event may not name itself: its stamp would overwrite it. */
type Unstamped = { readonly [K in keyof Stamp]?: never };

export type EventRules<S, E extends Typed> = {
  readonly [T in E['type']]: EventDefinition<S, Extract<E, { type: T }>>;
};
export type PassingRules<S, E> = Readonly<Record<string, PassingDefinition<S, E>>>;
/** What a case knows after `moveDeadline`, by WHAT of the deadline; for dates that the lifecycle keeps itself. */
export type MoveRules<S> = Readonly<Record<string, (subject: S, to: CivilDate, item: string) => S>>;

/** The fields of a command that a deadline settles by itself: whose opinion it is, which leg is meant. */
export type SettledFields = (deadline: Deadline) => Readonly<Record<string, unknown>>;
/** By WHAT of a deadline, the commands with which whoever owes it can answer. */
export type AnswerRules = Readonly<Record<string, Readonly<Record<string, SettledFields>>>>;

/** A fact that can be corrected, once it was recorded wrongly. */
export interface CorrectableFact<S> {
  /** What it may be: as the opening takes it, or the command that recorded it. */
  readonly field: z.ZodType<string, unknown>;
  /** Words from which nothing follows: they can be corrected when the case is over, too. */
  readonly words?: true;
  /** Only what is on record can be corrected: it comes with something that happens. */
  readonly onceRecorded?: true;
  /** What is on record of it, of the part that `is` names; absent: what the case keeps under its name. */
  known?(this: void, subject: S, is?: string): string | undefined;
  /** The case with what is right, and with all that follows; absent: kept under its name. */
  mend?(this: void, subject: S, is: string): S;
}

export interface CorrectionRules<S> {
  readonly facts: Readonly<Record<string, CorrectableFact<S>>>;
  /** Why the case cannot have been so; `context.header` is mended, too. */
  refuse?(mended: S, before: S, context: Context): Refusal | undefined;
}

export type CancelledEvent = { readonly type: 'cancelled' };
export type DeadlineMovedEvent = { readonly type: 'deadlineMoved'; readonly deadline: string; readonly to: CivilDate };
export type OpenedEvent<O> = { readonly type: 'opened'; readonly input: O };

/** The rules of one kind of case. Pure: no clock, no I/O, no Temporal, no SQL. */
export interface LifecycleOf<S extends Subject, E extends Typed, O extends z.ZodObject, T = FactTypes, F = Facts> {
  readonly kind: string;
  /** What a list of them is called. */
  readonly plural: string;
  readonly says: string;
  /** Every stage in its usual order, with what it means. */
  readonly stages: Readonly<Record<string, string>>;
  /** The stages at which the case is over, and how it ended there. */
  readonly finalStages: Readonly<Record<string, Outcome | ((subject: S) => Outcome)>>;
  readonly opening: {
    readonly says: string;
    readonly input: O;
    refuse?(input: z.output<O>, context: Context): Refusal | undefined;
    begin(input: z.output<O>, event: Stamp, header: CaseHeader): S;
    readonly follows: Follows<S, OpenedEvent<z.output<O>>>;
  };
  /** What follows when it is cancelled, besides word to those who owe something. */
  readonly whenCancelled: Follows<S, CancelledEvent>;
  /** What follows when a due date is moved, besides the letters that say the new day. */
  readonly whenDueDateMoved?: Follows<S, DeadlineMovedEvent>;
  readonly commands: Readonly<Record<string, CommandDefinition<S, E>>>;
  readonly events: EventRules<S, E>;
  deadlines(subject: S, header: CaseHeader): readonly Deadline[];
  /** How what is owed can be answered by whoever got a letter about it. */
  readonly answers?: AnswerRules;
  readonly whenPassed?: PassingRules<S, E>;
  readonly whenMoved?: MoveRules<S>;
  /** A case that can be suspended: at which stages. */
  readonly suspension?: { readonly from: readonly string[] };
  /** What a suspended case knows once its due dates have their new days. */
  readonly whenResumed?: MoveRules<S>;
  /** Which facts can be corrected, besides title and countries. */
  readonly corrections?: CorrectionRules<S>;
  /** What stands in people's calendars now; the core sends invitations, changes and cancellations by itself. */
  calendarEntries?(subject: S, header: CaseHeader): readonly CalendarEntry[];
  /** What takes place and can still be moved. */
  occasions?(subject: S): readonly Occasion[];
  /** The times of day that it sets: each has to be one moment where it is. */
  localTimes?(subject: S): readonly LocalTime[];
  /** The countries that it concerns now, besides those it was opened with: lists and feeds of a country have it. */
  countries?(subject: S): readonly Country[];
  /** The document that Entente writes by itself where an event circulates one and nobody gives it, by the event's type. */
  readonly writes?: Readonly<Record<string, string>>;
  /** Whose zone the times of day in its facts are in: `agency/mar`, a host, or a country, `GR`. */
  zoneOf?(subject: S): string | undefined;
  /** The days among its facts with which letters say its hours (`time`, `endsAt`): the first, and the last if there are several. */
  readonly hoursOn?: readonly string[];
  owner?(subject: S): Party | undefined;
  /** Who is what in it now, of that in which others can follow them. */
  roles?(subject: S): readonly Holder[];
  /** The case with somebody else in a person's place, in the roles that no command of its own replaces. */
  whenSucceeded?(subject: S, person: Person, successor: Person): S;
  coChairs?(subject: S): readonly Party[];
  secretaries?(subject: S): readonly Party[];
  hosts?(subject: S): readonly Party[];
  /** For whom its commands speak that name a side. */
  sides?(subject: S): readonly Side[];
  /** What each fact is that it shows, or that its letters and its story tell besides those that all kinds have. */
  readonly factTypes: T;
  /** What a person wants to see of the case, in the order in which it is shown; mails may use it too. */
  facts(subject: S, header: CaseHeader): F;
}

/** A lifecycle whose own types are known only to itself; the engine, the register and the client work on this. */
export type Lifecycle = LifecycleOf<Subject, Typed, z.ZodObject>;

/** The same where it is known which facts it shows: columns of the register's views are made of these. */
export type LifecycleShowing<T, F> = Omit<Lifecycle, 'factTypes' | 'facts'> & {
  readonly factTypes: T;
  facts(subject: Subject, header: CaseHeader): F;
};

type Given = Pick<CommandDefinition<Subject, Typed>, 'by' | 'isPart'>;

/** Whether it is what other cases say, and nobody else. */
export const isOfCases = ({ by }: Pick<Given, 'by'>): boolean => by.includes('case');

/** Whether people give it by itself: help, `next` and pages offer it. */
export const isOfPeople = (definition: Given): boolean => !isOfCases(definition) && !definition.isPart;

/** The case at another stage, from the day of what led there. */
export const atStage = <S extends Subject & { readonly stageSince: CivilDate }>(
  subject: S,
  stage: S['stage'],
  at: Instant,
): S => ({ ...subject, stage, stageSince: dayOf(at) });

/** Whether a case is over at this stage. */
export const isEnd = ({ finalStages }: Pick<Lifecycle, 'finalStages'>, stage: string): boolean =>
  Object.hasOwn(finalStages, stage);

/** What a kind says of a command; `input` are the fields that it takes, and no others: absent, it takes none. */
type Said<S, E, F extends z.ZodRawShape> = Omit<CommandDefinition<S, E, z.ZodObject<F>>, 'input'> & {
  readonly input?: F;
};

/**
 * Gives the rules of one kind their types: `S` what the case knows, `E` what can happen to it.
 *
 * `command` exists so that each input keeps its own type inside `decide`.
 */
export const rulesOf = <S extends Subject, E extends Typed & Unstamped>() => ({
  command: <F extends z.ZodRawShape = Record<never, never>>({ input, ...definition }: Said<S, E, F>) =>
    ({ ...definition, input: z.strictObject(input ?? {}) }) as unknown as CommandDefinition<S, E>,
  /** Some of its events. */
  eventRules: <T extends E['type']>(rules: Pick<EventRules<S, E>, T>) => rules,
  lifecycle: <O extends z.ZodObject, T extends FactTypes, F extends Declared<T, F>>(
    definition: LifecycleOf<S, E, O, T, F>,
  ): LifecycleShowing<T, F> => definition as unknown as LifecycleShowing<T, F>,
});
