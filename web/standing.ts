import type { Context } from 'hono';
import type { Entente } from '../client/client.ts';
import type { OpenedLink } from '../client/links.ts';
import { fieldsOf } from './controls.ts';
import type { Problems } from './form-view.ts';
import { askingPage, type Html, overPage, type Sight } from './pages.ts';
import { type Texts, wordsFor } from './texts.ts';

/** A link that somebody has opened, or sends a form with. */
export interface Asked {
  readonly c: Context;
  readonly entente: Entente;
  readonly link: OpenedLink;
  readonly token: string;
  readonly texts: Texts;
}

export interface Page {
  readonly page: Html;
  readonly status: number;
}

export async function sightOf({ entente, link, token, texts }: Asked): Promise<Sight> {
  const { agencies } = asksForAgency(link, texts) ? await entente.directory() : { agencies: [] };
  return { link, token, texts, agencies };
}

/** The directory is read for forms that choose from it alone. */
const asksForAgency = ({ ways, lifecycle }: OpenedLink, texts: Texts): boolean =>
  ways.some((way) => {
    const words = wordsFor(texts, lifecycle.kind, way.command);
    return words !== undefined && fieldsOf(way, words, texts).some(({ control }) => control.as === 'agency');
  });

/** As it stands, with what is to be said of a form that was sent. */
export function standing(sight: Sight, problems?: Problems, status = 200): Page {
  const { deadline, over } = sight.link;
  if (over || !deadline) return { page: overPage(sight, problems && sight.texts.say('refused')), status };
  return { page: askingPage(sight, deadline, problems), status };
}

/** As the case stands now, since something has changed or is not as it should be. */
export async function refused(
  asked: Asked,
  typed: ReadonlyMap<string, string>,
  sentence: string | Html,
  status: number,
): Promise<Page> {
  const link = (await asked.entente.links.open(asked.token)) ?? asked.link;
  const command = typed.get('command') ?? '';
  const problems = { command, sentence, typed, faults: new Map<string, string>() };
  return standing(await sightOf({ ...asked, link }), problems, status);
}
