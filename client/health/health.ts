import type { Instant } from '../../domain/dates.ts';
import { RunningCases } from '../cases.ts';
import { UnavailableError } from '../errors.ts';
import type { RegisterConnection } from '../register.ts';
import type { ClientSettings } from '../settings.ts';
import { checkCases } from './check.ts';
import type { Check } from './finding.ts';
import { type Glance, glance, warningOf } from './glance.ts';
import { Runs } from './runs.ts';

/** Whoever asks for a list does not wait long to hear that Temporal is down. */
const aMoment = { toConnect: 2_000, toAnswer: 3_000 };

/** Whether every case that is open on record is carried on. */
export class Health {
  private readonly register: RegisterConnection;
  private readonly runs: Runs;
  private readonly hasty: RunningCases;

  constructor(register: RegisterConnection, running: RunningCases, temporal: ClientSettings['temporal']) {
    this.register = register;
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

  /** What can be known of that within seconds, however many cases there are. Throws as {@link check} does. */
  readonly glance = (): Promise<Glance> => glance(this.register, new Runs(this.hasty));

  /** The same in one line, or nothing when nothing is wrong; nothing as well where no Temporal is named. Throws for the register only. */
  async warning(): Promise<string | undefined> {
    try {
      return warningOf(await this.glance());
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
