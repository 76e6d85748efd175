import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { markdownOf } from '../domain/case/markdown.ts';
import { kindOf } from '../domain/case/opening.ts';
import { type Prove, unproved } from '../domain/case/proof.ts';
import { type Instant, instantOf, later, millisecondsOf } from '../domain/dates.ts';
import { lookAt, skip, type WorkflowLook } from '../stack/time-skipping.ts';
import { type Answer, engineQuery, taskQueue } from '../workflows/messages.ts';
import type { AtWork } from './at-work.ts';
import { commandedAt, openedAt } from './giving.ts';
import type { GivingWay } from './giving-way.ts';
import { firstOf, mayGoBesideLetters, type Standing, Standings } from './standing.ts';

// Just past a deadline, so that its timer has fired when the clock stops.
const margin = 50;
// A letter that goes at once goes by its case's clock, which runs on while the event that sends it is put on record.
const atOnce = 10_000;
// A worker that was killed takes half a minute to be missed, and its mail a little more.
const patience = 90_000;
// Whoever waits looks ever less often: a letter takes longer than a look.
const firstPause = 4;
const longestPause = 40;
// No clock that is this far behind can come by there before it is set going.
const farBehind = 60_000;
// By then a clock that was set going is there, or stands where it tried once more to send a letter that waited for another.
const lookAfter = 200;

/** Something was waited for, and the engine has done nothing about it. */
export class StandsStillError extends Error {
  override readonly name = 'StandsStillError';
}

/** Plays cases of other years on the real engine: their clocks start when it says, and are moved on by the server. */
export class Player {
  private readonly client: Client;
  private readonly over: AbortSignal | undefined;
  private readonly atWork: AtWork | undefined;
  readonly prove: Prove;
  private readonly standings: Standings;
  /** What the players have reached; the clocks of all open cases stand here or a little later. */
  at: Instant;
  private readonly begunAt: Instant;
  /** No case's clock stood later than there, in milliseconds of case time, when ours stood so; from then on they run alike. */
  private latest: { readonly clock: number; readonly ours: number };
  /** How many events each case had when nothing of it was under way. */
  private readonly atRest = new Map<string, number>();
  /** How they stood when nothing was under way that others may hear of, or whose letters what is due next may go beside. */
  private waiting: readonly Standing[] = [];
  /** Those whose letters are held back until earlier ones have gone. */
  private heldBack: readonly string[] = [];
  /** How they stood by the register, when so much was done. */
  private read: { readonly at: Instant; readonly done: number; readonly all: readonly Standing[] } | undefined;
  /** Those whose letters have arrived, and that may have something to put away still. */
  private readonly quiet = new Set<string>();
  /** Those of which more may follow than letters that arrive, and that Temporal has not been asked about since. */
  private readonly restless = new Set<string>();
  /** How each case was seen when it had come to rest, and when that was: until it is moved on, its time runs as ours does. */
  private readonly seen = new Map<string, { readonly look: WorkflowLook; readonly at: number }>();
  /** To when the clock of a case was set going, and where that is in its workflow's time, if it was asked. The server takes its time, and says the former time until then. */
  private readonly setGoing = new Map<string, { readonly at: Instant; readonly to?: number }>();
  /** By how much a case's time is ahead of its workflow's, in milliseconds; of cases that nobody can have told anything since they were asked. */
  private readonly shifts = new Map<string, { readonly firstRunId: string; readonly shiftMs: number }>();

  /**
   * @param over aborted when nobody waits for it any more
   * @param atWork what the workers do, where all of them are in this process; otherwise the register is looked at again and again
   * @param prove signs what people give, where that is asked for
   */
  constructor(
    client: Client,
    db: Kysely<Database>,
    at: Instant,
    { over, atWork, prove = unproved }: { over?: AbortSignal; atWork?: AtWork; prove?: Prove } = {},
  ) {
    this.client = client;
    this.over = over;
    this.atWork = atWork;
    this.prove = prove;
    this.standings = new Standings(db);
    this.at = at;
    this.begunAt = at;
    this.latest = { clock: millisecondsOf(at), ours: performance.now() };
  }

  async open(kind: string, body: Record<string, unknown>, id: string): Promise<Answer> {
    const asked = { id, case: `${kind}/${String(body['id'])}`, command: 'opening', body };
    return openedAt(this.client, { ...asked, proof: await this.prove(asked), at: this.at });
  }

  async command(caseId: string, command: string, body: Record<string, unknown>, id: string): Promise<Answer> {
    const asked = { id, case: caseId, command, body };
    const proof = await this.prove(asked);
    // Its clock runs on to now, also if the command is refused and leaves no event.
    this.shifts.delete(caseId);
    return commandedAt(this.client, { ...asked, proof, at: this.at });
  }

  /** Takes a case on that is on record: from now on it is carried on by a clock that starts here. */
  async takeOn(id: string, title: string): Promise<void> {
    await this.client.workflow.start(kindOf(id), {
      workflowId: id,
      taskQueue,
      args: [{ startsAt: this.at }],
      staticSummary: markdownOf(title),
    });
  }

