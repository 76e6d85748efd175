import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import { FileFaultsError, RefusedError, UsageError } from '../client/errors.ts';
import { type FileOpening, type ForeseenOpening, openAll, tryAll } from '../client/open-file.ts';
import { openingsIn } from '../client/opening-sheet.ts';
import { sheetOf } from '../client/sheets/read.ts';
import type { GivenFile } from '../client/document-files.ts';
import type { FileFault } from '../database/directory.ts';
import { isKind, type Kind, kinds } from '../domain/kinds.ts';
import { aheadView } from './ahead-view.ts';
import { isTheirs, type Visitor } from './door.ts';
import { ownInputs } from './form.ts';
import { NoForm, sentTo } from './sent.ts';
import { byOpeners } from './opening.ts';
import { type Html, notice, recorded, refusalIn } from './pages.ts';
import type { Turn } from './replies.ts';
import { sheet } from './sheet.ts';
import type { Mail } from '../client/consequences.ts';
import { mailsIn, namesOf, owingIn, type Reading } from './trial-view.ts';

/** So many are looked at and opened while somebody waits for a page; more come in at a terminal. */
const mostRows = 300;
const mostFaults = 100;
const mostShown = 60;

/** What the form shows besides itself. */
interface Said {
  readonly kind?: Kind;
  readonly body: Html;
  /** Of the file that was looked at: the same has to be chosen again. */
  readonly seen?: string;
  readonly status?: number;
}

/** The form by which a sheet is brought in. */
export const importPage = (visitor: Visitor): Promise<Turn | undefined> =>
  byOpeners(visitor, async () =>
    shown(visitor, { body: html`<p class="quiet">${visitor.texts.say('importHow', { rows: mostRows })}</p>` }),
  );

function shown({ texts, secret, ...visitor }: Visitor, { kind, body, seen, status = 200 }: Said): Turn {
  const options = kinds.map(
    (each) => html`<option value="${each}" ${each === kind ? 'selected' : ''}>${texts.say(`kind_${each}`)}</option>`,
  );
  const page = html`${body}
<form method="post" action="/import" enctype="multipart/form-data" class="plain" novalidate>
${ownInputs(secret)}
<div class="field"><label for="kind">${texts.say('importKind')}</label><select id="kind" name="kind">${options}</select></div>
<div class="field"><label for="file">${texts.say(seen ? 'importFileAgain' : 'importFile')}</label><input type="file" id="file" name="file" accept=".csv,.tsv,.xlsx"></div>
${seen ? html`<input type="hidden" name="seen" value="${seen}"><button type="submit" name="sure" value="yes">${texts.say('importButton')}</button>` : ''}
<button type="submit" name="look" value="yes"${seen ? html` class="second"` : ''}>${texts.say('look')}</button>
</form>`;
  return { page: sheet({ texts, secret, ...visitor }, texts.say('import'), page), status };
}

const fault = (sentence: string | Html): Html => html`<div class="fault" role="alert"><p>${sentence}</p></div>`;

/** Takes a sheet: first a look at it, line by line, and only the same sheet then. */
export const importSheet = (visitor: Visitor): Promise<Turn | undefined> =>
  byOpeners(visitor, async () => {
    const { c, texts } = visitor;
    try {
      const { typed, files } = await sentTo(c);
      if (!isTheirs(visitor, typed)) return shown(visitor, { body: fault(texts.say('stale')), status: 403 });
      const kind = typed.get('kind') ?? '';
      const [file] = files.get('file') ?? [];
      if (!isKind(kind)) throw new NoForm('There is no such kind.');
      if (!file) return shown(visitor, { kind, body: fault(texts.say('importNoFile')), status: 422 });
      return await looked(visitor, { kind, file }, typed.has('look') ? undefined : typed.get('seen'));
    } catch (error) {
      if (!(error instanceof NoForm)) throw error;
      return { page: notice(texts, texts.say('refused'), [recorded(texts, error.message)]), status: 400 };
    }
  });

interface Given {
  readonly kind: Kind;
  readonly file: GivenFile;
}

