import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DocumentFormat } from '../../documents/make.ts';
import type { DocumentKind } from '../../documents/kind.ts';
import type { TemplateField } from '../documents.ts';
import { type Column, type Format, print, printList, say } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { addCaseDocuments } from './case-documents.ts';
import { outputOption, withEntente } from './session.ts';

interface MakeOptions {
  readonly to: string;
  readonly format: readonly DocumentFormat[];
  readonly templates?: string;
  readonly replace?: boolean;
  readonly output: Format;
}

type KindRow = Pick<DocumentKind, 'name' | 'of' | 'says'> & { readonly template: string };

const kindColumns: readonly Column<KindRow>[] = [
  { title: 'document', value: ({ name }) => name },
  { title: 'made of', value: ({ of }) => of },
  { title: 'what it is', value: ({ says }) => says },
];

const fieldColumns: readonly Column<TemplateField>[] = [
  { title: 'template', value: ({ template }) => template },
  { title: 'field', value: ({ field }) => field },
  { title: 'type', value: ({ type }) => type },
  { title: 'what it is', value: ({ says }) => says },
];

const formats: readonly string[] = ['md', 'docx'] satisfies DocumentFormat[];
const isFormat = (word: string): word is DocumentFormat => formats.includes(word);

function formatsIn(text: string): readonly DocumentFormat[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.every(isFormat)) return words;
  throw new InvalidArgumentError('It must be md, docx, or both with a comma between them.');
}

export function addDocument(program: Command): void {
  const document = program
    .command('document')
    .description('Minutes and other papers, made from the register, and the texts that went with letters')
    .helpGroup('Documents:');
  document
    .command('make')
    .description('Make the documents of one kind; the same register makes the same files')
    .argument('<kind>', 'which document: `./entente document kinds` lists them')
    .argument('<case>', 'what it is made of: a case such as meeting/kr-gr-2, or a country such as GR')
    .option('--to <folder>', 'the folder to write them into', '.')
    .addOption(
      new Option('--format <formats>', 'in which formats').argParser(formatsIn).default(['md', 'docx'], 'md,docx'),
    )
    .addOption(
      new Option('--templates <folder>', 'a folder of templates of your own; each goes before the usual one').env(
        'ENTENTE_TEMPLATES',
      ),
    )
    .option('--replace', 'replace files that are there with another content')
    .addOption(outputOption(['table', 'json']))
    .action(make);
  document
    .command('kinds')
    .description('Which documents there are, and what each is made of')
    .addOption(outputOption())
    .action(async ({ output }: { output: Format }) => {
      const [{ documentKinds }, { templateOf }] = await Promise.all([
        import('../../documents/kinds.ts'),
        import('../../documents/kind.ts'),
      ]);
      const rows = documentKinds.map((kind) => ({
        name: kind.name,
        of: kind.of,
        says: kind.says,
        template: `${templateOf(kind)}.md`,
      }));
      printList(rows, kindColumns, output, '');
    });
  addFields(document);
  addCaseDocuments(document);
}

function addFields(document: Command): void {
  document
    .command('fields')
    .description('The fields that a template of one kind may use')
    .argument('<kind>', 'which document')
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
A template is a text file in Markdown, named KIND.md, or KIND.LANGUAGE.md such
as minutes.ko.md. {{ place }} shows a field, {{ on | day }} a day in words;
{% if host %} … {% endif %} and {% for item in items %} … {% endfor %} choose
and repeat (Liquid). What Entente itself uses is in documents/templates.`,
    )
    .action(async (kind: string, { output }: { output: Format }) => {
      const { fieldsOfKind } = await import('../documents.ts');
      printList(fieldsOfKind(kind), fieldColumns, output, '');
    });
}

async function make(kind: string, subject: string, options: MakeOptions): Promise<void> {
  const { writeDocuments } = await import('../documents.ts');
  const { to, format, templates, replace = false, output } = options;
  const { documents, unused } = await withEntente((entente) =>
    entente.documents(kind, subject, { formats: format, templates }),
  );
  const written = await writeDocuments(to, documents, replace);
  for (const file of unused)
    say(`${file} is the template of no document; \`./entente document kinds\` lists those there are.`);
  for (const { paths, missing } of written)
    for (const { field, says } of missing) say(`${paths[0]}: missing: ${says} (${field})`);
  if (output === 'json') print(jsonOf(written));
  else print(written.flatMap(({ paths }) => paths).join('\n'));
}
