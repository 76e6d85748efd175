import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../../stack/running.ts';
import { figuresOf, lineOf } from './figures.ts';
import type { Finding, Ledgers } from './ledgers.ts';
import { findingsIn } from './oracle.ts';
import { carryOut, type Plant, plantedCopy, plants } from './plants.ts';
import { run, type RunOptions } from './run.ts';
import { type Form, longForm, scheduleOf, shortForm } from './schedule.ts';

/**
 * npm run test:faults: the whole system as processes, killed, frozen and cut off by chance, and compared with what it has
 * acknowledged.
 *
 *   -- --short         a few minutes instead of a quarter of an hour
 *   -- --seed N        the stories and happenings of that run once more
 *   -- --planted NAME  with one of six faults in the worker, or with each of them (`all`); then it has to be found
 *
 * Exit status 0: nothing was lost, doubled, stuck, late or otherwise wrong; or each planted fault was found. 1: something
 * was, each in a line of its own; or a planted fault was not found. 2: the run could not be made, or was smaller than it
 * promises.
 */
const { values } = parseArgs({
  options: { short: { type: 'boolean', default: false }, seed: { type: 'string' }, planted: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);

/** A run that did less than this has shown less than it says. */
const leastOf: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  long: { cases: 60, commands: 600, mails: 400, kills: 30, dueDatesWhileDown: 50 },
  short: { cases: 20, commands: 120, mails: 60, kills: 8, dueDatesWhileDown: 10 },
};

/** How many planted runs are made at a time. */
const lanes = 3;

interface Ran {
  readonly ledgers: Ledgers;
  readonly findings: readonly Finding[];
  readonly ms: number;
  readonly folder: string;
}

async function ran(
  name: string,
  options: Omit<RunOptions, 'folder' | 'seed' | 'say' | 'workerRoot'>,
  edits?: Plant['edits'],
): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'entente-faults-'));
  const began = performance.now();
  const say = (line: string): void =>
    console.log(`${String(Math.round((performance.now() - began) / 1000)).padStart(5)} s  ${name}: ${line}`);
  say(`seed ${seed}; journals and logs are in ${folder}`);
  const workerRoot = edits ? plantedCopy(folder, edits) : projectRoot;
  const ledgers = await run({ ...options, seed, folder, say, workerRoot });
  const findings = findingsIn(ledgers);
  writeFileSync(join(folder, 'findings.json'), JSON.stringify(findings, null, 2));
  return { ledgers, findings, ms: performance.now() - began, folder };
}

/** Everything as it is shipped: nothing may be found. */
async function asShipped(form: Form): Promise<number> {
  const { ledgers, findings, ms, folder } = await ran(`${form.name} run`, {
    form,
    happenings: scheduleOf(form, seed),
  });
  for (const { kind, case: id, says } of findings) console.log(`${kind}: ${id}: ${says}`);
  const tooFew = Object.entries(figuresOf(ledgers)).filter(
    ([name, count]) => count < (leastOf[form.name]?.[name] ?? 0),
  );
  for (const [name, count] of tooFew) console.log(`Too few ${name}: ${count}.`);
  console.log(lineOf(ledgers, findings, { seed, ms }));
  if (findings.length > 0) return 1;
  if (tooFew.length > 0) return 2;
  rmSync(folder, { recursive: true });
  return 0;
}

/** A fault is planted: it has to be found. */
async function withPlant(name: string): Promise<number> {
  const plant = plants[name];
  if (!plant) throw new Error(`There is no plant "${name}"; there are ${Object.keys(plants).join(', ')} and all.`);
  const { form, happenings, sql = [], seenAs } = plant;
  const prepare = (superuserUrl: string) => carryOut(superuserUrl, sql);
  console.log(`${name}: ${plant.says}`);
  const { ledgers, findings, ms, folder } = await ran(name, { form, happenings, prepare }, plant.edits ?? []);
  const seen = findings.find(({ kind, says }) => kind === seenAs.kind && seenAs.says.test(says));
  console.log(lineOf(ledgers, findings, { seed, ms }));
  console.log(seen ? `${name} is found: ${seen.kind}: ${seen.case}: ${seen.says}` : `${name} is NOT found.`);
  if (seen) rmSync(folder, { recursive: true });
  return seen ? 0 : 1;
}

async function main(): Promise<number> {
  if (values.planted === undefined) return asShipped(values.short ? shortForm : longForm);
  const waiting = values.planted === 'all' ? Object.keys(plants) : [values.planted];
  let status = 0;
  // Each has a system of its own, which waits more than it works.
  const lane = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const own = await withPlant(name);
      status = Math.max(status, own);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return status;
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
