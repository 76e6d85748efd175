import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordActivities } from '../../activities/record.ts';
import { decide } from '../../domain/case/command.ts';
import { fold } from '../../domain/case/evolve.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { request } from '../../domain/request.ts';
import { mou } from '../../domain/mou.ts';
import { tryCommand, tryOpening } from '../../client/trial.ts';
import { given as mous } from '../domain/mou-stages.ts';
import { put } from '../documents/filled-register.ts';
import { type Register, startRegister } from '../client/register.ts';
import { seed } from '../client/seed.ts';

/** No command takes a day that has not begun where those are who did it, for something said to have happened. */

let register: Register;
beforeAll(async () => {
  register = await startRegister();
  await seed(register.db);
});
afterAll(() => register?.stop());

// 09:00 in Seoul, 02:00 in Athens.
const at = '2027-03-02T00:00:00.000Z';
const opening = (id: string, receivedOn: string) => ({
  id,
  by: 'kim-minji',
  title: 'A request',
  countries: ['KR', 'GR'],
  coordinator: 'kim-minji',
  subject: 'Documents',
  how: 'letter',
  receivedOn,
  requester: 'agency/klid',
  requestingCountry: 'GR',
});

const recorded = (body: ReturnType<typeof opening>) => {
  const event = decideOpening(request, body, at, 'open');
  if (isRefusal(event)) throw new Error(event.because);
  return recordActivities({ db: register.db, unproved: 'anybody' }).record({
    kind: 'request',
    before: undefined,
    events: [event],
    command: { id: 'open', name: 'opening', body },
  });
};

it('a request that arrives tomorrow is refused, and its trial says so', async () => {
  const tomorrow = opening('r-tomorrow', '2027-03-03');
  const refusal = { refused: 'DateInFuture', because: expect.stringContaining('2027-03-03 has not begun') };
  expect(await recorded(tomorrow)).toMatchObject({ outcome: 'refused', refusal });
  expect(await tryOpening(register.db, { kind: 'request', opening: tomorrow }, at)).toMatchObject(refusal);
});

it('one of today is taken, by the day of Seoul', async () => {
  const today = opening('r-today', '2027-03-02');
  expect(await recorded(today)).toMatchObject({ outcome: 'recorded' });
  const event = decideOpening(request, today, at, 'open');
  const state = isRefusal(event) ? undefined : fold(request, [event]);
  expect(state && decide(request, state, { id: 'c', name: 'acknowledge', body: { by: 'kim-minji' } }, at)).toHaveLength(
    1,
  );
});

it('a notification that arrives tomorrow is refused, at the register and in its trial; the MOU is not in effect', async () => {
  await register.db
    .insertInto('agencies')
    .values([
      { id: 'mindigital', country: 'GR', name: 'Ministry of Digital Governance' },
      { id: 'mois', country: 'KR', name: 'MOIS' },
    ])
    .execute();
  const story = mous
    .awaitingNotifications()
    .command('notify', { side: 'mois', note: 'KR 1', sentOn: '2017-10-20', receivedOn: '2017-10-20' });
  await put(register.db, mou, story);
  // 09:00 on 2 March in Seoul, 02:00 in Athens.
  const notified = (receivedOn: string, now = at) => {
    const command = {
      id: 'n',
      name: 'notify',
      body: { by: 'kim-minji', side: 'mindigital', note: 'GR 1', sentOn: '2026-03-02', receivedOn },
    };
    const events = decide(mou, story.state, command, now);
    if (isRefusal(events)) throw new Error(events.because);
    return {
      tried: tryCommand(register.db, story.state, command, now),
      recorded: recordActivities({ db: register.db, unproved: 'anybody' }).record({
        kind: 'mou',
        before: story.state,
        events,
        command,
      }),
    };
  };
  const tomorrow = notified('2027-03-03');
  const because = expect.stringMatching(
    /^receivedOn: 2027-03-03 has not begun where it would have happened: in \S+ it is 2027-03-02/,
  );
  expect(await tomorrow.tried).toMatchObject({ refused: 'DateInFuture', because });
  expect(await tomorrow.recorded).toMatchObject({ outcome: 'refused', refusal: { refused: 'DateInFuture', because } });
  const { stage } = await register.db
    .selectFrom('cases')
    .select('stage')
    .where('id', '=', story.state.id)
    .executeTakeFirstOrThrow();
  expect(stage).toBe('signed');
  expect(await notified('2027-03-02').recorded).toMatchObject({ outcome: 'recorded' });
});
