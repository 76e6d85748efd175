import { endsOn, hoursFields, hoursOf, lastDayOf, refuseHours } from '../hours.ts';
import { type CivilDate, plus } from '../dates.ts';
import { refuseBefore, refuseFuture, refuseLongAgo, refusePlan, refuseTooFar } from '../date-rules.ts';
import { agency, date, line, pastDate, period, person } from '../fields.ts';
import type { Context } from '../lifecycle.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { slugUnder } from '../derived.ts';
import { refuseOtherThan, refuseSuccessor } from './sides.ts';
import { type Committee, command, nextHost, nextNumber, sitsOn } from './state.ts';

const alive = ['constituted', 'active', 'meetingConvened', 'suspended'];
const betweenMeetings = ['constituted', 'active'];
const mostMembers = 200;

const side = agency.describe('the side, an agency of this committee');
const from = pastDate.optional().describe('from which day; without it, today');

const successor = (office: 'coChairs' | 'secretaries', inWords: string, type: 'coChairChanged' | 'secretaryChanged') =>
  command({
    says: `Record the new ${inWords} of a side`,
    by: ['side', 'coordinator'],
    from: alive,
    input: { side, person: person.describe(`the new ${inWords}`), from },
    decide: ({ side: forSide, person: who, from: day }, committee, { today }) =>
      refuseSuccessor(office, committee, forSide, who) ??
      refuseFuture('from', day ?? today, today) ?? [{ type, side: forSide, person: who, from: day ?? today }],
  });

