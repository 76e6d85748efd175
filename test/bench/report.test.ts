import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import type { Figures } from '../../bench/compare.ts';
import { eachInFlight } from '../../bench/in-flight.ts';
import { quantile, spreadOf } from '../../bench/measure/statistics.ts';
import { marksOf, verdictOf } from '../../bench/report/marks.ts';
import { cpuPicture } from '../../bench/report/picture.ts';
import { figuresTable, marksTable } from '../../bench/report/table.ts';
import { openSink } from '../../bench/sink.ts';

const figures = (name: string, times: number): Figures => {
  const spread = spreadOf([1_000 * times, 1_200 * times, 900 * times]);
  return {
    name,
    cases: 100,
    casesPerSecond: spreadOf([10 / times]),
    cpu: { client: spread, worker: spread, temporal: spread, postgres: spread, all: spread },
    transactions: 10 * times,
    rowsWritten: 10 * times,
    walKilobytes: spread,
    busy: { p50: 1_500 * times, p99: 12_000 * times },
    calm: { p50: 100 * times, p99: 900 * times },
    lateness: { p50: 50, p99: 1_000 },
    history: { events: 75, bytes: 20_000, tasks: 12, activities: 5, markers: 9, timers: 3, upserts: 0 },
  };
};

describe('a figure of several rounds', () => {
  it('is the middle one, with the least and the most', () => {
    expect(spreadOf([3, 1, 10])).toEqual({ median: 3, least: 1, most: 10 });
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('a mark', () => {
  const marks = marksOf(figures('floor', 1), figures('Entente', 4));
  const verdicts = Object.fromEntries(marks.map((each) => [each.figure, verdictOf(each)]));

  it('is met, or says by how much it was missed, whichever way is better', () => {
    expect(verdicts['events in the history']).toBe('met');
    expect(verdicts['cases a second, times the floor']).toBe('missed 3.2 times');
    expect(verdicts['transactions a case']).toBe('missed 1.6 times');
    expect(verdicts['memory of a cached case, MB']).toBe('not measured');
  });

  it('stands in a table of 80 columns, as the figures do', () => {
    const tables = [marksTable(marks), figuresTable([figures('floor', 1), figures('Entente', 4)])];
    const others = ['DBOS', 'pg-boss', 'graphile-worker'].map((name) => figures(name, 1));
    const lines = [...tables, figuresTable(others)].flatMap((table) => table.split('\n'));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('is drawn in units of the floor', () => {
    expect(cpuPicture([figures('floor', 1), figures('Entente', 4)])).toContain('>4.00 x<');
  });
});

describe('the relay that keeps nothing', () => {
  it('tells when which mail came to whom, also to who asks before', async () => {
    const sink = await openSink();
    const second = sink.arrival('o1@bench.example.org', 2);
    const transport = createTransport({ url: sink.url, pool: true });
    const letter = { from: 'a@example.org', to: 'o1@bench.example.org', subject: 'x', text: '.\r\n..\r\nx' };
    for (let nth = 0; nth < 2; nth++) await transport.sendMail(letter);
    expect(await second).toBeGreaterThanOrEqual(await sink.arrival('o1@bench.example.org', 1));
    expect(sink.taken()).toBe(2);
    transport.close();
    await sink.close();
  });
});

describe('so many at a time', () => {
  it('are no more than that, and a failure waits for those under way', async () => {
    let [running, most, ended] = [0, 0, 0];
    const act = async (nth: number): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      ended += 1;
      if (nth === 2) throw new Error('the third one');
    };
    await expect(eachInFlight(3, [0, 1, 2, 3, 4, 5, 6, 7], act)).rejects.toThrow('the third one');
    expect({ most, running }).toEqual({ most: 3, running: 0 });
    expect(ended).toBeLessThan(8);
  });
});
