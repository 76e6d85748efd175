/** An instant on the clocks of a zone, which is named: `Thu 2018-09-27 09:00 Asia/Seoul`. */
export function momentIn(instant: string | null, zone: string | null): string {
  if (instant === null) return '';
  const timeZone = zone ?? 'UTC';
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${parts.weekday} ${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute} ${timeZone}`;
}
