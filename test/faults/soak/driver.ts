import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { type Kysely } from 'kysely';
import { Entente, RefusedError } from '../../../client/client.ts';
import { connect } from '../../../database/connect.ts';
import type { Database } from '../../../database/schema.ts';
import { nextDue } from '../../../domain/case/due.ts';
import type { CaseState } from '../../../domain/case/state.ts';
import type { Instant } from '../../../domain/dates.ts';
import { isKind, lifecycles } from '../../../domain/kinds.ts';
import { Clocks } from './clocks.ts';
import type { Journal } from './journal.ts';
import type { DriverEntry } from './ledgers.ts';
import type { Pace } from './pace.ts';
import type { Step, Story } from './stories.ts';

/**
 * Mail that is on its way holds a case's clock for so long. Leases run by the machine's clock and retries by the case's:
 * skipped time would use up the two days in which a message may go.
 */
const restWithinMs = 75_000;
const happensWithinMs = 60_000;

/** A clock may not move in time. */
export const withSomeToSpare = (count: number): number => Math.ceil(count * 1.2);

interface Given {
  readonly case: string;
  readonly command: string;
  readonly id: string;
  readonly ask: () => Promise<{ readonly event: number }>;
}

/**
 * Lives the stories by the library, as a script of its users would, and writes down what it asks and what it hears.
 *
 * The cases are live: no `startsAt`, no `asOf`. So their time goes on while a task is tried again, as in real life, which
 * played cases hide. Their due dates are weeks apart all the same: the server's time skipping moves the clock of one
 * workflow on to the next of them, and from there on it runs by itself.
 */
export class Driver {
  private readonly entente: Entente;
  private readonly client: Client;
  private readonly clocks: Clocks;
  private readonly db: Kysely<Database>;
  private readonly journal: Journal<DriverEntry>;
  private readonly answered = new Map<string, Given[]>();
  private readonly given = new Map<string, number>();
  private isOver = false;
  /** How many steps are being done, not waiting for their turn. */
  busy = 0;

  private constructor(entente: Entente, connection: Connection, db: Kysely<Database>, journal: Journal<DriverEntry>) {
    this.entente = entente;
    this.client = new Client({ connection });
    this.clocks = new Clocks(this.client);
    this.db = db;
    this.journal = journal;
  }

  static async start(databaseUrl: string, address: string, journal: Journal<DriverEntry>): Promise<Driver> {
    const temporal = { connectionOptions: { address }, namespace: 'default' };
    const entente = new Entente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
    return new Driver(entente, await Connection.connect({ address }), connect(databaseUrl, 6), journal);
  }

  get ledger(): { readonly client: Client; readonly clocks: Clocks; readonly db: Kysely<Database> } {
    return { client: this.client, clocks: this.clocks, db: this.db };
  }

  async live({ steps }: Story, pace: Pace): Promise<void> {
    for (const step of steps) {
      await pace.turn();
      this.busy += 1;
      await this.take(step);
      this.busy -= 1;
    }
  }

  /** What has not been answered by now is not asked again. */
  giveUp(): void {
    this.isOver = true;
  }

  /** The connection to Temporal stays: a clock that is still being moved would find it shut, which nobody can catch. */
  async stop(): Promise<void> {
    await this.entente.close();
    await this.db.destroy();
  }

