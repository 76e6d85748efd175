import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, in seconds beside five others: whichever of them came last would leave a core without work. */
const seconds: Readonly<Record<string, number>> = {
  'journeys/rehearse': 185,
  'faults/mail': 144,
  'faults/renewal': 141,
  'web/desk': 134,
  'journeys/worker-killed': 123,
  'faults/task': 120,
  'faults/record': 77,
  'client/at-once': 76,
  'web/bad-input': 73,
  'faults/order': 59,
  'journeys/serbia': 56,
  'web/answer': 51,
  'client/import': 49,
  'client/health': 48,
  'journeys/stories': 45,
  'worker/main': 43,
  'client/entente': 41,
  'stack/start': 40,
  'journeys/forecast': 36,
  'workflows/send-times': 36,
  'stack/doctor': 33,
  'client/mail': 33,
  'web/sign-in': 32,
  'workflows/mail': 31,
  'database/large-lists': 31,
  'workflows/replay': 26,
  'client/unanswered': 25,
  'activities/mail/doubt': 24,
  'database/lists': 22,
  'web/code': 21,
  'workflows/forged': 21,
  'client/meant': 20,
  'client/backup': 16,
  'journeys/continue-as-new': 16,
  'activities/mail/smtp': 16,
  'client/rehearse-refused': 15,
  'faults/register-behind': 14,
  'workflows/register-leads': 14,
  'database/lists-of-visits': 13,
  'journeys/visit': 12,
  'client/forecast': 12,
  'journeys/restored': 12,
  'stack/stack': 11,
  'client/engine': 11,
  'client/characters': 11,
  'activities/mail/gathered-killed': 11,
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
