import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Kysely } from 'kysely';
import type { LastSeen } from '../database/moved-since.ts';
import type { Database } from '../database/schema.ts';
import { markdownOf } from '../domain/case/markdown.ts';
import { kindOf } from '../domain/case/opening.ts';
import { type Prove, unproved } from '../domain/case/proof.ts';
import { type Instant, instantOf, later, millisecondsOf } from '../domain/dates.ts';
import { type Answer, taskQueue } from '../workflows/messages.ts';
import type { AtWork } from './at-work.ts';
import { Clocks } from './clocks.ts';
import { commandedAt, openedAt } from './giving.ts';
import type { GivingWay } from './giving-way.ts';
import { type Due, firstOf, mayGoBesideLetters, dueNext, type CaseStanding, Standings } from './standing.ts';

// A letter that goes at once goes by its case's clock, which runs on while the event that sends it is put on record.
const atOnce = 10_000;
// A worker that was killed takes half a minute to be missed, and its mail a little more.
const patience = 90_000;
// Whoever waits looks ever less often: a letter takes longer than a look.
const firstPause = 4;
const longestPause = 40;
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
  private readonly clocks: Clocks;
  /** What the players have reached; the clocks of all open cases stand here or a little later. */
  at: Instant;
  /** How many events each case had when nothing of it was under way. */
  private readonly atRest = new Map<string, number>();
  /** How they stood when nothing was under way that others may hear of, or whose letters what is due next may go beside. */
  private waiting: readonly CaseStanding[] = [];
  /** Those whose letters are held back until earlier ones have gone. */
  private heldBack: readonly string[] = [];
  /** Those on their way to what is due next, that put nothing on record before all others have come to rest. */
  private readonly setOut = new Set<string>();
  /** How they stood by the register, when so much was done. */
  private read: { readonly at: Instant; readonly done: number; readonly all: readonly CaseStanding[] } | undefined;
  /** Those whose letters have arrived, and that may have something to put away still. */
  private readonly quiet = new Set<string>();
  /** Those of which more may follow than letters that arrive, and that Temporal has not been asked about since. */
  private readonly restless = new Set<string>();

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
    this.clocks = new Clocks(client, at, (what, holds) => this.until(what, holds, 'server'));
  }

  async open(kind: string, body: Record<string, unknown>, id: string): Promise<Answer> {
    const asked = { id, case: `${kind}/${String(body['id'])}`, command: 'opening', body };
    return openedAt(this.client, { ...asked, proof: await this.prove(asked), at: this.at });
  }

  async command(caseId: string, command: string, body: Record<string, unknown>, id: string): Promise<Answer> {
    const asked = { id, case: caseId, command, body };
    const proof = await this.prove(asked);
    // Its clock runs on to now, also if the command is refused and leaves no event.
    this.clocks.mayHaveMoved(caseId);
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
   * @param untouched nobody gives anything before then
   */
  async nextDueAt(until?: Instant, untouched = until): Promise<Instant | undefined> {
    if (this.heldBack.length > 0) await this.rested();
    this.heldBack = [];
    this.atWork?.letLettersGo();
    const all = await this.standing();
    const isForeseen = this.atWork !== undefined && until !== undefined && this.restless.size === 0;
    if (isForeseen && mayGoBesideLetters(all, this.at, until)) this.waiting = all;
    else {
      if (isForeseen && untouched !== undefined) await this.setsOut(dueNext(all, untouched));
      this.waiting = await this.rested();
    }
    return firstOf(this.waiting);
  }

  /** How many events each case has, as was read last. */
  get onRecord(): LastSeen {
    return new Map(this.read?.all.map(({ id, number }) => [id, number]));
  }

  /** Lets happen what is due next, of what was found so, case by case beside others; nobody may have done anything since. */
  async goOn(givingWay: GivingWay): Promise<void> {
    const { at } = this;
    if (this.waiting.some(({ isSending }) => isSending)) {
      const first = firstOf(this.waiting);
      this.heldBack = this.waiting.flatMap(({ id, dueAt }) => (dueAt === first ? id : []));
      this.atWork?.holdLettersBack(this.heldBack);
    }
    await this.happensNext(this.waiting, givingWay);
    this.at = later(this.at, at);
  }

  /** Their clocks go there while letters of others, or their own, are on their way; nothing that follows from those changes what they do. */
  private async setsOut(due: readonly Due[]): Promise<void> {
    const [first] = due;
    if (!first || !this.clocks.isFarAhead(first.at)) return;
    for (const { id } of due) this.setOut.add(id);
    this.atWork?.holdRecordBack(due);
    await Promise.all(due.map(({ id, at }) => this.clocks.moveTo(id, at)));
    this.clocks.reached(first.at);
  }

  private letSetOutGo(): void {
    this.setOut.clear();
    this.atWork?.letRecordGo();
  }

  /** Lets everything happen that is due until `to`, in the order in which it is due, case by case; messages go at their time. */
  async advanceTo(to: Instant): Promise<void> {
    this.letSetOutGo();
    const due = async () => (await this.settled()).filter(({ dueAt }) => dueAt !== undefined && dueAt <= to);
    while (await this.happensNext(await due()));
    this.at = to;
    this.clocks.reached(to);
  }

  private async happensNext(waiting: readonly CaseStanding[], givingWay?: GivingWay): Promise<boolean> {
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
  private async happened(due: readonly CaseStanding[]): Promise<void> {
    const others = due.filter(({ id }) => !this.setOut.has(id));
    await Promise.all(others.map(({ id }) => this.clocks.moveTo(id, this.at)));
    this.clocks.reached(this.at);
    this.letSetOutGo();
    await this.atWork?.moreThan(this.read?.done ?? 0, lookAfter);
    const before = new Map(due.flatMap(({ id, number, eventAt }) => (eventAt === this.at ? [[id, number]] : [])));
    const names = [...before.keys()].join(', ');
    await this.until(`${names} to do what was due at ${this.at}`, async () =>
      (await this.standing()).every(({ id, number }) => number > (before.get(id) ?? -1)),
    );
  }

  /** Waits until no case has anything under way, a message, an opening or a word to another case: the next step finds the world as it should be. */
  async settled(): Promise<readonly CaseStanding[]> {
    for (const id of this.quiet) this.atRest.delete(id);
    this.quiet.clear();
    return this.rested(true);
  }

  /** @param isWhole also what others cannot hear of is waited for */
  private async rested(isWhole = false): Promise<readonly CaseStanding[]> {
    let all: readonly CaseStanding[] = [];
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

  private async standing(): Promise<readonly CaseStanding[]> {
    const { at } = this;
    const done = this.atWork?.done ?? Number.NaN;
    if (this.read?.at === at && this.read.done === done) return this.read.all;
    const all = await this.standings.at(instantOf(millisecondsOf(at) + atOnce));
    this.read = { at, done, all };
    // Whoever is told something takes its clock along, also if it refuses.
    if (all.some(({ mayHaveTold }) => mayHaveTold)) this.clocks.mayAllHaveMoved();
    for (const { id, mayHaveMore } of all) if (mayHaveMore) this.restless.add(id);
    return all;
  }

  /**
   * Where all that followed were letters, and they have arrived, nobody hears of what the case has still to put away. Otherwise
   * Temporal knows whether anything of a case is under way, without a task for the case; one whose worker is away or behind
   * the register has a task pending.
   */
  private async comesToRest({ id, number }: CaseStanding, isWhole: boolean): Promise<void> {
    if (!isWhole && !this.restless.has(id)) this.quiet.add(id);
    else await this.clocks.untilIdle(id);
    this.restless.delete(id);
    this.atRest.set(id, number);
    if (!this.setOut.has(id)) this.clocks.hasArrived(id);
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
      await this.clocks.keepGoing();
      looked = performance.now();
    }
  }
}
