import { describe, expect, it } from 'vitest';
import type { CaseView } from '../../domain/case/view.ts';
import { detailsOf } from '../../workflows/details.ts';

const view: CaseView = {
  id: 'action/documents',
  kind: 'action',
  title: '전자문서 | Ηλεκτρονικά έγγραφα',
  stage: 'inProgress',
  meaning: 'The owner agency works on it.',
  countries: ['KR', 'GR'],
  coordinator: 'kim-minji',
  openedAt: '2018-09-28T13:00:00.000Z',
  number: 5,
  late: true,
  facts: { owner: 'agency/mar', due: '2019-01-31', wasLate: true, carriedTo: [], percent: 0 },
  waitsFor: [
    {
      deadline: 'complete',
      says: 'completion',
      owedBy: 'agency/mar',
      since: '2018-09-28',
      due: '2019-01-31',
      firstDue: '2018-12-14',
      zone: 'Europe/Athens',
      late: true,
      everLate: true,
      passesAt: '2019-01-31T22:00:00.000Z',
    },
  ],
  accepts: ['report', 'note'],
  log: [{ at: '2018-09-28T13:00:00.000Z', by: 'kim-minji', says: 'Follow-up action recorded.' }],
  undelivered: [],
};

const noted = (note: string): string =>
  detailsOf({ ...view, log: [{ at: view.openedAt, by: 'kim-minji', says: note }] });

describe('the current details of a case', () => {
  it('keep the words of every script', () => {
    expect(detailsOf(view)).toContain('### 전자문서 \\| Ηλεκτρονικά έγγραφα\n');
  });

  it('say what it waits for, with the name by which a due date is moved', () => {
    expect(detailsOf(view)).toContain(
      '- **completion**, from mar, due 31 Jan 2019 (Europe/Athens), first due 14 Dec 2018, **late**, `complete`\n',
    );
  });

  it('say who comes to what stands in calendars, who does not, and who has not answered', () => {
    const day = { from: '2018-12-14', to: '2018-12-14' };
    const comes = [{ who: 'agency/klid', reply: { comes: 'substitute', named: 'Ms Han' } }] as const;
    const notAnswered = [{ who: 'person/park', inPlaceOf: 'agency/mar' }] as const;
    const attendance = [
      { entry: 'meeting', ...day, comes, doesNotCome: [{ who: 'person/lee' }] as const, notAnswered },
    ];
    expect(detailsOf({ ...view, attendance })).toContain(
      '- meeting, 14 Dec 2018: **comes**: klid (Ms Han); **does not come**: lee; **has not answered**: park instead of mar\n',
    );
    expect(detailsOf(view)).not.toContain('Who comes');
  });

  it('show facts as people say them, and none that is empty', () => {
    const [, facts = ''] = detailsOf(view).split('#### Facts\n\n');
    expect(facts).toBe('- owner: mar\n- due: 31 Jan 2019\n- was late: yes\n- percent: 0');
  });

  it('link to the cases that it belongs to and that follow from it, where they are named', () => {
    const facts = {
      committee: 'committee/kr-gr',
      actions: ['action/kr-gr-1', 'action/documents'],
      owner: 'agency/mar',
    };
    const details = detailsOf({ ...view, opener: 'mou/kr-gr-2017', facts });
    const link = (id: string) => `[${id}](namespaces/{namespace}/workflows/${encodeURIComponent(id)})`;
    const [mou, committee, action] = ['mou/kr-gr-2017', 'committee/kr-gr', 'action/kr-gr-1'].map(link);
    expect(details).toContain(`\nOther cases: ${mou}, ${committee}, ${action}\n`);
    expect(details).toContain(`- actions: ${action}, ${link('action/documents')}\n- owner: mar`);
    expect(noted('Closed by meeting/kr-gr-2.')).toContain(`: Closed by ${link('meeting/kr-gr-2')}.\n`);
    expect(noted('https://example.org/mou/x, xmou/y and mou/Z')).not.toContain('](');
  });

  it('tell how it ended', () => {
    const over = { ...view, waitsFor: [], accepts: [], late: false } as const;
    expect(detailsOf({ ...over, stage: 'cancelled', outcome: 'cancelled' })).toContain('**cancelled**:');
    expect(detailsOf({ ...over, stage: 'closed', outcome: 'terminated' })).toContain('**closed, terminated**:');
    expect(detailsOf({ ...over, stage: 'notConcluded', outcome: 'notConcluded' })).toContain('**notConcluded**:');
  });

  it('make no markup of what people write', () => {
    const written = noted(
      '**b** _i_ `c` [a](https://x.example.org) <img src=x> &lt; ~~s~~ www.example.org mailto:a@example.org',
    );
    expect(written).toContain(
      '\\*\\*b\\*\\* \\_i\\_ \\`c\\` \\[a\\](https\\://x.example.org) \\<img src=x\\> \\&lt; \\~\\~s\\~\\~ www\\.example.org mailto\\:a@example.org',
    );
  });

  it('make no list, heading or table of several lines', () => {
    expect(noted('one\n# two\n\n- three\n| a | b |')).toContain('kim-minji: one \\# two - three \\| a \\| b \\|\n');
  });

  it('cut long texts after a whole character', () => {
    const written = noted('𐍈'.repeat(10_000));
    expect(written.isWellFormed()).toBe(true);
    expect(written).toContain(`${'𐍈'.repeat(300)}…\n`);
  });

  it('tell of mail that did not arrive', () => {
    const undelivered = [
      {
        message: 'action/documents/7/0',
        text: 'action.asked',
        to: 'agency/mar',
        state: 'inDoubt',
        why: 'Connection lost.',
      } as const,
    ];
    expect(detailsOf({ ...view, undelivered })).toContain(
      '- to mar, **in doubt**: Connection lost. `action/documents/7/0`',
    );
    expect(detailsOf(view)).not.toContain('did not arrive');
  });
});
