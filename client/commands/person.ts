import type { Command } from 'commander';
import type { Addressee, Nobody } from '../../database/addressee.ts';
import type { Absence, Bounce, Concern, InDirectory } from '../../database/people.ts';
import type { CivilDate } from '../../domain/dates.ts';
import { date as dateField } from '../../domain/fields.ts';
import { refuse } from '../../domain/refusal.ts';
import { RefusedError, UsageError } from '../errors.ts';
import { readBytes } from '../files.ts';
import { type Column, type Format, print, printList, say } from '../output/output.ts';
import { jsonOf, plain } from '../output/plain.ts';
import type { Bounced, PersonView } from '../people.ts';
import { addErasure } from './person-erase.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';

interface Notable {
  readonly who: string;
  readonly what: 'away' | 'left' | 'bounces';
  readonly from: string;
  readonly until: string | null;
  readonly more: string;
}

const notableColumns: readonly Column<Notable>[] = [
  { title: 'who', value: ({ who }) => who },
  { title: 'what', value: ({ what }) => what },
  { title: 'from', value: ({ from }) => from },
  { title: 'until', value: ({ until }) => until },
  { title: 'more', value: ({ more }) => more },
];

const concernColumns: readonly Column<Concern>[] = [
  { title: 'case', value: (concern) => concern.case ?? 'directory' },
  { title: 'title', value: ({ title }) => title },
  { title: 'coordinator', value: ({ coordinator }) => coordinator },
  { title: 'what', value: ({ what }) => what },
  { title: 'due', value: ({ due }) => due },
];

export function addPerson(program: Command): void {
  const person = program
    .command('person')
    .description('Who is away and who stands in, who has left, whose address bounces')
    .helpGroup('Directory:');
  addAbsences(person);
  addLeaving(person);
  addBounces(person);
  addErasure(person);
  person
    .command('list')
    .description('Everybody who is away now or later, has left, or whose address bounces')
    .addOption(outputOption())
    .action(listNotable);
  person
    .command('show')
    .description('One person: where mail to them goes now, and all that they coordinate, owe or are named for')
    .argument('<person>', 'the id of a person')
    .addOption(outputOption(['table', 'json']))
    .action(showPerson);
}

function addAbsences(person: Command): void {
  person
    .command('away')
    .description('Say that somebody is away, and who gets their mail meanwhile')
    .argument('<person>', 'the id of the person who is away')
    .requiredOption('--from <date>', 'the first day of being away, in their zone')
    .requiredOption('--to <date>', 'the last day')
    .requiredOption('--stand-in <person>', 'who stands in for them; must be there on all of these days')
    .addOption(asOption())
    .action(sayAway);
  person
    .command('back')
    .description('Say that somebody is there again earlier than was said, or does not go away at all')
    .argument('<person>', 'the id of the person')
    .option('--on <date>', 'the first day of being there again; today, if not given')
    .addOption(asOption())
    .action(async (id: string, { on, as }: { on?: string; as?: string }) => {
      const back = { person: id, on: on === undefined ? today() : dayOf('--on', on), by: whoActs(as) };
      const { from } = await withEntente((entente) => entente.people.back(back));
      say(from === back.on ? `${id} was not away after all.` : `${id} is there again from ${back.on} on.`);
    });
}

interface AwayOptions {
  readonly from: string;
  readonly to: string;
  readonly standIn: string;
  readonly as?: string;
}

async function sayAway(person: string, { from, to, standIn, as }: AwayOptions): Promise<void> {
  const absence = { person, from: dayOf('--from', from), until: dayOf('--to', to), standIn };
  const by = whoActs(as);
  const { known, passedOn } = await withEntente((entente) => entente.people.away({ ...absence, by }));
  const days = `from ${absence.from} to ${absence.until}`;
  say(known ? 'That is on record already.' : `${person} is away ${days}; ${standIn} stands in and gets their mail.`);
  for (const { person: other, from: first, until } of passedOn)
    say(`${person} stands in for ${other} from ${first} to ${until}: meanwhile that goes on to ${standIn}.`);
}

function addLeaving(person: Command): void {
  person
    .command('left')
    .description(
      'Say that somebody leaves the service: shows what concerns them, tells the coordinators by mail, and reminds them until others are named',
    )
    .argument('<person>', 'the id of the person')
    .requiredOption('--on <date>', 'the first day on which they no longer serve, in their zone')
    .addOption(asOption())
    .addOption(outputOption())
    .action(sayLeft);
  person
    .command('stays')
    .description('Take back that somebody leaves')
    .argument('<person>', 'the id of the person')
    .addOption(asOption())
    .action(async (id: string, { as }: { as?: string }) => {
      const by = whoActs(as);
      const told = await withEntente((entente) => entente.people.stays({ person: id, by }));
      say(`${id} stays; mail goes to them again, and nobody has to follow them.`);
      if (told.length > 0) say(`Told by mail: ${told.join(', ')}.`);
    });
}

async function sayLeft(person: string, options: { on: string; as?: string; output: Format }): Promise<void> {
  const leaving = { person, on: dayOf('--on', options.on), by: whoActs(options.as) };
  const { concerns, told, mail, unattended } = await withEntente((entente) => entente.people.left(leaving));
  printList(concerns, concernColumns, options.output, `Nothing that is open concerns ${person}.`);
  say(`\n${reachedBy(`From ${leaving.on} on, mail to ${person}`, mail)}`);
  const names = told.map((each) => (each === person ? `whoever is above ${person} or follows them` : each));
  if (names.length > 0) say(`Told by mail: ${names.join(', ')}. They are reminded until others are named.`);
  if (unattended.length > 0)
    say(
      `No open case sees to who follows ${person} as ${unattended.map(inDirectoryWords).join(', ')}: name others with \`./entente directory import\`.`,
    );
}

