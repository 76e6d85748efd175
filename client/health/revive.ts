import { refuseUnknownCase } from '../../database/lists.ts';
import { casesOnRecord, casesWithLastMail, type RecordedCase } from '../../database/lists/open-cases.ts';
import { refuseUnknownReferences } from '../../database/references.ts';
import type { Instant } from '../../domain/dates.ts';
import { closed } from '../absent.ts';
import type { RunningCases } from '../cases.ts';
import { RefusedError, UnavailableError } from '../errors.ts';
import type { RegisterConnection } from '../register.ts';
import { type Run, Runs } from './runs.ts';

/**
 * `revived`: nobody ran it, and it goes on from the register. `caughtUp`: it ran, and lacked what the register has.
 * `leftAlone`: it ran, and lacked nothing. `failed`: it may be tried again.
 */
export type ReviveOutcome = 'revived' | 'caughtUp' | 'leftAlone' | 'failed';

/** What became of one case. */
export interface Revived {
  readonly case: string;
  readonly outcome: ReviveOutcome;
  /** Why it failed. */
  readonly because?: string;
}

export interface ReviveOptions {
  /** Who has the cases started again; that stands in each as a note. */
  readonly by: string;
  /** Says what would be done, and does nothing. */
  readonly dryRun?: boolean | undefined;
  /** Of played cases only: where their clocks start. */
  readonly startsAt?: Instant | undefined;
  /** Told of each case as soon as it is done. */
  readonly onRevived?: ((revived: Revived) => void) | undefined;
}

const atOnce = 16;

/** A case that may have to be started again, with its latest run if Temporal knows one. */
interface Candidate extends RecordedCase {
  readonly run: Run | undefined;
}

/** Starts cases again from the register. A case that runs and lacks nothing is left alone, so asking twice does it once. */
export class Reviving {
  private readonly register: RegisterConnection;
  private readonly running: RunningCases;
  private readonly runs: Runs;

  constructor(register: RegisterConnection, running: RunningCases) {
    this.register = register;
    this.running = running;
    this.runs = new Runs(running);
  }

  async revive(ids: readonly string[], options: ReviveOptions): Promise<readonly Revived[]> {
    const candidates = await this.candidates([...new Set(ids)]);
    await this.refuseStranger(options.by);
    if (!options.dryRun) await this.refuseWithoutWorker();
    const running = candidates.filter(({ run }) => run?.status === 'RUNNING').map(({ id }) => id);
    const numbers = await this.runs.numbers(running);
    const needs = (candidate: Candidate): ReviveOutcome => {
      if (candidate.run?.status !== 'RUNNING') return 'revived';
      return numbers.get(candidate.id) === candidate.number ? 'leftAlone' : 'caughtUp';
    };
    const done: Revived[] = [];
    const waiting = [...candidates];
    const oneByOne = async () => {
      for (let candidate = waiting.shift(); candidate; candidate = waiting.shift()) {
        const outcome = needs(candidate);
        const revived = { case: candidate.id, outcome };
        const what =
          options.dryRun || outcome === 'leftAlone' ? revived : await this.treated(candidate, outcome, options);
        done.push(what);
        options.onRevived?.(what);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, oneByOne));
    return done;
  }

  private async treated(candidate: Candidate, outcome: ReviveOutcome, options: ReviveOptions): Promise<Revived> {
    const { id, title, closedAt, run } = candidate;
    const origin = { caseId: id, title, startsAt: options.startsAt, thoughOver: true };
    try {
      // A case that is over takes no note; its last mail is all that is left.
      if (outcome === 'caughtUp' || closedAt !== null) await this.running.catchUp(origin);
      else await this.running.commandFromRegister(noteOf(candidate, options), origin);
      return { case: id, outcome };
    } catch (error) {
      if (error instanceof UnavailableError && error.what !== 'worker') throw error;
      const because = error instanceof Error ? error.message : String(error);
      return { case: id, outcome: 'failed', because: run?.status === 'PAUSED' ? 'it is paused in Temporal' : because };
    }
  }

  private async candidates(ids: readonly string[]): Promise<readonly Candidate[]> {
    const rows = await this.register.ask((db) => casesOnRecord(db, ids));
    const byId = new Map(rows.map((row) => [row.id, row]));
    const unknown = ids.find((id) => !byId.has(id));
    if (unknown !== undefined) throw new RefusedError(await this.register.ask((db) => refuseUnknownCase(db, unknown)));
    const hasMail = new Set((await this.register.ask(casesWithLastMail)).map(({ id }) => id));
    const latest = await this.runs.latest(ids);
    return [...byId.values()].map((row) => {
      const { id, closedAt } = row;
      if (closedAt !== null && !hasMail.has(id)) throw new RefusedError(closed({ id, closedAt }));
      return { ...row, run: latest.get(id) };
    });
  }

  private async refuseStranger(by: string): Promise<void> {
    const acting = { refersTo: 'person', id: by, path: 'by' } as const;
    const refusal = await this.register.ask((db) => refuseUnknownReferences(db, [acting]));
    if (refusal) throw new RefusedError(refusal);
  }

  private async refuseWithoutWorker(): Promise<void> {
    if (!(await this.runs.unattended()).includes('cases')) return;
    throw new UnavailableError('worker', 'No worker is there to go on with them; start one first: `npm run worker`.');
  }
}

/** Under one id for whoever asks again at the same event. */
const noteOf = ({ id, number, run }: Candidate, { by, startsAt }: ReviveOptions) => ({
  caseId: id,
  name: 'note',
  body: {
    by,
    note: `Started again from the register: ${run ? `its workflow was ${ended(run)}` : 'Temporal did not know it'}.`,
  },
  commandId: `revive-${number}`,
  asOf: startsAt,
});

const ended = ({ status }: Run): string => status.toLowerCase().replaceAll('_', ' ');
