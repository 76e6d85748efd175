import { html } from 'hono/html';
import { stageIn } from './labels.ts';
import { longDay } from '../activities/mail/days.ts';
import { aboutLetter, entryTitleFor, titleFor } from '../activities/mail/render.ts';
import type { Entente } from '../client/client.ts';
import type { Change } from '../client/forecast/previews.ts';
import type { Session } from '../client/sessions.ts';
import type { Names } from '../database/names.ts';
import { dayOf, plus } from '../domain/dates.ts';
import type { Difference } from '../domain/forecast/difference.ts';
import type { Line } from '../domain/forecast/lines.ts';
import type { Fact } from '../domain/lifecycle.ts';
import { referencesIn } from '../domain/story.ts';
import { type Html, recorded } from './pages.ts';
import { toldIn } from './story.ts';
import type { Texts } from './texts.ts';
import type { Reading } from './trial-view.ts';

/** As many as one reads before sending a form. */
const shown = 25;
const lookedAhead = 'P1Y';

interface Asking extends Pick<Session, 'person'> {
  readonly entente: Entente;
  readonly texts: Texts;
}

/**
 * What a form would make different in the year to come, in the cases that its reader may see.
 *
 * @param own what the page is about: its lines do not say of which case they are
 */
export async function aheadView({ entente, texts, person }: Asking, change: Change, own: string): Promise<Html> {
  const from = new Date().toISOString();
  const until = plus(dayOf(from), lookedAhead);
  const { differences } = await entente.previews.of(change, { from, until: `${until}T23:59:59.999Z`, tells: true });
  const all = differences.filter((each) => !isAtOnce(each, from));
  const seen = await seenOf(entente, { person }, all, own);
  const mine = all.filter((each) => seen.has(each.case));
  const day = longDay(until, texts.code);
  if (all.length === 0) return html`<p>${texts.say('aheadNone', { day })}</p>`;
  const rows = mine.slice(0, shown);
  const names = await entente.desks.names(factsOf(rows));
  const hidden = all.length - mine.length;
  return html`${
    rows.length > 0
      ? html`<p><strong>${texts.say('ahead', { day })}</strong></p>
<ul>${rows.map((each) => html`<li>${differenceIn({ texts, names }, each, own)}</li>`)}</ul>`
      : ''
  }
${mine.length > shown ? html`<p>${texts.say('aheadMore', { count: mine.length - shown })}</p>` : ''}
${hidden > 0 ? html`<p>${texts.say('aheadUnseen', { count: hidden, day })}</p>` : ''}`;
}

/** So many cases are looked at while somebody waits for a page. */
const mostCases = 2_000;

/** The same of something that is said beside the cases, which may have to do with many. */
export const aheadOfAll = async (asking: Asking, change: Change): Promise<Html> =>
  (await asking.entente.previews.looksAtMore(change, mostCases))
    ? html`<p>${asking.texts.say('aheadTooMany')}</p>`
    : aheadView(asking, change, '');

/** A letter that goes with the change itself is named by what would follow at once. */
const isAtOnce = ({ lines }: Difference, from: string): boolean => {
  const [before, then] = lines ?? [];
  const letter = then?.tells?.letter;
  return before === undefined && letter !== undefined && letter.at <= from;
};

/** Cases that a change opens are there for nobody yet: they are of what the page is about. */
async function seenOf(
  entente: Entente,
  by: Pick<Session, 'person'>,
  all: readonly Difference[],
  own: string,
): Promise<ReadonlySet<string>> {
  const opened = all.filter(({ turn }) => turn === 'opened').map((each) => each.case);
  const seen = new Set([own, ...opened]);
  for (const id of new Set(all.map((each) => each.case)))
    if (!seen.has(id) && (await entente.desks.sees(by, id))) seen.add(id);
  return seen;
}

const linesIn = ({ lines = [undefined, undefined] }: Difference): readonly Line[] =>
  lines.flatMap((line) => line ?? []);

function factsOf(rows: readonly Difference[]): Readonly<Record<string, Fact>> {
  const all = rows.flatMap(linesIn).flatMap(({ tells }) => tells ?? []);
  const facts = all.flatMap(({ letter }) => Object.values(letter?.facts ?? {}));
  return {
    told: referencesIn(all.flatMap(({ told }) => told ?? [])),
    letters: facts.flatMap((fact) => (Array.isArray(fact) ? fact.map(String) : typeof fact === 'string' ? [fact] : [])),
    named: all.flatMap(({ owedBy, letter, reader }) =>
      [owedBy, letter && meantBy(letter.to), reader ?? undefined].flatMap((each) => each ?? []),
    ),
    cases: rows.map((each) => each.case),
  };
}

function differenceIn({ texts, names }: Reading, difference: Difference, own: string): Html {
  const { what, turn, lines: [before, then] = [undefined, undefined] } = difference;
  const label = texts.say(`differs_${what}`, { turn: turn.replaceAll(' ', '_') });
  const which = whichIn({ texts, names }, difference);
  const of = difference.case === own ? '' : ` (${names.get(difference.case)?.name ?? difference.case})`;
  const how = [before, then].flatMap((line) => (line ? [howIn({ texts, names }, line)] : []));
  return html`${label}: ${which}${of}: ${how.join(' → ')}`;
}

/** What it is that differs. */
function whichIn({ texts, names }: Reading, { case: id, says, what, lines }: Difference): Html | string {
  const { title, told, owedBy, letter, reminder } = lines?.[1]?.tells ?? lines?.[0]?.tells ?? {};
  const { code } = texts;
  if (title !== undefined) return what === 'case' ? titleFor(code, id, title) : entryTitleFor(code, id, title);
  if (letter) {
    const about = aboutLetter({ ...letter, case_id: id }, code, names);
    return texts.say('aheadLetter', { about, reader: recipientIn({ texts, names }, letter.to) });
  }
  const owed = told && toldIn(texts, names, told);
  if (owed === undefined) return recorded(texts, says);
  if (reminder !== undefined) return texts.say('aheadReminder', { number: reminder, owed });
  return owedBy === undefined ? owed : `${owed}, ${calledIn(names, owedBy)}`;
}

/** How it is in one of the two courses. */
function howIn({ texts, names }: Reading, { what, on, tells = {} }: Line): string {
  const day = longDay(on, texts.code);
  const { stage, reader, starts } = tells;
  if (what === 'case' && stage !== undefined) return stageIn(texts, stage);
  if (starts !== undefined) return `${day}, ${starts}`;
  if (reader === undefined) return day;
  return reader === 'nobody'
    ? texts.say('aheadReadByNobody', { day })
    : texts.say('aheadReadBy', { day, reader: calledIn(names, reader) });
}

const above = 'superior-of/';

const meantBy = (to: string): string => (to.startsWith(above) ? to.slice(above.length) : to);

const recipientIn = ({ texts, names }: Reading, to: string): string =>
  to.startsWith(above) ? texts.say('aheadAbove', { person: calledIn(names, meantBy(to)) }) : calledIn(names, to);

const calledIn = (names: Names, party: string): string => names.get(party)?.name ?? party;
