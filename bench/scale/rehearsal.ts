import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Kysely } from 'kysely';
import { connectEntente } from '../../client/client.ts';
import { readDirectoryFiles } from '../../client/directory-files.ts';
import { registerOf } from '../../client/register.ts';
import { settingsFrom } from '../../client/settings.ts';
import { signingByStack } from '../../client/stack-keys.ts';
import { connect, forMigrations } from '../../database/connect.ts';
import { importDirectory } from '../../database/directory.ts';
import { prepareRegister } from '../../database/migrate.ts';
import type { Database } from '../../database/schema.ts';
import { type CivilDate, dayOf, plus } from '../../domain/dates.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { withoutServices } from '../../stack/settings.ts';
import { type Stack, startStack } from '../../stack/stack.ts';
import { quantile } from '../measure/statistics.ts';
import { tell } from '../progress.ts';
import { type BesideFigures, measureBeside } from './beside.ts';
import { measureNext, type NextFigures } from './next.ts';

export interface RehearsalFigures {
  readonly cases: number;
  /** Things that happen, as the command tells them. */
  readonly happenings: number;
  readonly letters: number;
  /** Wall time from the command's start to its end, with the making of a namespace and a schema. */
  readonly rehearsedSeconds: number;
  /** Of a forecast by the library, without the start of a program: the middle one of five. */
  readonly foreseenSeconds: number;
  /** Of this process alone, in the same run: a busy machine makes people wait, and takes no more of it. */
  readonly foreseenCpuSeconds: number;
  /** Commands to a real case with nothing else to do, and beside a rehearsal of the first months, with the cases of one year. */
  readonly commands: BesideFigures;
  /** What it takes to say what happens by itself if nobody answers. */
  readonly next: NextFigures;
}

/** One MOU for five years with a committee, five yearly meetings and twenty actions, and nobody answers: looked at by both ways. */
export async function measureRehearsal(): Promise<RehearsalFigures> {
  tell('A rehearsal of five years: an MOU, its committee, five meetings, twenty actions');
  const stack = await startStack({ env: withoutServices(process.env), onProgress: tell });
  const folder = mkdtempSync(join(tmpdir(), 'entente-bench-'));
  const db = connect(stack.settings.databaseOwnerUrl, 2, forMigrations);
  try {
    await prepareRegister(stack.settings);
    const { directory, faults } = await readDirectoryFiles(['examples/directory.yaml']);
    await importDirectory(db, directory, faults, by);
    const env = await signingAs(stack, db);
    const cases = casesOf(5);
    const file = fileOf(folder, cases);
    const until = plus(dayOf(new Date().toISOString()), 'P5Y');
    const { occurrences, ...byLibrary } = await foreseen(env, cases, until);
    const ofOneYear = fileOf(folder, casesOf(1));
    // Whoever has started a stack has bundled the workflows and compiled the program already.
    await rehearsedBy(env, ofOneYear, dayOf(new Date().toISOString()));
    const byCommand = await rehearsedBy(env, file, until);
    const firstMonths = plus(dayOf(new Date().toISOString()), 'P4M');
    // It gives way to each command, so fewer cases are enough for hundreds of them.
    const commands = await measureBeside(stack, folder, () => rehearsedBy(env, ofOneYear, firstMonths));
    // Last, since it puts cases on record.
    const next = await measureNext(stack.env, db, occurrences);
    return { cases: cases.length, ...byLibrary, ...byCommand, commands, next };
  } finally {
    await db.destroy();
    await stack.stop();
    rmSync(folder, { recursive: true });
  }
}

const by = 'kim-minji';

/** Whoever opens the cases is believed, as beside `npm start`. */
async function signingAs({ env, keysFolder = '' }: Stack, db: Kysely<Database>) {
  await signingByStack(() => keysFolder).stackKeyOf(by, registerOf(db));
  return { ...env, ENTENTE_KEYS_FOLDER: keysFolder };
}

