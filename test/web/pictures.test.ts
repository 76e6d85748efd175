import { describe, expect, it } from 'vitest';
import { lifecycles } from '../../domain/kinds.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { stagesPicture, timePicture } from '../../web/pictures.ts';
import { registerPicture } from '../../web/timeline.ts';
import type { Html } from '../../web/pages.ts';
import { textsIn } from '../../web/texts.ts';

/** As the page has it; templates without a promise in them are there at once. */
const drawn = (picture: Html): string => `${picture as string}`;
const at = (day: string): string => `${day}T09:00:00.000Z`;
const stay = (stage: string, day: string) => ({ stage, since: at(day) });
const all = Object.values(lifecycles as Readonly<Record<string, Lifecycle>>);

describe('the picture of the stages', () => {
  const way = [stay('recorded', '2027-01-04'), stay('inProgress', '2027-01-11'), stay('recorded', '2027-02-01')];
  const picture = drawn(stagesPicture(textsIn('en'), lifecycles.action as unknown as Lifecycle, way));

  it('has the way that a case took, in words as well, and how often it was where', () => {
    expect(picture).toContain('The way so far: Recorded, In progress, Recorded.');
    expect(picture).toContain('>1, 3. Recorded<');
    expect(picture.match(/way taken/g)?.length).toBe(2);
    expect(picture.match(/class="stage now"/g)?.length).toBe(1);
  });

  it('has a box for an end that is no stage of the kind', () => {
    const cancelled = [...way, stay('cancelled', '2027-03-01')];
    expect(drawn(stagesPicture(textsIn('ro'), lifecycles.action as unknown as Lifecycle, cancelled))).toContain(
      '4. S-a anulat',
    );
  });

  it.each(all.map((lifecycle) => [lifecycle.kind, lifecycle] as const))(
    'of %s has no style of its own, and no name is cut',
    (_, lifecycle) => {
      for (const code of ['en', 'ko', 'el', 'ro']) {
        const picture = drawn(stagesPicture(textsIn(code), lifecycle, []));
        expect(picture).not.toMatch(/style=|NaN|undefined/);
        const names = [...picture.matchAll(/<text[^>]*>([^<]*)</g)].map(([, name = '']) => name);
        expect(names.length).toBe(Object.keys(lifecycle.stages).length);
        expect(names.filter((name) => name.length > 34)).toEqual([]);
      }
    },
  );
});

const seoul = (day: string) => ({ now: at(day), zone: 'Asia/Seoul' });
/** What stands above a line of time, and where its lines are. */
const axisOf = (picture: string) =>
  [...picture.matchAll(/<line class="year" x1="(\d+)"[^>]*>(?:<text[^>]*>([^<]*))?/g)].map(
    ([, x, says = '']): [number, string] => [Number(x), says],
  );

describe('the line of time', () => {
  it('keeps what is late apart, and everything within the picture', () => {
    const stretches = [
      { from: at('2027-01-04'), until: at('2027-02-01'), says: 'one' },
      { from: at('2027-01-20'), says: 'two', isLate: true },
    ];
    const picture = drawn(timePicture(textsIn('en'), stretches, seoul('2027-03-01')));
    expect(picture).toContain('moment late');
    const across = [...picture.matchAll(/(?:cx|x[12])="(\d+)"/g)].map(([, x]) => Number(x));
    expect([Math.min(...across) >= 5, Math.max(...across) <= 335]).toEqual([true, true]);
    expect(picture).not.toMatch(/style=|NaN/);
  });

  it('stands still where everything is at one moment', () => {
    const one = [{ from: at('2027-01-04'), until: at('2027-01-04'), says: 'one' }];
    expect(drawn(timePicture(textsIn('en'), one, seoul('2027-01-04')))).not.toContain('NaN');
  });

  it('names months and years in the reader’s language, and days where it is short', () => {
    const named = (code: string, from: string, until: string) =>
      axisOf(drawn(timePicture(textsIn(code), [{ from: at(from), says: 'one' }], seoul(until)))).map(
        ([, says]) => says,
      );
    expect(named('en', '2026-11-10', '2027-03-20')).toEqual(['Dec', '2027', 'Feb', 'Mar']);
    expect(named('ko', '2026-11-10', '2027-03-20')).toEqual(['12월', '2027', '2월', '3월']);
    expect(named('el', '2027-02-03', '2027-02-24')).toEqual(['8 Φεβ', '15 Φεβ', '22 Φεβ']);
    expect(named('ro', '2018-06-03', '2027-02-24')).toEqual(['2020', '2022', '2024', '2026']);
  });

  it('has days that begin where its reader is', () => {
    const midnight = '2027-02-02T15:00:00.000Z';
    const stretches = [{ from: '2027-02-01T15:00:00.000Z', until: midnight, says: 'one' }];
    const picture = drawn(
      timePicture(textsIn('en'), stretches, { now: '2027-02-04T15:00:00.000Z', zone: 'Asia/Seoul' }),
    );
    const [, x, length] = /class="stretch" x="(\d+)"[^>]*width="(\d+)"/.exec(picture)!.map(Number);
    expect(axisOf(picture).map(([at]) => at)).toContain(x! + length!);
  });
});

describe('the line of time of the MOUs', () => {
  const mou = (decideBy: string | null, termEnds: string | null) => ({ id: 'mou/a', title: 'MOU', decideBy, termEnds });
  const axis = (today: string, ...rows: ReturnType<typeof mou>[]) =>
    axisOf(drawn(registerPicture(textsIn('en'), rows, today)));

  it('has whole years, so that the first and the last day of one are in it', () => {
    expect(axis('2027-01-01', mou('2027-12-31', null))).toEqual([
      [6, '2027'],
      [87, 'Apr'],
      [169, 'Jul'],
      [251, 'Oct'],
      [334, ''],
    ]);
    expect(axis('2027-06-01', mou('2028-02-29', '2030-01-01')).map(([, says]) => says)).toEqual([
      '2027',
      '2028',
      '2029',
      '2030',
      '',
    ]);
    expect(axis('2027-06-01', mou('2024-02-29', '2061-01-01')).map(([, says]) => says)).toEqual([
      '2025',
      '2030',
      '2035',
      '2040',
      '2045',
      '2050',
      '2055',
      '',
    ]);
  });

  it('has a mark at the day, and the bar from today until the end', () => {
    const picture = drawn(registerPicture(textsIn('en'), [mou('2027-10-01', '2027-12-31')], '2027-07-02'));
    const places = new Map(axisOf(picture).map(([x, says]) => [says, x]));
    expect(picture).toContain(`<circle class="moment" cx="${places.get('Oct')}"`);
    expect(picture).toMatch(/class="bar" x="170" y="40" width="163"/);
  });
});
