import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordActivities, type RecordOutcome } from '../../activities/record.ts';
import { decide } from '../../domain/case/command.ts';
import { fold } from '../../domain/case/evolve.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import type { CaseEvent, CaseState } from '../../domain/case/state.ts';
import { workshop } from '../../domain/workshop.ts';
import { mainWith } from '../client/command-line.ts';
import { type Register, startRegister } from '../client/register.ts';
import { seed } from '../client/seed.ts';

let register: Register;
beforeAll(async () => {
  register = await startRegister();
  await seed(register.db);
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
  recordActivities({ db: register.db }).record({
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
