import type { Instant } from '../../domain/dates.ts';
import { RunningCases } from '../cases.ts';
import { type Service, UnavailableError } from '../errors.ts';
import type { RegisterConnection } from '../register.ts';
import type { ClientSettings } from '../settings.ts';
import { checkCases } from './check.ts';
import type { Check } from './finding.ts';
import { type Glance, glance, warningOf } from './glance.ts';
import { type Revived, type ReviveOptions, Reviving } from './revive.ts';
import { Runs } from './runs.ts';

/** Whoever asks for a list does not wait long to hear that Temporal is down. */
const aMoment = { toConnect: 2_000, toAnswer: 3_000 };

/** Whether every case that is open on record is carried on. */
export class Health {
  private readonly register: RegisterConnection;
  private readonly running: RunningCases;
  private readonly runs: Runs;
  private readonly hasty: RunningCases;

  constructor(register: RegisterConnection, running: RunningCases, temporal: ClientSettings['temporal']) {
    this.register = register;
    this.running = running;
    this.runs = new Runs(running);
    this.hasty = new RunningCases(temporal, aMoment);
  }

  /**
   * Holds all open cases of the register against Temporal, and says what is due and not on record, or not sent.
   *
   * `asOf` is the time of the cases: another than now for those that were played.
   *
   * @throws {@link UnavailableError} if Temporal or Postgres does not answer
   */
  readonly check = (asOf: Instant = new Date().toISOString()): Promise<Check> =>
    checkCases(this.register, this.runs, asOf);

  /**
   * Starts cases again from the register, with the state they have there: those that are named, or all that a check finds
   * to be not running or to lack something. Letters that have gone are not repeated, since the register says which have.
   *
   * @throws {@link RefusedError} if one is not on record or is over, or `by` is nobody; nothing is done then
   * @throws {@link UnavailableError} if Temporal, Postgres or a worker does not answer
   */
  async revive(cases: readonly string[] | 'all', options: ReviveOptions): Promise<readonly Revived[]> {
    const named = cases === 'all' ? toRevive(await this.check()) : cases;
    return new Reviving(this.register, this.running).revive(named, options);
  }

  /** What does not answer, so that nothing can be asked of cases now, and why; undefined when register and Temporal do. */
  async trouble(): Promise<{ readonly what: Service; readonly why: string } | undefined> {
    const silent = await this.register.trouble();
    if (silent !== undefined) return { what: 'Postgres', why: silent };
    return this.hasty
      .ask((client) => client.workflowService.getSystemInfo({}))
      .then(
        () => undefined,
        (error: unknown) => ({ what: 'Temporal', why: error instanceof Error ? error.message : String(error) }),
      );
  }

  /** What can be known of that by a few quick questions, however many cases there are. Throws as {@link check} does. */
  readonly glance = (): Promise<Glance> => glance(this.register, this.runs);

  /** The same in one line and within three seconds, or nothing: when nothing is wrong, or where no Temporal is named. */
  async warning(): Promise<string | undefined> {
    try {
      return warningOf(await glance(this.register, new Runs(this.hasty)));
    } catch (error) {
      if (error instanceof UnavailableError && error.what === 'Temporal')
        return `${error.message} Until it answers nothing is sent, and no case goes on.`;
      if (error instanceof Error && error.name === 'SettingsError') return undefined;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.hasty.close();
  }
}

/** What is over in Temporal and open on record is nobody's mistake to be made good by itself: it is named, or left. */
const toRevive = ({ findings }: Check): readonly string[] =>
  findings.flatMap(({ kind, case: id }) => (id !== null && (kind === 'notRunning' || kind === 'behind') ? id : []));
