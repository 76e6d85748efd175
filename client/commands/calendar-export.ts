import type { Command } from 'commander';
import type { ListedEntry } from '../../database/calendar-entries.ts';
import { type Column, type Format, printList } from '../output/output.ts';
import { outputOption, withEntente } from './session.ts';

const entryColumns: readonly Column<ListedEntry>[] = [
  {
    title: 'from',
    value: ({ entry: { from, starts }, zone }) => (starts && zone ? `${from} ${starts} ${zone}` : from),
  },
  { title: 'to', value: ({ entry: { to } }) => to },
  { title: 'what', value: ({ entry: { summary } }) => summary },
  { title: 'where', value: ({ entry: { place } }) => place },
  { title: 'case', value: ({ caseId }) => caseId },
  { title: 'cancelled', value: ({ withdrawn }) => withdrawn },
];

export function addExport(calendar: Command): void {
  calendar
    .command('export')
    .description(
      'Meetings, signings, visits and workshops as they stand in calendars; with --ics as a feed to subscribe to',
    )
    .argument(
      '[place]',
      'what takes place in this country or its agencies are invited to (GR), or what this agency is invited to (klid)',
    )
    .option(
      '--ics',
      'as iCalendar, which calendar programs read; cancelled entries are in it, so that they go there too',
    )
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nA feed is a file that a web server serves: ./entente calendar export klid --ics > klid.ics',
    )
    .action(exportEntries);
}

interface Options {
  readonly ics?: boolean;
  readonly output: Format;
}

async function exportEntries(place: string | undefined, { ics, output }: Options): Promise<void> {
  const entries = await withEntente((entente) => entente.calendarEntries(place));
  if (!ics) return printList(entries, entryColumns, output, 'Nothing stands in calendars.');
  const { feedOf } = await import('../../calendars/icalendar.ts');
  const feed = feedOf(
    place === undefined ? 'Entente' : `Entente, ${place}`,
    entries.map(({ changedAt, ...each }) => ({ ...each, stamp: changedAt })),
  );
  process.stdout.write(feed);
}
