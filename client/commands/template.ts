import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { columnsOf as columnsOfTable, type Table } from '../../database/directory/entry.ts';
import { isKind, lifecycles } from '../../domain/kinds.ts';
import { UsageError } from '../errors.ts';
import { columnsOf } from '../opening-sheet.ts';
import { say } from '../output/output.ts';
import { csvOf, markFor } from '../output/csv.ts';
import type { Template } from './open-file.ts';
import type { TemplateColumn } from '../sheets/template.ts';

/** Writes the names of the columns, to a file that is not there yet or to standard output. */
export async function writeTemplate(template: Template, file: string | undefined): Promise<void> {
  const columns = isKind(template) ? columnsOf(lifecycles[template]) : ofTable(template);
  const csv = csvOf(
    columns.map(({ name }) => name),
    [],
  );
  if (file === undefined) return void process.stdout.write(`${markFor(process.stdout.fd)}${csv}`);
  const extension = extname(file).toLowerCase();
  if (extension === '.xlsx') {
    const { templateXlsx } = await import('../sheets/template.ts');
    await write(file, await templateXlsx(template, columns));
  } else if (extension === '.csv') await write(file, `\ufeff${csv}`);
  else throw new UsageError(`${file} is neither .csv nor .xlsx; a template is written as one of these.`);
  const needed = columns.filter(({ required }) => required).map(({ name }) => name);
  say(`Wrote ${file}. Needed in each row: ${needed.join(', ')}.`);
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'is there already; name another' : `cannot be written (${code})`;
    throw new UsageError(`The file ${file} ${why}.`, { cause: error });
  }
}

function ofTable(table: Table): readonly TemplateColumn[] {
  const { all, required } = columnsOfTable(table);
  return all.map((name) => ({ name, means: '', required: required.includes(name) }));
}
