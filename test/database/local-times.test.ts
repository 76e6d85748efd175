import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordActivities, type RecordOutcome } from '../../activities/record.ts';
import { decide } from '../../domain/case/command.ts';
import { evolve, fold } from '../../domain/case/evolve.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import type { CaseEvent, CaseState } from '../../domain/case/state.ts';
import { committee } from '../../domain/committee.ts';
import { workshop } from '../../domain/workshop.ts';
import { refuseLocalTimes } from '../../database/local-times.ts';
import { mainWith } from '../client/command-line.ts';
import { type Register, startRegister } from '../client/register.ts';
import { seed } from '../client/seed.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
  await seed(register.db);
  const mar = { id: 'mar', country: 'GR', name: 'Ministry of Administrative Reconstruction' };
  await register.db.insertInto('agencies').values(mar).execute();
});
afterAll(() => register?.stop());

const at = '2027-03-01T06:00:00.000Z';
const opening = {
  by: 'kim-minji',
  title: 'A workshop',
  countries: ['KR', 'GR'],
  coordinator: 'kim-minji',
  subject: 'E-government',
  hosts: ['klid'],
  country: 'GR',
  place: 'Athens',
  from: '2027-03-28',
};

function openingOf(fields: { readonly id: string; readonly startsAt?: string; readonly endsAt?: string }) {
  const body = { ...opening, ...fields };
  const event = decideOpening(workshop, body, at, 'open');
  if ('refused' in event) throw new Error(String(event.because));
  return { event, record: () => record(undefined, [event], 'opening', body) };
}

const record = (
  before: CaseState | undefined,
  events: readonly CaseEvent[],
  name?: string,
  body: object = {},
): Promise<RecordOutcome> =>
  recordActivities({ db: register.db, unproved: 'anybody' }).record({
    kind: 'workshop',
    before,
    events,
    ...(name ? { command: { id: `${name}-${before?.number ?? 0}`, name, body } } : {}),
  });

async function recorded(id: string): Promise<CaseState> {
  const row = await register.db.selectFrom('cases').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  return row.state as CaseState;
}

const refused = (time: string) => ({
  outcome: 'refused',
  refusal: { refused: 'InvalidInput', because: expect.stringContaining(`${time} on 2027-03-28 does not exist`) },
});

it('refuses to open a case at a time that does not exist where it is, before anybody is invited', async () => {
  expect(await openingOf({ id: 'w1', startsAt: '03:30' }).record()).toMatchObject(refused('03:30'));
  expect(await openingOf({ id: 'w1', startsAt: '02:00', endsAt: '03:00' }).record()).toMatchObject(refused('03:00'));
  expect(await openingOf({ id: 'w1', startsAt: '04:00' }).record()).toMatchObject({ outcome: 'recorded' });
});

it('refuses a command that sets such a time, and no other command of a case that has one already', async () => {
  await openingOf({ id: 'w2' }).record();
  const change = (state: CaseState, name: string, body: object) => {
    const input = { by: 'kim-minji', ...body };
    const events = decide(workshop, state, { id: 'c', name, body: input }, at);
    if ('refused' in events) throw new Error(String(events.because));
    return record(state, events, name, input);
  };
  const before = await recorded('workshop/w2');
  const move = { startsAt: '03:30' };
  expect(await change(before, 'changeDetails', move)).toMatchObject(refused('03:30'));

  const { event } = openingOf({ id: 'w3', startsAt: '03:30' });
  // Without a command behind it nothing is refused: this one stands for a case of an earlier version.
  expect(await record(undefined, [event])).toMatchObject({ outcome: 'recorded' });
  const old = await recorded('workshop/w3');
  expect(fold(workshop, [event]).subject).toEqual(old.subject);
  expect(await change(old, 'announce', {})).toMatchObject({ outcome: 'recorded' });
});

it('a trial says the same', async () => {
  const env = { ...register.env, ENTENTE_AS: 'kim-minji' };
  const fields = ['--title', 'W', '--countries', 'KR', '--coordinator', 'kim-minji', '--subject', 'E-government'];
  const where = ['--hosts', 'klid', '--country', 'GR', '--place', 'Athens', '--from', '2027-10-31'];
  const words = ['workshop', 'open', 'w4', ...fields, ...where, '--starts-at', '03:30', '--dry-run'];
  expect(await mainWith(words, env)).toMatchObject({
    code: 3,
    err: expect.stringContaining('03:30 on 2027-10-31 exists twice in Europe/Athens'),
  });
});

const aCommittee = {
  by: 'kim-minji',
  title: 'Joint committee',
  countries: ['KR', 'GR'],
  coordinator: 'kim-minji',
  id: 'kr-gr',
  mou: 'mou/kr-gr-2017',
  sides: ['mois', 'mar'],
  coChairs: ['kim-minji', 'papadopoulou-eleni'],
  secretaries: ['kim-minji', 'papadopoulou-eleni'],
};

describe('the hour of a meeting', () => {
  const convene = (begins: object) => {
    const opening = decideOpening(committee, { ...aCommittee }, at, 'open');
    if ('refused' in opening) throw new Error(String(opening.because));
    const before = fold(committee, [opening]);
    const input = { by: 'kim-minji', on: '2027-03-28', place: 'Athens', host: 'mar', reason: 'r', ...begins };
    const events = decide(committee, before, { id: 'c', name: 'convene', body: input }, at);
    if ('refused' in events) throw new Error(String(events.because));
    const localTimes = {
      command: 'convene',
      before,
      after: events.reduce((state, event) => evolve(committee, state, event), before),
    };
    return refuseLocalTimes(register.db, committee, localTimes);
  };

  it.each([
    ['of the host leave out', { time: '03:30' }, '03:30 on 2027-03-28 does not exist in Europe/Athens'],
    [
      'that were named leave out',
      { time: '02:30', zone: 'Europe/Belgrade' },
      '02:30 on 2027-03-28 does not exist in Europe/Belgrade',
    ],
    ['are nowhere', { time: '10:00', zone: 'Europe/Belgrad' }, 'zone: there is no time zone "Europe/Belgrad"'],
    ['are spelled otherwise', { time: '10:00', zone: 'Europe/BELGRADE' }, 'zone: there is no time zone'],
  ])('is refused when it is convened, before the meeting is opened, if its clocks %s', async (_, begins, because) => {
    expect(await convene(begins)).toEqual({ refused: 'InvalidInput', because: expect.stringContaining(because) });
  });

  it.each([[{ time: '02:30' }], [{ time: '03:30', zone: 'Europe/Belgrade' }], [{}]])(
    'is taken where it is one moment by those clocks: %j',
    async (begins) => {
      expect(await convene(begins)).toBeUndefined();
    },
  );
});
