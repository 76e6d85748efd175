import type { Sink } from './sink.ts';

/** What is done to a case, in this order. */
export type Step = 'open' | 'accept' | 'report' | 'reportAgain' | 'reportDone' | 'verify';

/** A reminder is due so long after the command before it. */
export const untilReminderMs = 300;

/** One case of the job: whose it is follows from its number, so that nobody has mail of two cases. */
export interface Job {
  readonly id: string;
  readonly number: number;
  readonly topic: string;
  readonly owner: string;
  readonly coordinator: string;
}

export const jobOf = (number: number): Job => ({
  id: `bench-${number}`,
  number,
  topic: `Open data portal ${number}`,
  owner: `o${number}@bench.example.org`,
  coordinator: `c${number}@bench.example.org`,
});

/** Somebody who does the job: an engine, a queue, a workflow written by hand. */
export interface Contender {
  readonly name: string;
  /** The processes that work for it besides this one. */
  readonly pids: () => readonly number[];
  /** The database that holds its records. */
  readonly database: string;
  /** The id of a case's workflow, for contenders that run in Temporal. */
  readonly workflowId?: (job: Job) => string;
  /** What those who do it have had for long, before anything is measured. */
  readonly prepare?: (jobs: readonly Job[]) => Promise<void>;
  /** Returns when the step is on record. */
  give(job: Job, step: Step): Promise<void>;
  /** Returns when the case is over. */
  ended(job: Job): Promise<void>;
  /** Asks a case how it stands, which brings it into its worker's cache. */
  readonly look?: (job: Job) => Promise<void>;
  /** Begins anew with a worker that has nothing in its cache. */
  readonly restart?: () => Promise<void>;
  stop(): Promise<void>;
}

/** What was measured of one case, in milliseconds. */
export interface Course {
  readonly commands: readonly number[];
  readonly lateness: readonly number[];
}

/** One case from its opening to its end: five commands, three reminders, five mails. */
export async function carry(contender: Contender, job: Job, sink: Sink): Promise<Course> {
  const commands: number[] = [];
  const lateness: number[] = [];
  const give = async (step: Step): Promise<number> => {
    const begun = performance.now();
    await contender.give(job, step);
    const answered = performance.now();
    commands.push(answered - begun);
    return answered;
  };
  await contender.give(job, 'open');
  // The first mail to the owner asks for the action; each that follows reminds of it.
  for (const [nth, step] of (['accept', 'report', 'reportAgain'] as const).entries()) {
    const due = (await give(step)) + untilReminderMs;
    lateness.push((await sink.arrival(job.owner, nth + 2)) - due);
  }
  await give('reportDone');
  await give('verify');
  await Promise.all([contender.ended(job), sink.arrival(job.coordinator, 1)]);
  return { commands, lateness };
}
