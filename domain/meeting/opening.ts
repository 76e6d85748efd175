import { z } from 'zod';
import { meetingPeriods } from '../committee/opening.ts';
import { refuseOtherThan, refuseSides } from '../committee/sides.ts';
import { dayOf, minus } from '../dates.ts';
import { refuseBefore, refuseLongAgo, refuseTooFar } from '../date-rules.ts';
import { counted } from '../derived.ts';
import { agency, caseOf, count, date, line, listOf, person } from '../fields.ts';
import { endsOn, hoursFields, lastDayOf, refuseHours } from '../hours.ts';
import type { Context, Effect, Stamp } from '../lifecycle.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { standingItems } from '../titles.ts';
import { agendaOf, invitation, mail, sidesOf } from './letters.ts';
import { datesBefore, type Item, leadOf, type Meeting } from './state.ts';

export const input = z.strictObject({
  committee: caseOf('committee').describe('the joint committee that meets'),
  number: count.min(1).describe('the number of the meeting'),
  on: date.describe('the day of the meeting'),
  ...hoursFields,
  endsOn,
  place: line.describe('where: city and venue'),
  host: agency.describe('the side that hosts'),
  sides: listOf(agency).min(2, 'needs at least two sides').describe('the sides of the committee'),
  coChairs: listOf(person).describe('one person per side, in the order of the sides'),
  secretaries: listOf(person).describe('one person per side, in the order of the sides'),
  members: listOf(person).default([]).describe('who is invited besides co-chairs and secretaries'),
  previous: caseOf('meeting').optional().describe('the meeting whose minutes are confirmed as item 1'),
  openActions: listOf(caseOf('action')).default([]).describe('open actions of earlier meetings'),
  openTopics: listOf(line).default([]).describe('their topics, in the same order'),
  deferred: listOf(line).default([]).describe('items that an earlier meeting deferred to this one'),
  itemsBy: date.optional().describe('until when items are taken; without it, the period before the meeting'),
  ...meetingPeriods,
});

export type Opening = z.output<typeof input>;

export function refuseOpening(opening: Opening, { today }: Context): Refusal | undefined {
  const { sides, host, on, itemsBy, openActions, openTopics } = opening;
  if (openActions.length !== openTopics.length)
    return refuse(
      'InvalidInput',
      `openTopics: ${counted(openTopics.length, 'topic')} for ${counted(openActions.length, 'action')}; give one for each, in the same order.`,
    );
  return (
    refuseSides(opening) ??
    refuseHours(opening, { from: on, to: lastDayOf(opening) }) ??
    refuseOtherThan(sides, host) ??
    refuseTooFar('on', on, today) ??
    refuseLongAgo('on', on, today) ??
    refuseBefore('on', on, 'the item deadline', itemsBy)
  );
}

export function begin(opening: Opening, { at }: Stamp): Meeting {
  const { openActions, openTopics, deferred, itemsBy, previous, ...given } = opening;
  const scheduledOn = dayOf(at);
  const itemsBefore = itemsBy ? leadOf(itemsBy, given.on) : given.itemsBefore;
  const isTimeToInvite = minus(given.on, given.invitationsBefore) <= scheduledOn;
  return {
    ...given,
    ...(previous ? { previous } : {}),
    stage: 'convened',
    firstOn: given.on,
    openActions: openActions.map((action, index) => ({ action, topic: openTopics[index] ?? '' })),
    scheduledOn,
    itemsBefore,
    ...datesBefore({ ...given, itemsBefore, scheduledOn }),
    ...(isTimeToInvite ? { invitedOn: scheduledOn } : {}),
    items: itemsAtFirst(opening),
    papers: [],
    attended: [],
    excused: [],
    guests: [],
    inThePresenceOf: [],
    draft: 0,
    consents: {},
    objections: 0,
    signatures: {},
    actions: [],
  };
}

/** Invited at once when it is time, else asked for items; a meeting recorded afterwards needs neither. */
export function announcement({ at }: Stamp, meeting: Meeting): Effect[] {
  if (meeting.on < dayOf(at)) return [];
  return meeting.invitedOn ? invitation(meeting) : mail('callForItems', sidesOf(meeting), agendaOf(meeting));
}

/** What stands on the agenda before anybody has proposed anything. */
function itemsAtFirst({ previous, openActions, deferred }: Opening): readonly Item[] {
  const standing: Omit<Item, 'number'>[] = [
    ...(previous ? [{ title: standingItems.previousMinutes, subject: 'previousMinutes' as const }] : []),
    ...(openActions.length > 0 ? [openActionsItem] : []),
    ...deferred.map((title) => ({ title, subject: 'deferred' as const })),
  ];
  return standing.map((item, index) => ({ ...item, number: index + 1 }));
}

export const openActionsItem = { title: standingItems.openActions, subject: 'openActions' as const };
