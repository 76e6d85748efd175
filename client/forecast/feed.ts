import { feedParts, type ICalendarEntry } from '../../calendars/icalendar.ts';
import type { CivilDate, Instant } from '../../domain/dates.ts';
import type { Concerned } from '../../domain/forecast/concerns.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { daysOffInWords } from '../commands/forecast-text.ts';
import type { Reached } from './added-up.ts';
import type { Forecasts } from './forecasts.ts';
import type { Coming } from '../output/output.ts';

/** The days on which something is due, as whole days of a calendar program, part by part. Those of one version keep their UIDs. */
export const dueDaysFeed = (name: string, occurrences: Coming<Occurrence>): AsyncGenerator<string> =>
  feedParts(name, dueDays(occurrences));

/** The same of all open cases, with what takes place, editions that open, and who is not there. */
export const outlookFeed = (
  forecasts: Forecasts,
  span: { readonly from: CivilDate; readonly until: Instant },
  told: (reached: Reached) => void,
): AsyncGenerator<string> => feedParts('Entente: what is to come', outlookDays(forecasts, span, told));

async function* outlookDays(
  forecasts: Forecasts,
  { from, until }: { readonly from: CivilDate; readonly until: Instant },
  told: (reached: Reached) => void,
): AsyncGenerator<ICalendarEntry> {
  const { rows, outlook } = await forecasts.listedAndAddedUp({ from, until }, dueDayIn, told);
  yield* rows;
  yield* daysToLookAt(outlook, from);
}

/** In whole days; for good where there is no last one: the first day alone. */
function daysToLookAt({ meetings, editions, missing }: Concerned, today: CivilDate): readonly ICalendarEntry[] {
  const day = (caseId: string, name: string, summary: string, from: CivilDate, to = from): ICalendarEntry => ({
    uid: `${caseId}/${name}/ahead@entente`.replaceAll(' ', '-'),
    sequence: 0,
    withdrawn: false,
    entry: { name, summary, from, to, attendees: [] },
    stamp: `${today}T00:00:00.000Z`,
    caseId,
  });
  return [
    ...meetings.map((each) => {
      const off = each.daysOff.length > 0 ? `; on a day off: ${daysOffInWords(each)}` : '';
      return day(each.case, each.name, `${each.name}: ${each.title}${off}`, each.from, each.to);
    }),
    ...editions.map((each) => day(each.case, 'opens', `Opens: ${each.title}`, each.on)),
    ...missing.map(({ person, name, why, from, until, standIn }) => {
      const says = why === 'left' ? `${name} leaves` : `${name} is away${standIn ? `, ${standIn} stands in` : ''}`;
      return day(`person/${person}`, `${why}-${from}`, says, from, why === 'left' ? from : until);
    }),
  ];
}

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
