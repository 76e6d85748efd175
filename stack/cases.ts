import { setTimeout as delay } from 'node:timers/promises';
import { connectEntente, UnavailableError } from '../client/client.ts';
import { warningOf } from '../client/health/glance.ts';
import { counted } from '../domain/derived.ts';
import type { Settings } from './settings.ts';

/** Whether the cases that are open on record are carried on, and the same in a sentence. */
export interface CarriedOn {
  readonly ok: boolean;
  readonly says: string;
}

/**
 * Holds what is open on record against what runs, by a few quick questions. Undefined when there is no register yet.
 *
 * @param justStarted whoever has just started a worker need not be told that none has asked for work yet
 */
export async function lookAtCases(
  { databaseUrl, temporal }: Pick<Settings, 'databaseUrl' | 'temporal'>,
  justStarted = false,
): Promise<CarriedOn | undefined> {
  const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  try {
    const glance = await entente.health.glance();
    const warning = warningOf(justStarted ? { ...glance, unattended: [] } : glance);
    return { ok: warning === undefined, says: warning ?? carriedOn(glance.open) };
  } catch (error) {
    // Where there is no register yet, there are no cases; where there is no Postgres, that is told elsewhere.
    if (error instanceof UnavailableError && error.what === 'Postgres') return undefined;
    return { ok: false, says: (error as Error).message };
  } finally {
    await entente.close();
  }
}

/** What a worker that was just started has not come to yet is not told; in milliseconds. */
const settlesWithin = 60_000;
const askedAgainAfter = 5_000;

/**
 * Holds every open case against Temporal, as `./entente check` does, until all are carried on or a worker has had time to come
 * to them. Undefined when nothing is open, or a service does not answer: that is told elsewhere.
 */
export async function holdAgainstTemporal({
  databaseUrl,
  temporal,
}: Pick<Settings, 'databaseUrl' | 'temporal'>): Promise<CarriedOn | undefined> {
  const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  try {
    for (const until = Date.now() + settlesWithin; ; await delay(askedAgainAfter, undefined, { ref: false })) {
      const { open, findings } = await entente.health.check();
      if (open === 0) return undefined;
      const isWell = findings.length === 0 && warningOf(await entente.health.glance()) === undefined;
      if (isWell) return { ok: true, says: `each was held against Temporal: ${carriedOn(open)}` };
      if (Date.now() > until)
        return {
          ok: false,
          says: `Not all is well with ${counted(open, 'open case')}: \`./entente check\` says what.`,
        };
    }
  } catch (error) {
    if (error instanceof UnavailableError) return undefined;
    return {
      ok: false,
      says: `The check of open cases failed: ${(error as Error).message} \`./entente check\` says more.`,
    };
  } finally {
    await entente.close();
  }
}

const carriedOn = (open: number): string =>
  open === 0 ? 'no case is open' : `${counted(open, 'open case')}, all carried on`;
