import type { Party } from '../fields.ts';
import type { CalendarEntry, CaseHeader, Lifecycle } from '../lifecycle.ts';
import { dayOf, type Instant } from '../dates.ts';
import { withoutOldReplies, withSubstitutes } from './invitations.ts';
import type { CaseEvent, CaseState } from './state.ts';

/** An entry as it stands in the calendars of those invited. Kept when withdrawn, so that its sequence never falls. */
export interface KeptEntry {
  readonly entry: CalendarEntry;
  /** Rises with every change (RFC 5545, 3.8.7.4): by it a calendar knows which version is the newer. */
  readonly sequence: number;
  readonly withdrawn: boolean;
  /** The number of the event that changed it last, and who has to hear of that. */
  readonly changedBy: number;
  readonly changedAt: Instant;
  readonly invites: readonly Party[];
  readonly uninvites: readonly Party[];
}

export type KeptEntries = Readonly<Record<string, KeptEntry>>;

/** What one event did to one entry: the message that brings somebody's calendar up to date. */
export interface CalendarChange {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly uid: string;
  readonly sequence: number;
  readonly entry: CalendarEntry;
  readonly to: Party;
  /** The entry stands, and this reader alone is no longer asked to attend. */
  readonly stands?: true;
  /** The IANA zone of its times, once it is looked up. */
  readonly zone?: string;
}

/** The entries after an event. What has taken place stays in people's calendars, whatever becomes of the case. */
export function keepEntries(lifecycle: Lifecycle, state: CaseState, event: CaseEvent): CaseState {
  if (!lifecycle.calendarEntries) return state;
  const kept = state.calendarEntries ?? {};
  const arranged = state.cancelled ? [] : lifecycle.calendarEntries(state.subject, state);
  const answered = withoutOldReplies(state, arranged);
  const wanted = arranged.map((entry) => withSubstitutes(entry, answered));
  const names = new Set(wanted.map(({ name }) => name));
  const gone = Object.values(kept).filter(
    ({ entry, withdrawn }) => !withdrawn && !names.has(entry.name) && entry.to >= dayOf(event.at),
  );
  const changed = [
    ...wanted.flatMap((entry) => changedEntry(kept[entry.name], entry, event)),
    ...gone.map((each) => withdrawnEntry(each, event)),
  ];
  if (changed.length === 0) return answered;
  return {
    ...answered,
    calendarEntries: { ...kept, ...Object.fromEntries(changed.map((each) => [each.entry.name, each])) },
  };
}

/** What lies behind when it becomes known is history, and nobody's appointment. */
const isHistory = ({ to }: CalendarEntry, { at }: CaseEvent): boolean => to < dayOf(at);

function changedEntry(before: KeptEntry | undefined, entry: CalendarEntry, event: CaseEvent): KeptEntry[] {
  const change = { changedBy: event.number, changedAt: event.at };
  if (!before)
    return isHistory(entry, event)
      ? []
      : [{ entry, sequence: 0, withdrawn: false, ...change, invites: entry.attendees, uninvites: [] }];
  if (isHistory(entry, event) && isHistory(before.entry, event)) return [];
  const invited = before.withdrawn ? [] : before.entry.attendees;
  const uninvites = invited.filter((party) => !entry.attendees.includes(party));
  const invites = looksTheSame(before, entry)
    ? entry.attendees.filter((party) => !invited.includes(party))
    : entry.attendees;
  if (invites.length === 0 && uninvites.length === 0) return [];
  return [{ entry, sequence: before.sequence + 1, withdrawn: false, ...change, invites, uninvites }];
}

const withdrawnEntry = ({ entry, sequence }: KeptEntry, { number, at }: CaseEvent): KeptEntry => ({
  entry,
  sequence: sequence + 1,
  withdrawn: true,
  changedBy: number,
  changedAt: at,
  invites: [],
  uninvites: entry.attendees,
});

const contentOf = ({ attendees: _, ...content }: CalendarEntry): string =>
  JSON.stringify(Object.entries(content).sort(([a], [b]) => a.localeCompare(b)));

const looksTheSame = ({ withdrawn, entry: before }: KeptEntry, entry: CalendarEntry): boolean =>
  !withdrawn && contentOf(before) === contentOf(entry);

/**
 * The same for ever, and no other installation's: two ministries may both have a meeting/kr-gr-2, but did not open it in
 * the same millisecond.
 */
export const uidOf = ({ id, openedAt }: Pick<CaseHeader, 'id' | 'openedAt'>, entryName: string): string =>
  `${id.replace('/', '-')}.${entryName.replaceAll(/[^A-Za-z0-9-]/g, '-')}.${openedAt.replaceAll(/[^0-9]/g, '')}@entente`;

/** Whose calendar an event changes, and how. */
export const calendarChanges = (state: CaseState, { number }: CaseEvent): readonly CalendarChange[] =>
  Object.values(state.calendarEntries ?? {})
    .filter(({ changedBy }) => changedBy === number)
    .flatMap(({ entry, sequence, invites, uninvites, withdrawn }) => {
      const uid = uidOf(state, entry.name);
      return [
        ...invites.map((to): CalendarChange => ({ method: 'REQUEST', uid, sequence, entry, to })),
        ...uninvites.map(
          (to): CalendarChange => ({
            method: 'CANCEL',
            uid,
            sequence,
            entry,
            to,
            ...(withdrawn ? {} : { stands: true }),
          }),
        ),
      ];
    });
