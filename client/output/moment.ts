/** An instant on the clocks of a zone, which is named, with its weekday: `Thu 2018-09-27 09:00 Asia/Seoul`. */
export function momentIn(instant: string | null, zone: string | null): string {
  if (instant === null) return '';
  const { weekday, text } = onClocksOf(zone ?? 'UTC', instant);
  return `${weekday} ${text}`;
}

let zoneOfReader: string | undefined;

/** From now on moments are on the clocks of this zone, of whoever acts; with none, on those of the terminal. */
export const readOnClocksOf = (zone: string | undefined): void => void (zoneOfReader = zone);

/** `2018-09-28T06:00:00.000Z` as `2018-09-28 15:00 Asia/Seoul`: on the clocks of whoever reads it. */
export const momentOf = (instant: string | null | undefined): string =>
  instant ? onClocksOf(zoneOfReader ?? zoneHere(), instant).text : '';

/** As `TZ` says, else the machine; a zone that nobody knows is read as UTC. */
function zoneHere(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return isKnown(timeZone) ? timeZone : 'UTC';
}

/**
 * What Node cannot read it gives as undefined, as Etc/Unknown or as GMT+03:00, and then takes none of them. GMT+3, which lies in
 * the west, newer ones give as +03:00, which lies in the east: no difference alone is believed.
 */
function isKnown(timeZone: string | undefined): timeZone is string {
  if (timeZone === undefined || /^[+-]/.test(timeZone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function onClocksOf(timeZone: string, instant: string): { readonly weekday: string; readonly text: string } {
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
  const { weekday = '', year, month, day, hour, minute } = parts;
  return { weekday, text: `${year}-${month}-${day} ${hour}:${minute} ${timeZone}` };
}
