import { titleFor } from '../activities/mail/render.ts';
import { type Choice, countryChoices } from './choices.ts';
import type { Visitor } from './door.ts';
import type { CaseNamed } from './named.ts';

/** Of what a list can be narrowed to, what its reader need not know the id of. */
export type Offered = 'country' | 'agency' | 'coordinator' | CaseNamed;

/** Suggestions are looked through; whoever looks for one that is not among them types its id. */
const mostSuggested = 200;

/** Chosen of a list that has them all. */
const mostCountries = 1_000;

/** What there is of these: of cases those that whoever reads the list reads whole, and whoever coordinates them. */
export async function offersFor(
  visitor: Visitor,
  asked: readonly Offered[],
): Promise<(offered: Offered) => readonly Choice[]> {
  const found = await Promise.all(asked.map(async (each) => [each, await thereIs(visitor, each)] as const));
  const offers = new Map(found);
  return (offered) => offers.get(offered) ?? [];
}

async function thereIs({ entente, session, texts }: Visitor, offered: Offered): Promise<readonly Choice[]> {
  const most = offered === 'country' ? mostCountries : mostSuggested;
  const found = await entente.desks.narrowing(session, offered, most);
  if (offered === 'country')
    return countryChoices(
      found.map(({ id }) => id),
      texts,
    );
  return found.map(({ id, name }) =>
    offered === 'agency' || offered === 'coordinator'
      ? { value: id, label: name }
      : { value: id.slice(offered.length + 1), label: titleFor(texts.code, id, name) },
  );
}
