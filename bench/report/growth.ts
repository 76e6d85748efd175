import { scaleLog } from 'd3-scale';
import type { AsleepFigures } from '../scale/asleep.ts';
import type { RegisterFigures } from '../scale/register.ts';
import { svg, text, width } from './picture.ts';

/** What grows with how many there are, a line for each thing measured; sizes rise. */
interface Panel {
  readonly title: string;
  readonly sizes: readonly number[];
  readonly lines: readonly Line[];
}

interface Line {
  readonly name: string;
  readonly values: readonly number[];
}

const [left, height, room] = [70, 220, 320];
const panelHeight = height + 80;
const grey = '#9aa5b1';
const colours = ['#d9822b', '#2f6f9f', '#4c956c', '#8b5fbf', '#b83b5e', '#5c6f7b', '#a68a00', '#0f8b8d'];

/** Both axes by powers of ten: what is level does not grow, and what grows as its cause does rises by as much. */
export function growthPicture(registers: readonly RegisterFigures[], asleep: readonly AsleepFigures[]): string {
  const panels = [...listsPanel(registers), ...memoryPanel(asleep), ...remindersPanel(asleep)];
  const title = 'How each grows, by powers of ten: a level line does not grow';
  const drawn = panels.flatMap((panel, row) => panelDrawn(panel, 40 + row * panelHeight));
  return svg(40 + panels.length * panelHeight, title, [text(12, 24, title, ' font-weight="bold"'), ...drawn]);
}

function listsPanel(registers: readonly RegisterFigures[]): Panel[] {
  const largest = registers.at(-1);
  if (!largest) return [];
  const lines = largest.lists.map(({ list }, index) => ({
    name: list,
    values: registers.map(({ lists }) => lists[index]?.pages ?? Number.NaN),
  }));
  const title = 'Pages of 8 KB that one page of a list reads, by actions on record';
  return [{ title, sizes: registers.map(({ actions }) => actions), lines: steepestFirst(lines) }];
}

function memoryPanel(asleep: readonly AsleepFigures[]): Panel[] {
  if (asleep.length < 2) return [];
  const lines = [
    { name: 'worker, some of them woken', values: asleep.map(({ memory }) => memory.woken.worker) },
    { name: 'worker, all asleep', values: asleep.map(({ memory }) => memory.asleep.worker) },
    { name: 'Temporal, some of them woken', values: asleep.map(({ memory }) => memory.woken.temporal) },
    { name: 'Temporal, all asleep', values: asleep.map(({ memory }) => memory.asleep.temporal) },
  ];
  return [{ title: 'Memory in MB, by cases asleep', sizes: asleep.map(({ cases }) => cases), lines }];
}

function remindersPanel(asleep: readonly AsleepFigures[]): Panel[] {
  const all = asleep.flatMap(({ reminders }) => reminders ?? []);
  if (all.length < 2) return [];
  const lines = [
    { name: 'all mails are out', values: all.map(({ seconds }) => seconds) },
    { name: 'all are on record', values: all.map(({ recordedSeconds }) => recordedSeconds) },
    { name: "the relay's own time for the mails", values: all.map(({ relaySeconds }) => relaySeconds) },
  ];
  return [
    { title: 'Seconds, by reminders that are due in one moment', sizes: all.map((each) => each.reminders), lines },
  ];
}

const steepestFirst = (lines: readonly Line[]): Line[] =>
  lines.toSorted((a, b) => (b.values.at(-1) ?? 0) - (a.values.at(-1) ?? 0));

function panelDrawn({ title, sizes, lines }: Panel, top: number): string[] {
  const values = lines.flatMap((line) => line.values);
  const x = scaleOf(sizes, left, left + width - left - room);
  const y = scaleOf([1, ...values], top + height + 30, top + 30);
  const drawn = lines.map(({ values: each }, index) => {
    const points = sizes.map((size, step) => `${x(size)},${y(each[step] ?? Number.NaN)}`).join(' ');
    return `<polyline points="${points}" fill="none" stroke="${colours[index] ?? grey}" stroke-width="1.5"/>`;
  });
  const names = lines.slice(0, colours.length).map(({ name, values: each }, index) => {
    const [at, said] = [top + 42 + index * 18, `${name}: ${figure(each.at(-1) ?? Number.NaN)}`];
    return `<rect x="${width - room + 14}" y="${at - 9}" width="9" height="9" fill="${colours[index]}"/>${text(width - room + 30, at, said)}`;
  });
  const powers = Array.from({ length: Math.floor(Math.log10(Math.max(1, ...values))) + 1 }, (_, power) => 10 ** power);
  return [
    text(12, top + 14, title, ' font-weight="bold"'),
    ...sizes.map((size) => text(x(size) - 16, top + height + 50, size.toLocaleString('en'))),
    ...powers.map((power) => text(12, y(power) + 4, power.toLocaleString('en'))),
    ...drawn.toReversed(),
    ...names,
  ];
}

const figure = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });

/** From the least to the greatest, by powers of ten; what is less than one stands at one. */
function scaleOf(values: readonly number[], from: number, to: number): (value: number) => number {
  const counted = values.map((value) => Math.max(value, 1));
  const scale = scaleLog([Math.min(...counted), Math.max(...counted)], [from, to]);
  return (value) => scale(Math.max(value, 1));
}
