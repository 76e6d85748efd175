import { tableOf } from '../../client/output/table.ts';
import { mark } from '../report/marks.ts';
import { marksTable } from '../report/table.ts';
import type { CpuSeconds } from '../rounds.ts';
import { type AsleepFigures, measureAsleep } from './asleep.ts';
import type { ReminderFigures } from './reminders.ts';
import { type ForecastFigures, measureForecast } from './forecast.ts';
import { measureRegister, type RegisterFigures } from './register.ts';
import { measureRehearsal, type RehearsalFigures } from './rehearsal.ts';

export interface ScaleFigures {
  /** Registers of growing size. */
  readonly registers: readonly RegisterFigures[];
  /** More and more cases asleep, with as many more reminders. */
  readonly asleep: readonly AsleepFigures[];
  readonly forecast?: ForecastFigures | undefined;
  readonly rehearsal?: RehearsalFigures | undefined;
}

export const parts = ['register', 'asleep', 'reminders', 'forecast', 'rehearsal'] as const;

/** Beside those that are to be reminded. */
const fewAsleep = 500;

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
  const asleep: AsleepFigures[] = [];
  const cases = wanted.includes('asleep') ? 100_000 : fewAsleep;
  const reminders = wanted.includes('reminders') ? 10_000 : 0;
  for (const step of cases > fewAsleep || reminders > 0 ? steps : [])
    asleep.push(await measureAsleep(Math.round(cases * size * step), Math.round(reminders * size * step)));
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
    ...asleep.map(said),
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

function said({ cases, readySeconds, memory, checkSeconds, woken, reminders }: AsleepFigures): string {
  const { asleep, woken: after } = memory;
  return `${count(cases)} cases asleep: services and worker ready after ${readySeconds.toFixed(1)} s
  worker:   ${count(asleep.worker)} MB, ${count(after.worker)} MB once ${count(woken.cases)} had been woken by a command
  Temporal: ${count(asleep.temporal)} MB, ${count(after.temporal)} MB
  a command to a case asleep: ${count(woken.p50)} ms (p99 ${count(woken.p99)}), ${cpuSaid(woken.cpu, woken.cases)}
${marksTable([mark('worker with all cases open, MB', after.worker, 'atMost', 600), mark('all held against Temporal by `check`, s', checkSeconds, 'atMost', 60)])}${reminders ? `\n${saidOf(reminders)}` : ''}`;
}

const cpuSaid = ({ worker, temporal, postgres, client }: CpuSeconds, of: number): string =>
  `CPU in ms: worker ${each(worker, of)}, Temporal ${each(temporal, of)}, Postgres ${each(postgres, of)}, client and relay ${each(client, of)}`;
const each = (seconds: number, of: number): string => milliseconds((seconds * 1_000) / of);

const saidOf = ({ reminders, readers, mails, nextDay, ...took }: ReminderFigures): string => {
  const { recordedSeconds, seconds, relaySeconds, cpu } = took;
  return `${count(reminders)} reminders to ${count(readers)} readers, all due in one moment: ${count(mails)} mails, ${count(nextDay)} wait for the next day
  all on record after ${recordedSeconds.toFixed(1)} s, ${(reminders / recordedSeconds).toFixed(1)} cases a second; of each case ${cpuSaid(cpu, reminders)}
${marksTable([mark('until the last mail is out, s', seconds, 'atMost', Number((1.1 * relaySeconds).toFixed(2)))])}`;
};

/** The marks are for 100,000; CPU is held against as much of it as there are cases. */
const foreseen = ({ cases, letters, cpuSeconds, megabytes, few, many }: ForecastFigures): string =>
  `${count(cases)} open actions looked at a year ahead, with ${count(letters)} letters; others for eight days and a year, with ${count(few.letters)} and ${count(many.letters)} letters: ${count(few.megabytes)} and ${count(many.megabytes)} MB, of it live ${count(few.liveMegabytes)} and ${count(many.liveMegabytes)}
${marksTable([
  mark('CPU of the forecast, s', cpuSeconds, 'atMost', (60 * cases) / 100_000),
  mark('memory of the forecast, MB', megabytes, 'atMost', 1_024),
  mark('memory of the others for a year, times that for eight days', many.megabytes / few.megabytes, 'atMost', 1.1),
  mark('live memory of the same, garbage collected', many.liveMegabytes / few.liveMegabytes, 'atMost', 1.1),
])}`;

const rehearsed = ({
  cases,
  happenings,
  letters,
  commands: { alone, beside },
  next,
  ...seconds
}: RehearsalFigures): string =>
  `${count(cases)} cases for five years with nobody answering: ${count(happenings)} things that happen, ${count(letters)} letters
${marksTable([
  mark('rehearsed by the command, s', seconds.rehearsedSeconds, 'atMost', 20),
  mark('foreseen by the library, s', seconds.foreseenSeconds, 'atMost', 0.2),
  mark('CPU of that forecast, s', seconds.foreseenCpuSeconds, 'atMost', 0.2),
  mark('a command beside a rehearsal, p50, times one alone', beside.p50 / alone.p50, 'atMost', 1.1),
  mark('the same, p95', beside.p95 / alone.p95, 'atMost', 1.1),
  mark('CPU of `next` with 50 rows, times one without what happens by itself', next.page, 'atMost', 1.1),
  mark('of a row of it, read, worked out and printed, times the same', next.row, 'atMost', 1.1),
  mark('of working out that row alone, times the same', next.workedOut, 'atMost', 1.1),
  mark('of a letter, worked out and written, times the same', next.letter, 'atMost', 1.1),
])}`;
