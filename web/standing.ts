import type { Context } from 'hono';
import type { Entente } from '../client/client.ts';
import type { OpenedLink } from '../client/links.ts';
import { fieldsOf } from './controls.ts';
import type { Problems } from './form-view.ts';
import { askingPage, type Html, overPage, type Sight } from './pages.ts';
import { type Texts, wordsFor } from './texts.ts';

/** What somebody has opened, by the address in a letter or as they are signed in, or sends a form with. */
export interface Asked {
  readonly c: Context;
  readonly entente: Entente;
  readonly link: OpenedLink;
  /** What its forms are made with. */
  readonly token: string;
  readonly texts: Texts;
  readonly place: Place;
}

/** Where forms are sent to, and what is shown there. */
export interface Place {
  readonly at: string;
  reopen(): Promise<OpenedLink | undefined>;
  page(sight: Sight, problems: Problems | undefined): Html;
}

export interface Page {
  readonly page: Html;
  readonly status: number;
}

export async function sightOf({ entente, link, token, texts, place }: Asked): Promise<Sight> {
  const { agencies } = asksForAgency(link, texts) ? await entente.directory() : { agencies: [] };
  return { link, token, texts, agencies, at: place.at };
}

/** The directory is read for forms that choose from it alone. */
const asksForAgency = ({ ways, lifecycle }: OpenedLink, texts: Texts): boolean =>
  ways.some((way) => {
    const words = wordsFor(texts, lifecycle.kind, way.command);
    return words !== undefined && fieldsOf(way, words, texts).some(({ control }) => control.as === 'agency');
  });

/** As it stands, with what is to be said of a form that was sent. */
export const standing = async (asked: Asked, problems?: Problems, status = 200): Promise<Page> => ({
  page: asked.place.page(await sightOf(asked), problems),
  status,
});

/** The page of a letter's address. */
export function letterPage(sight: Sight, problems: Problems | undefined): Html {
  const { deadline, over } = sight.link;
  if (over || !deadline) return overPage(sight, problems && sight.texts.say('refused'));
  return askingPage(sight, deadline, problems);
}

/** As the case stands now, since something has changed or is not as it should be. */
export async function refused(
  asked: Asked,
  typed: ReadonlyMap<string, string>,
  sentence: string | Html,
  status: number,
): Promise<Page> {
  const link = (await asked.place.reopen()) ?? asked.link;
  const command = typed.get('command') ?? '';
  const problems = { command, about: typed.get('about'), sentence, typed, faults: new Map<string, string>() };
  return standing({ ...asked, link }, problems, status);
}