export const commands = {
  appointMember: command({
    says: 'Appoint a member for a side',
    by: ['side', 'secretary', 'coordinator'],
    from: alive,
    input: { person: person.describe('the new member'), side, from },
    decide: ({ person: who, side: forSide, from: day }, { sides, members }, { today }) => {
      const since = day ?? today;
      const sitting = members.filter(sitsOn(since));
      if (sitting.some((member) => member.person === who))
        return refuse('AlreadyDone', `${who} is a member already; discharge them first to change the side.`);
      if (sitting.length >= mostMembers)
        return refuse('TooLarge', `The committee has ${mostMembers} members; it takes no more.`);
      return (
        refuseOtherThan(sides, forSide) ??
        refuseTooFar('from', since, today) ?? [{ type: 'memberAppointed', person: who, side: forSide, from: since }]
      );
    },
  }),
  dischargeMember: command({
    says: 'Record the last day of a member',
    by: ['secretary', 'coordinator'],
    from: alive,
    input: {
      person: person.describe('the member who leaves'),
      on: pastDate.optional().describe('the last day; without it, today'),
    },
    decide: ({ person: who, on }, { members }, { today }) => {
      const last = on ?? today;
      const member = members.find(({ person: id, until }) => id === who && until === undefined);
      if (!member)
        return refuse('UnknownItem', `${who} is no member now; \`show\` lists the members of the committee.`);
      return (
        refuseBefore('on', last, `the day ${who} was appointed`, member.from) ??
        refuseTooFar('on', last, today) ?? [{ type: 'memberDischarged', person: who, on: last }]
      );
    },
  }),
  changeCoChair: successor('coChairs', 'co-chair', 'coChairChanged'),
  changeSecretary: successor('secretaries', 'secretary', 'secretaryChanged'),
  changeFrequency: command({
    says: 'Change how often the committee meets; the next due date follows from the last meeting',
    by: ['coChair', 'coordinator'],
    from: alive,
    reason: 'required',
    input: { frequency: period.describe('how often, such as P1Y or P6M') },
    decide: ({ frequency }, committee, { today }) => {
      if (frequency === committee.frequency)
        return refuse('AlreadyDone', `The committee meets every ${frequency} already.`);
      if (plus(today, frequency) === today)
        return refuse('InvalidInput', `frequency: ${frequency} is no time at all; give a period such as P1Y.`);
      return [{ type: 'frequencyChanged', frequency }];
    },
  }),
  swapHost: command({
    says: 'Let another side host the next meeting; the turn passed over comes after it',
    by: ['coChair', 'coordinator'],
    from: betweenMeetings,
    reason: 'required',
    tells: 'told',
    input: { host: agency.describe('the side that hosts the next meeting instead') },
    decide: ({ host }, committee) => {
      const insteadOf = nextHost(committee);
      if (host === insteadOf) return refuse('AlreadyDone', `It is the turn of ${host} already.`);
      return refuseOtherThan(committee.sides, host) ?? [{ type: 'hostSwapped', host, insteadOf }];
    },
  }),
  convene: command({
    says: 'Convene the next meeting; a case of its own is opened for it',
    by: ['owing', 'secretary', 'coordinator'],
    from: betweenMeetings,
    to: ['meetingConvened'],
    input: {
      on: date.describe('the day of the meeting'),
      ...hoursFields,
      endsOn,
      place: line.describe('where: city and venue'),
      host: agency.optional().describe('the side that hosts; without it, the side whose turn it is'),
      itemsBy: date.optional().describe('until when items are taken; without it, the period of the committee before'),
    },
    decide: ({ on, place, host, itemsBy, ...hours }, committee, context) => {
      const hosts = host ?? nextHost(committee);
      const refusal =
        refuseHost(committee, hosts, context) ??
        refuseDates(committee, on, itemsBy, context) ??
        refuseHours(hours, { from: on, to: lastDayOf({ on, ...hours }) });
      if (refusal) return refusal;
      const nth = nextNumber(committee);
      const attempt = committee.convocations + 1;
      const slug = slugUnder(context.header.id, attempt > 1 ? `${nth}-try${attempt}` : `${nth}`);
      return [
        {
          type: 'meetingConvened',
          meeting: `meeting/${slug}`,
          nth,
          on,
          ...hoursOf(hours),
          place,
          host: hosts,
          itemsBy,
        },
      ];
    },
  }),
  suspend: command({
    says: 'Suspend the committee: nobody is reminded of meetings until it resumes',
    by: ['coChair', 'coordinator'],
    from: betweenMeetings,
    to: ['suspended'],
    reason: 'required',
    tells: 'told',
    decide: () => [{ type: 'suspended' }],
  }),
  resume: command({
    says: 'Resume the work of a suspended committee',
    by: ['coChair', 'coordinator'],
    from: ['suspended'],
    to: betweenMeetings,
    input: { nextMeetingBy: date.describe('by when it meets next') },
    decide: ({ nextMeetingBy }, _, { today }) =>
      refuseBefore('nextMeetingBy', nextMeetingBy, 'today', today) ??
      refuseTooFar('nextMeetingBy', nextMeetingBy, today) ?? [{ type: 'resumed', nextMeetingBy }],
  }),
  dissolve: command({
    says: 'Dissolve the committee; its open actions go on by themselves',
    by: ['coChair', 'coordinator'],
    from: ['constituted', 'active', 'suspended'],
    to: ['dissolved'],
    reason: 'required',
    tells: 'told',
    decide: () => [{ type: 'dissolved' }],
  }),
};

function refuseHost(committee: Committee, host: string, { reason }: Context): Refusal | undefined {
  const turn = nextHost(committee);
  const notASide = refuseOtherThan(committee.sides, host);
  if (notASide || host === turn || reason) return notASide;
  return refuse('NotTheirTurn', `It is the turn of ${turn} to host; if ${host} hosts instead, give the reason.`);
}

const refuseDates = (
  { since, lastMeetingOn }: Committee,
  on: CivilDate,
  itemsBy: CivilDate | undefined,
  { today }: Context,
): Refusal | undefined =>
  refusePlan('on', on, today, { on: since, what: 'the day the committee was constituted' }) ??
  refuseBefore('on', on, 'the last meeting', lastMeetingOn) ??
  // One of long ago belongs into `meetingsHeld` of the opening.
  refuseLongAgo('on', on, today) ??
  (itemsBy ? refuseBefore('on', on, 'the item deadline', itemsBy) : undefined) ??
  refuseBefore('itemsBy', itemsBy, 'today', today);
