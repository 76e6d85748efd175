import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { namedBy } from '../../domain/deadline-name.ts';
import { calendarFor } from '../../database/calendars.ts';
import type { CaseHeader } from '../../domain/lifecycle.ts';
import type { Deadline } from '../../domain/ladder.ts';
import { entente, mainWith } from '../client/command-line.ts';
import { type Register, startRegister } from '../client/register.ts';
import { seed } from '../client/seed.ts';

let register: Register;
let env: Record<string, string>;

beforeAll(async () => {
  register = await startRegister();
  env = register.env;
  await seed(register.db);
});
afterAll(() => register?.stop());
beforeEach(() => register.db.deleteFrom('calendar_overrides').execute());

const header = { coordinator: 'kim-minji' } as CaseHeader;
const deadline: Deadline = {
  ...namedBy({ what: 'reply' }),
  says: 'a reply',
  since: '2026-05-04',
  due: { on: '2026-05-11' },
  ladder: [],
};
const workedBy = async (part: Partial<Deadline>, days: readonly string[]) => {
  const calendar = await calendarFor(register.db, { ...deadline, ...part }, header);
  return days.filter((day) => calendar.isWorkingDay(day));
};

describe('the working days of whoever owes', () => {
  // 5 May is Children's Day in Korea, 1 June Pentecost Monday in Greece.
  const days = ['2026-05-05', '2026-05-06', '2026-06-01'];

  it('are those of their country: of an agency, a person, a country, else of the coordinator', async () => {
    expect(await workedBy({ owedBy: 'agency/klid' }, days)).toEqual(['2026-05-06', '2026-06-01']);
    expect(await workedBy({ owedBy: 'person/kim-minji' }, days)).toEqual(['2026-05-06', '2026-06-01']);
    expect(await workedBy({ inCountry: 'GR' }, days)).toEqual(['2026-05-05', '2026-05-06']);
    expect(await workedBy({}, days)).toEqual(['2026-05-06', '2026-06-01']);
  });

  it('follow what was said for their country, and the agency has the last word', async () => {
    await mainWith(['calendar', 'override', 'add', 'KR', '2026-05-06', '--closed', '--note', 'proclaimed'], env);
    expect(await workedBy({ owedBy: 'agency/klid' }, days)).toEqual(['2026-06-01']);
    await mainWith(['calendar', 'override', 'add', 'klid', '2026-05-06', '--working', '--note', 'on duty'], env);
    expect(await workedBy({ owedBy: 'agency/klid' }, days)).toEqual(['2026-05-06', '2026-06-01']);
    expect(await workedBy({ owedBy: 'person/kim-minji' }, days)).toEqual(['2026-05-06', '2026-06-01']);
    expect(await workedBy({ owedBy: 'agency/silent' }, days)).toEqual(['2026-06-01']);
    expect(await workedBy({ inCountry: 'GR' }, days)).toEqual(['2026-05-05', '2026-05-06']);
  });
});

describe('entente calendar override', () => {
  const list = async () => {
    const { out } = await mainWith(['calendar', 'override', 'list', '--output', 'json'], env);
    return JSON.parse(out) as unknown;
  };
  const add = (place: string, day: string, ...more: string[]) =>
    mainWith(['calendar', 'override', 'add', place, day, ...more], env);

  it('adds, replaces, lists and removes a day', async () => {
    await add('klid', '2026-05-15', '--closed', '--note', 'moving house');
    await add('klid', '2026-05-15', '--closed', '--note', 'moving to Sejong');
    await add('GR', '2026-05-16', '--working', '--note', 'in exchange');
    const klid = { place: 'klid', date: '2026-05-15', kind: 'office closed', note: 'moving to Sejong' };
    expect(await list()).toEqual([klid, { place: 'GR', date: '2026-05-16', kind: 'working day', note: 'in exchange' }]);
    const { out } = await mainWith(['calendar', 'override', 'list', 'klid', '--output', 'json'], env);
    expect(JSON.parse(out)).toEqual([klid]);
    expect((await mainWith(['calendar', 'override', 'remove', 'klid', '2026-05-15'], env)).code).toBe(0);
    expect(await list()).toHaveLength(1);
  });

  it.each<[string, string, string, RegExp]>([
    ['an unknown agency', 'nobody', '2026-05-15', /^Refused \(UnknownAgency\): There is no agency "nobody"/],
    ['an unknown country', 'XX', '2026-05-15', /^Refused \(UnknownCountry\): There is no country "XX"/],
    ['a day that does not exist', 'klid', '2026-02-30', /^Refused \(InvalidInput\): The date "2026-02-30"/],
    ['an absurd year', 'klid', '1999-12-31', /^Refused \(DateTooFar\): 1999-12-31 lies outside/],
    ['another absurd year', 'klid', '2126-05-15', /^Refused \(DateTooFar\)/],
  ])('refuses %s, and nothing is stored', async (_, place, day, message) => {
    const { code, err } = await add(place, day, '--closed', '--note', 'a note');
    expect([code, err]).toEqual([3, expect.stringMatching(message)]);
    expect(await list()).toEqual([]);
  });

  it('refuses a day without a note, without a kind, and to remove what is not there', async () => {
    expect(await add('klid', '2026-05-15', '--closed')).toMatchObject({ code: 3, err: /ReasonMissing/ });
    expect(await add('klid', '2026-05-15', '--note', 'x')).toMatchObject({ code: 2 });
    expect(await add('klid', '2026-05-15', '--closed', '--working', '--note', 'x')).toMatchObject({ code: 2 });
    const { code, err } = await mainWith(['calendar', 'override', 'remove', 'klid', '2026-05-15'], env);
    expect([code, err]).toEqual([3, expect.stringMatching(/^Refused \(UnknownItem\)/)]);
    expect(await list()).toEqual([]);
  });
});

describe('entente calendar show', () => {
  it('prints dates and names, without settings and without a server', async () => {
    const { code, out, err } = await entente(['calendar', 'show', 'KR', '2026', '--output', 'json']);
    expect([code, err]).toEqual([0, '']);
    const holidays = JSON.parse(out) as unknown[];
    expect(holidays).toContainEqual({ date: '2026-09-25', name: 'Chuseok' });
    expect(holidays).toHaveLength(22);
    const csv = await mainWith(['calendar', 'show', 'KR', '2026', '--output', 'csv'], {});
    expect(csv.out.split('\r\n')[0]).toBe('date,name');
  });

  it.each<[string[], number, RegExp]>([
    [['XX', '2026'], 3, /^Refused \(UnknownCountry\): There is no calendar of "XX"; there are AL, AM/],
    [['KR', '2016'], 3, /^Refused \(UnknownItem\): The holidays of Republic of Korea in 2016 are not known/],
    [['KR', 'MMXX'], 2, /^"MMXX" is no year/],
  ])('refuses %j in one sentence', async (words, code, message) => {
    const shown = await mainWith(['calendar', 'show', ...words], {});
    expect(shown).toMatchObject({ code, out: '' });
    expect(shown.err.trim().split('\n')).toEqual([expect.stringMatching(message)]);
  });
});

describe('entente calendar check', () => {
  it('has an exit code of its own when holidays of a country in the directory are not known', async () => {
    await register.db
      .insertInto('countries')
      .values({ code: 'JP', name: '日本', zone: 'Asia/Tokyo', language: 'ja' })
      .execute();
    const { code, out } = await mainWith(['calendar', 'check', '--output', 'json'], env);
    expect(code).toBe(5);
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({ country: 'JP', trouble: 'has no calendar: its public holidays count as working days' }),
    );
  });
});
