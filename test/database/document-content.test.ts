import { describe, expect, it } from 'vitest';
import { describedFile } from '../../database/documents/content.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { docxOf, odtOf, pdf, zipOf } from '../client/documents-by-hand.ts';

describe('what a file is', () => {
  const text = Buffer.from('# Draft\n\nΣχέδιο 초안\r\n\tIndented\n');

  it.each([
    ['note.pdf', pdf, 'pdf'],
    ['draft.DOCX', docxOf('Draft'), 'docx'],
    ['draft.odt', odtOf('Draft'), 'odt'],
    ['회의록 초안.md', text, 'md'],
    ['draft.txt', text, 'txt'],
    ['budget.xlsx', zipOf({ '[Content_Types].xml': '', 'xl/workbook.xml': '<workbook/>' }), 'xlsx'],
    ['공문.hwpx', zipOf({ mimetype: 'application/hwp+zip', 'Contents/section0.xml': '' }), 'hwpx'],
  ])('%s is known by its content', (name, content, type) => {
    expect(describedFile({ name, content })).toMatchObject({ name, type, size: content.length });
  });

  it.each([
    ['a file of no bytes', 'draft.pdf', Buffer.alloc(0), /^draft\.pdf is empty/],
    [
      'one of 30 MB',
      'draft.pdf',
      Buffer.concat([pdf, Buffer.alloc(30_000_000)]),
      /^draft\.pdf has 30 MB; .* at most 10 MB/,
    ],
    ['a DOCX that is called PDF', 'draft.pdf', docxOf('x'), /^draft\.pdf is no PDF: what is in it is DOCX\.$/],
    ['a PDF that is called DOCX', 'draft.docx', pdf, /^draft\.docx is no DOCX: what is in it is PDF\.$/],
    ['text that is called ODT', 'draft.odt', text, /what is in it is plain text/],
    ['a picture that is called text', 'draft.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), /is no TXT/],
    ['a program', 'draft.exe', Buffer.from('MZ'), /a document ends in \.pdf, \.docx/],
    ['no ending', 'draft', pdf, /a document ends in/],
    ['a path in its name', '../draft.pdf', pdf, /without a path/],
    ['a path of Windows', 'C:\\draft.pdf', pdf, /without a path/],
    ['a line break in its name', 'draft\n.pdf', pdf, /must be a single line/],
    ['a name that turns the direction', 'gnp\u202e.pdf', pdf, /writing direction/],
    [
      'a document with macros',
      'a.docx',
      zipOf({ '[Content_Types].xml': '', 'word/document.xml': '', 'word/vbaProject.bin': 'x' }),
      /is no DOCX/,
    ],
    ['an archive cut off', 'a.docx', docxOf('x').subarray(0, 60), /or it is damaged/],
  ])('%s is refused in one sentence', (_, name, content, because) => {
    const refused = describedFile({ name, content });
    expect(isRefusal(refused) && refused.because).toMatch(because);
  });
});
