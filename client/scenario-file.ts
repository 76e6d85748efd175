import { dirname, resolve } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { FileFault } from '../database/directory.ts';
import { isAnswer } from '../domain/case/answers.ts';
import { bodyOf, commandsOf } from '../domain/case/command.ts';
import { faultsIn } from '../domain/case/faults.ts';
import { kindOf } from '../domain/case/opening.ts';
import type { Instant } from '../domain/dates.ts';
import { date } from '../domain/fields.ts';
import { isKind, kinds, lifecycles } from '../domain/kinds.ts';
import { isOfCases, type Lifecycle } from '../domain/lifecycle.ts';
import { morningOf } from '../domain/scenario.ts';
import {
  caseInWords,
  caseNamed,
  type CaseNamed,
  relativeTime,
  rootOf,
  type ScenarioStep,
  type When,
} from '../domain/scenario/step.ts';
import { isSecondAnswer } from '../domain/scenario/two-answers.ts';
import { suggestionFor } from '../domain/suggestion.ts';
import type { Entente } from './client.ts';
import { type GivenFile, type WithFiles, withFiles } from './document-files.ts';
import { FileFaultsError, placeInFile } from './errors.ts';
import { readText } from './files.ts';
import { isRecord, type Place, readYaml } from './yaml.ts';

/** What people do, as a file says it, and the files that they give with it. */
export interface Scenario {
  readonly steps: readonly ScenarioStep[];
  readonly files: readonly GivenFile[];
}

interface Surrounding {
  readonly file: string;
  readonly from: Instant;
  /** Cases that are on record, or will be opened at the beginning. */
  readonly isCase: (id: string) => Promise<boolean>;
  readonly entente: Pick<Entente, 'zoneOf' | 'suggestion'>;
}

/** A part of a file, with the place of each of its fields. */
interface Item {
  readonly value: Readonly<Record<string, unknown>>;
  readonly index: number;
  readonly placeOf: (...path: (string | number)[]) => Place;
}

type Fault = (because: string, ...path: (string | number)[]) => void;

/**
 * Reads who does what when.
 *
 * @throws {@link FileFaultsError} with every fault in the file, each with its line and column
 */
export async function readScenario(around: Surrounding): Promise<Scenario> {
  const { file } = around;
  const read = await readText(file);
  if ('fault' in read) throw new FileFaultsError(nothing, [read.fault]);
  const { documents, faults } = readYaml(file, read.text);
  const all: FileFault[] = [...faults];
  const items: Item[] = documents.flatMap(({ value, placeAt }) => {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const within = (index: number) => (Array.isArray(value) ? [index] : []);
    return list.flatMap((each, index) => {
      const placeOf: Item['placeOf'] = (...path) => placeAt([...within(index), ...path]);
      if (isRecord(each)) return [{ value: each, index, placeOf }];
      all.push({ file, ...placeOf(), because: 'who does what when has fields such as "case: mou/kr-ro-2026"' });
      return [];
    });
  });
  const steps: ScenarioStep[] = [];
  const files: GivenFile[] = [];
  for (const [index, item] of items.entries()) {
    const fault: Fault = (because, ...path) => all.push({ file, ...item.placeOf(...path), because });
    const read = await stepOf({ ...item, index }, around, fault);
    if (read) steps.push(read.step);
    files.push(...(read?.files ?? []));
  }
  all.push(...atOneInstant(file, steps, items));
  if (all.length > 0) throw new FileFaultsError(nothing, all);
  return { steps, files };
}

const nothing = 'Nothing was looked at';

const fields = ['case', 'do', 'as', 'on', 'with', 'reason', 'answers'];

interface Read {
  readonly step: ScenarioStep;
  readonly files: readonly GivenFile[];
}

async function stepOf({ value, index, placeOf }: Item, around: Surrounding, fault: Fault): Promise<Read | undefined> {
  const faults: unknown[] = [];
  const say: Fault = (...said) => {
    faults.push(said);
    fault(...said);
  };
  for (const name of Object.keys(value))
    if (!fields.includes(name)) say(`there is no field "${name}"; there are ${fields.join(', ')}`, name);
  for (const name of ['case', 'do', 'as', 'on'])
    if (typeof value[name] !== 'string')
      say(`${name}: ${value[name] === undefined ? 'is missing' : 'must be text'}`, name);
  const given = value['with'] ?? {};
  if (!isRecord(given)) say('with: must be the fields of the command', 'with');
  if (faults.length > 0 || !isRecord(given)) return undefined;
  const { reason, answers } = value;
  const said = { ...value, with: { ...given, ...(reason === undefined ? {} : { reason }) } } as Said;
  const named = await caseOf(said, around, say);
  const zone = await zoneOf(said, around, say);
  const lifecycle = named && lifecycleOf(named, say);
  const when = zone === undefined ? undefined : whenOf(said.on, { ...around, zone, index }, say);
  const asked = lifecycle && when ? await fieldsOf(lifecycle, said, { ...around, when }, say) : undefined;
  if (faults.length > 0 || !named || !when || !asked) return undefined;
  const stands = placeInFile({ file: around.file, line: placeOf().line });
  const step = { index, stands, case: named, do: said.do, as: said.as, with: asked.body, when };
  return { step: typeof answers === 'string' ? { ...step, answers } : step, files: asked.files };
}

interface Said {
  readonly case: string;
  readonly do: string;
  readonly as: string;
  readonly on: string;
  readonly with: Readonly<Record<string, unknown>>;
  readonly answers?: string;
}