  /** Leaves a case that is over, and that nobody carries on, as it is on record. */
  leave(id: string, number: number): void {
    this.atRest.set(id, number);
  }

  /**
   * When something happens next by itself, once nothing is under way that others may hear of: what is due, or a letter that waits for its reader.
   *
   * @param until what is due until then may go beside letters under way; undefined: nothing may
   */
  async nextDueAt(until?: Instant): Promise<Instant | undefined> {
    if (this.heldBack.length > 0) await this.rested();
    this.heldBack = [];
    this.atWork?.letGo();
    const all = await this.standing();
    const mayGoOn = this.atWork && this.restless.size === 0 && mayGoBesideLetters(all, this.at, until);
    this.waiting = mayGoOn ? all : await this.rested();
    return firstOf(this.waiting);
  }

  /** Lets happen what is due next, of what was found so, case by case beside others; nobody may have done anything since. */
  async goOn(givingWay: GivingWay): Promise<void> {
    const { at } = this;
    if (this.waiting.some(({ isSending }) => isSending)) {
      const first = firstOf(this.waiting);
      this.heldBack = this.waiting.flatMap(({ id, dueAt }) => (dueAt === first ? id : []));
      this.atWork?.holdBack(this.heldBack);
    }
    await this.happensNext(this.waiting, givingWay);
    this.at = later(this.at, at);
  }

  /** Lets everything happen that is due until `to`, in the order in which it is due, case by case; messages go at their time. */
  async advanceTo(to: Instant): Promise<void> {
    const due = async () => (await this.settled()).filter(({ dueAt }) => dueAt !== undefined && dueAt <= to);
    while (await this.happensNext(await due()));
    this.at = to;
    this.reached();
  }

  private async happensNext(waiting: readonly Standing[], givingWay?: GivingWay): Promise<boolean> {
    const first = firstOf(waiting);
    if (first === undefined) return false;
    this.at = first;
    const due = waiting.filter(({ dueAt }) => dueAt === first);
    // A message that goes is no event: without this, nobody would look whether the case is at rest again.
    for (const { id } of due) this.atRest.delete(id);
    for (const some of givingWay?.isBesideOthers ? due.map((each) => [each]) : [due]) {
      await this.happened(some);
      // Letters are not waited for: a gathered mail waits for all that is due at its time.
      if (some.length < due.length) await givingWay?.toOthers();
    }
    return true;
  }

  /** Lets what is due now happen, in all of these at once. */
  private async happened(due: readonly Standing[]): Promise<void> {
    await Promise.all(due.map(({ id }) => this.moveClockOf(id)));
    this.reached();
    await this.atWork?.moreThan(this.read?.done ?? 0, lookAfter);
    const before = new Map(due.flatMap(({ id, number, eventAt }) => (eventAt === this.at ? [[id, number]] : [])));
    const names = [...before.keys()].join(', ');
    await this.until(`${names} to do what was due at ${this.at}`, async () =>
      (await this.standing()).every(({ id, number }) => number > (before.get(id) ?? -1)),
    );
  }

  private async moveClockOf(id: string): Promise<void> {
    const { at } = this;
    // A case that is over by then has no clock any more. Whoever moves a clock sees by the register that it has arrived.
    const goOn = (by: number) => skip(this.client, id, by).catch(() => undefined);
    if (this.latestClock() + farBehind < millisecondsOf(at)) {
      // Its next timer is where it is due, so nobody has to ask where it stands: as far as from the very beginning will do.
      this.seen.delete(id);
      this.setGoing.set(id, { at });
      return goOn(millisecondsOf(at) - millisecondsOf(this.begunAt) + margin);
    }
    const { now, shiftMs } = await this.clockOf(id);
    const to = millisecondsOf(at) - shiftMs;
    this.seen.delete(id);
    if (now > to + margin) return;
    this.setGoing.set(id, { at, to });
    await goOn(to + margin - now);
  }

  /** In milliseconds of case time: no case's clock stands later now. */
  private latestClock(): number {
    const { clock, ours } = this.latest;
    return clock + performance.now() - ours;
  }

  /** From now on some clocks stand as late as our own. */
  private reached(): void {
    this.latest = { clock: Math.max(this.latestClock(), millisecondsOf(this.at) + margin), ours: performance.now() };
  }

  /** Sets those going again that stand on their way, with nothing under way. */
  private async keepGoing(): Promise<void> {
    for (const [id, going] of this.setGoing) {
      const look = await lookAt(this.client, id).catch(() => undefined);
      if (look && !look.isOver && !look.isIdle) continue;
      const to = look && !look.isOver ? (going.to ?? millisecondsOf(going.at) - (await this.shiftOf(id, look))) : 0;
      if (!look || look.isOver || look.now >= to) this.setGoing.delete(id);
      else await skip(this.client, id, to + margin - look.now).catch(() => undefined);
    }
  }

