import { readProfile } from '../database/country-profiles.ts';
import type { Indicator, Plan } from '../database/country-profiles/record.ts';
import type { CivilDate } from '../domain/dates.ts';
import { listOf, number, words } from './fields.ts';
import type { Register } from './register.ts';
import { dayInFull, monthInFull, rankInFigures } from './words.ts';

/** What is known of a country, whatever the case: its indicators, its plans, and notes. */
export const profileShape = {
  indicators: listOf('indicators of the country, the newest first', {
    name: words('name of the indicator'),
    year: number('year of the indicator'),
    says: words('value or rank of the indicator, in words'),
    value: words('value of the indicator, with its unit'),
    rank: number('rank of the country'),
    among: words('among whom the rank is'),
    source: words('source of the indicator'),
    note: words('remark on the indicator'),
  }),
  plans: listOf('national plans', {
    name: words('name of the plan'),
    from: words('when the plan begins'),
    to: words('when the plan ends'),
    period: words('from when to when the plan runs, in words'),
    budget: words('budget of the plan'),
    purpose: words('what the plan is for'),
    source: words('source of the plan'),
    note: words('remark on the plan'),
  }),
  notes: listOf('notes on the country, the newest first', {
    says: words('the note'),
    on: words('as of when the note is: 2018, 2018-08 or 2018-08-20'),
    when: words('the same in words: August 2018'),
    source: words('source of the note'),
  }),
};

/** The profile of a country; of what is dated, what was known by a day. */
export async function profileOf(register: Register, country: string, until: CivilDate = '9999') {
  const { indicators, plans, notes } = await readProfile(register.db, country);
  const known = (on: string) => on <= until.slice(0, on.length);
  for (const { recordedAt } of [...indicators, ...plans, ...notes]) register.sawProfile(recordedAt);
  return {
    indicators: indicators.filter(({ year }) => known(String(year))).map(indicatorIn),
    plans: plans.filter(({ from }) => from === undefined || known(from)).map(planIn),
    notes: notes
      .filter(({ on }) => known(on))
      .map(({ note, on, source }) => ({ says: note, on, when: timeInWords(on), source })),
  };
}

/** A year, a month or a day. */
const timeInWords = (on: string): string =>
  on.length === 4 ? on : on.length === 7 ? monthInFull(`${on}-01`, 'en') : dayInFull(on, 'en');

function indicatorIn({ indicator, year, value, unit, rank, among, source, note }: Indicator) {
  const inUnits = value === undefined ? undefined : [value, unit].filter(Boolean).join(' ');
  const place = rank === undefined ? undefined : `${rankInFigures(rank)}${among ? ` among ${among}` : ''}`;
  return {
    name: indicator,
    year,
    says: [place, inUnits].filter((each) => each !== undefined).join(', '),
    value: inUnits,
    rank,
    among,
    source,
    note,
  };
}

function periodIn(from: string | undefined, to: string | undefined): string | undefined {
  if (from === undefined || to === undefined) {
    if (from !== undefined) return `from ${timeInWords(from)}`;
    return to === undefined ? undefined : `until ${timeInWords(to)}`;
  }
  return from === to ? timeInWords(from) : `${timeInWords(from)} to ${timeInWords(to)}`;
}

const planIn = ({ plan, from, to, budget, amount, currency, purpose, source, note }: Plan) => ({
  name: plan,
  from,
  to,
  period: periodIn(from, to),
  budget:
    budget ?? (amount === undefined ? undefined : `${new Intl.NumberFormat('en-GB').format(amount)} ${currency ?? ''}`),
  purpose,
  source,
  note,
});
