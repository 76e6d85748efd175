import type { Command } from 'commander';
import { counted } from '../../domain/derived.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, type Format, print, printList } from '../output/output.ts';
import { plain } from '../output/plain.ts';
import { asOption, outputOption, whoActs, withEntente } from './session.ts';

interface Link {
  readonly message: string;
  readonly person: string;
  readonly address: string;
  readonly deadline: string;
  readonly version: number;
  readonly made_at: string;
  readonly revoked_at: string | null;
  readonly revoked_by: string | null;
}

const columns: readonly Column<Link>[] = [
  { title: 'letter', value: ({ message }) => message },
  { title: 'for', value: ({ person }) => person },
  { title: 'sent to', value: ({ address }) => address },
  { title: 'about', value: ({ deadline, version }) => `${deadline} (plan ${version})` },
  { title: 'made', value: ({ made_at }) => momentOf(made_at) },
  {
    title: 'taken back',
    value: ({ revoked_at, revoked_by }) => (revoked_at ? `${momentOf(revoked_at)} by ${revoked_by}` : ''),
  },
];

/** `./entente link`: the addresses in letters with which their readers answer. */
export function addLink(program: Command): void {
  const link = program
    .command('link')
    .description('The addresses in letters with which their readers answer')
    .helpGroup('Lists:');
  link
    .command('list')
    .description('Which letters about a case carry an address, for whom; never the address itself')
    .argument('<case>', 'its id, such as action/kr-gr-3')
    .addOption(outputOption())
    .action(async (caseId: string, { output }: { output: Format }) => {
      const links = await withEntente((entente) => entente.caseNamed(caseId).then((id) => entente.links.list(id)));
      printList<Link>(links, columns, output, 'No letter about it carries an address.');
    });
  link
    .command('revoke')
    .description('Take back the addresses in a letter: nothing can be answered by them any more')
    .argument('<letter>', 'its key, as `link list` and `mail list` show it')
    .requiredOption('--reason <text>', 'why; whoever opens the address is told')
    .addOption(asOption())
    .action(async (message: string, { reason, as }: { reason: string; as?: string }) => {
      const verdict = { by: whoActs(as), why: reason };
      const count = await withEntente((entente) => entente.links.revoke(message, verdict));
      print(
        plain(count > 0 ? `Taken back: ${counted(count, 'address', 'addresses')}.` : 'No address of it still stood.'),
      );
    });
}
