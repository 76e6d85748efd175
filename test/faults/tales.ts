import { type Acknowledged, Driven } from './driven.ts';
import type { FaultyWorld } from './world.ts';

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

export const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** Without reminders before the due date: those are gathered with others. */
export const anAction = { topic: 'Documents', owner: 'klid', due: dayIn(30), remindBefore: [] };

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
    // Who asked is told of the end as well, and as much in vain.
    happens: ['opened', 'planned', 'acknowledged', 'planned', 'undelivered', 'cancelled', 'undelivered'],
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
  const its = world.db.selectFrom('cases').select('coordinator').where('id', '=', id);
  const { coordinator } = await its.executeTakeFirstOrThrow();
  await driven.command('cancel', { by: coordinator, reason: 'The test is over' });
  all.push(...driven.acknowledged);
  await world.client.workflow.getHandle(id).result();
}