/** @param sure the file that they have seen what would follow from, and want to bring in */
async function looked(visitor: Visitor, given: Given, sure: string | undefined): Promise<Turn> {
  const { entente, texts } = visitor;
  const { kind, file } = given;
  const seen = createHash('sha256').update(kind).update(file.content).digest('hex');
  try {
    const openings = await openingsOf(visitor, given);
    const foreseen = await tryAll(entente, file.name, openings);
    if (sure !== seen) {
      const other = sure === undefined ? html`` : fault(texts.say('importOther'));
      const names = await namesOf(entente, foreseen);
      const fresh = new Set(foreseen.map((each) => each.case));
      const would = { openings: openings.filter(({ id }) => fresh.has(id)) };
      const ahead = await aheadView({ entente, texts, person: visitor.session.person }, would, '');
      const body = html`${other}${whatFollows({ texts, names }, openings.length, foreseen)}${foreseen.length > 0 ? ahead : ''}`;
      return shown(visitor, { kind, body, ...(foreseen.length > 0 ? { seen } : {}) });
    }
    const fresh = new Set(foreseen.map((each) => each.case));
    const ofThem = openings.filter(({ id }) => fresh.has(id));
    const opened = await openAll(entente, ofThem, undefined, (of, opening) =>
      entente.openBySession(visitor.session, visitor.secret, of, opening),
    );
    const links = opened
      .slice(0, mostShown)
      .map(
        (each) => html`<li><a href="/case/${each.case}">${each.title}</a> <span class="id">(${each.case})</span></li>`,
      );
    const body = html`<div class="notice" role="status"><p>${texts.say('importDone', { count: opened.length })}</p></div><ul class="rows">${links}</ul>`;
    return { page: sheet(visitor, texts.say('import'), body), status: 200 };
  } catch (error) {
    if (error instanceof FileFaultsError)
      return shown(visitor, { kind, body: faultsIn(visitor, error.faults), status: 422 });
    if (!(error instanceof UsageError || error instanceof RefusedError)) throw error;
    const said =
      error instanceof RefusedError
        ? refusalIn(texts, error.refusal)
        : html`${texts.say('refused')}: ${recorded(texts, error.message)}`;
    return shown(visitor, { kind, body: fault(said), status: 409 });
  }
}

/** As at a terminal; only what they bring in themselves, and what is not too much for a page. */
async function openingsOf(
  { session }: Visitor,
  { kind, file: { name, content } }: Given,
): Promise<readonly FileOpening[]> {
  const me = session.person.person;
  const openings = openingsIn(name, await sheetOf(name, content, kind), kind, me);
  const more = openings[mostRows];
  if (more)
    throw new FileFaultsError('Nothing was brought in', [
      {
        file: name,
        line: more.line,
        because: `these are more than ${mostRows} rows; give them in several files, or at a terminal`,
      },
    ]);
  const others = openings.filter(({ opening }) => opening.by !== me);
  if (others.length > 0)
    throw new FileFaultsError(
      'Nothing was brought in',
      others.map(({ line, opening }) => ({
        file: name,
        line,
        because: `by: you are ${me}, not ${opening.by}; leave the column out`,
      })),
    );
  return openings;
}

function faultsIn({ texts }: Visitor, faults: readonly FileFault[]): Html {
  const rows = faults
    .slice(0, mostFaults)
    .map(
      ({ line, because }) =>
        html`<tr><td data-title="${texts.say('importLine')}">${line}</td><td data-title="${texts.say('importWrong')}">${recorded(texts, because)}</td></tr>`,
    );
  return html`${fault(texts.say('importFaults', { count: faults.length }))}
<table class="list"><thead><tr><th scope="col">${texts.say('importLine')}</th><th scope="col">${texts.say('importWrong')}</th></tr></thead><tbody>${rows}</tbody></table>
${faults.length > mostFaults ? html`<p class="quiet">${texts.say('deskMore')}</p>` : ''}`;
}

/** What each would be owed, and who would be written to. */
function whatFollows({ texts, names }: Reading, count: number, foreseen: readonly ForeseenOpening[]): Html {
  const before = count - foreseen.length;
  const known = before > 0 ? html`<p>${texts.say('importKnown', { count: before })}</p>` : '';
  const mails = foreseen.flatMap(({ wouldFollow }) => mailsIn(wouldFollow));
  const readers = new Map<string, Mail[]>();
  for (const mail of mails) {
    const known = readers.get(mail.reaches) ?? [];
    known.push(mail);
    readers.set(mail.reaches, known);
  }
  const rows = foreseen
    .slice(0, mostShown)
    .map(
      (each) =>
        html`<li><strong>${each.case}</strong>${each.newlyOwed.map((owing) => html`<span class="quiet">${owingIn({ texts, names }, owing)}</span>`)}</li>`,
    );
  return html`<div class="notice" role="status"><p>${texts.say('importWould', { count: foreseen.length })} ${foreseen.length > 0 ? texts.say('notYet') : ''}</p></div>
${known}<ul class="rows">${rows}</ul>
${foreseen.length > mostShown ? html`<p class="quiet">${texts.say('deskMore')}</p>` : ''}
${foreseen.length > 0 ? html`<p>${texts.say(readers.size > 0 ? 'importLetters' : 'importNoLetters')}</p>` : ''}
<ul>${[...readers].slice(0, mostShown).map(([reader, letters]) => html`<li>${letters[0]?.nobody ? recorded(texts, reader) : reader}: ${letters.length}</li>`)}</ul>`;
}
