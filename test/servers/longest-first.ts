import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take longest, in the order in which they begin: whichever of them came last would leave a core without work. Those that
 * mostly wait for what was killed, frozen or is due (`faults`, `rehearse`, `worker-killed`) begin one after the other beside those
 * that always have something to do.
 */
const longest: readonly string[] = [
  'journeys/rehearse',
  'faults/mail',
  'web/desk',
  'faults/renewal',
  'web/bad-input',
  'journeys/serbia',
  'faults/record',
  'web/answer',
  'client/at-once',
  'faults/task',
  'client/entente',
  'journeys/stories',
  'journeys/worker-killed',
  'web/sign-in',
  'journeys/forecast',
  'faults/order',
  'client/import',
  'client/health',
  'worker/main',
  'stack/start',
  'workflows/send-times',
  'stack/doctor',
  'client/mail',
  'workflows/mail',
  'database/large-lists',
  'workflows/replay',
  'client/unanswered',
  'activities/mail/doubt',
  'database/lists',
  'web/code',
  'workflows/forged',
  'client/meant',
  'client/backup',
  'journeys/continue-as-new',
  'activities/mail/smtp',
  'client/rehearse-refused',
  'faults/register-behind',
  'workflows/register-leads',
  'database/lists-of-visits',
  'journeys/visit',
  'client/forecast',
  'journeys/restored',
  'stack/stack',
  'client/engine',
  'client/characters',
  'activities/mail/gathered-killed',
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return place < 0 ? longest.length : place;
};

/** The longest files first, then the largest, as vitest itself has it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
