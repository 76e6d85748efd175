import { caseNamed } from '../domain/fields.ts';
import type { Visitor } from './door.ts';
import type { Query } from './filters.ts';

/** What lists of some cases can be narrowed to by a case of another kind. */
const casesNamed = ['meeting', 'committee', 'programme'] as const;
export type CaseNamed = (typeof casesNamed)[number];

/** Whether a list may be narrowed to these people and cases: guesses are answered alike, right or wrong. */
export async function mayName({ entente, session }: Visitor, asked: Query): Promise<boolean> {
  const people = [asked.coordinator, asked.owner?.startsWith('person/') ? asked.owner.slice(7) : undefined];
  const named = people.filter((each) => each !== undefined);
  const theirs = named.length > 0 ? await entente.desks.coordinators(session, false) : [];
  if (!named.every((each) => theirs.includes(each))) return false;
  if (asked.by !== undefined && !(await entente.desks.staff.list(session)).some(({ id }) => id === asked.by))
    return false;
  if (asked.case !== undefined && !(await entente.desks.sees(session, asked.case))) return false;
  for (const kind of casesNamed) {
    const id = asked[kind];
    if (id !== undefined && !(await entente.desks.sees(session, caseNamed(kind, id)))) return false;
  }
  return true;
}
