import type { CivilDate } from '../dates.ts';
import type { Party } from '../fields.ts';
import type { CalendarEntry, Lifecycle } from '../lifecycle.ts';
import { nameOf } from './label.ts';
import { lately } from './once.ts';
import type { CaseState } from './state.ts';

/** What somebody says who is invited to a calendar entry. */
export interface Reply {
  readonly comes: 'yes' | 'no' | 'substitute';
  /** Who comes instead, if they are in the directory: they have the entry then. */
  readonly substitute?: Party;
  /** Who comes instead, in words: the entry stays with whoever was invited, who passes it on. */
  readonly named?: string;
}

type RepliesByParty = Readonly<Partial<Record<Party, Reply>>>;

/** The last reply of each, by the names of the entries; those to an earlier day are gone. */
export type Replies = Readonly<Record<string, RepliesByParty>>;

export type InvitationEvent = {
  readonly type: 'invitationAnswered';
  readonly entry: string;
  readonly who: Party;
  /** The first day of the entry as it stood when they answered. */
  readonly day: CivilDate;
} & Reply;

const noReplies: RepliesByParty = {};

const repliesTo = ({ replies }: Pick<CaseState, 'replies'>, entry: string): RepliesByParty =>
  replies?.[entry] ?? noReplies;

/** Whoever is invited, and those who come one in place of the other; the last has the entry. */
function lineFrom(who: Party, replies: RepliesByParty): readonly Party[] {
  const substitute = replies[who]?.substitute;
  return substitute ? [who, ...lineFrom(substitute, replies)] : [who];
}

const linesOf = ({ attendees }: CalendarEntry, replies: RepliesByParty): readonly (readonly Party[])[] =>
  attendees.map((who) => lineFrom(who, replies));

/** An entry with those who come in place of others. */
export function withSubstitutes(entry: CalendarEntry, state: Pick<CaseState, 'replies'>): CalendarEntry {
  const replies = repliesTo(state, entry.name);
  if (replies === noReplies) return entry;
  return { ...entry, attendees: [...new Set(linesOf(entry, replies).flatMap((line) => line.at(-1) ?? []))] };
}

/** Who has sent somebody to an entry in their place. */
export const sentBy = (state: Pick<CaseState, 'replies'>, entry: string, substitute: Party): Party | undefined =>
  (Object.entries(repliesTo(state, entry)) as [Party, Reply][]).find(
    ([, reply]) => reply.substitute === substitute,
  )?.[0];

/** The case after a reply. */
export function withReply(state: CaseState, { entry, who, comes, substitute, named }: InvitationEvent): CaseState {
  const reply: Reply = { comes, ...(substitute ? { substitute } : {}), ...(named ? { named } : {}) };
  return { ...state, replies: { ...state.replies, [entry]: { ...repliesTo(state, entry), [who]: reply } } };
}

/** Without replies to what is off or on another day now, and of those who are no longer invited. */
export function withoutOldReplies(state: CaseState, wanted: readonly CalendarEntry[]): CaseState {
  if (!state.replies) return state;
  const left = wanted.flatMap((entry) => {
    const replies = repliesTo(state, entry.name);
    const kept = state.calendarEntries?.[entry.name];
    if (!kept || kept.withdrawn || kept.entry.from !== entry.from || kept.entry.to !== entry.to) return [];
    const invited = linesOf(entry, replies).flat();
    const theirs = Object.entries(replies).filter(([who]) => invited.includes(who as Party));
    return theirs.length > 0 ? [[entry.name, Object.fromEntries(theirs)] as const] : [];
  });
  const { replies: _, ...others } = state;
  return left.length > 0 ? { ...others, replies: Object.fromEntries(left) } : others;
}

/** Somebody invited to an entry, with what they have said. */
export interface Invited {
  readonly who: Party;
  readonly reply?: Reply;
  /** In whose place. */
  readonly inPlaceOf?: Party;
}

export interface Invitation {
  readonly entry: CalendarEntry;
  readonly invited: readonly Invited[];
}

/** The entries to which people are invited now, with all who can answer for themselves: also those who sent somebody else. */
export const invitationsIn = lately((lifecycle: Lifecycle, state: CaseState): readonly Invitation[] => {
  if (!lifecycle.calendarEntries || !state.calendarEntries || state.cancelled) return [];
  return lifecycle.calendarEntries(state.subject, state).flatMap((entry) => {
    const kept = state.calendarEntries?.[entry.name];
    if (!kept || kept.withdrawn) return [];
    const replies = repliesTo(state, entry.name);
    const invited = new Map<Party, Invited>();
    for (const line of linesOf(entry, replies))
      for (const [index, who] of line.entries()) {
        const [reply, inPlaceOf] = [replies[who], line[index - 1]];
        if (!invited.has(who))
          invited.set(who, { who, ...(reply ? { reply } : {}), ...(inPlaceOf ? { inPlaceOf } : {}) });
      }
    return [{ entry, invited: [...invited.values()] }];
  });
});

const prefix = 'invitation:';

/** What an address is for with which somebody answers: an entry on these days; on others it is another invitation. */
export const invitationName = ({ name, from, to }: CalendarEntry, who: Party): string =>
  `${prefix}${name}:${from}:${to}:${who}`;

export const isOfInvitation = (name: string): boolean => name.startsWith(prefix);

/** The invitation of such a name; undefined when it is on another day, off, or no longer theirs. */
export function invitationNamed(
  lifecycle: Lifecycle,
  state: CaseState,
  name: string,
): { readonly entry: CalendarEntry; readonly invited: Invited } | undefined {
  for (const { entry, invited } of invitationsIn(lifecycle, state)) {
    const found = invited.find(({ who }) => invitationName(entry, who) === name);
    if (found) return { entry, invited: found };
  }
  return undefined;
}

/** `klid`, `klid (Ms Han)` who comes in their place, `han-jiwon instead of klid`. */
export const invitedInWords = ({ who, reply, inPlaceOf }: Invited): string =>
  [nameOf(who), reply?.named && ` (${reply.named})`, inPlaceOf && ` instead of ${nameOf(inPlaceOf)}`]
    .filter(Boolean)
    .join('');

/** Who comes to an entry and who does not, for people. */
export interface Attendance {
  readonly entry: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly comes: readonly Invited[];
  readonly doesNotCome: readonly Invited[];
  readonly notAnswered: readonly Invited[];
}

/** By entries. Whoever sends somebody of the directory is named beside them, and not counted. */
export const attendanceIn = (lifecycle: Lifecycle, state: CaseState): readonly Attendance[] =>
  invitationsIn(lifecycle, state).map(({ entry: { name, from, to }, invited }) => {
    const asked = invited.filter(({ reply }) => !reply?.substitute);
    return {
      entry: name,
      from,
      to,
      comes: asked.filter(({ reply }) => reply && reply.comes !== 'no'),
      doesNotCome: asked.filter(({ reply }) => reply?.comes === 'no'),
      notAnswered: asked.filter(({ reply }) => !reply),
    };
  });
