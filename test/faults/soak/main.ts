import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dayOf } from '../../../domain/dates.ts';
import { projectRoot } from '../../../stack/running.ts';
import { figuresOf, lineOf } from './figures.ts';
import type { Finding, Ledgers } from './ledgers.ts';
import { findingsIn } from './oracle.ts';
import { aimedCourse, carryOut, type Plant, plantedCopy, plants } from './plants.ts';
import { run, type RunOptions } from './run.ts';
import { type Form, longForm, scheduleOf, shortForm } from './schedule.ts';
import { chosenAction, storiesOf } from './stories.ts';

/**
 * npm run test:faults: the whole system as processes, killed, frozen and cut off by chance, and compared with what it has
 * acknowledged.
 *
 *   -- --short         a few minutes instead of a quarter of an hour
 *   -- --seed N        the stories and happenings of that run once more
 *   -- --planted NAME  one of six faults in the worker, or each of them (`all`), and a run that is aimed at it: the same
 *                      processes and the same comparison, with one case and what brings the fault out
 *   -- --unplanted NAME   the same aimed run, or each of them, without the fault: nothing may be found
 *
 * Exit status 0: nothing was lost, doubled, stuck, late or otherwise wrong; or each planted fault was found, which a line
 * for each says. 1: something was, each in a line of its own; or a planted fault was not found. 2: the run could not be
 * made, or was smaller than it promises.
 */
const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string' },
    planted: { type: 'string' },
    unplanted: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
/** Of the one case of an aimed run. */
const aimedAt = 'aimed-at';
const today = dayOf(new Date().toISOString());

/** A run that did less than this has shown less than it says. */
const leastOf: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  long: { cases: 60, commands: 600, mails: 400, kills: 30, dueDatesWhileDown: 50 },
  short: { cases: 20, commands: 120, mails: 60, kills: 8, dueDatesWhileDown: 10 },
};

/** How many planted runs are made at a time. */
const lanes = 2;

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
    course: form,
    stories: storiesOf(form, seed, today),
    happenings: scheduleOf(form, seed),
  });
  for (const finding of findings) console.log(said(finding));
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

interface Verdict {
  readonly isRight: boolean;
  readonly says: string;
}

const said = ({ kind, case: id, says }: Finding): string => `${kind}: ${id}: ${says}`;

/** A run aimed at a fault: with the fault in the worker that has to be found, without it nothing. */
async function aimed(name: string, { steps, seenAs, ...plant }: Plant, isPlanted: boolean): Promise<Verdict> {
  const seenIn = (findings: readonly Finding[]) =>
    findings.find(({ kind, says }) => kind === seenAs.kind && seenAs.says.test(says));
  const options = {
    course: aimedCourse,
    stories: [{ name: aimedAt, steps: steps(chosenAction(aimedAt, today)) }],
    happenings: plant.happenings ?? [],
    prepare: (superuserUrl: string) => carryOut(superuserUrl, plant.sql ?? []),
    ...(isPlanted ? { isSeenIn: (ledgers: Ledgers) => seenIn(findingsIn(ledgers)) !== undefined } : {}),
  };
  const { ledgers, findings, ms, folder } = await ran(name, options, isPlanted ? plant.edits : []);
  console.log(lineOf(ledgers, findings, { seed, ms }));
  const seen = isPlanted ? seenIn(findings) : findings[0];
  const isRight = (seen !== undefined) === isPlanted;
  if (isRight) rmSync(folder, { recursive: true });
  const nothing = isPlanted ? `NOT found: ${plant.says}` : 'nothing is found';
  return { isRight, says: seen ? `found: ${said(seen)}` : nothing };
}

async function withPlants(chosen: string, isPlanted: boolean): Promise<number> {
  const list = Object.entries(plants).filter(([name]) => chosen === 'all' || chosen === name);
  if (list.length === 0)
    throw new Error(`There is no plant "${chosen}"; there are ${Object.keys(plants).join(', ')} and all.`);
  const verdicts = new Map<string, Verdict>();
  const waiting = [...list];
  // Each has a system of its own, which waits more than it works.
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, plant] = next;
      const notMade = (error: Error) => ({ isRight: false, says: `NOT made: ${error.stack}` });
      verdicts.set(name, await aimed(name, plant, isPlanted).catch(notMade));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  for (const [name] of list) console.log(`${name}: ${verdicts.get(name)?.says}`);
  return [...verdicts.values()].every(({ isRight }) => isRight) ? 0 : 1;
}

async function main(): Promise<number> {
  const { planted, unplanted, short } = values;
  if (planted !== undefined) return withPlants(planted, true);
  if (unplanted !== undefined) return withPlants(unplanted, false);
  return asShipped(short ? shortForm : longForm);
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
