import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fitting } from '../../../activities/mail/attached.ts';
import { mailboxOf, messageIdOf } from '../../../activities/mail/identity.ts';
import { keepDocument } from '../../../database/documents.ts';
import { openDigest } from '../../../database/send-times.ts';
import { type DocumentFile, largestDocument } from '../../../domain/document.ts';
import { isRefusal } from '../../../domain/refusal.ts';
import { docxOf, pdf } from '../../client/documents-by-hand.ts';
import { aDocument } from '../../domain/a-document.ts';
import { attemptOf, caseId, mailFrom, openPostOffice, owe, plan, type PostOffice } from './post-office.ts';
import { reminderFacts } from './samples.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office?.stop());
afterEach(() => {
  office.hooks = {};
});

async function kept(name: string, content: Buffer): Promise<DocumentFile> {
  const document = await keepDocument(office.db, { name, content });
  if (isRefusal(document)) throw new Error(document.because);
  return document;
}

const lettersOf = (key: string) =>
  office.mailbox.messages().filter(({ messageId }) => messageId === messageIdOf(key, mailboxOf(mailFrom)));

describe('a letter about a text', () => {
  it('carries it byte for byte, says so, and has one Message-ID however often it is tried', async () => {
    const content = docxOf('초안 Σχέδιο');
    const attached = [await kept('초안 2.docx', content), await kept('note.pdf', pdf)];
    const key = await plan(office.db, { attached: JSON.stringify(attached) });
    office.hooks = { onData: () => ({ kind: 'reply', code: 451, text: 'try again later' }) as never };
    expect(await attemptOf(office.worker(), key)).toBeInstanceOf(Error);
    office.hooks = {};
    expect(await attemptOf(office.worker(), key)).toMatchObject({ state: 'sent' });
    const [letter, ...others] = lettersOf(key);
    expect(others).toEqual([]);
    expect(letter?.text).toContain('Attached: 초안 2.docx; note.pdf');
    expect(letter?.html).toContain('Attached: 초안 2.docx; note.pdf');
    expect(letter?.attachments.map((file) => [file.filename, file.contentType, file.content])).toEqual([
      ['초안 2.docx', expect.stringContaining('wordprocessingml'), content],
      ['note.pdf', 'application/pdf', pdf],
    ]);
  });

  it('does not go without it', async () => {
    const key = await plan(office.db, { attached: JSON.stringify([aDocument('lost.docx')]) });
    const failed = await attemptOf(office.worker(), key);
    expect(failed).toMatchObject({ message: expect.stringMatching(/does not have lost\.docx/) });
    expect(lettersOf(key)).toEqual([]);
  });
});

describe('a gathered mail', () => {
  it('carries the text of each of its reminders once', async () => {
    const day = '2018-11-05';
    const digest = await openDigest(office.db, { reader: 'person/lee-jiho', day }, 'Asia/Seoul');
    const draft = await kept('draft.pdf', Buffer.concat([pdf, Buffer.from('two')]));
    const keys = [];
    for (const item of ['a', 'b']) {
      await owe(office.db, `complete:${item}`, 1);
      keys.push(
        await plan(office.db, {
          key: `${caseId}/complete:${item}/1/1/agency/klid`,
          text: 'action.complete',
          tone: 'before',
          level: 'owner',
          deadline: `complete:${item}`,
          send_at: `${day}T00:00:00.000Z`,
          digest,
          attached: JSON.stringify([draft]),
          facts: { ...reminderFacts, due: '2019-12-14', ask: `complete ${item}` },
        }),
      );
    }
    expect(await attemptOf(office.worker(), keys[0] ?? '')).toMatchObject({ state: 'sent' });
    const [mail] = lettersOf(`digest/${digest}`);
    expect(mail?.attachments.map(({ filename }) => filename)).toEqual(['draft.pdf']);
    expect(mail?.text.split('Attached: draft.pdf')).toHaveLength(3);
  });

  it('carries as much as one letter may, the most urgent first, and says nothing of the rest', () => {
    const [large, small] = [aDocument('large.docx', largestDocument - 10), aDocument('small.docx', 11)];
    const letters = [[large], [small], [large], null].map((attached) => ({ attached }));
    expect(fitting(letters)).toEqual([[large], [], [large], []]);
    expect(fitting([{ attached: [small] }, { attached: [large] }])).toEqual([[small], []]);
  });
});
