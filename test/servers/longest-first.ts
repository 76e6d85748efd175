import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, in seconds beside three others: whichever of them came last would leave a core without work. */
const seconds: Readonly<Record<string, number>> = {
  'journeys/rehearse': 400,
  'faults/renewal': 170,
  'activities/mail/soak': 160,
  'faults/mail': 140,
  'activities/mail/texts': 140,
  'web/desk': 120,
  'stack/start': 110,
  'faults/record': 100,
  'client/walkthrough': 95,
  'web/answer': 95,
  'client/import': 90,
  'workflows/register-leads': 85,
  'journeys/forecast': 85,
  'workflows/send-times': 80,
  'worker/main': 75,
  'client/entente': 75,
  'faults/order': 70,
  'client/health': 65,
  'faults/task': 60,
  'faults/register-behind': 55,
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
