import { describe, expect, it } from 'vitest';
import { widthOf } from '../../client/output/width.ts';
import { shownText } from '../../examples/shown.ts';
import { readStory } from '../../examples/story.ts';

const story = readStory('greece-2017-2018.yaml');
const late = {
  id: 'action/kr-gr-2-technology',
  title: 'Develop a services model',
  owner: 'agency/mindigital',
  due: '2019-02-01',
  firstDue: '2019-01-11',
  late: true,
};
const documents = ['/tmp/entente-documents-abcdef/minutes-kr-gr-2-mar.md'];
const letter = {
  to: 'ayse.yilmaz@modtr.example.org',
  sent: '2017-09-15, 09:00 (Europe/Istanbul)',
  subject: `Due today, 15 September 2017: ${'nominate participants of Turkey '.repeat(4)}`,
  body: `Due today\n\n  What:       Nominate\n\n    ./entente edition decline-invitation edition/korea-bsec-7 --country TR --as YOU\n`,
};
const paper = {
  name: 'minutes-kr-gr-2-mar.md',
  text: `# Agreed Minutes\n\n${'The meeting was held. '.repeat(9)}\n\n## Participants\n\n- Ion Rusu`,
};
const text = (width: number) =>
  shownText(
    { cases: [], messages: [], openMeasures: [late, { ...late, id: 'action/in-time', late: false }], documents },
    { letter, paper, story },
    { open: 8, findings: [] },
    width,
  );

describe('what the demo shows', () => {
  it('begins with what there is, and what is late', () => {
    expect(text(80).split('\n').slice(0, 3)).toEqual([
      '0 cases, 0 messages, 1 document.',
      '8 cases still open, and each is carried on.',
      'Overdue since 2019-02-01: action/kr-gr-2-technology, first due 2019-01-11.',
    ]);
  });

  it.each([80, 100])('fits into %i columns', (width) => {
    const tooWide = text(width)
      .split('\n')
      .filter((line) => widthOf(line) > width);
    expect(tooWide).toEqual([]);
  });

  it('keeps what belongs to a command of a letter further in than the text', () => {
    expect(text(80)).toContain(
      '\n      ./entente edition decline-invitation edition/korea-bsec-7 --country TR\n        --as YOU\n',
    );
  });

  it('shows of a paper what comes before its participants', () => {
    expect(text(80)).not.toContain('Ion Rusu');
  });

  it('tells one story in ten lines', () => {
    const [, told = ''] = text(80).split('One story in ten lines');
    expect(told.split('\n').filter((line) => /^ {2}(\d{4}-\d\d-\d\d| {10}) {2}\S/.test(line))).toHaveLength(10);
  });
});
