import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Body, type OpeningFields, UnavailableError } from '../../client/client.ts';
import { nextDue } from '../../domain/case/due.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { type Instant, millisecondsOf } from '../../domain/dates.ts';
import { lifecycleOf } from '../../client/input.ts';
import { fastForward, workflowNow } from '../../stack/time-skipping.ts';
import { type Answer, engineQuery } from '../../workflows/messages.ts';
import { type FaultyWorld, patience, until } from './world.ts';

/** A command that was acknowledged: it is on record once, whatever happens. */
export interface Acknowledged {
  readonly commandId: string;
  readonly answer: Answer;
}

/** A live case that is struck by a fault at one moment of its life. */
export interface Tale {
  readonly id: string;
  readonly acknowledged: Acknowledged[];
  /** What is recorded at that moment, as a fault point is told: `action/a/accepted`. */
  readonly strikes: string;
  /** Brings the case to just before that moment, and lets its mail go. */
  begin(): Promise<void>;
  /** Sets off what is struck, and waits until it is acknowledged or, if nobody asked for it, on record. */
  strike(): Promise<void>;
  /** The types of all events once the case has been ended. */
  readonly happens: readonly string[];
}

export type Thing = (world: FaultyWorld, name: string) => Tale;

const header = { by: 'kim', title: 'Digitalise documents', countries: ['KR', 'GR'], coordinator: 'kim' };
const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** Without reminders before the due date: those are gathered with others. */
const anAction = { topic: 'Documents', owner: 'klid', due: dayIn(30), remindBefore: [] };

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

  /** Lets its clock run on to an instant; what happens there may be struck, so it is looked for elsewhere. */
  runTo(instant: Instant): void {
    void this.runningTo(instant, 50).catch(() => undefined);
  }

  /** Lets its clock run on to some seconds before an instant, and waits until it is there. */
  async runToBefore(instant: Instant, seconds: number): Promise<void> {
    await this.runningTo(instant, -1_000 * seconds);
  }

  private async runningTo(instant: Instant, milliseconds: number): Promise<void> {
    const { client } = this.world;
    await fastForward(client, this.id, millisecondsOf(instant) + milliseconds - (await workflowNow(client, this.id)));
  }

  async onRecord(type: string, times = 1): Promise<void> {
    await until(`${this.id} to have ${times} ${type} on record`, async () => {
      const query = this.world.db.selectFrom('events').select('number').where('case_id', '=', this.id);
      return (await query.where('type', '=', type).execute()).length >= times;
    });
  }

  /** Nothing of it is under way, and all that is on record is known to it. */
  async atRest(): Promise<void> {
    const handle = this.world.client.workflow.getHandle(this.id);
    await until(`${this.id} to be at rest`, async () => {
      const engine = await handle.query(engineQuery).catch(() => undefined);
      return engine?.underWay === 0;
    });
  }
}

/** Finds the transaction that records what is struck. */
export function concerns({ id, strikes }: Tale): (transaction: string) => boolean {
  const [type = '', number] = strikes.slice(id.length + 1).split('/');
  return (transaction) =>
    transaction.includes(id) &&
    transaction.includes(type) &&
    (number === undefined || transaction.includes(`"number":${number}`));
}

export const opening: Thing = (world, name) => {
  const id = `action/${name}-opening`;
  const driven = new Driven(world, id);
  return {
    id,
    acknowledged: driven.acknowledged,
    strikes: `${id}/opened`,
    begin: async () => undefined,
    strike: () => driven.open(anAction),
    happens: ['opened', 'planned', 'cancelled'],
  };
};

export const command: Thing = (world, name) => {
  const id = `action/${name}-command`;
  const driven = new Driven(world, id);
  return {
    id,
    acknowledged: driven.acknowledged,
    strikes: `${id}/accepted`,
    async begin() {
      await driven.open(anAction);
      await driven.atRest();
    },
    strike: () => driven.command('accept', { by: 'park' }),
    happens: ['opened', 'planned', 'accepted', 'cancelled'],
  };
};

export const dueDate: Thing = (world, name) => {
  const id = `action/${name}-due-date`;
  const driven = new Driven(world, id);
  return {
    id,
    acknowledged: driven.acknowledged,
    strikes: `${id}/reminded`,
    async begin() {
      await driven.open(anAction);
      await driven.command('accept', { by: 'park' });
      await driven.atRest();
    },
    async strike() {
      driven.runTo(await driven.nextDue());
      await driven.onRecord('reminded');
    },
    happens: ['opened', 'planned', 'accepted', 'reminded', 'cancelled'],
  };
};

