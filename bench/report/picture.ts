import type { Figures } from '../compare.ts';
import type { CpuSeconds } from '../rounds.ts';
import type { RegisterFigures } from '../scale/register.ts';

const width = 760;
const colours = { client: '#9aa5b1', worker: '#2f6f9f', temporal: '#d9822b', postgres: '#4c956c' } as const;
const names = { client: 'client and relay', worker: 'worker', temporal: 'Temporal', postgres: 'Postgres' } as const;

const svg = (height: number, title: string, body: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">
<title>${title}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${body.join('\n')}
</svg>
`;

const text = (x: number, y: number, said: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="#1f2933"${more}>${said}</text>`;

const rect = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(w, 0.5).toFixed(1)}" height="${h}" fill="${fill}"/>`;

/** CPU of a case by part, a bar for each contender, in units of the floor. */
export function cpuPicture(figures: readonly Figures[]): string {
  const unit = figures[0]?.cpu.all.median ?? 1;
  const most = Math.max(...figures.map(({ cpu }) => cpu.all.median));
  const [left, room] = [130, width - 230];
  const parts = Object.keys(colours) as (keyof CpuSeconds)[];
  const bars = figures.flatMap(({ name, cpu }, row) => {
    const y = 70 + row * 40;
    let x = left;
    const drawn = parts.map((part) => {
      const w = (cpu[part].median / most) * room;
      x += w;
      return rect(x - w, y, w, 24, colours[part]);
    });
    return [text(12, y + 17, name), ...drawn, text(x + 8, y + 17, `${(cpu.all.median / unit).toFixed(2)} x`)];
  });
  const legend = parts.flatMap((part, index) => [
    rect(left + index * 150, 38, 12, 12, colours[part]),
    text(left + 18 + index * 150, 49, names[part]),
  ]);
  const title = 'CPU time of one case, by part; the workflow written by hand is 1';
  return svg(90 + figures.length * 40, title, [text(12, 24, title, ' font-weight="bold"'), ...legend, ...bars]);
}

/** Pages that a list reads, against the size of the register, both by powers of ten: what grows is steep. */
export function growthPicture(registers: readonly RegisterFigures[]): string {
  const lists = registers.at(-1)?.lists ?? [];
  const [left, top, w, h] = [70, 50, width - 330, 300];
  const logs = registers.map(({ actions }) => Math.log10(actions));
  const [least = 0, most = 1] = [logs[0], logs.at(-1)];
  const highest = Math.max(1, ...lists.map(({ pages }) => Math.log10(pages)));
  const x = (actions: number): number => left + ((Math.log10(actions) - least) / Math.max(most - least, 1)) * w;
  const y = (pages: number): number => top + h - (Math.log10(Math.max(pages, 1)) / highest) * h;
  const steepest = [...lists.keys()].sort((a, b) => (lists[b]?.pages ?? 0) - (lists[a]?.pages ?? 0)).slice(0, 8);
  const lines = lists.map((_, index) => {
    const points = registers.map(({ actions, lists: each }) => `${x(actions)},${y(each[index]?.pages ?? 1)}`).join(' ');
    const colour = steepest.includes(index) ? '#d9822b' : '#9aa5b1';
    return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
  });
  const labels = steepest.map((index, place) =>
    text(left + w + 14, top + 12 + place * 18, `${lists[index]?.list}: ${lists[index]?.pages.toLocaleString('en')}`),
  );
  const ticks = [
    ...registers.map(({ actions }) => text(x(actions) - 20, top + h + 20, actions.toLocaleString('en'))),
    ...Array.from({ length: Math.floor(highest) + 1 }, (_, power) =>
      text(12, y(10 ** power) + 4, (10 ** power).toLocaleString('en')),
    ),
  ];
  const title = 'Pages of 8 KB that one page of each list reads, by the number of actions on record';
  return svg(top + h + 40, title, [text(12, 24, title, ' font-weight="bold"'), ...ticks, ...lines, ...labels]);
}
