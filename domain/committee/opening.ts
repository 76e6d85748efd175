import { z } from 'zod';
import { dayOf, plus } from '../dates.ts';
import { refuseBefore, refuseDay, refuseTooFar } from '../date-rules.ts';
import { agency, caseOf, count, date, type KeptOf, listOf, period, person, pastDate, workingDays } from '../fields.ts';
import { defaults } from '../ladder.ts';
import type { CaseHeader, Context, Stamp } from '../lifecycle.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { refuseOtherThan, refuseSides } from './sides.ts';
import type { Committee } from './state.ts';

/** The periods of a meeting; a committee takes them for all its meetings, a meeting for itself. */
export const meetingPeriods = {
  itemsBefore: period.default(defaults.itemsBefore).describe('items for the agenda are taken until so long before'),
  agendaBefore: period.default(defaults.agendaBefore).describe('the agenda is circulated so long before'),
  invitationsBefore: period.default(defaults.invitationsBefore).describe('invitations go out so long before'),
  minutesWorkingDays: workingDays(defaults.draftMinutesWorkingDays, 'to draft the minutes'),
  commentsWorkingDays: workingDays(defaults.commentsWorkingDays, 'to comment on the minutes; silence is consent'),
  signatureWorkingDays: workingDays(10, 'to sign the agreed minutes'),
};

export type MeetingPeriods = KeptOf<typeof meetingPeriods>;

export const input = z.strictObject({
  mou: caseOf('mou').describe('the MOU under which the committee is constituted'),
  sides: listOf(agency).min(2, 'needs at least two sides').describe('the agencies whose committee it is'),
  coChairs: listOf(person).describe('one person per side, in the order of the sides'),
  secretaries: listOf(person).describe('one person per side, in the order of the sides'),
  since: date.optional().describe('the day it was constituted; without it, today'),
  frequency: period.default(defaults.committeeEvery).describe('how often it meets'),
  firstMeetingBy: date.optional().describe('when it meets first; without it, within a year of being constituted'),
  firstHost: agency.optional().describe('the side that hosts the next meeting; without it, the first side named'),
  meetingsHeld: count.default(0).describe('how many meetings it has held before it came into Entente'),
  lastMeetingOn: pastDate.optional().describe('the day of the last of them'),
  ...meetingPeriods,
});

export type Opening = z.output<typeof input>;

export const firstMeetingWithin = 'P1Y';

export function refuseOpening(opening: Opening, { today }: Context): Refusal | undefined {
  const { sides, firstHost, firstMeetingBy, frequency, since = today } = opening;
  const refusal =
    refuseSides(opening) ??
    (firstHost ? refuseOtherThan(sides, firstHost) : undefined) ??
    refuseTooFar('since', since, today) ??
    refuseHistory(opening, since, today);
  if (refusal) return refusal;
  if (plus(since, frequency) === since) return refuse('InvalidInput', `frequency: ${frequency} is no time at all.`);
  if (!firstMeetingBy) return undefined;
  return (
    refuseBefore('firstMeetingBy', firstMeetingBy, 'the day the committee was constituted', since) ??
    refuseTooFar('firstMeetingBy', firstMeetingBy, today)
  );
}

function refuseHistory({ meetingsHeld, lastMeetingOn }: Opening, since: string, today: string): Refusal | undefined {
  if (meetingsHeld > 0 && !lastMeetingOn)
    return refuse('InvalidInput', `lastMeetingOn: say when the last of the ${meetingsHeld} meetings was held.`);
  if (!lastMeetingOn) return undefined;
  if (meetingsHeld === 0)
    return refuse('InvalidInput', 'meetingsHeld: say how many meetings were held, since last-meeting-on is given.');
  return refuseDay('lastMeetingOn', lastMeetingOn, today, { on: since, what: 'the day the committee was constituted' });
}

export function begin(opening: Opening, { at }: Stamp, { opener }: CaseHeader): Committee {
  const { firstHost, firstMeetingBy, lastMeetingOn, since = dayOf(at), ...given } = opening;
  const { sides, frequency, meetingsHeld } = given;
  return {
    ...given,
    stage: meetingsHeld > 0 ? 'active' : 'constituted',
    since,
    members: [],
    turns: firstHost ? turnsFrom(sides, firstHost) : sides,
    ...(lastMeetingOn ? { lastMeetingOn } : {}),
    nextMeetingBy: firstMeetingBy ?? (lastMeetingOn ? plus(lastMeetingOn, frequency) : plus(since, firstMeetingWithin)),
    // An MOU reckons that day from its effect.
    ...(firstMeetingBy && !opener ? {} : { nextMeetingByRule: true }),
    waitingSince: lastMeetingOn ?? since,
    announced: 0,
    convocations: 0,
    minutesToSign: [],
    openActions: [],
    actionsClosed: 0,
    deferred: [],
  };
}

const turnsFrom = (sides: readonly string[], first: string): readonly string[] => {
  const at = sides.indexOf(first);
  return [...sides.slice(at), ...sides.slice(0, at)];
};
