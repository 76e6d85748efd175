import type { SeenCasePage } from '../seen-case.ts';
import { momentOf } from '../output/moment.ts';
import { caseText, labelled } from './case-text.ts';

const parts: Readonly<Record<SeenCasePage['part'], string>> = {
  coordinator: 'keeps it, or reads the mail of whoever does: sees all of it',
  colleague: 'reads the cases of its coordinator’s agency: sees all of it',
  party: 'has a part in it: no facts, papers, neighbours, notes or reasons for the record',
};
const most = 12;

const listed = (label: string, lines: readonly string[]): readonly string[] => [
  ...lines.slice(0, most).map((line, index) => labelled(index === 0 ? label : '', line)),
  ...(lines.length > most ? [labelled('', `and ${lines.length - most} more: -o json`)] : []),
];

/** A case on a page, as somebody sees it. */
export const seenText = (seen: SeenCasePage): string =>
  [
    labelled(`as ${seen.as}`, parts[seen.part]),
    '',
    caseText(seen),
    '',
    ...listed(
      'letters',
      seen.letters.toReversed().map(({ at, subject }) => `${momentOf(at)}  ${subject}`),
    ),
    ...listed('papers', seen.papers),
    ...listed('hangs together with', seen.neighbours),
  ].join('\n');
