import type { Command } from 'commander';
import type { z } from 'zod';
import type { GivenFile } from '../../database/documents/content.ts';
import { bodyOf, commandsOf, stagesFor } from '../../domain/case/command.ts';
import { kebab } from '../../domain/case/label.ts';
import { openingSchema } from '../../domain/case/opening.ts';
import { type CommandDefinition, isEnd, isOfPeople, type Lifecycle, type Subject } from '../../domain/lifecycle.ts';
import { stageInWords } from '../../domain/case/stage-words.ts';
import type { LifecycleEvent } from '../../domain/case/state.ts';
import type { Kind } from '../../domain/kinds.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Body, Entente, OpeningFields } from '../client.ts';
import { withFiles } from '../document-files.ts';
import { RefusedError, unlessRefused, UsageError } from '../errors.ts';
import type { Trial } from '../trial.ts';
import { type Format, print, say } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { fullId, showAnswer } from './answer.ts';
import { addShow } from './cases.ts';
import { addCaseFiles } from './case-files.ts';
import { isConfirmed } from './confirm.ts';
import { bodyFrom, optionsFor } from './fields.ts';
import { addNominees } from './nominees.ts';
import { inWordsOfOptions, refuseFaults } from './refused-fields.ts';
import { isToBeDone, openingYes, type PreviewOptions, previewOptions } from './preview.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';
import { trialText, whoReads } from './trial-text.ts';
import { forPrograms } from '../consequences.ts';

type Definition = CommandDefinition<Subject, LifecycleEvent>;

/** What every command takes besides the fields of its own. */
interface GivenOptions extends Record<string, unknown>, PreviewOptions {
  readonly as?: string;
  readonly reason?: string;
  readonly commandId?: string;
  readonly dryRun?: boolean;
}

/** `./entente KIND`, by its name alone. */
export const addGroup = (program: Command, { kind, says }: Lifecycle): Command =>
  program
    .command(kind)
    .description(says)
    .helpGroup('Cases:')
    .configureHelp({ subcommandTerm: (command) => command.name() });

/** `./entente KIND …`: the opening and every command of one lifecycle, made from its own definitions. */
export function addKind(program: Command, lifecycle: Lifecycle): void {
  const group = addGroup(program, lifecycle);
  addOpening(group, lifecycle);
  addShow(group.command('show').argument('<case>', itsId(lifecycle)), (given) => fullId(lifecycle.kind, given));
  for (const [name, definition] of Object.entries(commandsOf(lifecycle)))
    if (isOfPeople(definition)) addCommand(group, lifecycle, name, definition);
  addCaseFiles(group, lifecycle);
  addNominees(group, lifecycle);
}

const itsId = ({ kind }: Lifecycle): string => `its id, such as ${kind}/kr-gr-2017, or what follows the "/"`;

const common = (command: Command): Command =>
  command
    .addOption(asOption())
    .option('--command-id <id>', 'a name for this one command: given again under the same name, it is done once')
    .option('--dry-run', 'only say whether it would be accepted, what it would record and what would follow');

function addOpening(group: Command, lifecycle: Lifecycle): void {
  const { by: _by, id: _id, ...fields } = openingSchema(lifecycle).shape;
  const command = group
    .command('open')
    .description(`Open one. ${lifecycle.says}`)
    .argument('<id>', `the readable id of the case, unique among its kind, such as kr-gr-2017`);
  for (const [name, schema] of Object.entries(fields))
    for (const option of optionsFor(name, schema)) command.addOption(option);
  previewOptions(common(command), openingYes).addOption(outputOption(['table', 'json']));
  command.action(async (id: string, options: GivenOptions) => {
    const opening = { ...bodyFrom(options, fields), id, by: whoActs(options.as) };
    await refuseFaults(openingSchema(lifecycle), opening);
    await inWordsOfOptions(['by', ...Object.keys(fields)], () =>
      withEntente((entente) => open(entente, lifecycle.kind as Kind, opening as unknown as OpeningFields, options)),
    );
  });
}

