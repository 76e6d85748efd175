import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/servers/longest-first.ts';

// What is printed is on the clocks of whoever looks at it: in tests, of one place.
process.env['TZ'] = 'UTC';

/** What needs nothing but the rules. */
const rules = ['test/domain/**/*.test.ts', 'test/calendars/{calendar,hard-dates,icalendar,zones}.test.ts'];
/** What puts something else in the place of a module, which nobody else may then load. */
const alone = ['test/calendars/damaged.test.ts'];

/**
 * Files follow one another in the same two processes, so that what they import is loaded once: whoever changes a module, the
 * environment or a global puts it back.
 */
const common = {
  isolate: false,
  // Nets for what hangs, and no limits: a busy machine is no fault.
  testTimeout: 600_000,
  hookTimeout: 600_000,
  // Whoever asks less often leaves the machine to what is waited for.
  expect: { poll: { timeout: 150_000, interval: 200 } },
};

export default defineConfig({
  test: {
    globalSetup: 'test/servers/run.ts',
    // What was compiled for a run is there for the next one, as far as it has not changed.
    experimental: { fsModuleCache: true, fsModuleCachePath: 'node_modules/.cache/vitest' },
    sequence: { sequencer: LongestFirst },
    // Two cores: of what only reckons, more at once would wait for each other.
    maxWorkers: 2,
    // One after the other, since a process is begun anew where the next file is of another project.
    projects: [
      { test: { ...common, name: 'rules', include: rules, sequence: { groupOrder: 0 } } },
      {
        test: {
          ...common,
          name: 'services',
          include: ['test/**/*.test.ts'],
          exclude: [...rules, ...alone],
          // Most of their time they wait for what was killed, frozen or is due: with six, two cores are at work all the while.
          maxWorkers: 6,
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...common, name: 'alone', include: alone, isolate: true, sequence: { groupOrder: 2 } } },
    ],
  },
});
