import { type Command, Option } from 'commander';
import { type CivilDate, dayOf, type Instant, plus } from '../../domain/dates.ts';
import { type OnRefusal, onRefusals, sentenceOfRefused } from '../../domain/scenario.ts';
import type { Entente } from '../client.ts';
import { UsageError } from '../errors.ts';
import type { NotDone, ScenarioAsked } from '../forecast/forecasts.ts';
import type { Scenario } from '../scenario-file.ts';
import { say } from '../output/output.ts';
import { asOption, dayGiven } from './session.ts';

export const scenarioOption = (): Option =>
  new Option('--scenario <file>', 'who does what when, as YAML; without it nobody does anything');

export const onRefusalOption = (): Option =>
  new Option('--on-refusal <what>', 'at something in the scenario that a case does not take')
    .choices(onRefusals)
    .default('stop');

export const untilOption = (): Option =>
  new Option('--until <day>', 'up to this day, at most 50 years ahead; a year unless said');

/** What every command takes that looks ahead from one case, or from a file of cases, with scenarios. */
export const lookingAhead = (command: Command, scenario: Option, outputs: readonly string[]): Command =>
  command
    .helpGroup('Lists:')
    .argument('<case>', 'a case, or a YAML file of cases to be opened, as `open --file` takes it')
    .addOption(scenario)
    .addOption(onRefusalOption())
    .addOption(untilOption())
    .addOption(asOption())
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(outputs).default('table'));

/** Says what of a scenario a course did not take, or never came to. */
export function sayWhatWasNotDone({ refused, neverAsked }: NotDone, until: Instant): void {
  for (const each of refused) say(sentenceOfRefused(each));
  for (const { stands } of neverAsked) say(`${stands}: until ${dayOf(until)} nobody is asked for that.`);
}

const fiftyYears = 'P50Y';

/** The last moment of the day in UTC. */
export function untilOf(given: string | undefined, today: CivilDate, option = 'until'): Instant {
  const until = dayGiven(option, given) ?? plus(today, 'P1Y');
  if (until < today) throw new UsageError(`--${option} ${until}: lies in the past.`);
  if (until > plus(today, fiftyYears)) throw new UsageError(`--${option} ${until}: at most 50 years ahead.`);
  return `${until}T23:59:59.999Z`;
}

export const today = (): CivilDate => dayOf(new Date().toISOString());

export interface Given {
  readonly scenario?: string | undefined;
  readonly onRefusal: OnRefusal;
  readonly as?: string | undefined;
}

/** Of which cases something is asked, and with which scenario. */
export interface AskedOf {
  /** For titles. */
  readonly names: string;
  readonly asked: ScenarioAsked;
  readonly files: Scenario['files'];
}

/**
 * A case that is on record, or a file of cases to be opened, each tried as `open` would; and what people do then.
 *
 * @throws `FileFaultsError` with every fault of a file; `RefusedError` if there is no such case
 */
export async function askedOf(entente: Entente, given: string, { scenario, onRefusal, as }: Given): Promise<AskedOf> {
  const from = new Date().toISOString();
  const of = /\.ya?ml$/.test(given) ? await openingsIn(entente, given, as) : await entente.caseNamed(given);
  // One that there is not is refused here.
  if (typeof of === 'string') await entente.view(of);
  const ids = typeof of === 'string' ? [of] : of.map(({ id }) => id);
  const isCase = async (id: string) => ids.includes(id) || (await entente.isOnRecord(id));
  const { steps, files } =
    scenario === undefined ? { steps: [], files: [] } : await scenarioIn(entente, scenario, from, isCase);
  return { names: ids.join(', '), asked: { of, steps, onRefusal, from }, files };
}

/** @throws `FileFaultsError` with every fault of the file */
export async function scenarioIn(
  entente: Entente,
  file: string,
  from: Instant,
  isCase: (id: string) => Promise<boolean>,
): Promise<Scenario> {
  const { readScenario } = await import('../scenario-file.ts');
  return readScenario({ file, from, isCase, entente });
}

async function openingsIn(entente: Entente, file: string, as: string | undefined) {
  const { readOpenings, tryAll } = await import('../open-file.ts');
  const openings = await readOpenings(file, as);
  await tryAll(entente, file, openings);
  const opened = await Promise.all(openings.map(({ kind, opening }) => entente.wasOpened(kind, opening)));
  const again = openings.find((_, index) => opened[index] === true);
  if (again) throw new UsageError(`${again.id} is open already: ask for it by its id.`);
  return openings;
}