const sides = ['mois', 'mcsi'] as const;
const chairs = [by, 'ionescu-andreea'];
const header = { by, coordinator: by, countries: ['KR', 'RO'] };

const people = { coChairs: chairs, secretaries: chairs };

/** An MOU for five years, with its committee, and the meetings and actions of so many of them. */
function casesOf(years: number) {
  const today = dayOf(new Date().toISOString());
  const mou = {
    kind: 'mou' as const,
    id: 'five-years',
    title: 'An MOU for five years',
    subject: 'e-government',
    sides,
  };
  const committee = {
    kind: 'committee' as const,
    id: 'five-years',
    title: 'Its committee',
    mou: 'mou/five-years',
    sides,
  };
  const numbers = Array.from({ length: years }, (_, before) => before + 1);
  return [
    { ...header, ...mou, signedOn: today, posting: false, jointCommittee: true, duration: 'P5Y', notice: 'P6M' },
    { ...header, ...committee, ...people },
    ...numbers.map((number) => meetingOf(number, plus(today, `P${number * 12 - 2}M`))),
    ...numbers.flatMap((year) => [1, 2, 3, 4].map((nth) => actionOf(year, nth, plus(today, `P${year * 12 - nth}M`)))),
  ];
}

const meetingOf = (number: number, on: CivilDate) => ({
  ...header,
  ...people,
  kind: 'meeting' as const,
  id: `five-years-${number}`,
  title: `Meeting ${number}`,
  committee: 'committee/five-years',
  number,
  on,
  place: 'Seoul',
  host: sides[0],
  sides,
});

const actionOf = (year: number, nth: number, due: CivilDate) => ({
  ...header,
  kind: 'action' as const,
  id: `five-years-${year}-${nth}`,
  title: `Action ${nth} of year ${year}`,
  topic: 'Portal',
  committee: 'committee/five-years',
  coChairs: chairs,
  owner: sides[nth % 2],
  due,
});

type Cases = ReturnType<typeof casesOf>;

function fileOf(folder: string, cases: Cases): string {
  const file = join(folder, `${cases.length}-cases.yaml`);
  // JSON is YAML.
  writeFileSync(file, cases.map((each) => `---\n${JSON.stringify(each)}\n`).join(''));
  return file;
}

const runs = 5;

async function foreseen(env: Readonly<Record<string, string>>, cases: Cases, until: string) {
  const entente = connectEntente(settingsFrom({ ...process.env, ...env }));
  try {
    const of = cases.map(({ kind, ...opening }) => ({ kind, id: `${kind}/${opening.id}`, opening }));
    const took: { readonly wall: number; readonly cpu: number }[] = [];
    let occurrences: readonly Occurrence[] = [];
    for (let nth = 0; nth < runs; nth += 1) {
      const [begun, from] = [performance.now(), new Date().toISOString()];
      const used = process.cpuUsage();
      const foretold = await entente.forecasts.withScenario({ of, steps: [], from }, `${until}T23:59:59.999Z`);
      took.push({ wall: (performance.now() - begun) / 1_000, cpu: cpuSince(used) });
      ({ occurrences } = foretold);
    }
    const middleOf = (which: 'wall' | 'cpu') =>
      quantile(
        took.map((each) => each[which]),
        0.5,
      );
    return { foreseenSeconds: middleOf('wall'), foreseenCpuSeconds: middleOf('cpu'), occurrences };
  } finally {
    await entente.close();
  }
}

/** In seconds. */
function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

const run = promisify(execFile);

async function rehearsedBy(env: Readonly<Record<string, string>>, file: string, until: string) {
  const begun = performance.now();
  const { stdout } = await run('./entente', ['rehearse', file, '--until', until, '--output', 'json'], {
    env: { ...process.env, ...env },
    maxBuffer: 1e9,
  });
  const rehearsedSeconds = (performance.now() - begun) / 1_000;
  const rows = JSON.parse(stdout) as readonly { readonly letters: readonly unknown[] }[];
  return { rehearsedSeconds, happenings: rows.length, letters: rows.flatMap(({ letters }) => letters).length };
}
