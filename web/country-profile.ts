import { html } from 'hono/html';
import type { CountryProfile } from '../database/country-profiles.ts';
import type { Indicator, Plan } from '../database/country-profiles/record.ts';
import type { Html } from './pages.ts';
import type { Texts } from './texts.ts';

/** What is recorded of a country, as its page shows it: figures and plans are published, notes are for the service. */

/** What was recorded stands there in the words in which it was. */
const asRecorded = (text: string): Html => html`<span lang="en">${text}</span>`;

/** `0.6671 index, 67 among UN member states` */
const figureOf = (texts: Texts, { value, unit, rank, among }: Indicator): string =>
  [
    value === undefined ? '' : [value, unit].filter(Boolean).join(' '),
    rank === undefined
      ? ''
      : texts.say(among ? 'countryRankAmong' : 'countryRank', { rank: String(rank), among: among ?? '' }),
  ]
    .filter(Boolean)
    .join(', ');

const more = (...parts: readonly (string | undefined)[]): Html =>
  html`<span class="quiet" lang="en">${parts.filter(Boolean).join(' · ')}</span>`;

const indicatorLine = (texts: Texts, indicator: Indicator): Html =>
  html`<li>${asRecorded(indicator.indicator)} ${indicator.year}: ${figureOf(texts, indicator)} ${more(indicator.note, indicator.source)}</li>`;

function planLine(texts: Texts, { plan, from, to, budget, amount, currency, purpose, note, source }: Plan): Html {
  const costs = budget ?? (amount === undefined ? undefined : `${amount.toLocaleString(texts.code)} ${currency}`);
  const period = from || to ? `${from ?? ''} – ${to ?? ''}` : '';
  return html`<li>${asRecorded(plan)} ${[period, costs].filter(Boolean).join(', ')} ${more(purpose, note, source)}</li>`;
}

/** The lines of each part, by its name; the newest first, as they are on record. */
export const profileLines = (
  texts: Texts,
  { indicators, plans, notes }: CountryProfile,
  isInService: boolean,
): Readonly<Record<string, readonly Html[]>> => ({
  countryIndicators: indicators.map((each) => indicatorLine(texts, each)),
  countryPlans: plans.map((each) => planLine(texts, each)),
  ...(isInService
    ? { countryNotes: notes.map(({ on, note, source }) => html`<li>${on}: ${asRecorded(note)} ${more(source)}</li>`) }
    : {}),
});
