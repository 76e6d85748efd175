import { describe, expect, it } from 'vitest';
import { lifecycles } from '../../domain/kinds.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { stagesPicture, timePicture } from '../../web/pictures.ts';
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

describe('the line of time', () => {
  it('keeps what is late apart, and everything within the picture', () => {
    const stretches = [
      { from: at('2027-01-04'), until: at('2027-02-01'), says: 'one' },
      { from: at('2027-01-20'), says: 'two', isLate: true },
    ];
    const picture = drawn(timePicture(textsIn('en'), stretches, at('2027-03-01')));
    expect(picture).toContain('moment late');
    const across = [...picture.matchAll(/c?x[12]?="(\d+)"/g)].map(([, x]) => Number(x));
    expect(Math.max(...across)).toBeLessThanOrEqual(340);
    expect(picture).not.toMatch(/style=|NaN/);
  });

  it('stands still where everything is at one moment', () => {
    const one = [{ from: at('2027-01-04'), until: at('2027-01-04'), says: 'one' }];
    expect(drawn(timePicture(textsIn('en'), one, at('2027-01-04')))).not.toContain('NaN');
  });
});
