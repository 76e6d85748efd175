import { setTimeout as delay } from 'node:timers/promises';
import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.ts';
import { nextDue } from '../domain/case/due.ts';
import { markdownOf } from '../domain/case/markdown.ts';
import { kindOf } from '../domain/case/opening.ts';
import type { CaseState } from '../domain/case/state.ts';
import { type Instant, millisecondsOf } from '../domain/dates.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';
import { fastForward, workflowNow } from '../stack/time-skipping.ts';
import { type Answer, commandUpdate, engineQuery, openingUpdate, taskQueue } from '../workflows/messages.ts';

interface OpenCase {
  readonly id: string;
  readonly number: number;
  readonly dueAt: Instant | undefined;
}

interface WaitingCase extends OpenCase {
  /** When it next acts by itself; `dueAt` may be a message's time. */
  readonly eventAt: Instant | undefined;
}

// Just past a deadline, so that its timer has fired when the clock stops.
const margin = 50;
// A worker that was killed takes half a minute to be missed, and its mail a little more.
const patience = 90_000;

/** Plays cases of other years on the real engine: their clocks start when it says, and are moved on by the server. */
export class Player {
  private readonly client: Client;
  private readonly db: Kysely<Database>;
  /** What the players have reached; the clocks of all open cases stand here or a little later. */
  at: Instant;
  private readonly read = new Map<string, OpenCase>();
  /** How many events each case had when nothing of it was under way. */
  private readonly atRest = new Map<string, number>();

  constructor(client: Client, db: Kysely<Database>, at: Instant) {
    this.client = client;
    this.db = db;
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

  /** When something happens next by itself: what is due, or a letter that waits for its reader. */
  async nextDueAt(): Promise<Instant | undefined> {
    return (await this.waitingCases()).flatMap(({ dueAt }) => dueAt ?? []).sort()[0];
  }

  /** Lets everything happen that is due until `to`, in the order in which it is due, case by case; messages go at their time. */
  async advanceTo(to: Instant): Promise<void> {
    for (;;) {
      await this.settled();
      const due = (await this.waitingCases()).filter(({ dueAt }) => dueAt !== undefined && dueAt <= to);
      const [first] = due.map(({ dueAt }) => dueAt as Instant).sort();
      if (first === undefined) break;
      await Promise.all(due.filter(({ dueAt }) => dueAt === first).map((each) => this.runTo(each, first)));
      this.at = first;
    }
    this.at = to;
  }

  private async runTo({ id, number, eventAt }: WaitingCase, to: Instant): Promise<void> {
    // A message that goes is no event: without this, nobody would look whether the case is at rest again.
    this.atRest.delete(id);
    const missing = millisecondsOf(to) - (await this.clockOf(id)) + margin;
    // A case that ends on its way ends the skip with it, and that is all we wanted.
    if (missing > 0) await fastForward(this.client, id, missing).catch(() => undefined);
    await this.until(`${id} to do what was due at ${to}`, async () => {
      const row = await this.db.selectFrom('cases').select(['number']).where('id', '=', id).executeTakeFirst();
      const happened = eventAt !== to || (row !== undefined && row.number > number);
      return happened && !(await this.withMessagesUnderWay(to)).has(id);
    });
  }

  /** Waits until no case has a message, an opening or a word to another case under way: the next step finds the world as it should be. */
  async settled(): Promise<void> {
    await this.until('messages and openings to be done', async () => {
      const rows = await this.db.selectFrom('cases').select(['id', 'number']).execute();
      const moved = rows.filter(({ id, number }) => this.atRest.get(id) !== number);
      if (moved.length === 0) return true;
      // Asking a case costs it a task; one with a message on its way needs not be asked.
      const busy = await this.withMessagesUnderWay(this.at);
      await Promise.all(moved.filter(({ id }) => !busy.has(id)).map((row) => this.noteRest(row)));
      return rows.every(({ id, number }) => this.atRest.get(id) === number);
    });
  }

  private async withMessagesUnderWay(at: Instant): Promise<ReadonlySet<string>> {
    const rows = await this.db
      .selectFrom('messages')
      .select('case_id')
      .distinct()
      .where('state', 'in', ['planned', 'claimed', 'inData'])
      .where('send_at', '<=', at)
      .execute();
    return new Set(rows.map(({ case_id }) => case_id));
  }

  /** A case that does not answer, since its worker is away, or does not know yet what is on record, is asked again. */
  private async noteRest({ id, number }: { id: string; number: number }): Promise<void> {
    const engine = await this.engineOf(id);
    if (engine?.underWay === 0 && engine.number === number) this.atRest.set(id, number);
  }

  private engineOf(id: string) {
    const handle = this.client.workflow.getHandle(id);
    return handle.query(engineQuery).catch(() => undefined);
  }

  /** Case time, in milliseconds since 1970. A command that a case refuses takes its clock along and leaves no event, so it is asked each time. */
  private async clockOf(id: string): Promise<number> {
    let shiftMs: number | undefined;
    await this.until(`${id} to say how its clock stands`, async () => {
      shiftMs = (await this.engineOf(id))?.shiftMs;
      return shiftMs !== undefined;
    });
    return (await workflowNow(this.client, id)) + (shiftMs ?? 0);
  }

  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + patience;
    while (!(await holds())) {
      if (performance.now() > end) throw new Error(`Waited ${patience / 1000} s in vain for ${what}.`);
      await delay(5);
    }
  }

  /** Cases that have something before them: a rung, a due date, or a message whose reader is not at work yet. */
  private async waitingCases(): Promise<WaitingCase[]> {
    const sends = await this.db
      .selectFrom('messages')
      .innerJoin('cases', 'cases.id', 'messages.case_id')
      .select(({ fn }) => ['cases.id', 'cases.number', fn.min('messages.send_at').as('sendAt')])
      .where('messages.state', '=', 'planned')
      .groupBy('cases.id')
      .execute();
    const cases = new Map<string, WaitingCase>();
    for (const { id, number, dueAt } of await this.openCases()) cases.set(id, { id, number, eventAt: dueAt, dueAt });
    for (const { id, number, sendAt } of sends) {
      const eventAt = cases.get(id)?.eventAt;
      cases.set(id, { id, number, eventAt, dueAt: eventAt !== undefined && eventAt < sendAt ? eventAt : sendAt });
    }
    return [...cases.values()];
  }

  /** A case is read again only when something has happened to it: its state is long. */
  private async openCases(): Promise<OpenCase[]> {
    const rows = await this.db.selectFrom('cases').select(['id', 'number']).where('closed_at', 'is', null).execute();
    const moved = rows.filter(({ id, number }) => this.read.get(id)?.number !== number).map(({ id }) => id);
    for (const each of moved.length > 0 ? await this.readCases(moved) : []) this.read.set(each.id, each);
    return rows.flatMap(({ id }) => this.read.get(id) ?? []);
  }

  private async readCases(ids: readonly string[]): Promise<OpenCase[]> {
    const rows = await this.db
      .selectFrom('cases')
      .select(['id', 'kind', 'number', 'state'])
      .where('id', 'in', ids)
      .execute();
    return rows.map(({ id, kind, number, state }) => ({
      id,
      number,
      dueAt: isKind(kind) ? nextDue(lifecycles[kind], state as CaseState)?.at : undefined,
    }));
  }
}
