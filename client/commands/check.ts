import type { Command } from 'commander';
import { counted } from '../../domain/derived.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Finding, type FindingKind, findingKinds } from '../health/finding.ts';
import type { Check } from '../client.ts';
import { momentOf } from '../output/moment.ts';
import { type Column, type Format, print, printList, say, terminalWidth } from '../output/output.ts';
import { jsonOf } from '../output/plain.ts';
import { wrap } from '../output/width.ts';
import { outputOption, wholeNumber, withEntente } from './session.ts';

const columns: readonly Column<Finding>[] = [
  { title: 'case', value: (finding) => finding.case },
  { title: 'since', value: ({ since }) => momentOf(since) },
  { title: 'what', value: ({ says }) => says },
];

interface CheckOptions {
  readonly output: Format;
  readonly limit: number;
}

/** `./entente check`: whether every case that is open on record is carried on. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description(
      'Hold all open cases against Temporal: what nobody runs, what stands still, what is late, what is unsent',
    )
    .helpGroup('Lists:')
    .addOption(outputOption())
    .option('--limit <n>', 'how many rows of each kind a table shows, 1 to 100000', wholeNumber(1, 100_000), 20)
    .addHelpText(
      'after',
      `
Exit codes: ${exitCodes.done.code} nothing is wrong; ${exitCodes.attention.code} something is, and each kind says what to do; ${exitCodes.unavailable.code} Temporal or
Postgres does not answer.`,
    )
    .action(async ({ output, limit }: CheckOptions) => {
      const check = await withEntente((entente) => entente.health.check());
      show(check, output, limit);
      if (check.findings.length > 0) process.exitCode = exitCodes.attention.code;
    });
}

function show({ open, findings }: Check, output: Format, limit: number): void {
  const withAdvice = findings.map((finding) => ({ ...finding, todo: findingKinds[finding.kind].todo }));
  if (output === 'json') return print(jsonOf({ open, findings: withAdvice }));
  if (output === 'csv') return printList(withAdvice, csvColumns, output, '');
  for (const kind of Object.keys(findingKinds) as FindingKind[])
    showKind(
      kind,
      findings.filter((finding) => finding.kind === kind),
      limit,
    );
  say(
    findings.length === 0
      ? `${counted(open, 'open case')}: all are carried on, and nothing is late.`
      : `${counted(open, 'open case')}: ${counted(findings.length, 'thing')} to look at.`,
  );
}

function showKind(kind: FindingKind, findings: readonly Finding[], limit: number): void {
  if (findings.length === 0) return;
  const { says, todo } = findingKinds[kind];
  print(wrap(`${says} (${findings.length})`, terminalWidth()).join('\n'));
  print(`  ${wrap(`What to do: ${todo}`, terminalWidth() - 2).join('\n  ')}\n`);
  printList(findings.slice(0, limit), columns, 'table', '');
  if (findings.length > limit) say(`… and ${findings.length - limit} more: --limit ${findings.length}`);
  print('');
}

const csvColumns: readonly Column<Finding & { readonly todo: string }>[] = [
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'case', value: (finding) => finding.case },
  { title: 'since', value: ({ since }) => since },
  { title: 'what', value: ({ says }) => says },
  { title: 'what to do', value: ({ todo }) => todo },
];
