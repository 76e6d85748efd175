import { writeXlsx } from 'hucre/xlsx';
import { columnsSheet } from './xlsx.ts';

export interface TemplateColumn {
  readonly name: string;
  readonly means: string;
  readonly required: boolean;
}

/** A workbook with the named columns to fill in, and a sheet that says what each of them means. */
export const templateXlsx = (name: string, columns: readonly TemplateColumn[]): Promise<Uint8Array> =>
  writeXlsx({
    sheets: [
      {
        name,
        rows: [columns.map((column) => column.name)],
        columns: columns.map((column) => ({ width: Math.max(12, column.name.length + 2) })),
      },
      {
        name: columnsSheet,
        rows: [
          ['column', 'needed', 'means'],
          ...columns.map((column) => [column.name, column.required ? 'yes' : '', column.means]),
        ],
        columns: [{ width: 24 }, { width: 8 }, { width: 90 }],
      },
    ],
  });
