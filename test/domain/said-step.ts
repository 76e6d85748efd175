import { caseNamed, relativeTime, type ScenarioStep } from '../../domain/scenario/step.ts';

/** A step as somebody writes it. */
export type Said = Partial<Omit<ScenarioStep, 'case' | 'when'>> & {
  readonly do: string;
  readonly on: string;
  readonly case?: string;
};

export const stepOf = ({ on, case: named = 'action/kr-gr-1', ...said }: Said, index = 0): ScenarioStep => ({
  index,
  stands: `line ${index + 1}`,
  as: 'park-jisoo',
  with: {},
  case: caseNamed(named) ?? { id: named },
  when: relativeTime(on) ?? { at: on },
  ...said,
});
