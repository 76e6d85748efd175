import { titleFor } from '../activities/mail/render.ts';
import { type Choice, type Known, nothingKnown, ofDirectory } from './choices.ts';
import type { Visitor } from './door.ts';
import type { CaseNamed } from './named.ts';

/** Of what a list can be narrowed to, what its reader need not know the id of. */
export type Offered = 'country' | 'agency' | 'coordinator' | CaseNamed;

/** Suggestions are looked through; whoever looks for one that is not among them types its id. */
const mostSuggested = 200;

/** What there is of these: of cases those that whoever reads the list reads whole, and whoever coordinates them. */
export async function offersFor(
  visitor: Visitor,
  asked: readonly Offered[],
): Promise<(offered: Offered) => readonly Choice[]> {
  const known = asked.some(isInDirectory) ? await visitor.entente.directory() : nothingKnown;
  const found = await Promise.all(asked.map(async (each) => [each, await thereIs(visitor, known, each)] as const));
  const offers = new Map(found);
  return (offered) => offers.get(offered) ?? [];
}

const isInDirectory = (offered: Offered): boolean => offered === 'country' || offered === 'agency';

async function thereIs(
  { entente, session, texts }: Visitor,
  known: Known,
  offered: Offered,
): Promise<readonly Choice[]> {
  if (offered === 'country') return ofDirectory(known, texts).country();
  if (offered === 'agency') return ofDirectory(known, texts).agency().slice(0, mostSuggested);
  const found = await entente.desks.narrowing(session, offered, mostSuggested);
  return found.map(({ id, name }) =>
    offered === 'coordinator'
      ? { value: id, label: name }
      : { value: id.slice(offered.length + 1), label: titleFor(texts.code, id, name) },
  );
}
