import type { Command } from 'commander';
import type { Absence, Bounce } from '../../database/people.ts';
import { refuse } from '../../domain/refusal.ts';
import { RefusedError, UsageError } from '../errors.ts';
import { readBytes } from '../files.ts';
import { type Column, type Format, print, printList, say } from '../output/output.ts';
import { jsonOf, plain } from '../output/plain.ts';
import type { Bounced, PersonView } from '../people.ts';
import { addErasure } from './person-erase.ts';
import { addAbsences, addLeaving, concernColumns, reachedBy, today } from './person-gone.ts';
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
