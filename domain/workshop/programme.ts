import type { CivilDate } from '../dates.ts';
import { nameOf } from '../case/label.ts';
import type { ClockTime, Talk, Workshop } from './state.ts';

/** A talk with the day and, where the workshop has a time at which it begins, the time. */
export interface ScheduledTalk extends Talk {
  readonly day: CivilDate;
  readonly at?: ClockTime;
}

/** The talks day by day in their order, each after the one before; every day begins at the same time. */
export function scheduleOf({ talks, from, startsAt }: Workshop): readonly ScheduledTalk[] {
  const days = [...new Set(talks.map(({ on = from }) => on))].sort();
  return days.flatMap((day) => {
    let minutes = 0;
    return talks
      .filter(({ on = from }) => on === day)
      .map((talk) => {
        const at = startsAt && clockAfter(startsAt, minutes);
        minutes += talk.minutes;
        return { ...talk, day, ...(at ? { at } : {}) };
      });
  });
}

/** None after midnight: breaks and a programme that long are not worked out here. */
function clockAfter(start: ClockTime, minutes: number): ClockTime | undefined {
  const [hour = 0, minute = 0] = start.split(':').map(Number);
  const all = hour * 60 + minute + minutes;
  const two = (number: number) => String(number).padStart(2, '0');
  return all < 24 * 60 ? `${two(Math.floor(all / 60))}:${two(all % 60)}` : undefined;
}

/** The programme, a line for each talk: `2018-09-28 09:30 1. Hometax (NTS, 30 min)`. */
export const programmeOf = (workshop: Workshop): readonly string[] =>
  scheduleOf(workshop).map(({ number, title, day, at, minutes, presenter, speaker }) => {
    const when = [workshop.from === workshop.to ? '' : day, at ?? ''].filter(Boolean).join(' ');
    return `${when ? `${when} ` : ''}${number}. ${title} (${speaker ?? nameOf(presenter ?? '')}, ${minutes} min)`;
  });
