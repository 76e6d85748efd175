import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, in seconds beside three others: whichever of them came last would leave a core without work. */
const seconds: Readonly<Record<string, number>> = {
  'web/desk': 250,
  'stack/start': 174,
  'faults/mail': 169,
  'faults/renewal': 164,
  'journeys/rehearse': 160,
  'web/sign-in': 127,
  'faults/record': 101,
  'client/import': 98,
  'faults/task': 80,
  'worker/main': 80,
  'activities/mail/soak': 75,
  'activities/mail/texts': 74,
  'activities/mail/beliefs': 74,
  'web/answer': 73,
  'client/entente': 68,
  'client/at-once': 66,
  'journeys/forecast': 63,
  'client/walkthrough': 60,
  'client/health': 60,
  'faults/order': 59,
  'workflows/send-times': 53,
  'client/backup': 52,
  'web/bad-input': 52,
  'web/code': 52,
  'journeys/restored': 50,
  'workflows/register-leads': 43,
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