/** Acceptance and completion fall due on the same day: one task, two transitions, of which the second is struck. */
export const twoReminders: Thing = (world, name) => {
  const id = `action/${name}-two-reminders`;
  const driven = new Driven(world, id);
  return {
    id,
    acknowledged: driven.acknowledged,
    strikes: `${id}/reminded/4`,
    async begin() {
      await driven.open({ ...anAction, acceptWorkingDays: 1, due: await nextWorkingDay(world) });
      await driven.atRest();
    },
    async strike() {
      driven.runTo(await driven.nextDue());
      await driven.onRecord('reminded', 2);
    },
    happens: ['opened', 'planned', 'reminded', 'reminded', 'cancelled'],
  };
};

async function nextWorkingDay(world: FaultyWorld): Promise<string> {
  const probe = new Driven(world, `action/probe-of-${dayIn(0)}`);
  await probe.open({ ...anAction, acceptWorkingDays: 1 });
  const query = world.db.selectFrom('deadlines').select('due').where('case_id', '=', probe.id);
  return (await query.where('name', '=', 'accept:klid').executeTakeFirstOrThrow()).due;
}

/** A mail for which there is no address: what came of it is told to the case. */
export const followUp: Thing = (world, name) => {
  const id = `request/${name}-follow-up`;
  const driven = new Driven(world, id);
  return {
    id,
    acknowledged: driven.acknowledged,
    strikes: `${id}/undelivered`,
    async begin() {
      const asked = { how: 'letter', receivedOn: dayIn(-1), requester: 'person/mute', requestingCountry: 'GR' };
      await driven.open({ ...asked, subject: 'Advice' });
      await driven.atRest();
    },
    async strike() {
      await driven.command('acknowledge', { by: 'kim' });
      await driven.onRecord('undelivered');
    },
    happens: ['opened', 'planned', 'acknowledged', 'planned', 'undelivered', 'cancelled'],
  };
};

/** The message that an opening sends; what is in doubt is told to the case. */
export const firstMail = (world: FaultyWorld, name: string, isDoubtful: boolean): Tale => {
  const id = `action/${name}`;
  const driven = new Driven(world, id);
  return {
    id,
    acknowledged: driven.acknowledged,
    strikes: `${id}/1/0`,
    begin: async () => undefined,
    async strike() {
      await driven.open(anAction);
      await driven.atRest();
    },
    happens: ['opened', 'planned', ...(isDoubtful ? ['undelivered'] : []), 'cancelled'],
  };
};

/** An action in progress that a test drives by itself; `further` is what happens to it until it is ended. */
export const inProgress = (world: FaultyWorld, name: string, further: readonly string[]): Tale & { driven: Driven } => {
  const id = `action/${name}`;
  const driven = new Driven(world, id);
  return {
    id,
    driven,
    acknowledged: driven.acknowledged,
    strikes: id,
    async begin() {
      await driven.open(anAction);
      await driven.command('accept', { by: 'park' });
      await driven.atRest();
    },
    strike: async () => undefined,
    happens: ['opened', 'planned', 'accepted', ...further, 'cancelled'],
  };
};

/** A note, given to an action that has so many already. */
export const nthNote = (world: FaultyWorld, name: string, notes: number): Tale => {
  const id = `action/${name}-${notes}-notes`;
  const driven = new Driven(world, id);
  const note = (nth: number) => driven.command('note', { by: 'kim', note: `Note ${nth}` }, idOf(`note-${nth}`, id));
  return {
    id,
    acknowledged: driven.acknowledged,
    strikes: `${id}/noted/${notes + 4}`,
    async begin() {
      await driven.open(anAction);
      await driven.command('accept', { by: 'park' });
      for (let nth = 1; nth <= notes; nth += 1) await note(nth);
      await driven.atRest();
    },
    async strike() {
      await note(notes + 1);
      // What was answered, in an earlier run perhaps, is answered for ever.
      await driven.command('accept', { by: 'park' });
    },
    happens: ['opened', 'planned', 'accepted', ...Array.from({ length: notes + 1 }, () => 'noted'), 'cancelled'],
  };
};

export const things: Readonly<Record<string, Thing>> = {
  'an opening': opening,
  'a command': command,
  'a due date': dueDate,
  'two reminders of one morning': twoReminders,
  'what came of a mail': followUp,
};

/** Ends a case by a command, which shows that it still hears, and waits until its workflow is over. */
export async function end(world: FaultyWorld, { id, acknowledged: all }: Tale): Promise<void> {
  const driven = new Driven(world, id);
  await driven.command('cancel', { by: 'kim', reason: 'The test is over' });
  all.push(...driven.acknowledged);
  await world.client.workflow.getHandle(id).result();
}
