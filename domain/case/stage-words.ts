import { spaced } from './label.ts';

/** Stages that people call otherwise than the rules do. */
const called: Readonly<Record<string, string>> = {
  refused: 'not taken on',
  reportedDone: 'reported as done',
  objected: 'objected to',
  nextProposed: 'next one proposed',
  consulting: 'opinions asked for',
  consulted: 'opinions in',
  reported: 'reported on',
  registration: 'nominations open',
  registrationClosed: 'nominations closed',
  materialsOut: 'materials circulated',
};

/** How a stage is called in English: `under negotiation`; pages and translators have it from here. */
export const stageInWords = (stage: string): string =>
  Object.hasOwn(called, stage) ? (called[stage] ?? stage) : spaced(stage);
