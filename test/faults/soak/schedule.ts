import { Dice } from './dice.ts';

export type Service = 'worker' | 'temporal' | 'postgres';

/**
 * When something happens:
 * - `any`: at no particular moment.
 * - `committed`: Postgres has committed a transition, and nobody has heard of it yet.
 * - `acknowledged`: the driver has just been told that a command is on record.
 * - `mailInFlight`: the relay has accepted a mail and has not said so yet.
 * - `reached`: the clock of a case stands at what is due.
 */
export type Moment = 'any' | 'committed' | 'acknowledged' | 'mailInFlight' | 'reached';

/** How many of a hundred messages the relay treats badly, in each way, and how long it takes to answer. */
export interface RelayFaults {
  /** 421 to a new connection. */
  readonly busy?: number;
  /** 450 to the recipient. */
  readonly notNow?: number;
  /** 451 after the body. */
  readonly fails?: number;
  /** Closes the connection in the middle of the body. */
  readonly dropsBefore?: number;
  /** Accepts, and closes the connection before it says so. */
  readonly dropsAfter?: number;
  readonly slowMs?: number;
}

/** What happens to the system, one after the other; `restMs` is the pause before it. */
export type Happening = {
  readonly restMs: number;
} /** All stories begin; it is over when so many cases are open, so that others are still being opened. */ & (
  | { readonly do: 'begin'; readonly open: number }
  /** Nothing but so many steps of the stories, one after the other. */
  | { readonly do: 'calm'; readonly steps: number }
  | { readonly do: 'kill'; readonly service: Service; readonly moment: Moment }
  /** One COMMIT or the reply to it: never arrives (`holdMs` 0), or arrives late. */
  | { readonly do: 'cut'; readonly side: 'request' | 'reply'; readonly holdMs: number }
  /** Goes on while other things happen. */
  | { readonly do: 'relay'; readonly moment?: Moment; readonly faults: RelayFaults; readonly forMs: number }
  | { readonly do: 'freeze'; readonly forMs: number }
  | { readonly do: 'down'; readonly dueDates: number }
);

/** How large a run is. */
export interface Form extends Course {
  readonly name: string;
  readonly actions: number;
  readonly requests: number;
  readonly committees: number;
  /** How often the life of a case goes round: each time it is asked something, or its clock moves on to what is due. */
  readonly rounds: number;
  readonly kills: Readonly<Record<Service, number>>;
  readonly cuts: number;
  readonly relayFaults: number;
  readonly freezeMs: number;
  readonly dueDatesWhileDown: number;
  readonly restMs: readonly [least: number, most: number];
}

/** How a run goes, whatever happens in it. */
export interface Course {
  /** Between two steps of all cases together, when nothing happens to the system; absent: they are let go by what happens only. */
  readonly stepMs?: number;
  readonly workers: number;
  /** So long everything has to come to rest at the end. */
  readonly endWithinMs: number;
}

export const longForm: Form = {
  name: 'long',
  actions: 58,
  requests: 8,
  committees: 2,
  rounds: 9,
  kills: { worker: 14, temporal: 8, postgres: 8 },
  cuts: 8,
  relayFaults: 5,
  freezeMs: 60_000,
  dueDatesWhileDown: 50,
  restMs: [2_000, 9_000],
  stepMs: 900,
  workers: 2,
  endWithinMs: 240_000,
};

export const shortForm: Form = {
  ...longForm,
  name: 'short',
  actions: 18,
  requests: 2,
  committees: 1,
  rounds: 4,
  kills: { worker: 4, temporal: 2, postgres: 2 },
  cuts: 3,
  relayFaults: 2,
  freezeMs: 15_000,
  dueDatesWhileDown: 12,
  restMs: [1_000, 3_000],
  stepMs: 400,
  endWithinMs: 120_000,
};

const momentsOf: Readonly<Record<Service, readonly Moment[]>> = {
  worker: ['committed', 'mailInFlight', 'any', 'acknowledged'],
  temporal: ['any', 'committed', 'acknowledged'],
  postgres: ['acknowledged', 'committed', 'any'],
};

/** The same seed gives the same happenings in the same order; what they meet depends on the machine. */
export function scheduleOf(form: Form, seed: number): Happening[] {
  const dice = new Dice(seed);
  const restMs = () => dice.between(...form.restMs);
  const kills = (Object.keys(form.kills) as Service[]).flatMap((service) =>
    Array.from({ length: form.kills[service] }, (_, index): Happening => {
      const moments = momentsOf[service];
      return { do: 'kill', service, moment: moments[index % moments.length] ?? 'any', restMs: restMs() };
    }),
  );
  const cuts = Array.from({ length: form.cuts }, (_, index): Happening => {
    const side = index % 3 === 2 ? 'request' : 'reply';
    return { do: 'cut', side, holdMs: index % 2 === 0 ? 0 : dice.between(3_000, 12_000), restMs: restMs() };
  });
  const relay = Array.from({ length: form.relayFaults }, (): Happening => {
    const faults = { busy: 8, notNow: 8, fails: 8, dropsBefore: 6, dropsAfter: 6, slowMs: dice.between(0, 600) };
    return { do: 'relay', faults, forMs: dice.between(10_000, 25_000), restMs: 0 };
  });
  const list = dice.shuffled([...kills, ...cuts, ...relay]);
  if (form.freezeMs > 0)
    list.splice(Math.ceil(list.length * 0.4), 0, { do: 'freeze', forMs: form.freezeMs, restMs: restMs() });
  if (form.dueDatesWhileDown > 0)
    list.splice(Math.ceil(list.length * 0.6), 0, { do: 'down', dueDates: form.dueDatesWhileDown, restMs: restMs() });
  // Cases that are just being opened are met as well, but not by everything.
  const stories = form.actions + form.requests + form.committees;
  return [{ do: 'begin', open: Math.ceil(stories / 3), restMs: 0 }, ...list];
}
