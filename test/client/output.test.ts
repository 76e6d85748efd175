import { parse } from 'csv-parse/sync';
import { describe, expect, it, vi } from 'vitest';
import { caseText, labelled } from '../../client/commands/case-text.ts';
import { asWritten, csvOf } from '../../client/output/csv.ts';
import { printRows } from '../../client/output/output.ts';
import { jsonOf, plain } from '../../client/output/plain.ts';
import { tableOf } from '../../client/output/table.ts';
import { widthOf, wrap } from '../../client/output/width.ts';
import { action } from '../../domain/action.ts';
import { viewOf } from '../../domain/case/view.ts';
import { given } from '../domain/given.ts';
import { openings } from '../kinds/said.ts';

describe('how wide a text is', () => {
  it.each([
    ['KLID', 4],
    ['한국지역정보개발원', 18],
    ['Υπουργείο', 9],
    ['e\u0301', 1],
    ['（주）', 6],
    ['', 0],
  ])('%s', (text, width) => expect(widthOf(text)).toBe(width));

  it('is kept to when a text is wrapped, and nothing of it is lost', () => {
    const text = '행정안전부와 그리스 행정재건부의 전자정부 협력에 관한 양해각서 kr-gr-2018-open-data-portal';
    const lines = wrap(text, 14);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(14);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });
});

describe('what people copy', () => {
  const copied = [
    'action/kr-gr-2018-open-data-portal',
    '(committee/kr-rs-digital-government)',
    'action/kr-gr-1/complete/1/2/agency/klid',
    'superior-of/agency/klid',
    '2026-11-29',
    '2018-09-28T06:00:00.000Z,',
    '<kim-minji@mois.example.org>',
    'https://pages.example.org/a/AbC-d_9?x=1&y=2',
  ];

  it.each(copied)('is never broken, in however narrow a place: %s', (whole) => {
    for (const columns of [4, 12, 40])
      expect(wrap(`See ${whole} and so on, and so forth`, columns).join('\n')).toContain(whole);
    for (const width of [20, 40, 80])
      expect(tableOf(['id', 'title', 'why'], [[whole, '한국지역정보개발원', 'no such mailbox']], width)).toContain(
        whole,
      );
    expect(labelled('owner', `from ${whole} on`)).toContain(whole);
  });
});

describe('a case on a page', () => {
  it('says how it ended, once it has', () => {
    const open = given(action, openings.action[0]);
    const closed = open.command('drop', { decision: 'The ministers', reason: 'Not needed' });
    expect(caseText(viewOf(action, open.state))).not.toContain('outcome');
    expect(caseText(viewOf(action, closed.state))).toMatch(/^ {2}outcome +dropped$/m);
  });
});

describe('a table', () => {
  const rows = [
    ['action/kr-gr-2018-open-data', '공공데이터 개방 협력을 위한 후속 조치', 'agency/klid', '2018-12-14 Asia/Seoul'],
    ['action/kr-ro-1', 'Συνεργασία για την ηλεκτρονική διακυβέρνηση', 'agency/mar', '2018-10-01 Europe/Athens'],
  ];

  it.each([40, 60, 80, 120])('of %i columns is never wider, with Hangul and Greek', (width) => {
    const lines = tableOf(['action', 'topic', 'owner', 'due'], rows, width).split('\n');
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
  });

  it.each([40, 60, 80, 120])('of %i columns leaves ids and days whole, so that they can be copied', (width) => {
    const table = tableOf(['action', 'topic', 'owner', 'due'], rows, width);
    for (const whole of rows.flat().flatMap((cell) => cell.match(/[a-z]+\/[a-z0-9-]+|\d{4}-\d{2}-\d{2}/g) ?? []))
      expect(table).toContain(whole);
  });

  it('whose ids do not fit side by side says each row in lines, a long id below its name', () => {
    const id = 'committee/kr-rs-digital-government-and-artificial-intelligence';
    expect(
      tableOf(
        ['committee', 'next', 'for'],
        [
          [id, '2026-11-29', ''],
          ['committee/kr-gr', '', 'KLID'],
        ],
        70,
      ),
    ).toBe(
      ['committee', `  ${id}`, 'next       2026-11-29', '', 'committee  committee/kr-gr', 'for        KLID'].join('\n'),
    );
  });

  it('starts each column at the same place on every line', () => {
    const table = tableOf(
      ['topic', 'due'],
      [
        ['한글', '2018'],
        ['Greek', '2019'],
      ],
      80,
    );
    const starts = table
      .split('\n')
      .filter((line) => /20\d\d/.test(line))
      .map((line) => widthOf(line.slice(0, line.indexOf('20'))));
    expect(starts).toEqual([7, 7]);
  });

  it('of a thousand long cells has every word of them: it once took two seconds for each', () => {
    const letters =
      '[2027년 9월 9일까지 의제 제안] Meeting 1; Puncte pentru ordinea de zi, până la 9 septembrie: Meeting 1; '.repeat(
        6,
      );
    const table = tableOf(
      ['case', 'letters'],
      Array.from({ length: 1_000 }, () => ['meeting/kr-ro-1', letters]),
      80,
    );
    expect(table.match(/의제/g)).toHaveLength(6_000);
    expect(table.match(/septembrie/g)).toHaveLength(6_000);
  });

  it('does not cut long words off', () => {
    const table = tableOf(['id', 'x'], [['a'.repeat(100), 'b']], 40);
    expect(table.replaceAll(/[^a]/g, '')).toHaveLength(100);
  });
});

