import { type Instant, plus } from '../../domain/dates.ts';

/** The parameters of the comparison: by hand, with more of them. */
export const randomCases = Number(process.env['ENTENTE_RANDOM_CASES'] ?? 2);
export const seed = Number(process.env['ENTENTE_RANDOM_SEED'] ?? 7);

let drawn = seed;
/** A number below another one, the same in each run. */
const below = (most: number): number => {
  drawn = (drawn * 48_271) % 2_147_483_647;
  return drawn % most;
};
const oneOf = <T>(...all: readonly [T, ...T[]]): T => all[below(all.length)] ?? all[0];

/** To be opened then, and due within months. */
export function randomAction(index: number, at: Instant) {
  const due = plus(at.slice(0, 10), `P${3 + below(120)}D`);
  const id = `random-${index}`;
  const header = { id, by: 'choi-hana', title: `Random ${index}`, countries: ['KR'], coordinator: 'choi-hana' };
  const opening = { ...header, topic: 'Portal', owner: oneOf('klid', 'mois', 'mofa'), due };
  return { id: `action/${id}`, kind: 'action' as const, opening };
}

/** What somebody may do in it, some time. */
export function randomStep(id: string) {
  const said = oneOf<{ do: string; with?: Record<string, unknown> }>(
    { do: 'accept' },
    { do: 'refuse', with: { reason: 'too much' } },
    { do: 'reportDone', with: { evidence: 'live' } },
    { do: 'verify', with: { evidence: 'seen' } },
    { do: 'return', with: { reason: 'not live' } },
    { do: 'handOver', with: { owner: 'mofa', reason: 'theirs' } },
  );
  const days = below(30);
  const on = oneOf('on time', `${days} days late`, `${days} working days after it is asked`, `${days} days early`);
  return { ...said, case: id, as: oneOf('choi-hana', 'park-jisoo'), on: `${oneOf('', 'each time, ')}${on}` };
}
