import type { Context } from 'hono';
import type { Entente } from '../client/client.ts';
import type { OfferedWay, OpenedLink } from '../client/opened-link.ts';
import { askDirectory, choicesIn, nothingKnown, peopleShown } from './choices.ts';
import type { Problems } from './field-view.ts';
import { askingPage, type Html, overPage, type Sight } from './pages.ts';
import { invitationPage } from './invitation.ts';
import type { Texts } from './texts.ts';

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
  /** Which of the ways there are have their form on the page. */
  shows(way: OfferedWay, problems: Problems | undefined): boolean;
  reopen(): Promise<OpenedLink | undefined>;
  page(sight: Sight, problems: Problems | undefined): Html;
}

export interface Page {
  readonly page: Html;
  readonly status: number;
}

export async function sightOf(asked: Asked, problems?: Problems): Promise<Sight> {
  const { entente, link, token, texts, place } = asked;
  const shown = link.ways.filter((way) => place.shows(way, problems));
  const keepsCase = 'part' in link && link.part === 'coordinator';
  const known = askDirectory(shown, link.lifecycle, texts)
    ? await entente.directory(peopleShown(link.person, keepsCase))
    : nothingKnown;
  return { link, token, texts, choices: choicesIn(known, link, texts), at: place.at };
}

/** As it stands, with what is to be said of a form that was sent. */
export const standing = async (asked: Asked, problems?: Problems, status = 200): Promise<Page> => ({
  page: asked.place.page(await sightOf(asked, problems), problems),
  status,
});

/** The page of a letter's address. */
export function letterPage(sight: Sight, problems: Problems | undefined): Html {
  const { deadline, invitation, over } = sight.link;
  if (invitation && !over) return invitationPage(sight, invitation, problems);
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
