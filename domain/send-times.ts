import { deadlineNamed } from './deadline-name.ts';
import { type CivilDate, dayIn, type Instant, millisecondsOf } from './dates.ts';
import { isForSuccessor } from './case/succession.ts';
import { addWorkingDays, type Calendar, instantAt } from './planning.ts';

/** When a message may reach its reader. As in planning: asked once, in an activity, and the answer is recorded. */

/** The reader's working hours as local time, `09:00`; up to but not including `until`. */
export interface WorkingHours {
  readonly from: string;
  readonly until: string;
}

export const usualHours: WorkingHours = { from: '09:00', until: '18:00' };

/** The first moment of working hours that is not before `instant`. */
export function firstWorkingMoment(calendar: Calendar, { from, until }: WorkingHours, instant: Instant): Instant {
  const today = dayIn(instant, calendar.zone);
  if (!calendar.isWorkingDay(today) || instant >= instantAt(today, until, calendar.zone))
    return instantAt(addWorkingDays(calendar, today, 1), from, calendar.zone);
  const opens = instantAt(today, from, calendar.zone);
  return instant < opens ? opens : instant;
}

/** The beginning of work on the first working day after `date`. */
export const nextMorning = (calendar: Calendar, { from }: WorkingHours, date: CivilDate): Instant =>
  instantAt(addWorkingDays(calendar, date, 1), from, calendar.zone);

const day = 86_400_000;

/** What a reader would rather have in one mail a day. */
interface Reminder {
  readonly tone?: string;
  readonly at: Instant;
  readonly deadline?: string;
}

/** Whether a reminder goes out more than a day after it was due, because nothing was running. */
export const isCaughtUp = ({ at: planned }: Reminder, now: Instant): boolean =>
  millisecondsOf(now) - millisecondsOf(planned) > day;

/**
 * Whether a message waits for others to the same person: reminders before the due date do, those that an outage has
 * held up, what was over when its case was opened, and who follows somebody in many cases at once. The due day, what is overdue, what climbs the ladder, decisions and news go alone.
 */
export const isGathered = (message: Reminder, now: Instant): boolean =>
  message.tone !== undefined &&
  (message.tone === 'before' ||
    message.tone === 'past' ||
    (message.deadline !== undefined && isForSuccessor(deadlineNamed(message.deadline))) ||
    isCaughtUp(message, now));