  private async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'open': {
        const { kind, fields } = step;
        const id = `${kind}/${fields.id}`;
        const commandId = this.newId(id);
        const opening = fields as Parameters<Entente['open']>[1];
        const ask = () => this.entente.open(kind, opening, { commandId });
        return this.give({ case: id, command: 'opening', id: commandId, ask });
      }
      case 'command': {
        const { case: id, name, body } = step;
        const commandId = this.newId(id);
        const ask = () => this.entente.command(id, name, body, { commandId });
        return this.give({ case: id, command: name, id: commandId, ask });
      }
      case 'repeat': {
        const list = this.answered.get(step.case) ?? [];
        const again = list[Math.floor(step.pick * list.length)];
        return again && this.give(again);
      }
      case 'advance':
        return this.advance(step.case);
      case 'await':
        return void (await this.until(happensWithinMs, async () => (await this.stateOf(step.case)) !== undefined));
      case 'rest':
        return void (await this.until(restWithinMs, () => this.isAtRest(step.case)));
      case 'together':
        await Promise.all(step.steps.map((each) => this.take(each)));
    }
  }

  private newId(caseId: string): string {
    const number = (this.given.get(caseId) ?? 0) + 1;
    this.given.set(caseId, number);
    return `${caseId.replace('/', '-')}-${number}`;
  }

  /** Asks until there is an answer, always under the same id. */
  private async give(given: Given): Promise<void> {
    const { case: id, command, id: commandId, ask } = given;
    const about = { case: id, command, id: commandId };
    if (this.isOver) return;
    while (!this.isOver) {
      this.journal.write({ what: 'sent', at: Date.now(), ...about });
      try {
        const { event } = await ask();
        this.journal.write({ what: 'answered', at: Date.now(), ...about, event });
        const list = this.answered.get(id) ?? [];
        if (!list.includes(given)) this.answered.set(id, [...list, given]);
        return;
      } catch (error) {
        const because = (error as Error).message;
        const what = error instanceof RefusedError ? 'refused' : 'failed';
        this.journal.write({ what, at: Date.now(), ...about, because });
        if (what === 'refused') return;
      }
      await delay(500);
    }
    this.journal.write({ what: 'gaveUp', at: Date.now(), ...about });
  }

  /** Moves the clock of a case on to what is due next, and waits until that is on record. */
  private async advance(id: string): Promise<void> {
    const before = await this.stateOf(id);
    const due = before && this.nextDueOf(before);
    if (!before || !due) return;
    if (!(await this.until(restWithinMs, () => this.isAtRest(id)))) return;
    const isReached = await this.until(happensWithinMs, () => this.moved(id, due, false));
    if (!isReached) return;
    await this.until(happensWithinMs, async () => ((await this.stateOf(id))?.number ?? 0) > before.number);
  }

  /** Open cases at rest that have something due. */
  async waiting(): Promise<readonly { readonly id: string; readonly due: Instant }[]> {
    const rows = await this.db.selectFrom('cases').select(['id', 'state']).where('closed_at', 'is', null).execute();
    const open = rows.flatMap(({ id, state }) => {
      const due = this.nextDueOf(state as CaseState);
      return due ? [{ id, due }] : [];
    });
    const atRest = await Promise.all(open.map(({ id }) => this.isAtRest(id)));
    return open.filter((_, index) => atRest[index]);
  }

  /**
   * While no worker runs: moves the clocks of cases on to what is due next, and says how many stand there. A timer fires,
   * and its task waits for a worker.
   */
  async advanceWhileDown(atLeast: number, withinMs: number): Promise<number> {
    const chosen = (await this.waiting()).slice(0, withSomeToSpare(atLeast));
    const reached = await Promise.all(
      chosen.map(({ id, due }) => this.until(withinMs, () => this.moved(id, due, true))),
    );
    return reached.filter(Boolean).length;
  }

  /** Whether the clock of a case stands past an instant; if not, it is asked to go there. */
  private async moved(id: string, due: Instant, isDown: boolean): Promise<boolean> {
    if (!(await this.clocks.reach(id, due))) return false;
    this.journal.write({ what: 'reached', at: Date.now(), case: id, due, isDown });
    return true;
  }

  private nextDueOf(state: CaseState): Instant | undefined {
    return isKind(state.kind) ? nextDue(lifecycles[state.kind], state)?.at : undefined;
  }

  private async stateOf(id: string): Promise<CaseState | undefined> {
    const query = this.db.selectFrom('cases').select('state').where('id', '=', id).where('closed_at', 'is', null);
    const row = await query.executeTakeFirst().catch(() => undefined);
    return row?.state as CaseState | undefined;
  }

  private async isAtRest(id: string): Promise<boolean> {
    const query = this.db.selectFrom('messages').select('key').where('case_id', '=', id);
    return (await query.where('state', 'in', ['planned', 'claimed', 'inData']).executeTakeFirst()) === undefined;
  }

  /** Whether something comes to hold; what cannot be asked just now is asked again. */
  private async until(withinMs: number, holds: () => Promise<boolean>): Promise<boolean> {
    const end = Date.now() + withinMs;
    // Many cases wait at once: each asks ever less often.
    for (let pause = 50; Date.now() < end && !this.isOver; pause = Math.min(pause * 1.5, 500)) {
      if (await holds().catch(() => false)) return true;
      await delay(pause);
    }
    return false;
  }
}
