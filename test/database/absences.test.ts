import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { absenceOn, absencesFrom, recordAbsence, recordReturn } from '../../database/people/absences.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { type Register, startRegister } from '../client/register.ts';
import { fillDirectory } from './people-directory.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
});
afterAll(() => register?.stop());
beforeEach(() => fillDirectory(register.db));

/** `contact 2026-03-02..2026-03-06 colleague` */
const away = (words: string) => {
  const [person = '', days = '', standIn = ''] = words.split(' ');
  const [from = '', until = from] = days.split('..');
  return recordAbsence(register.db, { person, from, until, standIn }, 'coordinator');
};

const accepted = async (words: string) => {
  const outcome = await away(words);
  if (isRefusal(outcome)) throw new Error(outcome.because);
  return outcome;
};

const refused = async (words: string): Promise<Refusal> => {
  const outcome = await away(words);
  if (!isRefusal(outcome)) throw new Error('It was taken.');
  return outcome;
};

const back = (person: string, on: string) => recordReturn(register.db, { person, on, by: 'coordinator' });

const all = async () =>
  (await absencesFrom(register.db, '2026-01-01')).map(
    ({ person, from, until, standIn }) => `${person} ${from}..${until} ${standIn}`,
  );

describe('somebody is away', () => {
  it('from the first day to the last, both included', async () => {
    await accepted('contact 2026-03-02..2026-03-06 colleague');
    const on = async (day: string) => (await absenceOn(register.db, 'contact', day))?.standIn;
    expect(await on('2026-03-01')).toBeUndefined();
    expect(await on('2026-03-02')).toBe('colleague');
    expect(await on('2026-03-06')).toBe('colleague');
    expect(await on('2026-03-07')).toBeUndefined();
  });

  it('is known when said twice, and stands there once', async () => {
    expect(await accepted('contact 2026-03-02..2026-03-06 colleague')).toMatchObject({ known: false });
    expect(await accepted('contact 2026-03-02..2026-03-06 colleague')).toMatchObject({ known: true });
    expect(await all()).toEqual(['contact 2026-03-02..2026-03-06 colleague']);
  });

  it('is taken once when ten say it at the same moment', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => accepted('contact 2026-03-02..2026-03-06 third')),
    );
    expect(outcomes.filter(({ known }) => !known)).toHaveLength(1);
    expect(await all()).toHaveLength(1);
  });

  it('may go away while standing in for another: the answer says whose mail goes on', async () => {
    await accepted('contact 2026-03-02..2026-03-10 colleague');
    const { passedOn } = await accepted('colleague 2026-03-05..2026-03-06 third');
    expect(passedOn).toMatchObject([{ person: 'contact' }]);
  });
});

describe('an absence is refused', () => {
  it.each([
    ['for somebody unknown', 'nobody 2026-03-02 colleague', 'UnknownPerson', 'nobody'],
    ['with a stand-in who is unknown', 'contact 2026-03-02 nobody', 'UnknownPerson', 'nobody'],
    ['when it ends before it begins', 'contact 2026-03-06..2026-03-02 colleague', 'DateOutOfOrder', '2026-03-02'],
    ['when somebody stands in for themselves', 'contact 2026-03-02 contact', 'SamePerson', 'themselves'],
    ['with a stand-in who has no address', 'contact 2026-03-02 mute', 'NoAddress', 'mute'],
  ])('%s', async (_, words, code, because) => {
    expect(await refused(words)).toMatchObject({ refused: code, because: expect.stringContaining(because) });
    expect(await all()).toEqual([]);
  });

  it.each(['2026-02-25..2026-03-02', '2026-03-06..2026-03-20', '2026-03-03..2026-03-04', '2026-02-01..2026-04-01'])(
    'when it overlaps with another: %s',
    async (days) => {
      await accepted('contact 2026-03-02..2026-03-06 colleague');
      expect(await refused(`contact ${days} third`)).toMatchObject({
        refused: 'Away',
        because: expect.stringContaining(
          'contact is away from 2026-03-02 to 2026-03-06 already, colleague standing in',
        ),
      });
    },
  );

  it('with a stand-in who is away then too, with when and who stands in for them', async () => {
    await accepted('colleague 2026-03-04..2026-03-04 third');
    expect(await refused('contact 2026-03-02..2026-03-06 colleague')).toEqual({
      refused: 'Away',
      because: 'colleague is away on 2026-03-04, third standing in; name somebody who is there.',
    });
    await accepted('contact 2026-03-05..2026-03-06 colleague');
  });

  it('when it would close a loop, which is named', async () => {
    await accepted('contact 2026-03-02..2026-03-10 colleague');
    await accepted('colleague 2026-03-03..2026-03-09 third');
    expect(await refused('third 2026-03-05..2026-03-06 contact')).toMatchObject({
      refused: 'Away',
      because: expect.stringContaining(
        'third stands in for colleague, who stands in for contact, who stands in for third: that would be a loop',
      ),
    });
  });

  it('with a stand-in who has left by then, but not with one who leaves later', async () => {
    const leaves = (day: string) =>
      register.db.updateTable('people').set({ left_on: day }).where('id', '=', 'colleague').execute();
    await leaves('2026-03-06');
    expect(await refused('contact 2026-03-02..2026-03-06 colleague')).toMatchObject({
      refused: 'Away',
      because: expect.stringContaining('left the service on 2026-03-06'),
    });
    await leaves('2026-03-07');
    await accepted('contact 2026-03-02..2026-03-06 colleague');
  });
});

describe('somebody who comes back', () => {
  it('is there from that day on, and the days before stay on record', async () => {
    await accepted('contact 2026-03-02..2026-03-06 colleague');
    expect(await back('contact', '2026-03-05')).toMatchObject({ from: '2026-03-02', until: '2026-03-06' });
    expect(await all()).toEqual(['contact 2026-03-02..2026-03-04 colleague']);
    await accepted('contact 2026-03-05..2026-03-06 third');
  });

  it('on the first day was never away', async () => {
    await accepted('contact 2026-03-02..2026-03-06 colleague');
    await back('contact', '2026-03-02');
    expect(await all()).toEqual([]);
    await accepted('contact 2026-03-02..2026-03-06 third');
    expect(await all()).toEqual(['contact 2026-03-02..2026-03-06 third']);
  });

  it('is back once, said twice', async () => {
    await accepted('contact 2026-03-02..2026-03-06 colleague');
    const first = await back('contact', '2026-03-05');
    expect(await back('contact', '2026-03-05')).toEqual(first);
    expect(await all()).toEqual(['contact 2026-03-02..2026-03-04 colleague']);
  });

  it('must have been away: else the next absence is named', async () => {
    expect(await back('contact', '2026-03-05')).toMatchObject({ refused: 'AlreadyDone' });
    await accepted('contact 2026-03-10..2026-03-12 colleague');
    expect(await back('contact', '2026-03-05')).toMatchObject({
      refused: 'AlreadyDone',
      because: expect.stringContaining('say --on 2026-03-10'),
    });
    expect(await back('nobody', '2026-03-05')).toMatchObject({ refused: 'UnknownPerson' });
  });
});
