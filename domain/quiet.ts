import { type Kind, kinds, lifecycles } from './kinds.ts';
import { isEnd } from './lifecycle.ts';

/** How long nothing may happen in an open case before its coordinator should look at it, in days. */
export interface QuietAfter {
  readonly kind: Kind;
  readonly stage: string;
  readonly days: number;
}

/** Of whatever is not said here. */
const usual = 90;

/** Committees meet and programmes go round once a year; with a month of grace. */
const yearly = 400;

const ofKind: Partial<Record<Kind, number>> = {
  action: 60,
  appointment: 60,
  committee: yearly,
  edition: 120,
  programme: yearly,
  request: 30,
};

/** An MOU that is in effect rests by its nature: its terms are years. */
const atStage: Readonly<Record<string, number>> = { 'mou/inEffect': yearly, 'mou/noticeGiven': yearly };

/** For every kind and every stage at which a case is open. */
export const quietAfter: readonly QuietAfter[] = kinds.flatMap((kind) =>
  Object.keys(lifecycles[kind].stages)
    .filter((stage) => !isEnd(lifecycles[kind], stage))
    .map((stage) => ({ kind, stage, days: atStage[`${kind}/${stage}`] ?? ofKind[kind] ?? usual })),
);

/** Of a stage at which a case is open. The register keeps it with each case: other days take a migration. */
export const quietAfterDays = (kind: string, stage: string): number | null =>
  quietAfter.find((each) => each.kind === kind && each.stage === stage)?.days ?? null;
