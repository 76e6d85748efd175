import type { Figures } from '../compare.ts';

/** How far a figure may go, and how far it went. */
export interface Mark {
  readonly figure: string;
  readonly measured: number;
  /** The most that is allowed, or the least where more is better. */
  readonly mark: number;
  readonly wants: 'atLeast' | 'atMost';
  readonly met: boolean;
}

export const mark = (figure: string, measured: number, wants: Mark['wants'], limit: number): Mark => ({
  figure,
  measured,
  mark: limit,
  wants,
  met: wants === 'atLeast' ? measured >= limit : measured <= limit,
});

/** What Entente has set itself, beside what was measured. */
export function marksOf(floor: Figures, entente: Figures): Mark[] {
  return [
    mark(
      'cases a second, times the floor',
      entente.casesPerSecond.median / floor.casesPerSecond.median,
      'atLeast',
      0.8,
    ),
    mark('CPU of a case, times the floor', entente.cpu.all.median / floor.cpu.all.median, 'atMost', 1.4),
    mark('transactions a case', entente.transactions, 'atMost', 25),
    mark('WAL a case, KB', entente.walKilobytes.median, 'atMost', 30),
    mark('events in the history', entente.history?.events ?? Number.NaN, 'atMost', 75),
    mark('command p50, 4 at a time, times the floor', entente.calm.p50 / floor.calm.p50, 'atMost', 1.3),
    mark('memory of a cached case, MB', entente.cached?.megabytesPerCase ?? Number.NaN, 'atMost', 0.4),
    mark('CPU to wake a case not cached, ms', entente.cached?.wakeUpMs ?? Number.NaN, 'atMost', 15),
  ];
}

/** "met", or by how much it was missed. */
export function verdictOf({ measured, mark: limit, wants, met }: Mark): string {
  if (met) return 'met';
  const off = wants === 'atMost' ? measured / limit : limit / measured;
  return Number.isNaN(off) ? 'not measured' : `missed ${off.toFixed(1)} times`;
}
