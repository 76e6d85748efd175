import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, in seconds beside three others: whichever of them came last would leave a core without work. */
const seconds: Readonly<Record<string, number>> = {
  'journeys/rehearse': 191,
  'web/desk': 140,
  'faults/mail': 128,
  'faults/renewal': 120,
  'faults/task': 106,
  'web/bad-input': 81,
  'stack/start': 80,
  'client/at-once': 71,
  'faults/record': 70,
  'journeys/stories': 66,
  'faults/order': 56,
  'database/large-lists': 51,
  'client/entente': 48,
  'worker/main': 44,
  'database/lists': 40,
  'journeys/restored': 39,
  'client/health': 39,
  'web/sign-in': 32,
  'web/answer': 29,
  'client/unanswered': 27,
  'stack/doctor': 26,
  'journeys/serbia': 25,
  'activities/mail/doubt': 24,
  'activities/mail/soak': 19,
  'workflows/send-times': 19,
  'client/forecast': 19,
  'activities/mail/smtp': 17,
  'client/import': 16,
  'journeys/forecast': 16,
  'stack/time-skipping': 15,
  'journeys/continue-as-new': 15,
  'activities/mail/beliefs': 15,
  'client/rehearse-refused': 14,
  'stack/stack': 14,
  'web/story': 14,
  'web/code': 14,
  'workflows/forged': 13,
  'client/scenario': 12,
  'journeys/visit': 12,
  'workflows/engine': 11,
};

const lengthOf = ({ moduleId }: TestSpecification): number =>
  Object.entries(seconds).find(([name]) => moduleId.endsWith(`/test/${name}.test.ts`))?.[1] ?? 0;

/** The longest files first, then the largest, as vitest itself has it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => lengthOf(other) - lengthOf(one));
  }
}
