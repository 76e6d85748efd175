import { setTimeout as delay } from 'node:timers/promises';
import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { markdownOf } from '../domain/case/markdown.ts';
import { kindOf } from '../domain/case/opening.ts';
import { type Instant, instantOf, later, millisecondsOf } from '../domain/dates.ts';
import { lookAt, skip, type WorkflowLook } from '../stack/time-skipping.ts';
import { type Answer, commandUpdate, engineQuery, openingUpdate, taskQueue } from '../workflows/messages.ts';
import { type Standing, Standings } from './standing.ts';

// Just past a deadline, so that its timer has fired when the clock stops.
const margin = 50;
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
  private readonly standings: Standings;
  /** What the players have reached; the clocks of all open cases stand here or a little later. */
  at: Instant;
  /** How many events each case had when nothing of it was under way. */
  private readonly atRest = new Map<string, number>();
  /** How they stood when nothing was under way that others may hear of. */
  private waiting: readonly Standing[] = [];
  /** Those whose letters have arrived, and that may have something to put away still. */
  private readonly quiet = new Set<string>();
  /** Those of which more may follow than letters that arrive, and that Temporal has not been asked about since. */
  private readonly restless = new Set<string>();
  /** How each case was seen when it had come to rest, and when that was: until it is moved on, its time runs as ours does. */
  private readonly seen = new Map<string, { readonly look: WorkflowLook; readonly at: number }>();
  /** Where, in its workflow's time, the clock of a case was set going to. The server takes its time, and says the former time until then. */
  private readonly setGoing = new Map<string, number>();
  /** By how much a case's time is ahead of its workflow's, in milliseconds; of cases that nobody can have told anything since they were asked. */
  private readonly shifts = new Map<string, { readonly firstRunId: string; readonly shiftMs: number }>();

  /** @param over aborted when nobody waits for it any more */
  constructor(client: Client, db: Kysely<Database>, at: Instant, over?: AbortSignal) {
    this.client = client;
    this.over = over;
    this.standings = new Standings(db);
    this.at = at;
  }

  async open(kind: string, opening: Record<string, unknown>, commandId: string): Promise<Answer> {
    const startWorkflowOperation = new WithStartWorkflowOperation(kind, {
      workflowId: `${kind}/${String(opening['id'])}`,
      taskQueue,
      args: [{ opening, commandId, startsAt: this.at }],
      staticSummary: markdownOf(String(opening['title'])),
      workflowIdConflictPolicy: 'USE_EXISTING',
      // An opening that was refused leaves a failed workflow; it must not block the corrected one.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
    const { workflow } = this.client;
    return workflow.executeUpdateWithStart(openingUpdate, {
      args: [{ commandId }],
      updateId: commandId,
      startWorkflowOperation,
    });
  }

  command(id: string, name: string, body: Record<string, unknown>, commandId: string): Promise<Answer> {
    // Its clock runs on to now, also if the command is refused and leaves no event.
    this.shifts.delete(id);
    const handle = this.client.workflow.getHandle(id);
    return handle.executeUpdate(commandUpdate(name), { args: [body, { asOf: this.at }], updateId: commandId });
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

  /** When something happens next by itself, once nothing is under way that others may hear of: what is due, or a letter that waits for its reader. */
  async nextDueAt(): Promise<Instant | undefined> {
    this.waiting = await this.rested();
    return firstOf(this.waiting);
  }

  /** Lets happen what is due next, of what was found so; nobody may have done anything since. */
  async goOn(): Promise<void> {
    const { at } = this;
    await this.happensNext(this.waiting);
    this.at = later(this.at, at);
  }

  /** Lets everything happen that is due until `to`, in the order in which it is due, case by case; messages go at their time. */
  async advanceTo(to: Instant): Promise<void> {
    const due = async () => (await this.settled()).filter(({ dueAt }) => dueAt !== undefined && dueAt <= to);
    while (await this.happensNext(await due()));
    this.at = to;
  }

  private async happensNext(waiting: readonly Standing[]): Promise<boolean> {
    const first = firstOf(waiting);
    if (first === undefined) return false;
    this.at = first;
    await this.happened(waiting.filter(({ dueAt }) => dueAt === first));
    return true;
  }

  /** Lets what is due now happen, in all of these at once. */
  private async happened(due: readonly Standing[]): Promise<void> {
    // A message that goes is no event: without this, nobody would look whether the case is at rest again.
    for (const { id } of due) this.atRest.delete(id);
    await Promise.all(due.map(({ id }) => this.moveClockOf(id)));
    const before = new Map(due.flatMap(({ id, number, eventAt }) => (eventAt === this.at ? [[id, number]] : [])));
    const names = [...before.keys()].join(', ');
    await this.until(`${names} to do what was due at ${this.at}`, async () =>
      (await this.standing()).every(({ id, number }) => number > (before.get(id) ?? -1)),
    );
  }

  private async moveClockOf(id: string): Promise<void> {
    const { now, shiftMs } = await this.clockOf(id);
    const to = millisecondsOf(this.at) - shiftMs;
    this.seen.delete(id);
    if (now > to + margin) return;
    this.setGoing.set(id, to);
    // A case that is over by then has no clock any more. Whoever moves a clock sees by the register that it has arrived.
    await skip(this.client, id, to + margin - now).catch(() => undefined);
  }

  /** Sets those going again that stand on their way, with nothing under way. */
  private async keepGoing(): Promise<void> {
    for (const [id, to] of this.setGoing) {
      const look = await lookAt(this.client, id).catch(() => undefined);
      if (!look || look.isOver || look.now >= to) this.setGoing.delete(id);
      else if (look.isIdle) await skip(this.client, id, to + margin - look.now).catch(() => undefined);
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
          const moved = all.filter(({ id, number }) => this.atRest.get(id) !== number);
          if (moved.length === 0) return true;
          awaited = moved.map(({ id }) => id);
          if (moved.some(({ isSending }) => isSending)) return false;
          // One after the other: while one is busy, there is no point in asking for the others.
          for (const each of moved) if (!(await this.comesToRest(each, isWhole))) return false;
          // While one came to rest, it may have told something to another one that was at rest before: so all are looked at again.
        }
      },
    );
    return all;
  }

  private async standing(): Promise<readonly Standing[]> {
    const all = await this.standings.at(instantOf(millisecondsOf(this.at) + atOnce));
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
  private async comesToRest({ id, number }: Standing, isWhole: boolean): Promise<boolean> {
    if (!isWhole && !this.restless.has(id)) {
      this.atRest.set(id, number);
      this.quiet.add(id);
      return true;
    }
    const look = await this.arrived(id).catch(() => undefined);
    if (!look?.isIdle) return false;
    this.atRest.set(id, number);
    this.seen.set(id, { look, at: performance.now() });
    this.restless.delete(id);
    return true;
  }

  /** How the server sees a case whose clock is where it was set going to; undefined until then. */
  private async arrived(id: string): Promise<WorkflowLook | undefined> {
    const look = await lookAt(this.client, id);
    return look.isOver || look.now >= (this.setGoing.get(id) ?? 0) ? look : undefined;
  }

  /** The time of its workflow, in milliseconds since 1970, and by how much the case's is ahead of it. */
  private async clockOf(id: string): Promise<{ readonly now: number; readonly shiftMs: number }> {
    const { look, at } = this.seen.get(id) ?? (await this.seenNow(id));
    const { firstRunId } = look;
    const now = look.now + performance.now() - at;
    const known = this.shifts.get(id);
    if (known?.firstRunId === firstRunId) return { now, shiftMs: known.shiftMs };
    let shiftMs: number | undefined;
    await this.until(`${id} to say how its clock stands`, async () => {
      shiftMs = (await this.engineOf(id))?.shiftMs;
      return shiftMs !== undefined;
    });
    this.shifts.set(id, { firstRunId, shiftMs: shiftMs ?? 0 });
    return { now, shiftMs: shiftMs ?? 0 };
  }

  private async seenNow(id: string): Promise<{ readonly look: WorkflowLook; readonly at: number }> {
    let look: WorkflowLook | undefined;
    await this.until(`the clock of ${id} to be there`, async () => (look = await this.arrived(id)) !== undefined);
    if (!look) throw new Error(`The clock of ${id} was not looked at.`);
    return { look, at: performance.now() };
  }

  /** A case that does not answer, since its worker is away, is asked again. */
  private engineOf(id: string) {
    const handle = this.client.workflow.getHandle(id);
    return handle.query(engineQuery).catch(() => undefined);
  }

  /** @throws {@link StandsStillError} */
  async until(what: string | (() => string), holds: () => Promise<boolean>): Promise<void> {
    const begun = performance.now();
    let looked = begun;
    for (let pause = firstPause; !(await holds()); pause = Math.min(pause * 1.5, longestPause)) {
      this.over?.throwIfAborted();
      if (performance.now() > begun + patience) {
        const said = typeof what === 'string' ? what : what();
        throw new StandsStillError(`Waited ${patience / 1000} s in vain for ${said}.`);
      }
      await delay(pause);
      if (performance.now() < looked + lookAfter) continue;
      await this.keepGoing();
      looked = performance.now();
    }
  }
}

const firstOf = (all: readonly Standing[]): Instant | undefined => all.flatMap(({ dueAt }) => dueAt ?? []).sort()[0];
