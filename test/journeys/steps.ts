import { type Instant, plus } from '../../domain/dates.ts';
import { caseNamed, relativeTime, type ScenarioStep } from '../../domain/scenario/step.ts';

/** A step of a scenario, as a file would say it. */
export const step = (
  said: { case: string; do: string; as: string; on: string; with?: Record<string, unknown> },
  index: number,
) => {
  const named = caseNamed(said.case);
  const when = relativeTime(said.on);
  if (!named || !when) throw new Error(`${said.case} ${said.on}`);
  return { index, stands: `step ${index}`, ...said, with: said.with ?? {}, case: named, when } satisfies ScenarioStep;
};

export const now = (): Instant => new Date().toISOString();
export const inDays = (days: number): Instant => `${plus(now().slice(0, 10), `P${days}D`)}T00:00:00.000Z`;
export const inMonths = (months: number, from = now()): Instant =>
  `${plus(from.slice(0, 10), `P${months}M`)}T00:00:00.000Z`;
export const halfAYear = () => ({ from: now().slice(0, 10), until: inMonths(6).slice(0, 10) });
