import type { Appointment, AppointmentEvent } from '../appointment/state.ts';
import type { Committee, CommitteeEvent } from '../committee/state.ts';
import type { Item, Meeting, MeetingEvent } from '../meeting/state.ts';
import type { CooperationRequest, RequestOutcome, RequestEvent } from '../request/state.ts';
import { outcomeAsNamed } from '../request/state.ts';
import { type Details, hoursIn, partOf, type Told } from './told.ts';

/** What the events of an appointment say besides their fields. */
export const appointment: Details<Appointment, AppointmentEvent> = {
  confirmed: (hours, { on }) => ({ parts: hoursIn(hours, on) }),
  postponed: ({ to, ...hours }) => ({ parts: hoursIn(hours, to) }),
  timeSet: (hours, { on }) => ({ parts: hoursIn(hours, on) }),
};

/** The same of a joint committee. */
export const committee: Details<Committee, CommitteeEvent> = {
  nextMeetingAnnounced: (_, { nextMeetingBy }) => ({ facts: { nextMeetingBy } }),
  meetingConvened: ({ on, ...hours }) => ({ parts: hoursIn(hours, on) }),
  frequencyChanged: (_, { nextMeetingBy }) => ({ facts: { nextMeetingBy } }),
  dissolved: (_, { openActions }) => ({ facts: { count: openActions.length } }),
};

const agendaOf = (items: readonly Item[]) => ({
  facts: { agenda: items.map(({ number, title }) => `${number}. ${title}`).join('; ') },
});
const ofDraft = (_: unknown, { draft }: Meeting) => ({ facts: { draft } });

/** The same of a meeting. */
export const meeting: Details<Meeting, MeetingEvent> = {
  postponed: ({ to, ...hours }) => ({ parts: hoursIn(hours, to) }),
  timeSet: (hours, { on }) => ({ parts: hoursIn(hours, on) }),
  itemsClosed: (_, { items }) => ({ facts: { count: items.length } }),
  agendaCirculated: (_, { items }) => agendaOf(items),
  agendaAdopted: (_, { items }) => agendaOf(items),
  minutesConsented: ofDraft,
  keptSilent: ofDraft,
  objected: ofDraft,
  minutesAgreed: ofDraft,
};

export const outcomeTold = (outcome: RequestOutcome): Told => ({
  ...partOf('outcome', {
    what: outcome.what,
    named: outcomeAsNamed(outcome),
    ...('from' in outcome ? { from: outcome.from, to: outcome.to } : {}),
  }),
  kind: 'request',
});

/** The same of a request. */
export const request: Details<CooperationRequest, RequestEvent> = {
  outcomePlanned: ({ outcome }) => ({ facts: { number: outcome.number }, parts: { outcome: [outcomeTold(outcome)] } }),
  outcomeDropped: ({ dropped }) => ({ facts: { item: dropped } }),
  accepted: (_, { outcomes }) => ({ parts: { outcomes: outcomes.map(outcomeTold) } }),
};
