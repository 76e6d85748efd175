import { expect, it } from 'vitest';
import { refuseByClocks } from '../../domain/local-times.ts';

const athens = 'Europe/Athens';
const time = (on: string, at: string) => ({ on, at, zoneOf: 'GR' });

it.each([
  [
    '2027-03-28',
    '03:30',
    athens,
    '03:30 on 2027-03-28 does not exist in Europe/Athens: the clocks go from 03:00 to 04:00; choose another time.',
  ],
  [
    '2027-10-31',
    '03:30',
    athens,
    '03:30 on 2027-10-31 exists twice in Europe/Athens: the clocks go from 04:00 to 03:00; choose another time.',
  ],
  [
    '2018-11-04',
    '00:00',
    'America/Sao_Paulo',
    '00:00 on 2018-11-04 does not exist in America/Sao_Paulo: the clocks go from 00:00 to 01:00; choose another time.',
  ],
])('%s %s in %s is no one moment', (on, at, zone, because) => {
  expect(refuseByClocks(time(on, at), zone)).toEqual({ refused: 'InvalidInput', because });
});

it.each([
  ['2027-03-28', '02:59', athens],
  ['2027-03-28', '04:00', athens],
  ['2027-10-31', '02:59', athens],
  ['2027-10-31', '04:00', athens],
  ['2027-03-28', '03:30', 'Asia/Seoul'],
])('%s %s in %s is', (on, at, zone) => {
  expect(refuseByClocks(time(on, at), zone)).toBeUndefined();
});
