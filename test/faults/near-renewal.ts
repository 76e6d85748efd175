import { Driven, idOf } from './driven.ts';
import { anAction, dayIn, type Tale } from './tales.ts';
import { until } from './patience.ts';
import type { FaultyWorld } from './world.ts';

/** A case whose run is about to end, and what is recorded in one task of that run. */
export interface StruckInRun extends Tale {
  readonly runId: string;
}

/** After how many events a run is to end, and how many a note that causes no letter adds. */
export const eventsPerRun = 30;
const eventsPerNote = 6;

/**
 * Gives a case notes until its history has come to where it is to be struck. How many events its letters leave depends on how
 * many of them are told of in one task; in a second run, which has no letters, each number of events that counts comes up.
 */
class Notes {
  readonly driven: Driven;
  private readonly by: string;
  given = 0;

  constructor(driven: Driven, by: string) {
    this.driven = driven;
    this.by = by;
  }

  async give(): Promise<void> {
    this.given += 1;
    const commandId = idOf(`note-${this.given}`, this.driven.id);
    await this.driven.command('note', { by: this.by, note: `Note ${this.given}` }, commandId);
  }

  async giveAtRest(): Promise<void> {
    await this.give();
    await this.driven.atRest();
  }

  async giveUntil(events: number): Promise<void> {
    while ((await this.driven.run()).historyLength < events) await this.giveAtRest();
  }

  get happen(): string[] {
    return Array.from({ length: this.given }, () => 'noted');
  }
}

type Near = (world: FaultyWorld, name: string) => Promise<StruckInRun>;

const noteIn =
  (place: 'before' | 'last' | 'first'): Near =>
  async (world, name) => {
    const driven = new Driven(world, `action/${name}-${place}`);
    const { id, acknowledged } = driven;
    const notes = new Notes(driven, 'kim');
    await driven.open(anAction);
    await driven.command('accept', { by: 'park' });
    await driven.atRest();
    await notes.giveUntil(place === 'before' ? eventsPerRun - eventsPerNote : eventsPerRun);
    if (place === 'first') await notes.giveAtRest();
    const { runId } = await driven.run();
    return {
      id,
      runId,
      acknowledged,
      strikes: `${id}/noted/${notes.given + 4}`,
      // It is there already.
      begin: async () => undefined,
      async strike() {
        await notes.give();
        // What was answered, in an earlier run perhaps, is answered for ever.
        await driven.command('accept', { by: 'park' });
      },
      happens: ['opened', 'planned', 'accepted', ...notes.happen, 'noted', 'cancelled'],
    };
  };

/** An action that becomes late: nobody is told of that. */
const dueDate: Near = async (world, name) => {
  const driven = new Driven(world, `action/${name}-due-date`);
  const { id, acknowledged } = driven;
  const notes = new Notes(driven, 'kim');
  await driven.open(anAction);
  await driven.command('accept', { by: 'park' });
  await driven.atRest();
  driven.runTo(await driven.nextDue());
  await driven.onRecord('reminded');
  await driven.atRest();
  await notes.giveUntil(eventsPerRun);
  const { runId } = await driven.run();
  return {
    id,
    runId,
    acknowledged,
    strikes: `${id}/deadlinePassed/${notes.given + 5}`,
    begin: async () => undefined,
    async strike() {
      driven.runTo(await driven.nextDue());
      await driven.onRecord('wasLate');
      await isLeft(driven, runId);
    },
    happens: ['opened', 'planned', 'accepted', 'reminded', ...notes.happen, 'deadlinePassed', 'wasLate', 'cancelled'],
  };
};

const asAsked = ['opened', 'planned', 'acknowledged', 'planned', 'undelivered'];
/** The letter, the word of that to the coordinator, and the one to whoever is above. */
const inVain = ['undelivered', 'undelivered', 'undelivered'];

/** A letter reaches nobody, nor does the word of that reach the coordinator, nor whoever is above: the last is told to nobody. */
const cameOfMail: Near = async (world, name) => {
  const driven = new Driven(world, `request/${name}-came-of-mail`);
  const { id, acknowledged } = driven;
  const coordinator = `lone-${name}`;
  const email = `${coordinator}@mois.example.org`;
  const notes = new Notes(driven, coordinator);
  const lone = { id: coordinator, name: 'Lone', email, agency: 'mois', language: 'en', zone: 'Asia/Seoul' };
  await world.db
    .insertInto('people')
    .values({ ...lone, office: null, superior: null })
    .execute();
  const asked = { how: 'letter', receivedOn: dayIn(-1), requester: 'person/mute', requestingCountry: 'GR' };
  await driven.open({ ...asked, subject: 'Advice', by: coordinator, coordinator });
  await driven.command('acknowledge', { by: coordinator });
  await driven.onRecord('undelivered');
  await driven.atRest();
  await world.db.updateTable('people').set({ email: null }).where('id', '=', coordinator).execute();
  await notes.giveUntil(eventsPerRun);
  const { runId } = await driven.run();
  const message = await undelivered(world, id);
  return {
    id,
    runId,
    acknowledged,
    strikes: `${id}/undelivered/${notes.given + 9}`,
    begin: async () => undefined,
    async strike() {
      await driven.command('sendAgain', { by: coordinator, message, reason: 'Perhaps it arrives now' });
      await driven.onRecord('undelivered', 4);
      await isLeft(driven, runId);
    },
    happens: [...asAsked, ...notes.happen, 'sentAgain', ...inVain, 'cancelled', ...inVain],
  };
};

/** The case goes on in another run: until then the next command would come into the same task. */
const isLeft = (driven: Driven, runId: string): Promise<void> =>
  until(`${driven.id} to begin anew`, async () => (await driven.run()).runId !== runId);

async function undelivered({ db }: FaultyWorld, id: string): Promise<string> {
  const query = db.selectFrom('events').select('data').where('case_id', '=', id).where('type', '=', 'undelivered');
  return ((await query.executeTakeFirstOrThrow()).data as { message: string }).message;
}

export const near: Readonly<Record<string, Near>> = {
  'a command in the task before the last one of a run': noteIn('before'),
  'a command in the last task of a run': noteIn('last'),
  'a command in the first task of a new run': noteIn('first'),
  'a due date in the last task of a run': dueDate,
  'what came of a mail in the last task of a run': cameOfMail,
};
