import { createInterface } from 'node:readline';
import type { Agency, Country, Person } from '../../database/surroundings.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { Course, courseVersion } from './course.ts';

/**
 * The rules of this checkout in a process of their own, for whoever holds other rules against them: it gets the snapshot as
 * lines of JSON, first the directory, then each open case and an empty line, and gives each step as a line. What it has to
 * know of other cases it asks for, one at a time.
 */
export interface SnapshotHead {
  readonly version: number;
  readonly until: string;
  readonly people: readonly Person[];
  readonly agencies: readonly Agency[];
  readonly countries: readonly Country[];
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function read<T>(): Promise<T | undefined> {
  const { value, done } = await lines.next();
  return done === true || value === '' ? undefined : (JSON.parse(value) as T);
}

const write = (value: unknown): Promise<void> =>
  new Promise((resolve) => {
    if (process.stdout.write(`${JSON.stringify(value)}\n`)) resolve();
    else process.stdout.once('drain', resolve);
  });

const head = await read<SnapshotHead>();
await write({ version: courseVersion });
if (head?.version === courseVersion) {
  const directory = {
    people: new Map(head.people.map((each) => [each.person, each])),
    agencies: new Map(head.agencies.map((each) => [each.agency, each])),
    countries: new Map(head.countries.map((each) => [each.code, each])),
  };
  const caseOf = async (id: string) => {
    await write({ asks: id });
    return (await read<{ readonly state?: CaseState }>())?.state;
  };
  const course = new Course(directory, caseOf);
  for (let state = await read<CaseState>(); state; state = await read<CaseState>()) course.add(state);
  for await (const step of course.until(head.until)) await write(step);
}
// Its parent may keep the way in open.
process.stdin.destroy();