const inDirectoryWords = ({ contactOf, superiorOf }: InDirectory): string =>
  contactOf === undefined ? `superior of person/${superiorOf}` : `contact of agency/${contactOf}`;

function addBounces(person: Command): void {
  person
    .command('bounced')
    .description('Say that mail to an address came back: the next address is used, the case of the message is told')
    .argument('[address]', 'the address; not needed with --file')
    .option('--file <file>', 'the delivery report of the mail server (.eml), from the bounce mailbox')
    .option('--message <key>', 'the message that came back; the last one sent there, if not given')
    .option('--reason <text>', 'what the mail server said')
    .addOption(asOption())
    .action(sayBounced);
  person
    .command('reachable')
    .description('Say that an address can be written to again')
    .argument('<address>', 'the address')
    .addOption(asOption())
    .action(async (address: string, { as }: { as?: string }) => {
      const by = whoActs(as);
      await withEntente((entente) => entente.people.reachable({ address, by }));
      say(`${address} is written to again.`);
    });
}

interface BouncedOptions {
  readonly file?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly as?: string;
}

async function sayBounced(address: string | undefined, options: BouncedOptions): Promise<void> {
  const by = whoActs(options.as);
  const bounce = options.file === undefined ? typed(address, options) : await reported(address, options.file);
  const bounced = await withEntente((entente) => entente.people.bounced({ ...bounce, by }));
  if (bounce.spared) say(`Not marked: ${bounce.address} is not to blame (${bounce.why}).`);
  else
    say(`${bounce.address} (${bounced.holder}) ${bounced.known ? 'was marked already' : 'is no longer written to'}.`);
  sayConsequences(bounced);
}

function typed(address: string | undefined, { message, reason }: BouncedOptions) {
  if (address === undefined)
    throw new UsageError('Say which address: ./entente person bounced ADDRESS, or --file REPORT.');
  if (!reason?.trim()) throw new RefusedError(refuse('ReasonMissing', '--reason: say what the mail server said.'));
  return { address, why: reason.trim(), key: message, spared: false };
}

async function reported(address: string | undefined, file: string) {
  if (address !== undefined) throw new UsageError('The report names the address: leave it out, or leave out --file.');
  const { readDeliveryReport } = await import('../bounce-file.ts');
  return readDeliveryReport(file, await readBytes(file));
}

function sayConsequences({ holder, returned, mail }: Bounced): void {
  say(reachedBy(`Mail to ${holder} now`, mail));
  for (const key of returned)
    say(`Its case was told that ${key} came back; \`./entente mail settle ${key} --again\` sends it again.`);
}

async function listNotable({ output }: { output: Format }): Promise<void> {
  const { away, left, bounces } = await withEntente((entente) => entente.people.notable(today()));
  const rows: readonly Notable[] = [
    ...away.map((absence) => awayRow(absence)),
    ...left.map(({ person, on }): Notable => ({ who: person, what: 'left', from: on, until: null, more: '' })),
    ...bounces.map(bounceRow),
  ];
  printList(rows, notableColumns, output, 'Nobody is away or has left, and no address bounces.');
}

const awayRow = ({ person, from, until, standIn }: Absence): Notable => ({
  who: person,
  what: 'away',
  from,
  until,
  more: `${standIn} stands in`,
});

const bounceRow = ({ holder, address, since, why }: Bounce): Notable => ({
  who: holder?.replace(/^person\//, '') ?? 'nobody',
  what: 'bounces',
  from: since.slice(0, 10),
  until: null,
  more: `${address}: ${why}`,
});

async function showPerson(id: string, { output }: { output: Format }): Promise<void> {
  const view = await withEntente((entente) => entente.people.view(id, today()));
  if (output === 'json') return print(jsonOf(view));
  for (const [name, text] of linesOf(view)) print(plain(`${`${name}:`.padEnd(16)}${text}`));
  print('');
  printList(view.concerns, concernColumns, output, `Nothing that is open concerns ${id}.`);
}

function linesOf({ person, mail, away, standsInFor, bounces }: PersonView): (readonly [string, string])[] {
  const { name, agency, language, zone, hours, addresses, leftOn } = person;
  const days = ({ from, until }: Absence) => `from ${from} to ${until}`;
  return [
    ['Name', name],
    ['Agency', agency],
    ['Language', language],
    ['Working hours', `${hours} (${zone})`],
    ['Addresses', addresses.join(', ')],
    ['Mail now', 'nobody' in mail ? mail.nobody : `${mail.name} <${mail.address}>`],
    ...(leftOn ? [['Left', `on ${leftOn}`] as const] : []),
    ...away.map((absence) => ['Away', `${days(absence)}; ${absence.standIn} stands in`] as const),
    ...standsInFor.map((absence) => ['Stands in for', `${absence.person} ${days(absence)}`] as const),
    ...bounces.map(({ address, since, why }) => ['Bounces', `${address} since ${since.slice(0, 10)}: ${why}`] as const),
  ];
}

const reachedBy = (whose: string, mail: Addressee | Nobody): string =>
  'nobody' in mail ? mail.nobody : `${whose} goes to ${mail.name} <${mail.address}>.`;

const today = (): CivilDate => new Date().toISOString().slice(0, 10);

function dayOf(option: string, text: string): CivilDate {
  const parsed = dateField.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new RefusedError(refuse('InvalidInput', `${option} "${text}" ${parsed.error.issues[0]?.message}.`));
}
