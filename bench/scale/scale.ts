import { tableOf } from '../../client/output/table.ts';
import { mark } from '../report/marks.ts';
import { marksTable } from '../report/table.ts';
import { type AsleepFigures, measureAsleep, type ReminderFigures } from './asleep.ts';
import { type ForecastFigures, measureForecast } from './forecast.ts';
import { measureRegister, type RegisterFigures } from './register.ts';
import { measureRehearsal, type RehearsalFigures } from './rehearsal.ts';

export interface ScaleFigures {
  /** Registers of growing size. */
  readonly registers: readonly RegisterFigures[];
  readonly asleep?: AsleepFigures | undefined;
  readonly forecast?: ForecastFigures | undefined;
  readonly rehearsal?: RehearsalFigures | undefined;
}

export const parts = ['register', 'asleep', 'reminders', 'forecast', 'rehearsal'] as const;

/** Whose going on tells how long those take that are to be reminded. */
const pacemakers = 500;

export interface ScaleOptions {
  readonly parts: readonly (typeof parts)[number][];
  /** Of 1,000,000 actions on record, 100,000 cases asleep or open, 10,000 reminders: what portion of that. */
  readonly size: number;
}

/** Each ten times the one before, so that one sees what grows and what does not. */
const steps = [0.01, 0.1, 1];

export async function measureScale({ parts: wanted, size }: ScaleOptions): Promise<ScaleFigures> {
  const registers: RegisterFigures[] = [];
  for (const step of wanted.includes('register') ? steps : [])
    registers.push(await measureRegister(Math.round(1_000_000 * size * step)));
  const cases = wanted.includes('asleep') ? 100_000 : pacemakers;
  const reminders = wanted.includes('reminders') ? 10_000 : 0;
  const asleep =
    wanted.includes('asleep') || reminders > 0
      ? await measureAsleep(Math.round(cases * size), Math.round(reminders * size))
      : undefined;
  const forecast = wanted.includes('forecast') ? await measureForecast(Math.round(100_000 * size)) : undefined;
  const rehearsal = wanted.includes('rehearsal') ? await measureRehearsal() : undefined;
  return { registers, asleep, forecast, rehearsal };
}

const count = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 0 });
const milliseconds = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

const width = 80;

/** A line for each list, a column for each size. */
export function scaleText({ registers, asleep, forecast, rehearsal }: ScaleFigures): string {
  return [
    ...(registers.length > 0 ? [listsTable(registers), wholesTable(registers)] : []),
    ...(asleep ? [said(asleep)] : []),
    ...(forecast ? [foreseen(forecast)] : []),
    ...(rehearsal ? [rehearsed(rehearsal)] : []),
  ].join('\n\n');
}

function listsTable(registers: readonly RegisterFigures[]): string {
  const largest = registers.at(-1)?.lists ?? [];
  const head = ['p95 in ms (pages read)', ...registers.map(({ actions }) => `${count(actions)} actions`), 'found by'];
  const rows = largest.map(({ list, indexes, scanned }, index) => [
    list,
    ...registers.map(({ lists }) => {
      const { p95 = Number.NaN, pages = Number.NaN } = lists[index] ?? {};
      return `${milliseconds(p95)} (${count(pages)})`;
    }),
    [...scanned.map((table) => `ALL OF ${table}`), ...indexes].slice(0, 2).join(', '),
  ]);
  return tableOf(head, rows, width);
}

function wholesTable(registers: readonly RegisterFigures[]): string {
  const names = Object.keys(registers[0]?.wholes ?? {});
  const head = ['reads every open case, s', ...registers.map(({ actions }) => `${count(actions)} actions`)];
  const rows = names.map((name) => [name, ...registers.map(({ wholes }) => (wholes[name] ?? Number.NaN).toFixed(2))]);
  return tableOf(head, rows, width);
}

function said({ cases, begun, worker, temporal, reminders }: AsleepFigures): string {
  const grown = ({ before, after }: { before: number; after: number }): string =>
    `${count(before)} MB before, ${count(after)} MB with them (${(((after - before) * 1_024) / cases).toFixed(0)} KB each)`;
  return `${count(cases)} cases asleep, put on record and gone on from there, ${begun.perSecond.toFixed(1)} a second
  CPU each: worker ${count(begun.cpu.worker)} ms, Temporal ${count(begun.cpu.temporal)} ms, Postgres ${count(begun.cpu.postgres)} ms
  worker:   ${grown(worker)}
  Temporal: ${grown(temporal)}${reminders ? `\n${saidOf(reminders)}` : ''}`;
}

const saidOf = ({ reminders, seconds, relaySeconds, mails, readers }: ReminderFigures): string =>
  `${count(reminders)} reminders to ${count(readers)} readers, all due in one moment
  ${count(mails)} mails, the last out after ${seconds.toFixed(1)} s; the relay alone takes ${relaySeconds.toFixed(1)} s`;

/** The marks are for 100,000; CPU is held against as much of it as there are cases. */
const foreseen = ({ cases, letters, cpuSeconds, megabytes }: ForecastFigures): string =>
  `${count(cases)} open actions looked at a year ahead, with ${count(letters)} letters
${marksTable([
  mark('CPU of the forecast, s', cpuSeconds, 'atMost', (60 * cases) / 100_000),
  mark('memory of the forecast, MB', megabytes, 'atMost', 1_024),
])}`;

const rehearsed = ({ cases, happenings, letters, ...seconds }: RehearsalFigures): string =>
  `${count(cases)} cases for five years with nobody answering: ${count(happenings)} things that happen, ${count(letters)} letters
${marksTable([
  mark('rehearsed by the command, s', seconds.rehearsedSeconds, 'atMost', 20),
  mark('foreseen by the library, s', seconds.foreseenSeconds, 'atMost', 0.2),
  mark('CPU of that forecast, s', seconds.foreseenCpuSeconds, 'atMost', 0.2),
  mark('CPU of a row of `next`, times one without what happens by itself', seconds.timesARowWithout, 'atMost', 1.1),
])}`;
