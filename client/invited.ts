import type { Kysely } from 'kysely';
import { casesInviting } from '../database/calendar-entries.ts';
import { statesOf } from '../database/lists.ts';
import { type Names, namesIn } from '../database/names.ts';
import type { Database } from '../database/schema.ts';
import { invitationsIn, type Invited } from '../domain/case/invitations.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { CivilDate } from '../domain/dates.ts';
import { isKind, lifecycles } from '../domain/kinds.ts';
import type { CalendarEntry, Lifecycle } from '../domain/lifecycle.ts';

/** Something in calendars that is not over, and somebody invited to it who has not said whether they come. */
export interface OpenInvitation {
  readonly caseId: string;
  readonly lifecycle: Lifecycle;
  readonly state: CaseState;
  readonly entry: CalendarEntry;
  readonly invited: Invited;
}

type Named = OpenInvitation & { readonly names: Names };

export interface OpenInvitations {
  /** To what somebody is invited, and has not said whether they come. */
  readonly invited: readonly Named[];
  /** Who has not said so of those whom the cases that they keep have invited. */
  readonly unanswered: readonly Named[];
}

const most = 40;

/**
 * Those that somebody may answer, and those of others in the cases that they keep, the next first.
 *
 * @param parties for whom they act
 */
export async function openInvitations(
  db: Kysely<Database>,
  parties: ReadonlySet<string>,
  kept: readonly CaseState[],
  today: CivilDate,
): Promise<OpenInvitations> {
  const inviters = await statesOf(db, await casesInviting(db, [...parties], today, most));
  const isTheirs = ({ invited }: OpenInvitation): boolean => parties.has(invited.who);
  const invited = inviters
    .flatMap((state) => openIn(state, today))
    .filter(isTheirs)
    .sort(byDay);
  const unanswered = kept.flatMap((state) => openIn(state, today)).filter((each) => !isTheirs(each));
  const names = await namesIn(db, { invited: [...invited, ...unanswered].map((each) => each.invited.who) });
  const named = (each: OpenInvitation): Named => ({ ...each, names });
  return { invited: invited.map(named), unanswered: unanswered.sort(byDay).map(named) };
}

function openIn(state: CaseState, today: CivilDate): readonly OpenInvitation[] {
  const lifecycle = isKind(state.kind) ? lifecycles[state.kind] : undefined;
  if (!lifecycle || state.closedAt !== undefined) return [];
  return invitationsIn(lifecycle, state)
    .filter(({ entry }) => entry.to >= today)
    .flatMap(({ entry, invited }) =>
      invited
        .filter(({ reply }) => !reply)
        .map((each) => ({ caseId: state.id, lifecycle, state, entry, invited: each })),
    );
}

const byDay = (one: OpenInvitation, other: OpenInvitation): number => (one.entry.from < other.entry.from ? -1 : 1);
