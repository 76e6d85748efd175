import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDocuments } from '../../documents/make.ts';
import { edition } from '../../domain/edition.ts';
import { meeting } from '../../domain/meeting.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { visit } from '../../domain/visit.ts';
import { workshop } from '../../domain/workshop.ts';
import { type Register, startRegister } from '../client/register.ts';
import { given as editions } from '../domain/edition-stages.ts';
import type { Story } from '../domain/given.ts';
import { given as meetings } from '../domain/meeting-stages.ts';
import { given as visits } from '../domain/visit-stages.ts';
import { given as workshops } from '../domain/workshop-stages.ts';
import { importExamples, put } from './filled-register.ts';

let register: Register;

const calledOff = (story: Story, on: string) => story.passes(on).command('cancel', { reason: 'The hosts vote.' });

beforeAll(async () => {
  register = await startRegister();
  await importExamples(register.db);
  await put(register.db, visit, calledOff(visits.confirmed(), '2018-07-12'));
  await put(register.db, visit, calledOff(visits.returned({ id: 'over' }), '2018-10-20'));
  await put(register.db, edition, calledOff(editions.announced({ id: 'kr-bsec-8', number: 8 }), '2017-07-12'));
  await put(register.db, edition, calledOff(editions.held(), '2017-11-20'));
  await put(register.db, workshop, calledOff(workshops.announced(), '2017-09-12'));
  await put(register.db, meeting, calledOff(meetings.convened(), '2018-09-12'));
});
afterAll(() => register.stop());

const made = (kind: string, subject: string) => makeDocuments(register.db, kind, subject, { formats: ['md'] });

async function textOf(kind: string, subject: string): Promise<string> {
  const answer = await made(kind, subject);
  if (isRefusal(answer)) throw new Error(answer.because);
  return String(answer.documents[0]?.files[0]?.content);
}

describe('of what was called off', () => {
  it.each([
    ['press-release', 'visit/kr-2018', '2018-07-12', 'press release'],
    ['visit-programme', 'visit/kr-2018', '2018-07-12', 'programme'],
    ['delegation-list', 'visit/kr-2018', '2018-07-12', 'list of the delegation'],
    ['press-release', 'edition/kr-bsec-8', '2017-07-12', 'press release'],
    ['wrap-up-report', 'edition/kr-bsec-8', '2017-07-12', 'wrap-up report'],
    ['wrap-up-report', 'workshop/kr-bsec-2017', '2017-09-12', 'wrap-up report'],
    ['minutes', 'meeting/kr-gr-2', '2018-09-12', 'minutes'],
  ])('no %s of %s is made; the refusal says when and why', async (kind, subject, on, paper) => {
    expect(await made(kind, subject)).toEqual({
      refused: 'NotReady',
      because: `${subject} was called off on ${on}; no ${paper} can be made of it. Reason: The hosts vote.`,
    });
  });

  it('the briefing book is made, and says so', async () => {
    expect(await textOf('briefing-book', 'visit/kr-2018')).toContain(
      '\n\n**The visit was called off on 12 July 2018.**\n\n## The visit\n',
    );
  });
});

describe('of what took place before its case was cancelled', () => {
  it('the papers of a visit are made, and say nothing of it', async () => {
    expect(await textOf('press-release', 'visit/over')).toContain('visited Greece and Romania');
    expect(await textOf('visit-programme', 'visit/over')).toContain('Greece');
    expect(await textOf('briefing-book', 'visit/over')).not.toContain('called off');
  });

  it('so are those of an edition', async () => {
    expect(await textOf('press-release', 'edition/kr-bsec-7')).toContain('took place from');
    expect(await textOf('wrap-up-report', 'edition/kr-bsec-7')).toContain('## Results');
  });
});
