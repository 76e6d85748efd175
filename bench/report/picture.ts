import { scaleLinear } from 'd3-scale';
import type { Figures } from '../compare.ts';
import type { CpuSeconds } from '../rounds.ts';

export const width = 760;
const colours = { client: '#9aa5b1', worker: '#2f6f9f', temporal: '#d9822b', postgres: '#4c956c' } as const;
const names = { client: 'client and relay', worker: 'worker', temporal: 'Temporal', postgres: 'Postgres' } as const;

export const svg = (height: number, title: string, body: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">
<title>${title}</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${body.join('\n')}
</svg>
`;

export const text = (x: number, y: number, said: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="#1f2933"${more}>${said}</text>`;

const rect = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(w, 0.5).toFixed(1)}" height="${h}" fill="${fill}"/>`;

/** CPU of a case by part, a bar for each contender, in units of the floor. */
export function cpuPicture(figures: readonly Figures[]): string {
  const unit = figures[0]?.cpu.all.median ?? 1;
  const most = Math.max(...figures.map(({ cpu }) => cpu.all.median));
  const left = 130;
  const lengthOf = scaleLinear([0, most], [0, width - 230]);
  const parts = Object.keys(colours) as (keyof CpuSeconds)[];
  const bars = figures.flatMap(({ name, cpu }, row) => {
    const y = 70 + row * 40;
    let x = left;
    const drawn = parts.map((part) => {
      const w = lengthOf(cpu[part].median);
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
