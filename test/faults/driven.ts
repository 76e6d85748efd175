import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { type Body, type OpeningFields, UnavailableError } from '../../client/client.ts';
import { nextDue } from '../../domain/case/due.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { type Instant, millisecondsOf } from '../../domain/dates.ts';
import { lifecycleOf } from '../../client/input.ts';
import { fastForward, lookAt, skip, workflowNow } from '../../stack/time-skipping.ts';
import { type Answer, engineQuery } from '../../workflows/messages.ts';
import { patience, until } from './patience.ts';
import type { FaultyWorld } from './world.ts';

/** A command that was acknowledged: it is on record once, whatever happens. */
export interface Acknowledged {
  readonly commandId: string;
  readonly answer: Answer;
}

const header = { by: 'kim', title: 'Digitalise documents', countries: ['KR', 'GR'], coordinator: 'kim' };

/** Asks until somebody answers, with the same id each time, as whoever gives commands should. */
async function acknowledged(ask: () => Promise<Answer>): Promise<Answer> {
  const end = performance.now() + patience;
  for (;;)
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof UnavailableError) || performance.now() > end) throw error;
      await delay(200);
    }
}

/** The id of a command of a case. */
export const idOf = (command: string, caseId: string): string => `${command}:${caseId.replace('/', '-')}`;

/** A case and whoever gives it commands. */
export class Driven {
  readonly id: string;
  readonly acknowledged: Acknowledged[] = [];
  private readonly world: FaultyWorld;

  constructor(world: FaultyWorld, id: string) {
    this.world = world;
    this.id = id;
  }

  async open(fields: Record<string, unknown>): Promise<void> {
    const [kind = '', id = ''] = this.id.split('/');
    const opening = { ...header, id, ...fields } as OpeningFields;
    const commandId = idOf('open', this.id);
    const answer = await acknowledged(() => this.world.entente.open(kind, opening, { commandId }));
    this.acknowledged.push({ commandId, answer });
  }

  async command(name: string, body: Body, commandId = idOf(name, this.id)): Promise<void> {
    const answer = await acknowledged(() => this.world.entente.command(this.id, name, body, { commandId }));
    const earlier = this.acknowledged.find((each) => each.commandId === commandId);
    if (!earlier) this.acknowledged.push({ commandId, answer });
    else if (!isDeepStrictEqual(earlier.answer, answer)) throw new Error(`${commandId} was answered otherwise before.`);
  }

  /** When it next acts by itself. */
  async nextDue(): Promise<Instant> {
    const query = this.world.db.selectFrom('cases').select('state').where('id', '=', this.id);
    const { state } = await query.executeTakeFirstOrThrow();
    const due = nextDue(lifecycleOf(this.id.split('/')[0] ?? ''), state as CaseState);
    if (!due) throw new Error(`${this.id} has nothing due.`);
    return due.at;
  }

  /**
   * Lets its clock run on to an instant at which it is due next; what happens there may be struck, so it is looked for elsewhere.
   *
   * By one skip: what is struck may take longer than any margin, and a clock that comes by there meanwhile goes weeks too far.
   */
  runTo(instant: Instant): void {
    void this.missing(instant, 5_000)
      .then((milliseconds) => skip(this.world.client, this.id, milliseconds))
      .catch(() => undefined);
  }

  /** Lets its clock run on to some seconds before an instant, and waits until it is there. */
  async runToBefore(instant: Instant, seconds: number): Promise<void> {
    await fastForward(this.world.client, this.id, await this.missing(instant, -1_000 * seconds));
  }

  private async missing(instant: Instant, milliseconds: number): Promise<number> {
    return millisecondsOf(instant) + milliseconds - (await workflowNow(this.world.client, this.id));
  }

  async onRecord(type: string, times = 1): Promise<void> {
    await until(`${this.id} to have ${times} ${type} on record`, async () => {
      const query = this.world.db.selectFrom('events').select('number').where('case_id', '=', this.id);
      return (await query.where('type', '=', type).execute()).length >= times;
    });
  }

  /** Its run of now. */
  run(): Promise<WorkflowExecutionDescription> {
    return this.world.client.workflow.getHandle(this.id).describe();
  }

  /** Nothing of it is under way, and all that is on record is known to it. */
  async atRest(): Promise<void> {
    const handle = this.world.client.workflow.getHandle(this.id);
    const query = this.world.db.selectFrom('cases').select('number').where('id', '=', this.id);
    await until(`${this.id} to be at rest`, async () => {
      // Whoever is asked has a task more; whether there is any point in it, the server knows.
      const look = await lookAt(this.world.client, this.id).catch(() => undefined);
      if (!look?.isIdle) return false;
      const { number } = await query.executeTakeFirstOrThrow();
      const engine = await handle.query(engineQuery).catch(() => undefined);
      return engine?.underWay === 0 && engine.number === number;
    });
  }
}