  /** Waits until no case has anything under way, a message, an opening or a word to another case: the next step finds the world as it should be. */
  async settled(): Promise<readonly Standing[]> {
    for (const id of this.quiet) this.atRest.delete(id);
    this.quiet.clear();
    return this.rested(true);
  }

  /** @param isWhole also what others cannot hear of is waited for */
  private async rested(isWhole = false): Promise<readonly Standing[]> {
    let all: readonly Standing[] = [];
    let awaited: readonly string[] = [];
    await this.until(
      () => `messages and openings of ${awaited.join(', ')} to be done`,
      async () => {
        for (;;) {
          all = await this.standing();
          const moved = all.filter(({ id, number }) => this.atRest.get(id) !== number && !this.heldBack.includes(id));
          if (moved.length === 0) return true;
          awaited = moved.map(({ id }) => id);
          if (moved.some(({ isSending }) => isSending)) return false;
          // One after the other: while one is busy, there is no point in asking for the others.
          for (const each of moved) await this.comesToRest(each, isWhole);
          // While one came to rest, it may have told something to another one that was at rest before: so all are looked at again.
        }
      },
    );
    return all;
  }

  private async standing(): Promise<readonly Standing[]> {
    const { at } = this;
    const done = this.atWork?.done ?? Number.NaN;
    if (this.read?.at === at && this.read.done === done) return this.read.all;
    const all = await this.standings.at(instantOf(millisecondsOf(at) + atOnce));
    this.read = { at, done, all };
    // Whoever is told something takes its clock along, also if it refuses.
    if (all.some(({ mayHaveTold }) => mayHaveTold)) this.shifts.clear();
    for (const { id, mayHaveMore } of all) if (mayHaveMore) this.restless.add(id);
    return all;
  }

  /**
   * Where all that followed were letters, and they have arrived, nobody hears of what the case has still to put away. Otherwise
   * Temporal knows whether anything of a case is under way, without a task for the case; one whose worker is away or behind
   * the register has a task pending.
   */
  private async comesToRest({ id, number }: Standing, isWhole: boolean): Promise<void> {
    if (!isWhole && !this.restless.has(id)) this.quiet.add(id);
    else this.seen.set(id, await this.seenAs(({ isIdle }) => isIdle, id, 'to have nothing under way'));
    this.restless.delete(id);
    this.atRest.set(id, number);
    // Whoever is set going next is not held up by looks at those that are there.
    this.setGoing.delete(id);
  }

  /** How the server sees a case, once it is so and its clock is where it was set going to. */
  private async seenAs(is: (look: WorkflowLook) => boolean, id: string, what: string) {
    let look: WorkflowLook | undefined;
    const isSeen = async () => {
      look = await lookAt(this.client, id).catch(() => undefined);
      return look !== undefined && is(look) && (look.isOver || look.now >= (this.setGoing.get(id)?.to ?? 0));
    };
    await this.until(`${id} ${what}`, isSeen, 'server');
    if (!look) throw new Error(`${id} was not looked at.`);
    return { look, at: performance.now() };
  }

  /** The time of its workflow, in milliseconds since 1970, and by how much the case's is ahead of it. */
  private async clockOf(id: string): Promise<{ readonly now: number; readonly shiftMs: number }> {
    const seen = this.seen.get(id) ?? (await this.seenAs(() => true, id, 'to have its clock there'));
    return { now: seen.look.now + performance.now() - seen.at, shiftMs: await this.shiftOf(id, seen.look) };
  }

  private async shiftOf(id: string, { firstRunId }: WorkflowLook): Promise<number> {
    const known = this.shifts.get(id);
    if (known?.firstRunId === firstRunId) return known.shiftMs;
    let shiftMs: number | undefined;
    const isSaid = async () => (shiftMs = (await this.engineOf(id))?.shiftMs) !== undefined;
    await this.until(`${id} to say how its clock stands`, isSaid, 'server');
    this.shifts.set(id, { firstRunId, shiftMs: shiftMs ?? 0 });
    return shiftMs ?? 0;
  }

  /** A case that does not answer, since its worker is away, is asked again. */
  private engineOf(id: string) {
    const handle = this.client.workflow.getHandle(id);
    return handle.query(engineQuery).catch(() => undefined);
  }

  /**
   * @param by who knows: what the register says changes when a worker has done something, and at no other time
   * @throws {@link StandsStillError}
   */
  async until(
    what: string | (() => string),
    holds: () => Promise<boolean>,
    by: 'register' | 'server' = 'register',
  ): Promise<void> {
    const begun = performance.now();
    let looked = begun;
    for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
      const done = this.atWork?.done;
      if (await holds()) return;
      this.over?.throwIfAborted();
      if (performance.now() > begun + patience) {
        const said = typeof what === 'string' ? what : what();
        throw new StandsStillError(`Waited ${patience / 1000} s in vain for ${said}.`);
      }
      if (this.atWork && done !== undefined && by === 'register') await this.atWork.moreThan(done, lookAfter);
      else await delay(pause);
      if (performance.now() < looked + lookAfter) continue;
      await this.keepGoing();
      looked = performance.now();
    }
  }
}
