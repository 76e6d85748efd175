import { feedParts, type ICalendarEntry } from '../../calendars/icalendar.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import type { Coming } from '../output/output.ts';

/** The days on which something is due, as whole days of a calendar program, part by part. Those of one version keep their UIDs. */
export const dueDaysFeed = (name: string, occurrences: Coming<Occurrence>): AsyncGenerator<string> =>
  feedParts(name, dueDays(occurrences));

async function* dueDays(occurrences: Coming<Occurrence>): AsyncGenerator<ICalendarEntry> {
  for await (const occurrence of occurrences) {
    const day = dueDayIn(occurrence);
    if (day) yield day;
  }
}

/** The day that is over, where that is what happens. */
export function dueDayIn({ state, events, about }: Occurrence): ICalendarEntry | undefined {
  if (!about || events[0]?.type !== 'deadlinePassed') return undefined;
  const { due, version } = about.standing.plan;
  return {
    uid: `${state.id}/${about.name}/${version}/due@entente`,
    sequence: 0,
    withdrawn: false,
    entry: { name: about.name, summary: `${about.says} (${state.title})`, from: due, to: due, attendees: [] },
    stamp: state.openedAt,
    caseId: state.id,
  };
}
