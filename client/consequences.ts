import type { Kysely } from 'kysely';
import { type Addressee, addresseeOf, type Nobody, sendingAt } from '../database/addressee.ts';
import { calendarFor } from '../database/calendars.ts';
import { findCase } from '../database/lists.ts';
import type { Database } from '../database/schema.ts';
import type { Message } from '../domain/case/effects.ts';
import { type CaseState, deadlinesOf, plannedDeadlines } from '../domain/case/state.ts';
import { type CivilDate, type Instant, instantOf, millisecondsOf } from '../domain/dates.ts';
import { Forecast } from '../domain/forecast.ts';
import type { Known } from '../domain/forecast/known.ts';
import type { Occurrence } from '../domain/forecast/occurrence.ts';
import { lifecycleOf, type OtherCase } from '../domain/forecast/other-case.ts';
import type { Facts } from '../domain/lifecycle.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { storyOf, withWhy } from '../domain/story.ts';
import { deadlineTold, type Told } from '../domain/story/told.ts';

/** Something that is owed, or no longer. */
export interface Owing {
  readonly says: string;
  /** The same for readers of any language. */
  readonly told: Told;
  readonly owedBy: string;
  /** Known once it is planned. */
  readonly due?: CivilDate;
}

/** What a command or an opening would lead to in its case, and beyond. */
export interface Foreseen {
  /** What would go on record, as sentences. */
  readonly wouldRecord: readonly string[];
  /** The same for readers of any language, in the same order. */
  readonly told: readonly (readonly Told[])[];
  /** What would be done because of it: who would be written to, which cases told or opened, and what follows there. */
  readonly wouldFollow: readonly Consequence[];
  readonly noLongerOwed: readonly Owing[];
  readonly newlyOwed: readonly Owing[];
}

export type Consequence =
  | {
      readonly type: 'mail';
      readonly to: string;
      /** Which text: `KIND.NAME`. */
      readonly text: string;
      /** Who would really have it, by the directory as it is now: a name and an address, or why nobody would. */
      readonly reaches: string;
      /** It would reach nobody. */
      readonly nobody?: true;
      /** What it gives as the reason. */
      readonly why?: string;
      /** What a case that is opened would send by itself within its first day: when it falls due. */
      readonly byItself?: Instant;
      /** For readers of any language: what it would be written of. */
      readonly letter: { readonly case: string; readonly at: Instant; readonly facts: Facts };
    }
  | ({ readonly type: 'open'; readonly case: string; readonly title: string } & Outcome)
  | ({ readonly type: 'tell'; readonly case: string; readonly title?: string; readonly command: string } & Outcome);

type Outcome = Foreseen | Refusal;

export type Mail = Extract<Consequence, { type: 'mail' }>;

/** Cases tell cases; further than this nobody wants to see. */
const deepest = 4;

const day = 86_400_000;

/** From where a forecast is looked at that begins with one command or opening. */
export interface Start {
  readonly at: Instant;
  /** The case as it stands, where a command is given. */
  readonly from?: CaseState;
  readonly begin: (forecast: Forecast) => Promise<readonly Occurrence[] | Refusal>;
  readonly recorded: Required<Known>['recorded'];
}

/** Looks ahead from one command or opening by the forecast's own walk, and shows what follows as a tree, case in case. */
export async function consequencesOf(db: Kysely<Database>, { at, from, begin, recorded }: Start): Promise<Outcome> {
  const met = new Map<string, CaseState>(from ? [[from.id, from]] : []);
  const forecast = new Forecast({
    recorded,
    caseOf: async (id) => {
      const found = (await findCase(db, id))?.state;
      if (found) met.set(id, found);
      return found;
    },
    calendarOf: (deadline, header) => calendarFor(db, deadline, header),
    nobodyFor: async ({ to, at: sentAt, facts }) => {
      const addressee = await addresseeOf(db, to, sendingAt(sentAt, facts));
      return 'nobody' in addressee ? addressee.nobody : undefined;
    },
  });
  const happened = await begin(forecast);
  if (isRefusal(happened)) return happened;
  const root = happened.find(({ askedBy }) => askedBy !== undefined);
  if (!root) return nothing;
  const firstDay: Occurrence[] = [];
  // What a case that is opened with dates behind it, or close ahead, sends before anybody has done anything.
  if (happened.some(isOpening))
    for await (const each of forecast.until(instantOf(millisecondsOf(at) + day))) firstDay.push(each);
  return new Tree(db, met, { happened, firstDay }).of(root);
}

/** Of what is on record already. */
export const nothing: Foreseen = { wouldRecord: [], told: [], wouldFollow: [], noLongerOwed: [], newlyOwed: [] };

const isOpening = ({ events }: Occurrence): boolean => events[0]?.number === 1;

interface Walked {
  /** At once, in its order. */
  readonly happened: readonly Occurrence[];
  /** What comes by itself after that. */
  readonly firstDay: readonly Occurrence[];
}

/** What has happened on a walk, each below what led to it. */
class Tree {
  private readonly db: Kysely<Database>;
  private readonly titles = new Map<string, string>();
  /** How each case stood before. */
  private readonly before = new Map<Occurrence, CaseState | undefined>();
  private readonly taken = new Map<string, Occurrence>();
  private readonly refused = new Map<string, Refusal>();
  private readonly firstDay: readonly Occurrence[];

