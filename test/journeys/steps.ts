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
