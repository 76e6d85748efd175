import { html } from 'hono/html';
import { RefusedError } from '../client/errors.ts';
import { NotConfirmedError } from '../client/links.ts';
import type { OfferedWay } from '../client/opened-link.ts';
import { isRefusal } from '../domain/refusal.ts';
import { bodyOf } from '../domain/case/command.ts';
import { faultsIn } from '../domain/case/faults.ts';
import { aheadView } from './ahead-view.ts';
import { askForCode } from './confirm.ts';
import { fieldsOf } from './controls.ts';
import { faultsByInput } from './faults.ts';
import { FileFault, fieldsTyped, isOurs } from './form.ts';
import type { Problems } from './field-view.ts';
import { foreseenView, namesOf } from './trial-view.ts';
import { more } from './rows.ts';
import { NoForm, type Sent, sentTo } from './sent.ts';
import { donePage, notice, recorded, refusalIn } from './pages.ts';
import { type Asked, letterPage, type Page, refused, sightOf, standing } from './standing.ts';
import { wordsFor } from './texts.ts';

/** What an address is about, as it stands. Changes nothing. */
export async function show(asked: Asked): Promise<Page> {
  const sight = await sightOf(asked);
  const { link, entente, c } = asked;
  const form = c.req.query('done');
  const answer = form ? await entente.links.answered(link, form) : undefined;
  if (form && answer) return { page: donePage(sight, answer, entente.links.idOf(link, form)), status: 200 };
  return { page: letterPage(sight, undefined), status: 200 };
}

/** Takes a form: what is sent twice is done once, and what was refused has not happened. */
export async function answer(asked: Asked): Promise<Page | { readonly to: string }> {
  const { c, entente, link, token, texts, place } = asked;
  try {
    const sent = await sentTo(c);
    const { typed } = sent;
    const form = typed.get('sending') ?? '';
    if (!isOurs(token, form, typed.get('secret') ?? '')) return await refused(asked, typed, texts.say('stale'), 403);
    const to = `${place.at}?done=${form}`;
    if (await entente.links.answered(link, form)) return { to };
    const command = typed.get('command') ?? '';
    const way = link.ways.find((each) => each.command === command && each.about === typed.get('about'));
    if (!way) return await refused(asked, typed, texts.say('refused'), 409);
    return (await given(asked, way, sent, form)) ?? { to };
  } catch (error) {
    if (!(error instanceof NoForm)) throw error;
    return { page: notice(texts, texts.say('refused'), [recorded(texts, error.message)]), status: 400 };
  }
}

/** Gives the command; what comes back is the page that says why it was not taken. */
async function given(asked: Asked, way: OfferedWay, { typed, files }: Sent, form: string): Promise<Page | undefined> {
  const { entente, link, texts, token } = asked;
  const words = wordsFor(texts, link.lifecycle.kind, way.command);
  if (!words) throw new NoForm('There is no such form.');
  const fields = fieldsOf(way, words, texts);
  const wrong = async (inFields: Problems['faults']): Promise<Page> => {
    const { command, about } = way;
    return standing(asked, { command, about, sentence: texts.say('correct'), typed, faults: inFields }, 422);
  };
  let body: Readonly<Record<string, unknown>>;
  try {
    body = fieldsTyped(fields, way, typed, files);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return wrong(new Map([[error.field, html`${texts.say('invalid')} ${recorded(texts, error.message)}`]]));
  }
  if (typed.has(more)) {
    const { command, about } = way;
    const problems = {
      command,
      about,
      sentence: texts.say('rowsAre'),
      isFault: false,
      typed,
      faults: new Map<string, string>(),
    };
    return standing(asked, problems);
  }
  const faults = faultsIn(bodyOf(way.definition), { ...body, by: link.person.person });
  if (faults.length > 0) return wrong(faultsByInput(fields, faults, typed, texts));
  const code = typed.has('again') ? undefined : typed.get('code')?.replaceAll(/\s/g, '');
  try {
    if (isToBeShown(way, { typed, files })) return await foreseen(asked, way, typed, body);
    await entente.links.answer(link, way.command, body, { token, form, code, files: [...files.values()].flat() });
    return undefined;
  } catch (error) {
    if (error instanceof NotConfirmedError) return askForCode(asked, way, { typed, label: words.label }, error.tried);
    if (!(error instanceof RefusedError)) throw error;
    return refused(asked, typed, refusalIn(texts, error.refusal), 409);
  }
}

/**
 * At the desk what would follow is shown to whoever wants to see it, and always of what answers nothing or reaches beyond
 * the case; files would have to be chosen once more.
 */
const isToBeShown = ({ about, definition }: OfferedWay, { typed, files }: Sent): boolean =>
  about !== undefined &&
  (typed.has('look') || ((definition.confirm === true || (about === '' && files.size === 0)) && !typed.has('sure')));

async function foreseen(
  asked: Asked,
  { command, about }: OfferedWay,
  typed: Sent['typed'],
  body: Readonly<Record<string, unknown>>,
): Promise<Page> {
  const { entente, link, texts } = asked;
  const trial = await entente.links.wouldAccept(link, command, { ...body, by: link.person.person });
  if (isRefusal(trial)) return refused(asked, typed, refusalIn(texts, trial), 409);
  const names = await namesOf(entente, [trial]);
  const { caseId, person } = link;
  const given = { case: caseId, name: command, body: { ...body, by: person.person } };
  const ahead = await aheadView({ entente, texts, person }, { commands: async () => [given] }, caseId);
  const sentence = html`${foreseenView({ texts, names }, trial)}${ahead}<p>${texts.say('notYet')}</p>`;
  const faults = new Map<string, string>();
  return standing(asked, { command, about, sentence, typed, faults, isFault: false, isSure: true }, 200);
}
