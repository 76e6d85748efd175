import type { Command } from 'commander';
import type { Addressee, Nobody } from '../../database/addressee.ts';
import type { Absence, Concern, InDirectory } from '../../database/people.ts';
import type { CivilDate } from '../../domain/dates.ts';
import { date as dateField } from '../../domain/fields.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Entente } from '../client.ts';
import { RefusedError } from '../errors.ts';
import { type Column, printList, say } from '../output/output.ts';
import { absenceAsChange, leavingAsChange, returnAsChange, stayingAsChange } from '../people-changes.ts';
import { isToBeDone, type PreviewOptions, previewOptions } from './preview.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';

export const concernColumns: readonly Column<Concern>[] = [
  { title: 'case', value: (concern) => concern.case ?? 'directory' },
  { title: 'title', value: ({ title }) => title },
  { title: 'coordinator', value: ({ coordinator }) => coordinator },
  { title: 'what', value: ({ what }) => what },
  { title: 'due', value: ({ due }) => due },
];

export function addAbsences(person: Command): void {
  const away = person
    .command('away')
    .description('Say that somebody is away, and who gets their mail meanwhile')
    .argument('<person>', 'the id of the person who is away')
    .requiredOption('--from <date>', 'the first day of being away, in their zone')
    .requiredOption('--to <date>', 'the last day')
    .requiredOption('--stand-in <person>', 'who stands in for them; must be there on all of these days')
    .addOption(asOption())
    .addOption(outputOption())
    .action(sayAway);
  previewOptions(away);
  const back = person
    .command('back')
    .description('Say that somebody is there again earlier than was said, or does not go away at all')
    .argument('<person>', 'the id of the person')
    .option('--on <date>', 'the first day of being there again; today, if not given')
    .addOption(asOption())
    .addOption(outputOption())
    .action((id: string, options: BackOptions) => withEntente((entente) => sayBack(entente, id, options)));
  previewOptions(back);
}

interface BackOptions extends PreviewOptions {
  readonly on?: string;
  readonly as?: string;
}

async function sayBack(entente: Entente, id: string, options: BackOptions): Promise<void> {
  const { on, as } = options;
  const back = { person: id, on: on === undefined ? today() : dayOf('--on', on), by: whoActs(as) };
  if (!(await isToBeDone(entente, returnAsChange(back), options))) return;
  const { from } = await entente.people.back(back);
  say(from === back.on ? `${id} was not away after all.` : `${id} is there again from ${back.on} on.`);
}

interface AwayOptions extends PreviewOptions {
  readonly from: string;
  readonly to: string;
  readonly standIn: string;
  readonly as?: string;
}

async function sayAway(person: string, options: AwayOptions): Promise<void> {
  const { from, to, standIn, as } = options;
  const absence = { person, from: dayOf('--from', from), until: dayOf('--to', to), standIn, by: whoActs(as) };
  await withEntente(async (entente) => {
    if (await isToBeDone(entente, absenceAsChange(absence), options)) await putAway(entente, absence);
  });
}

async function putAway(entente: Entente, absence: Absence & { readonly by: string }): Promise<void> {
  const { person, standIn } = absence;
  const { known, passedOn } = await entente.people.away(absence);
  const days = `from ${absence.from} to ${absence.until}`;
  say(known ? 'That is on record already.' : `${person} is away ${days}; ${standIn} stands in and gets their mail.`);
  for (const { person: other, from: first, until } of passedOn)
    say(`${person} stands in for ${other} from ${first} to ${until}: meanwhile that goes on to ${standIn}.`);
}

export function addLeaving(person: Command): void {
  const left = person
    .command('left')
    .description(
      'Say that somebody leaves the service: shows what concerns them, tells the coordinators by mail, and reminds them until others are named',
    )
    .argument('<person>', 'the id of the person')
    .requiredOption('--on <date>', 'the first day on which they no longer serve, in their zone')
    .addOption(asOption())
    .addOption(outputOption())
    .action((id: string, options: LeftOptions) => withEntente((entente) => sayLeft(entente, id, options)));
  previewOptions(left);
  const stays = person
    .command('stays')
    .description('Take back that somebody leaves')
    .argument('<person>', 'the id of the person')
    .addOption(asOption())
    .addOption(outputOption())
    .action((id: string, options: StaysOptions) => withEntente((entente) => sayStays(entente, id, options)));
  previewOptions(stays);
}

interface StaysOptions extends PreviewOptions {
  readonly as?: string;
}

interface LeftOptions extends StaysOptions {
  readonly on: string;
}

async function sayStays(entente: Entente, person: string, options: StaysOptions): Promise<void> {
  const staying = { person, by: whoActs(options.as) };
  if (!(await isToBeDone(entente, stayingAsChange(staying), options))) return;
  const told = await entente.people.stays(staying);
  say(`${person} stays; mail goes to them again, and nobody has to follow them.`);
  if (told.length > 0) say(`Told by mail: ${told.join(', ')}.`);
}

async function sayLeft(entente: Entente, person: string, options: LeftOptions): Promise<void> {
  const leaving = { person, on: dayOf('--on', options.on), by: whoActs(options.as) };
  if (!(await isToBeDone(entente, leavingAsChange(leaving), options))) return;
  const { concerns, told, mail, unattended } = await entente.people.left(leaving);
  printList(concerns, concernColumns, options.output, `Nothing that is open concerns ${person}.`);
  say(`\n${reachedBy(`From ${leaving.on} on, mail to ${person}`, mail)}`);
  const names = told.map((each) => (each === person ? `whoever is above ${person} or follows them` : each));
  if (names.length > 0) say(`Told by mail: ${names.join(', ')}. They are reminded until others are named.`);
  if (concerns.some(({ role }) => role === 'coordinator'))
    say(`Whoever is to coordinate in their place gets it all by \`./entente reassign --from ${person} --to …\`.`);
  if (unattended.length > 0)
    say(
      `No open case sees to who follows ${person} as ${unattended.map(inDirectoryWords).join(', ')}: name others with \`./entente directory import\`.`,
    );
}

const inDirectoryWords = ({ contactOf, superiorOf }: InDirectory): string =>
  contactOf === undefined ? `superior of person/${superiorOf}` : `contact of agency/${contactOf}`;

export const reachedBy = (whose: string, mail: Addressee | Nobody): string =>
  'nobody' in mail ? mail.nobody : `${whose} goes to ${mail.name} <${mail.address}>.`;

export const today = (): CivilDate => new Date().toISOString().slice(0, 10);

export function dayOf(option: string, text: string): CivilDate {
  const parsed = dateField.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new RefusedError(refuse('InvalidInput', `${option} "${text}" ${parsed.error.issues[0]?.message}.`));
}