async function open(entente: Entente, kind: Kind, opening: OpeningFields, options: GivenOptions): Promise<void> {
  if (options.dryRun) return showTrial(await entente.wouldOpen(kind, opening), options.output);
  const wasOpened = options.preview && (await entente.wasOpened(kind, opening)) === true;
  if (wasOpened && !options.yes) return say(onRecordAlready);
  if (!wasOpened && !(await isToBeDone(entente, { openings: [{ kind, opening }] }, options))) return;
  showAnswer(await entente.open(kind, opening, { commandId: options.commandId }), options.output);
}

function addCommand(group: Command, lifecycle: Lifecycle, name: string, definition: Definition): void {
  const { by: _by, reason, ...fields } = bodyOf(definition).shape;
  const command = group
    .command(kebab(name))
    .description(definition.says)
    .argument('<case>', itsId(lifecycle))
    .addHelpText('after', `\nTaken at: ${takenAt(lifecycle, definition)}`);
  if (kebab(name) !== name) command.alias(name);
  for (const [field, schema] of Object.entries(fields))
    for (const option of optionsFor(field, schema)) command.addOption(option);
  command.option('--reason <text>', (reason as z.ZodType).description);
  previewOptions(common(command)).addOption(outputOption());
  command.action(async (given: string, options: GivenOptions) => {
    const caseId = fullId(lifecycle.kind, given);
    const read = await withFiles(bodyOf(definition), bodyFrom(options, fields));
    const body: Body = {
      ...read.body,
      by: whoActs(options.as),
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    };
    // The lack of a reason has a code of its own, which the rules give.
    await refuseFaults(bodyOf(definition), body, ({ path }) => path[0] !== 'reason' || Boolean(body.reason));
    await inWordsOfOptions(['by', 'reason', ...Object.keys(fields)], () =>
      withEntente((entente) => give(entente, { caseId, name, body, definition, files: read.files }, options)),
    );
  });
}

function takenAt(lifecycle: Lifecycle, definition: Definition): string {
  const stages = stagesFor(lifecycle, definition);
  const whenOver = stages.some((stage) => isEnd(lifecycle, stage)) ? '; not once the case is cancelled' : '';
  return stages.map(stageInWords).join(', ') + whenOver;
}

interface Given {
  readonly caseId: string;
  readonly name: string;
  readonly body: Body;
  readonly definition: Definition;
  /** That it names, to be in the register before it. */
  readonly files: readonly GivenFile[];
}

async function give(entente: Entente, given: Given, options: GivenOptions): Promise<void> {
  const { caseId, name, body, definition, files } = given;
  const trial = () => entente.wouldAccept(caseId, name, body);
  if (options.dryRun) return showTrial(await trial(), options.output, whoReads(definition, body));
  if (options.output === 'csv' && !options.preview) throw new UsageError('--output csv: --preview alone gives rows.');
  const change = { commands: async () => [{ case: caseId, name, body }] };
  if (!(await isToBeDone(entente, change, options))) return;
  if (definition.confirm && !options.yes && !(await isConfirmed(trial, whoReads(definition, body)))) return;
  // A command that was given before under its id is answered as it was then, though it would be refused now.
  if (files.length > 0 && options.commandId === undefined) unlessRefused(await trial());
  for (const file of files) await entente.caseDocuments.keep(file);
  showAnswer(await entente.command(caseId, name, body, { commandId: options.commandId }), options.output);
}

const onRecordAlready =
  'It is on record with these very fields: given again it is answered as the first time, and nothing else is done.';

function showTrial(trial: Trial, format: Format, notes: readonly string[] = []): void {
  if (isRefusal(trial)) throw new RefusedError(trial);
  if (format === 'json') return print(jsonOf({ accepted: true, ...forPrograms(trial) }));
  if (trial.wouldRecord.length === 0) return print(onRecordAlready);
  print('It would be accepted; nothing was done.');
  print([trialText(trial), ...notes].join('\n'));
}
