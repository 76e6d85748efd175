import type { Kysely } from 'kysely';
import { type CorrectionEvent, factsWithWrong, type Held } from '../domain/case/correction.ts';
import type { CaseEvent, CaseState } from '../domain/case/state.ts';
import { kinds } from '../domain/kinds.ts';
import type { Stamp } from '../domain/lifecycle.ts';
import type { Database } from './schema.ts';

const isCorrection = (event: CaseEvent): event is CorrectionEvent & Stamp => event.type === 'factsCorrected';

/** What a command decides, with the open cases that took over what was wrong. Changes nothing. */
export async function withHolders(
  db: Kysely<Database>,
  before: CaseState | undefined,
  events: readonly CaseEvent[],
): Promise<readonly CaseEvent[]> {
  if (!before || !events.some(isCorrection)) return events;
  const related = await relatedTo(db, before);
  return events.map((event) => (isCorrection(event) ? withHeld(event, related) : event));
}

type Related = Awaited<ReturnType<typeof relatedTo>>[number];

function withHeld(event: CorrectionEvent & Stamp, related: readonly Related[]): CorrectionEvent & Stamp {
  const heldBy = related
    .map(({ id, ...shown }): Held => ({ case: id, facts: factsWithWrong(event.corrections, shown) }))
    .filter(({ facts }) => facts.length > 0);
  return heldBy.length > 0 ? { ...event, heldBy } : event;
}

const ids = new RegExp(`"((?:${kinds.join('|')})/[a-z0-9-]+)"`, 'g');

/** Cases take over facts from whoever opens or tells them: the opener, what it opened, and whom it knows by their ids. */
const relatedTo = (db: Kysely<Database>, { id, opener, subject }: CaseState) =>
  db
    .selectFrom('cases')
    .select(['id', 'title', 'countries', 'facts'])
    .$narrowType<{ facts: Readonly<Record<string, unknown>> }>()
    .where('closed_at', 'is', null)
    .where('id', '<>', id)
    .where((or) => or.or([or('opener', '=', id), or('id', 'in', [opener ?? '', ...knownTo(subject)])]))
    .orderBy('id')
    .execute();

const knownTo = (subject: unknown): readonly string[] => [
  ...new Set([...JSON.stringify(subject).matchAll(ids)].flatMap(([, known]) => known ?? [])),
];