  constructor(db: Kysely<Database>, met: ReadonlyMap<string, CaseState>, { happened, firstDay }: Walked) {
    this.db = db;
    this.firstDay = firstDay;
    const states = new Map(met);
    for (const occurrence of happened) {
      const { state, events, inVain } = occurrence;
      this.before.set(occurrence, isOpening(occurrence) ? undefined : states.get(state.id));
      states.set(state.id, state);
      const commandId = events[0]?.commandId;
      if (commandId !== undefined) this.taken.set(commandId, occurrence);
      if (inVain) this.refused.set(inVain.key, inVain.refusal);
    }
    for (const { id, title } of states.values()) this.titles.set(id, title);
  }

  async of(occurrence: Occurrence, chain: readonly string[] = []): Promise<Foreseen> {
    const { state, says, letters, tells } = occurrence;
    const wouldFollow: Consequence[] = [];
    for (const letter of letters) wouldFollow.push(await this.mail(letter, state.id));
    for (const effect of tells) wouldFollow.push(...(await this.told(effect, [...chain, state.id])));
    if (isOpening(occurrence)) wouldFollow.push(...(await this.mailsOfFirstDay(state.id)));
    const before = this.before.get(occurrence);
    const story = storyOf(lifecycleOf(state.id), occurrence.events, before);
    const told = story.map((happened) => withWhy(happened, true));
    return { wouldRecord: says, told, wouldFollow, ...owing(before, state) };
  }

  private async told(effect: OtherCase, chain: readonly string[]): Promise<readonly Consequence[]> {
    const outcome = await this.outcomeOf(effect, chain);
    if (effect.type === 'open')
      return [{ type: 'open', case: `${effect.kind}/${effect.slug}`, title: effect.title, ...outcome }];
    const { case: id, command } = effect;
    if (isReport(id, chain, outcome)) return [];
    const title = this.titles.get(id);
    return [{ type: 'tell', case: id, ...(title === undefined ? {} : { title }), command, ...outcome }];
  }

  private async outcomeOf({ key }: OtherCase, chain: readonly string[]): Promise<Outcome> {
    const taken = this.taken.get(key);
    if (!taken || chain.length >= deepest) return this.refused.get(key) ?? nothing;
    return this.of(taken, chain);
  }

  private async mailsOfFirstDay(id: string): Promise<readonly Consequence[]> {
    const letters = this.firstDay.flatMap((each) => (each.state.id === id && !each.because ? each.letters : []));
    const mails: Consequence[] = [];
    for (const letter of letters) mails.push({ ...(await this.mail(letter, id)), byItself: letter.at });
    return mails;
  }

  private async mail({ to, text, at, facts }: Message, id: string): Promise<Mail> {
    const reached = reachedBy(await addresseeOf(this.db, to, sendingAt(at, facts)));
    const why = typeof facts.why === 'string' ? { why: facts.why } : {};
    return { type: 'mail', to, text, ...reached, ...why, letter: { case: id, at, facts } };
  }
}

const reachedBy = (found: Addressee | Nobody): Pick<Mail, 'reaches' | 'nobody'> =>
  'nobody' in found ? { reaches: found.nobody, nobody: true } : { reaches: `${found.name} <${found.address}>` };

/** A case that reports back to whoever told it says nothing new, unless more follows from that. */
const isReport = (id: string, chain: readonly string[], outcome: Outcome): boolean =>
  chain.includes(id) && !isRefusal(outcome) && outcome.wouldFollow.length === 0;

/** All that is told to people of any language by what would follow. */
export const toldBy = ({ told, noLongerOwed, newlyOwed, wouldFollow }: Foreseen): readonly Told[] => [
  ...told.flat(),
  ...[...noLongerOwed, ...newlyOwed].map((owing) => owing.told),
  ...wouldFollow.flatMap((each) => (each.type === 'mail' || isRefusal(each) ? [] : toldBy(each))),
];

/** For programs: what is there for readers of any language is left out. */
export const forPrograms = (foreseen: Foreseen): object =>
  JSON.parse(
    JSON.stringify(foreseen, (key, value: unknown) => (['told', 'letter'].includes(key) ? undefined : value)),
  ) as object;

/** What somebody owed before and not after, and the other way round. */
function owing(before: CaseState | undefined, after: CaseState) {
  const lifecycle = lifecycleOf(after.id);
  const was = before ? plannedDeadlines(lifecycle, before).filter(({ ladder }) => ladder.length > 0) : [];
  const is = deadlinesOf(lifecycle, after).filter(({ ladder }) => ladder.length > 0);
  const by = (owedBy: string | undefined) => owedBy ?? `person/${after.coordinator}`;
  const noLongerOwed: Owing[] = was
    .filter(({ name }) => !is.some((each) => each.name === name))
    .map((deadline) => ({
      says: deadline.says,
      told: deadlineTold(after.kind, deadline, deadline.facts),
      owedBy: by(deadline.owedBy),
      due: deadline.standing.plan.due,
    }));
  const newlyOwed: Owing[] = is
    .filter(({ name }) => !was.some((each) => each.name === name))
    .map((deadline) => {
      const due = after.deadlines[deadline.name]?.plan.due;
      const told = deadlineTold(after.kind, deadline, deadline.facts);
      return { says: deadline.says, told, owedBy: by(deadline.owedBy), ...(due ? { due } : {}) };
    });
  return { noLongerOwed, newlyOwed };
}