describe('a label with its text', () => {
  it.each([
    ['comments working days', '  comments working days 10'],
    // As wide as its column, and wider.
    ['signature working days', `  signature working days\n${' '.repeat(24)}10`],
    ['minutes signature working days', `  minutes signature working days\n${' '.repeat(24)}10`],
  ])('%s: stands apart from it', (label, expected) => expect(labelled(label, '10')).toBe(expected));
});

describe('text from other people', () => {
  it('cannot move the cursor, colour or reorder a terminal', () => {
    expect(plain('a\u001b[2Jb\u0007\u009bc\u202ed\re')).toBe('a\ufffd[2Jb\ufffd\ufffdc\ufffdd\ufffde');
    expect(tableOf(['x'], [['\u001b[31mred']], 40)).not.toContain('\u001b');
  });

  it('is whole in JSON, and harmless there too', () => {
    const value = { title: 'a\u001b\u009b\u202e\u007fz' };
    const json = jsonOf(value);
    expect(json).not.toMatch(/[\u007f-\u009f\u202e]/);
    expect(JSON.parse(json)).toEqual(value);
  });
});

describe('CSV', () => {
  const formulas = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '-',
    "'=1",
    "''@",
  ];

  it.each(formulas)('makes a formula harmless: %j', (cell) => {
    const [, line = ''] = csvOf(['x'], [[cell]]).split(/\r\n(.*)/s);
    expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it.each([...formulas.filter((cell) => !/[\t\r]/.test(cell)), "'quoted'", "O'Brien", "'", '김민지, 과장', ' '])(
    'is read as it was written: %j',
    (cell) => {
      const [row = []] = parse(csvOf(['x'], [[cell]]), { from: 2 }) as string[][];
      expect(asWritten(row[0] ?? '')).toBe(cell);
    },
  );

  it('keeps numbers and other text as they are, and quotes what needs it', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          [-3, 'x-y'],
          [1, 'say "no", 한글\nnow'],
        ],
      ),
    ).toBe('a,b\r\n-3,x-y\r\n1,"say ""no"", 한글\nnow"\r\n');
  });
});

describe('what comes row by row', () => {
  it('is taken no faster than it is read, and is the same text', async () => {
    let [taken, out] = [0, ''];
    const rows = function* () {
      for (; taken < 50_000; taken += 1) yield { n: taken, says: 'meets on 2027-03-03 in Bucharest' };
    };
    const held: number[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      held.push(taken);
      setImmediate(() => process.stdout.emit('drain'));
      return false;
    });
    try {
      await printRows(rows(), [
        { title: 'n', value: ({ n }) => n },
        { title: 'says', value: ({ says }) => says },
      ]);
    } finally {
      write.mockRestore();
    }
    expect(held.length).toBeGreaterThan(20);
    expect(held[0]).toBeLessThan(3_000);
    expect(parse(out)).toHaveLength(50_001);
  });
});
