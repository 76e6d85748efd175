import { Argument, type Command, Option } from 'commander';
import type { CivilDate } from '../../domain/dates.ts';
import { type ServiceRole, serviceRoleNames, serviceRoles } from '../../domain/service-role.ts';
import { type Column, type Format, printList, say } from '../output/output.ts';
import type { GivenRole } from '../roles.ts';
import { dayOf, today } from './person-gone.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';

const columns: readonly Column<GivenRole & { readonly by: string }>[] = [
  { title: 'person', value: ({ person }) => person },
  { title: 'role', value: ({ role }) => role },
  { title: 'agency', value: ({ agency }) => agency },
  { title: 'country', value: ({ country }) => country },
  { title: 'from', value: ({ from }) => from },
  { title: 'until', value: ({ until }) => until },
  { title: 'by', value: ({ by }) => by },
];

const countryOption = (): Option =>
  new Option('--country <code>', 'for all agencies of a country (GR); a reader alone').conflicts('agency');

const roleArgument = (): Argument => new Argument('<role>', 'which role').choices([...serviceRoleNames]);

/** `./entente role`: what people are in the service, whatever the case. */
export function addRole(program: Command): void {
  const role = program
    .command('role')
    .description('Who opens cases, runs the service, reads an agency’s cases, or changes the directory')
    .helpGroup('Directory:')
    .addHelpText(
      'after',
      `\n${serviceRoleNames.map((name) => `  ${name.padEnd(14)} ${serviceRoles[name]}`).join('\n')}`,
    );
  role
    .command('give')
    .description('Give somebody a role; the first of all is an administrator’s, and from then on roles are held to')
    .argument('<person>', 'the id of a person')
    .addArgument(roleArgument())
    .option('--agency <agency>', 'for which agency; their own, if not given')
    .addOption(countryOption())
    .option('--from <date>', 'the first day, in their zone; today, if not given')
    .option('--until <date>', 'the last day; for good, if not given')
    .addOption(asOption())
    .action(give);
  role
    .command('end')
    .description('Say that somebody has a role no more')
    .argument('<person>', 'the id of a person')
    .addArgument(roleArgument())
    .option('--agency <agency>', 'for which agency; their own, if not given')
    .addOption(countryOption())
    .option('--on <date>', 'the first day without it, in their zone; today, if not given')
    .addOption(asOption())
    .action(end);
  role
    .command('list')
    .description('Who has which role, for which agency, from when to when, and who gave it')
    .addOption(outputOption())
    .action(list);
}

interface Options {
  readonly agency?: string;
  readonly country?: string;
  readonly from?: string;
  readonly until?: string;
  readonly on?: string;
  readonly as?: string;
}

async function give(person: string, role: ServiceRole, { agency, country, from, until, as }: Options): Promise<void> {
  const days = { from: given('--from', from) ?? today(), until: given('--until', until) };
  const isNew = await withEntente((entente) =>
    entente.roles.give({ person, role, agency, country }, { ...days, by: whoActs(as) }),
  );
  const place = agency ?? country;
  const of = place === undefined ? '' : ` of ${place}`;
  say(isNew ? `${person} is ${role}${of} from ${days.from} on.` : `${person} is ${role}${of} already.`);
}

async function end(person: string, role: ServiceRole, { agency, country, on, as }: Options): Promise<void> {
  const day = given('--on', on) ?? today();
  const isNew = await withEntente((entente) =>
    entente.roles.end({ person, role, agency, country }, { on: day, by: whoActs(as) }),
  );
  say(isNew ? `${person} is ${role} no more, from ${day} on.` : `${person} was ${role} no more by then.`);
}

const list = ({ output }: { readonly output: Format }): Promise<void> =>
  withEntente(async (entente) =>
    printList(
      await entente.roles.list(),
      columns,
      output,
      'Nobody has a role yet: whoever is at a terminal opens cases and changes the directory. Begin with `./entente role give PERSON administrator`.',
    ),
  );

const given = (option: string, value: string | undefined): CivilDate | undefined =>
  value === undefined ? undefined : dayOf(option, value);
