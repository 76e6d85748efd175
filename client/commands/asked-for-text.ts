import { nameOf } from '../../domain/case/label.ts';
import type { AskedFor } from '../../domain/forecast/asked-for.ts';
import { type Column, print, printList } from '../output/output.ts';
import { otherwise } from './case-text.ts';

/** "2027-06-01: a reminder also goes to the superior; end of 2027-06-15: …" */
export const ifNobodyAnswers = (asked: AskedFor): string => otherwise(asked).join('; ') || 'it stays owed';

export const whoIsAsked = 'Who has to decide or do something, and what happens if not';

/** What somebody is asked for on a course, below what happens in it. */
export function showAskedFor(all: readonly AskedFor[]): void {
  if (all.length === 0) return;
  print(`\n${whoIsAsked} (${all.length})\n`);
  printList(all, askedColumns, 'table', '');
}

/** For programs. */
export const askedPlainly = (all: readonly AskedFor[] = []) =>
  all.length === 0
    ? {}
    : {
        asks: all.map((each) => ({
          deadline: each.deadline,
          says: each.says,
          owedBy: each.owedBy,
          due: each.due,
          ifNobodyAnswers: otherwise(each),
        })),
      };

/** The same as rows of a page. */
export const askedHead = ['by', 'case', 'who', 'what', 'if nobody answers'] as const;
export const askedCells = (each: AskedFor): readonly string[] => [
  each.due,
  each.case,
  nameOf(each.owedBy ?? ''),
  each.says,
  ifNobodyAnswers(each),
];

export const askedColumns: readonly Column<AskedFor>[] = askedHead.map((title, index) => ({
  title,
  value: (each) => askedCells(each)[index],
}));
