import { feedParts, type ICalendarEntry } from '../../calendars/icalendar.ts';
import { nameOf } from '../../domain/case/label.ts';
import { type CivilDate, dayOf, plus } from '../../domain/dates.ts';
import { counted } from '../../domain/derived.ts';
import { type AskedFor, askedFor, Asks } from '../../domain/forecast/asked-for.ts';
import type { LoadOutlook } from '../../domain/forecast/load.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';
import { ifNobodyAnswers } from '../commands/asked-for-text.ts';
import { daysOffInWords, owedMostBy } from '../commands/forecast-text.ts';
import type { Coming } from '../output/output.ts';
import type { AllAsked, Foretold, Forecasts, Listing, NotDone } from './forecasts.ts';

type Day = ICalendarEntry;

/**
 * What is to come of all open cases, as whole days of a calendar program, part by part: by when somebody has to decide or do
 * something and what happens if not, what takes place, editions that open, who is not there, the weeks with most due days.
 * What stays the same keeps its UID.
 */
export async function outlookFeed(
  forecasts: Forecasts,
  all: AllAsked,
  name: string,
): Promise<NotDone & { readonly parts: AsyncGenerator<string> }> {
  const listing = (): Listing<Day> => {
    const asks = new Asks(dayOf(all.until));
    return {
      begins: (state) => void asks.add(state),
      happens: (occurrence) => {
        asks.add(occurrence.state);
        return nobodysDay(occurrence, all.from);
      },
      ends: () => asks.found.map((each) => ({ at: each.passesAt, id: each.case, row: askedDay(each, all.from) })),
    };
  };
  const { rows, outlook, ...notDone } = await forecasts.listedAndAddedUp(all, listing);
  return { ...notDone, parts: feedParts(name, daysOf(rows, outlook, all.from)) };
}

/** The same of a course that is at hand. */
export function courseFeed(
  name: string,
  course: Pick<Foretold, 'begun' | 'outlook'> & { readonly occurrences: readonly Occurrence[] },
  { from, until }: { readonly from: CivilDate; readonly until: CivilDate },
): AsyncGenerator<string> {
  const days = [
    ...askedFor(course, until).found.map((each) => askedDay(each, from)),
    ...course.occurrences.flatMap((each) => nobodysDay(each, from) ?? []),
  ];
  return feedParts(name, daysOf(days, course.outlook, from));
}

async function* daysOf(due: Coming<Day>, outlook: LoadOutlook, today: CivilDate): AsyncGenerator<Day> {
  yield* due;
  yield* daysToLookAt(outlook, today);
}

/** In whole days; for good where there is no last one: the first day alone. */
function daysToLookAt({ meetings, editions, missing, busiest }: LoadOutlook, today: CivilDate): readonly Day[] {
  const day = (caseId: string, name: string, summary: string, from: CivilDate, to = from): Day =>
    wholeDays({ uid: `${caseId}/${name}/ahead`, caseId, name, summary, from, to, today });
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
    ...busiest.map((each) => {
      const says = `A week with many due days: ${counted(each.due, 'due day')}; ${owedMostBy(each)}`;
      return day(`week/${each.week}`, 'busiest', says, each.week, plus(each.week, 'P6D'));
    }),
  ];
}

interface WholeDays
  extends Pick<Day, 'uid' | 'caseId' | 'more'>,
    Pick<Day['entry'], 'name' | 'summary' | 'from' | 'to'> {
  readonly today: CivilDate;
}

const wholeDays = ({ uid, caseId, more, today, ...entry }: WholeDays): Day => ({
  uid: `${uid}@entente`.replaceAll(' ', '-'),
  sequence: 0,
  withdrawn: false,
  entry: { ...entry, attendees: [] },
  stamp: `${today}T00:00:00.000Z`,
  caseId,
  more,
});

/** By when somebody has to decide or do something. */
const askedDay = (asked: AskedFor, today: CivilDate): Day =>
  dueDay({
    ...asked,
    summary: `${asked.says} (${asked.title})`,
    more: `${nameOf(asked.owedBy ?? '')}; if nobody answers: ${ifNobodyAnswers(asked)}`,
    today,
  });

/** The day that is over, where that is what happens, and nobody owed it: such as the end of a rest. */
function nobodysDay({ state, events, about }: Occurrence, today: CivilDate): Day | undefined {
  if (!about || about.owedBy !== undefined || events[0]?.type !== 'deadlinePassed') return undefined;
  const { due, version } = about.standing.plan;
  const summary = `${about.says} (${state.title})`;
  return dueDay({ case: state.id, deadline: about.name, version, due, summary, today });
}

interface DueDay extends Pick<AskedFor, 'case' | 'deadline' | 'version' | 'due'>, Pick<WholeDays, 'summary' | 'more'> {
  readonly today: CivilDate;
}

const dueDay = ({ case: caseId, deadline, version, due, summary, more, today }: DueDay): Day =>
  wholeDays({
    uid: `${caseId}/${deadline}/${version}/due`,
    caseId,
    name: deadline,
    summary,
    from: due,
    to: due,
    more,
    today,
  });
