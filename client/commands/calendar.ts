import { Option, type Command } from 'commander';
import type { ListedOverride } from '../../database/calendars.ts';
import type { Holiday, Outlook } from '../../domain/calendar.ts';
import type { CivilDate } from '../../domain/dates.ts';
import { date as dateField, line } from '../../domain/fields.ts';
import { refuse } from '../../domain/refusal.ts';
import { RefusedError, UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Column, type Format, printList, say } from '../output/output.ts';
import { noOverrideAsChange, overrideAsChange } from '../overrides.ts';
import { addExport } from './calendar-export.ts';
import { addReplan } from './calendar-replan.ts';
import { isToBeDone, type PreviewOptions, previewOptions } from './preview.ts';
import { asOption, outputOption, withEntente } from './session.ts';

type Shown = Pick<Holiday, 'date' | 'name'>;

const holidayColumns: readonly Column<Shown>[] = [
  { title: 'date', value: ({ date }) => date },
  { title: 'name', value: ({ name }) => name },
];

const outlookColumns: readonly Column<Outlook>[] = [
  { title: 'country', value: ({ country }) => country },
  { title: 'known until', value: ({ knownUntil }) => knownUntil },
  { title: 'holidays ahead', value: ({ holidaysAhead }) => holidaysAhead },
  { title: 'months ahead', value: ({ monthsAhead }) => monthsAhead },
  { title: 'trouble', value: ({ trouble }) => trouble },
];

const overrideColumns: readonly Column<ListedOverride>[] = [
  { title: 'date', value: ({ date }) => date },
  { title: 'place', value: ({ place }) => place },
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'note', value: ({ note }) => note },
];

export function addCalendar(program: Command): void {
  const calendar = program
    .command('calendar')
    .description('Public holidays and working days, by which due dates and reminders count')
    .helpGroup('Directory:');
  calendar
    .command('show')
    .description('The public holidays of a country in a year; needs no server')
    .argument('<country>', 'its code, such as KR')
    .argument('<year>', 'such as 2026')
    .addOption(outputOption())
    .action(showHolidays);
  calendar
    .command('check')
    .description('Whether the holidays of every country in the directory are known far enough ahead')
    .addOption(outputOption())
    .addHelpText('after', `\nExit code ${exitCodes.attention.code} when those of a country are not.`)
    .action(checkCalendars);
  addExport(calendar);
  addOverrides(calendar);
  addReplan(calendar);
}

async function showHolidays(country: string, year: string, { output }: { output: Format }): Promise<void> {
  if (!/^\d{4}$/.test(year)) throw new UsageError(`"${year}" is no year; give four digits, such as 2026.`);
  const { countriesWithCalendar, countryCalendarOf } = await import('../../calendars/index.ts');
  const data = countryCalendarOf(country);
  if (!data)
    throw new RefusedError(
      refuse('UnknownCountry', `There is no calendar of "${country}"; there are ${countriesWithCalendar.join(', ')}.`),
    );
  const holidays = data.holidays[year];
  if (!holidays) {
    const years = Object.keys(data.holidays).sort();
    const because = `The holidays of ${data.name} in ${year} are not known; those of ${years[0]} to ${years.at(-1)} are.`;
    throw new RefusedError(refuse('UnknownItem', because));
  }
  const rows = holidays.map(({ date, name }) => ({ date, name }));
  printList(rows, holidayColumns, output, `In ${year} no public holiday is a day off in ${data.name}.`);
  const worked = data.workingDays.filter((date) => date.startsWith(year));
  if (worked.length > 0) say(`Worked, though on a weekend: ${worked.join(', ')}`);
}

async function checkCalendars({ output }: { output: Format }): Promise<void> {
  const outlooks = await withEntente((entente) => entente.calendarOutlooks());
  printList(outlooks, outlookColumns, output, 'There is no country in the directory.');
  if (outlooks.some(({ trouble }) => trouble)) process.exitCode = exitCodes.attention.code;
}

function addOverrides(calendar: Command): void {
  const override = calendar
    .command('override')
    .description('Days on which a country or an agency works, or does not, whatever its calendar says');
  const add = override
    .command('add')
    .description('Say of a day that it is worked or not; plans made before stay as they are')
    .argument('<place>', 'a country by its code or an agency by its id: GR, klid')
    .argument('<date>', 'the day, as YYYY-MM-DD')
    .addOption(new Option('--closed', 'the office is closed').conflicts('working'))
    .addOption(new Option('--working', 'it is a working day, such as a Saturday in exchange'))
    .option('--note <text>', 'why, and who decided it (required)')
    .addOption(asOption())
    .addOption(outputOption())
    .action(addOverride);
  previewOptions(add);
  override
    .command('list')
    .description('What was said of single days')
    .argument('[place]', 'only of this country or agency')
    .addOption(outputOption())
    .action(async (place: string | undefined, { output }: { output: Format }) => {
      const rows = await withEntente((entente) => entente.calendarOverrides(place));
      printList(rows, overrideColumns, output, 'Nothing was said of single days.');
    });
  const remove = override
    .command('remove')
    .description('The day is again what the calendar says')
    .argument('<place>', 'the country or agency')
    .argument('<date>', 'the day, as YYYY-MM-DD')
    .addOption(asOption())
    .addOption(outputOption())
    .action(async (place: string, day: string, options: PreviewOptions & { readonly as?: string }) => {
      const date = dayOf(day);
      await withEntente(async (entente) => {
        if (!(await isToBeDone(entente, noOverrideAsChange(place, date, options.as), options))) return;
        await entente.removeCalendarOverride(place, date, options.as);
        say(`${date} is again what the calendar says in ${place}.`);
      });
    });
  previewOptions(remove);
}

interface OverrideOptions extends PreviewOptions {
  readonly as?: string;
  readonly closed?: boolean;
  readonly working?: boolean;
  readonly note?: string;
}

async function addOverride(place: string, day: string, options: OverrideOptions): Promise<void> {
  const { closed, working, note = '' } = options;
  if (!closed && !working) throw new UsageError('Say what the day is: --closed or --working.');
  const date = dayOf(day);
  const why = line.safeParse(note);
  if (!why.success)
    throw new RefusedError(
      refuse('ReasonMissing', `--note ${why.error.issues[0]?.message}: say why, and who decided it.`),
    );
  const kind = closed ? 'office closed' : 'working day';
  const fields = { date, kind, note: why.data } as const;
  const isDone = await withEntente(async (entente) => {
    if (!(await isToBeDone(entente, overrideAsChange(place, fields, options.as), options))) return false;
    await entente.addCalendarOverride(place, fields, options.as);
    return true;
  });
  if (!isDone) return;
  say(
    `${date} in ${place}: ${kind}. Due dates planned from now on count it so, and mail that would reach somebody on a day off waits for the next working day; \`./entente calendar replan\` shows which of the due dates and reminders planned before would move.`,
  );
}

/** A day that exists and for which due dates are counted. */
function dayOf(text: string): CivilDate {
  const parsed = dateField.safeParse(text);
  if (!parsed.success)
    throw new RefusedError(refuse('InvalidInput', `The date "${text}" ${parsed.error.issues[0]?.message}.`));
  if (parsed.data < '2000-01-01' || parsed.data > '2099-12-31')
    throw new RefusedError(refuse('DateTooFar', `${text} lies outside 2000 to 2099; check the year.`));
  return parsed.data;
}
