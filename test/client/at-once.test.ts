import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectEntente, type Entente } from '../../client/client.ts';
import { startWorld, type World } from '../world.ts';

/** Temporal lets ten updates of one case wait at a time; whoever asks more at once is asked to wait, and nothing breaks. */

let world: World;
let entente: Entente;
beforeAll(async () => {
  world = await startWorld('2026-01-05T00:00:00.000Z');
  const { databaseUrl, temporal } = world.stack.settings;
  entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
});
afterAll(async () => {
  await entente?.close();
  await world?.stop();
});

const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** How often each thing of a kind is on record for a case. */
async function onRecord(caseId: string, type: string, field: string): Promise<string[]> {
  const { rows } = await entente.history(caseId, { limit: 500 });
  return rows.filter((event) => event.type === type).map(({ data }) => String(data[field]));
}

describe('commands to one case at once are all answered and on record, once each', () => {
  it.each([1, 10, 11, 16, 100])('%i notes', async (count) => {
    const caseId = `action/notes-${count}`;
    const opening = { id: `notes-${count}`, by: 'kim', title: 'Notes', countries: ['KR'], coordinator: 'kim' };
    await entente.open('action', { ...opening, topic: 'Notes', owner: 'klid', due: day(60) });
    const note = (number: number) =>
      entente.command(caseId, 'note', { by: 'kim', note: `note ${number}` }, { commandId: `n${number}` });
    const given = await Promise.allSettled(range(count).map(note));
    expect(given.filter(({ status }) => status === 'rejected')).toEqual([]);
    const expected = range(count).map((number) => `note ${number}`);
    expect((await onRecord(caseId, 'noted', 'note')).sort()).toEqual(expected.sort());
  });
});

it('commands to one case from many who know nothing of each other: whoever is told to wait and asks again is on record once', async () => {
  const caseId = 'action/many-callers';
  const opening = { id: 'many-callers', by: 'kim', title: 'Many callers', countries: ['KR'], coordinator: 'kim' };
  await entente.open('action', { ...opening, topic: 'Notes', owner: 'klid', due: day(60) });
  const { databaseUrl, temporal } = world.stack.settings;
  const callers = range(24).map(() => connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal }));
  try {
    const note = (caller: Entente, index: number) =>
      caller.command(caseId, 'note', { by: 'kim', note: `note ${index}` }, { commandId: `n${index}` });
    const given = await Promise.allSettled(callers.map(note));
    const told = given.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
    expect(told.filter((sentence) => !/is busy.*--command-id n\d+ is safe/.test(sentence))).toEqual([]);
    for (const [index, { status }] of given.entries()) if (status === 'rejected') await note(entente, index);
    expect((await onRecord(caseId, 'noted', 'note')).sort()).toEqual(callers.map((_, index) => `note ${index}`).sort());
  } finally {
    await Promise.all(callers.map((caller) => caller.close()));
  }
});

it('a leg that moves with sixteen appointments: each is moved and tells the visit, once', async () => {
  const by = 'kim';
  const visit = 'visit/many';
  const leg = { country: 'GR', host: 'agency/mar', from: day(90), to: day(91) };
  const opening = { id: 'many', by, title: 'Many talks', countries: ['KR', 'GR'], coordinator: 'kim' };
  await entente.open('visit', { ...opening, from: day(90), to: day(99), senders: ['mois'] });
  await entente.command(visit, 'addLeg', { by, ...leg });
  for (const number of range(16))
    await entente.command(visit, 'planAppointment', {
      by,
      form: 'bilateralTalk',
      subject: `Talk ${number}`,
      on: day(90),
      leg: 1,
      id: `talk-${number}`,
    });
  await vi.waitUntil(async () => (await entente.cases({ kind: 'appointment' })).rows.length === 16, {
    timeout: 150_000,
    interval: 500,
  });
  await entente.command(visit, 'moveLeg', { by, leg: 1, from: day(92), to: day(93), reason: 'a strike' });
  const movedOnce = async () => {
    const moves = await Promise.all(
      range(16).map((number) => onRecord(`appointment/talk-${number}`, 'postponed', 'to')),
    );
    return moves.every((move) => move.length === 1 && move[0] === day(92));
  };
  await vi.waitUntil(movedOnce, { timeout: 150_000, interval: 500 });
  const inVain = await Promise.all(
    [visit, ...range(16).map((number) => `appointment/talk-${number}`)].map((id) => onRecord(id, 'inVain', 'because')),
  );
  expect(inVain.flat()).toEqual([]);
});
