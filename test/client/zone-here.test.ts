import { afterEach, expect, it } from 'vitest';
import { momentOf, readOnClocksOf } from '../../client/output/moment.ts';

/** On whose clocks moments are when nobody acts: on those of the terminal, if it says a zone that there is. */

const before = process.env['TZ'];
afterEach(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

it.each([
  ['Asia/Seoul', /^2026-11-29 09:00 Asia\/Seoul$/],
  ['UTC', /^2026-11-29 00:00 UTC$/],
  ['Etc/UTC', /^2026-11-29 00:00 (Etc\/)?UTC$/],
  ['Japan', /^2026-11-29 09:00 (Japan|Asia\/Tokyo)$/],
  ['Singapore', /^2026-11-29 08:00 (Singapore|Asia\/Singapore)$/],
  ['CET', /^2026-11-29 01:00 (CET|Europe\/Brussels)$/],
  ['EST5EDT', /^2026-11-28 19:00 (EST5EDT|America\/New_York)$/],
  ['Nonsense', /^2026-11-29 00:00 UTC$/],
  ['GMT+3', /^2026-11-29 00:00 UTC$/],
])('a zone without a slash is one, and what nobody knows is UTC: %s', (zone, moment) => {
  process.env['TZ'] = zone;
  readOnClocksOf(undefined);
  expect(momentOf('2026-11-29T00:00:00.000Z')).toMatch(moment);
});
