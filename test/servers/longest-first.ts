import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, in seconds beside three others: whichever of them came last would leave a core without work. */
const seconds: Readonly<Record<string, number>> = {
  'journeys/rehearse': 272,
  'web/desk': 240,
  'stack/start': 177,
  'faults/renewal': 153,
  'faults/mail': 138,
  'stack/doctor': 135,
  'client/import': 128,
  'faults/record': 124,
  'web/sign-in': 105,
  'worker/main': 87,
  'client/entente': 84,
  'faults/task': 79,
  'journeys/forecast': 70,
  'workflows/send-times': 70,
  'faults/order': 69,
  'client/at-once': 65,
  'web/answer': 63,
  'activities/mail/soak': 62,
  'activities/mail/texts': 60,
  'client/walkthrough': 60,
  'client/health': 60,
  'web/bad-input': 55,
  'client/backup': 52,
  'journeys/restored': 50,
  'web/code': 48,
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
