import { sql } from 'kysely';
import type { Entente } from '../../client/client.ts';
import { addedUp, withinGroups } from '../../client/forecast/added-up.ts';
import { knownBy } from '../../client/forecast/known.ts';
import { Moment } from '../../client/forecast/moment.ts';
import { RegisterConnection } from '../../client/register.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { dayOf, plus } from '../../domain/dates.ts';
import type { World } from '../world.ts';

const now = new Date().toISOString();
const today = dayOf(now);
const until = `${plus(today, 'P2Y')}T00:00:00.000Z`;
const header = { by: 'kim', coordinator: 'kim', countries: ['KR', 'GR'] };
const sides = ['mois', 'mar'] as const;
const people = { coChairs: ['kim', 'papadopoulou'], secretaries: ['kim', 'papadopoulou'] };
const committee = 'committee/together';

const named = (id: string, title: string) => ({ ...header, id, title, sides });
const mou = { subject: 'e-government', signedOn: today, posting: false, jointCommittee: true };
const meeting = { committee, number: 1, on: plus(today, 'P5M'), place: 'Seoul', host: sides[0] };

/** An MOU with its committee, and a meeting of which that is told. */
const family = [
  { kind: 'mou' as const, opening: { ...named('together', 'MOU'), ...mou, duration: 'P5Y', notice: 'P6M' } },
  { kind: 'committee' as const, opening: { ...named('together', 'Together'), ...people, mou: 'mou/together' } },
  { kind: 'meeting' as const, opening: { ...named('together-1', 'First'), ...people, ...meeting } },
].map((each) => ({ ...each, id: `${each.kind}/${each.opening.id}` }));

/** Puts the family on record as it stands a day after it is opened, and gives its ids. */
export async function putFamily(entente: Entente, { db }: World): Promise<readonly string[]> {
  const { occurrences } = await entente.forecasts.withScenario({ of: family, steps: [], from: now }, later);
  const states = new Map<string, CaseState>(occurrences.map(({ state }) => [state.id, { ...state, log: [] }]));
  for (const state of states.values())
    await sql`
      insert into cases (id, kind, title, stage, countries, coordinator, opener, opened_at, last_at, number, late, facts, state)
      values (${state.id}, ${state.kind}, ${state.title}, ${state.subject.stage}, array['KR', 'GR'], 'kim', null,
        ${state.openedAt}, ${state.lastAt}, ${state.number}, false, '{}', ${JSON.stringify(state)}::jsonb)`.execute(db);
  return [...states.keys()].sort();
}

const later = `${plus(today, 'P1D')}T23:59:59.999Z`;

/** What comes of these, group after group. */
export const sumsOf = (groups: readonly (readonly string[])[], world: World) =>
  inOneMoment(world, (moment) =>
    addedUp(groups, { moment, span: { from: today, until: dayOf(until) }, until, told: () => undefined }),
  );

/** What a group finds of a case that is not in it. */
export const foundByOthers = (id: string, world: World) =>
  inOneMoment(world, ({ directory, ask }) => withinGroups(knownBy(directory, ask)).caseOf(id));

async function inOneMoment<T>({ stack }: World, act: (moment: Moment) => Promise<T>): Promise<T> {
  const register = new RegisterConnection({ databaseUrl: () => stack.settings.databaseUrl });
  const moment = await Moment.of(register);
  try {
    return await act(moment);
  } finally {
    await moment.end();
    await register.close();
  }
}
