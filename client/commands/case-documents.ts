import type { Command } from 'commander';
import type { CaseDocument } from '../case-documents.ts';
import { inMegabytes } from '../../domain/document.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, type Format, print, printList } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { outputOption, withEntente } from './session.ts';

const columns: readonly Column<CaseDocument>[] = [
  { title: 'event', value: ({ event }) => event },
  { title: 'at', value: ({ at }) => momentOf(at) },
  { title: 'document', value: ({ name }) => name },
  { title: 'size', value: ({ size }) => (size < 50_000 ? `${size} bytes` : inMegabytes(size)) },
  { title: 'sha256', value: ({ sha256 }) => sha256 },
  { title: 'what happened', value: ({ says }) => says },
];

interface GetOptions {
  readonly to: string;
  readonly replace?: boolean;
  readonly output: Format;
}

/** `./entente document list|get CASE`: what went with letters, as it went. */
export function addCaseDocuments(document: Command): void {
  document
    .command('list')
    .description('The texts that a case has circulated, each with its hash')
    .argument('<case>', 'the case, such as meeting/kr-gr-2')
    .addOption(outputOption())
    .action(async (caseId: string, { output }: { output: Format }) => {
      const rows = await withEntente((entente) =>
        entente.caseNamed(caseId).then((id) => entente.caseDocuments.list(id)),
      );
      printList(rows, columns, output, 'It has circulated no document.');
    });
  document
    .command('get')
    .description('Write a text that a case has circulated into a folder, byte for byte as it went with letters')
    .argument('<case>', 'the case, such as meeting/kr-gr-2')
    .argument('[which]', 'its name, the event that names it, or the beginning of its hash; without it, the last')
    .option('--to <folder>', 'the folder to write it into', '.')
    .option('--replace', 'replace a file that is there with another content')
    .addOption(outputOption(['table', 'json']))
    .action(get);
}

async function get(caseId: string, which: string | undefined, options: GetOptions): Promise<void> {
  const { written } = await import('../documents.ts');
  const { content, ...found } = await withEntente(async (entente) =>
    entente.caseDocuments.get(await entente.caseNamed(caseId), which),
  );
  const [path] = await written(options.to, [{ name: found.name, content }], options.replace);
  print(options.output === 'json' ? jsonOf({ ...found, path }) : (path ?? ''));
}