async function caseOf(said: Said, { isCase, entente }: Surrounding, fault: Fault): Promise<CaseNamed | undefined> {
  const named = caseNamed(said.case);
  if (!named) {
    fault(
      `case: "${said.case}" is no case; it is one such as mou/kr-ro-2026, or "committee of mou/kr-ro-2026"`,
      'case',
    );
    return undefined;
  }
  const root = rootOf(named);
  if (await isCase(root)) return named;
  const advice =
    (await entente.suggestion('case', root)) ??
    'one that is opened later is named by what it will be, such as "committee of mou/kr-ro-2026"';
  fault(`case: there is no case ${root}; ${advice}`, 'case');
  return undefined;
}

const kindNamed = (named: CaseNamed): string => ('id' in named ? kindOf(named.id) : named.kind);

function lifecycleOf(named: CaseNamed, fault: Fault): Lifecycle | undefined {
  const kind = kindNamed(named);
  if (isKind(kind)) return lifecycles[kind];
  fault(`case: there is no kind "${kind}"; there are ${kinds.join(', ')}`, 'case');
  return undefined;
}

async function zoneOf({ as }: Said, { entente }: Surrounding, fault: Fault): Promise<string | undefined> {
  const zone = await entente.zoneOf(as);
  if (zone === undefined) {
    const advice = await entente.suggestion('person', as);
    fault(`as: there is no person ${as}${advice ? `; ${advice}` : ''}`, 'as');
  }
  return zone;
}

function whenOf(
  on: string,
  { from, zone, index }: { readonly from: Instant; readonly zone: string; readonly index: number },
  fault: Fault,
): When | undefined {
  const at = date.safeParse(on).success ? laterToday(morningOf(on, zone, index), from, index) : momentOf(on, zone);
  if (at === undefined) {
    const relative = relativeTime(on);
    if (!relative) fault(`on: "${on}" is no time; ${times}`, 'on');
    return relative;
  }
  if (at > from) return { at };
  fault(`on: ${on} lies in the past: what is looked at begins now`, 'on');
  return undefined;
}

const times =
  'it is a day (2027-03-01), a moment (2027-03-01T10:00), "on time", "a day late", "2 days early", or "3 working days after it is asked"; with "each time, " before it whenever it is asked';

/** Ten o'clock of today may be over. */
const laterToday = (at: Instant, from: Instant, index: number): Instant =>
  at <= from && at.slice(0, 10) === from.slice(0, 10)
    ? new Date(Date.parse(from) + (60 + index) * 1_000).toISOString()
    : at;

function momentOf(on: string, zone: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(on)) return undefined;
  try {
    const instant = /(Z|[+-]\d\d:\d\d)$/.test(on)
      ? Temporal.Instant.from(on)
      : Temporal.PlainDateTime.from(on).toZonedDateTime(zone).toInstant();
    return new Date(instant.epochMilliseconds).toISOString();
  } catch {
    return undefined;
  }
}

/** The fields of a command, with the files that they name; undefined where there is a fault in them. */
async function fieldsOf(
  lifecycle: Lifecycle,
  said: Said,
  { file, when }: { readonly file: string; readonly when: When },
  fault: Fault,
): Promise<WithFiles | undefined> {
  const definition = commandIn(lifecycle, said, fault);
  if (!definition) return undefined;
  const isRelative = !('at' in when);
  if (isRelative && said.answers === undefined && !isAnswer(lifecycle, said.do)) {
    fault(`answers: is missing: name the deadline from which "${said.on}" is counted`, 'on');
    return undefined;
  }
  const asked = await withFiles(bodyOf(definition), said.with, (path) => resolve(dirname(file), path));
  // What is asked settles some of the fields, and is known only when it is asked.
  const faults = faultsIn(bodyOf(definition), { by: said.as, ...asked.body }).filter(
    ({ path: [field] }) => !isRelative || field === undefined || field in said.with,
  );
  for (const { path, because } of faults) {
    const [field] = path;
    const place = field !== undefined && field in said.with && field !== 'reason' ? ['with', field] : ['do'];
    fault(`${path.length > 0 ? `${path.join('.')}: ` : ''}${because}`, ...place);
  }
  return asked;
}

function commandIn(lifecycle: Lifecycle, said: Said, fault: Fault) {
  const commands = commandsOf(lifecycle);
  const definition = Object.hasOwn(commands, said.do) ? commands[said.do] : undefined;
  if (definition && !isOfCases(definition)) return definition;
  const known = Object.entries(commands).flatMap(([name, each]) => (isOfCases(each) ? [] : name));
  const advice =
    suggestionFor(
      said.do,
      known.map((id) => ({ id })),
    ) ?? `there are ${known.join(', ')}`;
  fault(`do: nobody can give a case of kind ${lifecycle.kind} the command "${said.do}"; ${advice}`, 'do');
  return undefined;
}

/** Which one of two comes first decides on the other, so it has to be said. */
function atOneInstant(file: string, steps: readonly ScenarioStep[], items: readonly Item[]): FileFault[] {
  return steps.flatMap((step, place) => {
    const other = steps.slice(0, place).find((each) => isAtOneInstant(each, step));
    const because = `falls on the same instant as that of ${other?.stands}; say which comes first by another time`;
    return other ? [{ file, ...(items[step.index]?.placeOf('on') ?? { line: 1 }), because: `on: ${because}` }] : [];
  });
}

function isAtOneInstant(first: ScenarioStep, second: ScenarioStep): boolean {
  const kind = kindNamed(second.case);
  if (!('at' in first.when) || !('at' in second.when))
    return isKind(kind) && isSecondAnswer(lifecycles[kind], first, second);
  return first.when.at === second.when.at && caseInWords(first.case) === caseInWords(second.case);
}
