import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordActivities } from '../../activities/record.ts';
import { decide } from '../../domain/case/command.ts';
import { fold } from '../../domain/case/evolve.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { request } from '../../domain/request.ts';
import { tryOpening } from '../../client/trial.ts';
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
  return recordActivities({ db: register.db }).record({
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
  expect(await tryOpening(register.db, request, tomorrow, at)).toMatchObject(refusal);
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
