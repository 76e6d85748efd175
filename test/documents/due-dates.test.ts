import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDocuments } from '../../documents/make.ts';
import { edition } from '../../domain/edition.ts';
import { meeting } from '../../domain/meeting.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { visit } from '../../domain/visit.ts';
import { type Register, startRegister } from '../client/register.ts';
import { given as editions } from '../domain/edition-stages.ts';
import { given as meetings } from '../domain/meeting-stages.ts';
import { importExamples, opened, put } from './filled-register.ts';

let register: Register;

/** A leg of one day, one of several, and all that is usually prepared for each. */
const delegation = () =>
  opened(visit, 'kr-2027', 'Delegation of January', '2026-09-01', {
    from: '2027-01-27',
    to: '2027-02-02',
    senders: ['mofa', 'mois'],
    agencies: ['nts'],
  })
    .command('addLeg', { country: 'GR', from: '2027-01-29', to: '2027-01-29', host: 'agency/mar' })
    .command('addLeg', { country: 'RO', from: '2027-01-30', to: '2027-02-01', host: 'agency/mcsi' });

const asked = () =>
  editions
    .announced({ invited: ['GR', 'RO'], focalPoints: ['agency/mar', 'agency/mcsi'] })
    .command('fixDays', { from: '2017-10-30', to: '2017-11-03' })
    .command('addHost', { country: 'KR', city: 'Seoul' })
    .passes('2017-08-01')
    .command('openNominations', { nominationsBy: '2017-09-15' });

beforeAll(async () => {
  register = await startRegister();
  await importExamples(register.db);
  await put(register.db, visit, delegation());
  await put(register.db, meeting, meetings.drafted());
  await put(register.db, edition, asked());
});
afterAll(() => register.stop());

async function datesOf(subject: string): Promise<readonly string[]> {
  const answer = await makeDocuments(register.db, 'briefing-book', subject, { formats: ['md'] });
  if (isRefusal(answer)) throw new Error(answer.because);
  const text = String(answer.documents[0]?.files[0]?.content);
  return [...text.matchAll(/^#+ Next dates\n([^#]*)/gm)].map(([, dates = '']) => dates);
}

const rowsOf = (dates: string | undefined): readonly string[] => dates?.match(/^\| \d.*$/gm) ?? [];

describe('the next dates in the briefing book of a visit', () => {
  it('are, of the visit itself, what the hosts of that country owe: no preparations, and no other leg', async () => {
    const [greece, romania] = await datesOf('visit/kr-2027');
    expect(rowsOf(greece).filter((row) => row.includes('2027'))).toEqual([
      '| 8 January 2027 | confirmation of leg 1 (Greece), 29 January 2027 | Ministry of Administrative Reconstruction |',
    ]);
    expect(rowsOf(romania).filter((row) => row.includes('2027'))).toEqual([
      '| 8 January 2027 | confirmation of leg 2 (Romania), 30 January to 1 February 2027 | Ministry of Communication and Information Society |',
    ]);
  });

  it('are those of other cases too, but not what third states owe', async () => {
    const [greece] = await datesOf('visit/kr-2027');
    expect(rowsOf(greece)).toContain(
      '| 15 September 2017 | nominations of Greece | Ministry of Administrative Reconstruction |',
    );
    expect(rowsOf(greece)).toContain('| 13 October 2017 | the plan of activities of edition 7 | Kim Min-ji (김민지) |');
    expect(greece).not.toContain('Romania');
  });

  it('name agencies, states and days as people do', async () => {
    const [greece] = await datesOf('GR');
    expect(greece).toContain(
      '| comments of the Ministry of Digital Policy, Telecommunications and Information on draft 1 of the minutes |',
    );
    expect(greece).not.toMatch(/\d{4}-\d\d-\d\d|mindigital|\(GR\)|of GR/);
  });
});

it('the country that coordinates has what every state owes it', async () => {
  const [korea] = await datesOf('KR');
  for (const state of ['Greece', 'Romania']) expect(korea).toContain(`nominations of ${state}`);
});
