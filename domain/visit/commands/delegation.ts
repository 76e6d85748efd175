import { agency, count, line, listOf, person } from '../../fields.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { changing, legOf, liveLegs } from '../legs.ts';
import { command, type Visit } from '../state.ts';

const legs = listOf(count.min(1)).default([]).describe('the numbers of the legs; without any, all of them');
const fromAgency = agency.describe('the agency that they come from');
const office = line.describe('the office in which they travel');

/** Who travels. */
export const delegationCommands = {
  nameHead: command({
    says: 'Name the head of the delegation, or another one',
    by: ['owing', 'side', 'coordinator'],
    from: changing,
    input: { person: person.describe('who heads it'), agency: fromAgency, function: office },
    decide: ({ person: who, agency: from, function: as }, visit) => {
      const same = visit.head?.person === who && visit.head.agency === from && visit.head.function === as;
      if (same) return refuse('AlreadyDone', `${who} heads the delegation already.`);
      return refuseOutsider(visit, from) ?? [{ type: 'headNamed', person: who, agency: from, function: as }];
    },
  }),
  addAgency: command({
    says: 'An agency takes part; it names its members, and prepares for its legs',
    by: ['coordinator'],
    from: changing,
    input: { agency: agency.describe('the agency'), legs },
    decide: ({ agency: id, legs: on }, visit) =>
      visit.agencies.some((each) => each.agency === id)
        ? refuse('AlreadyDone', `${id} takes part already.`)
        : (refuseUnknownLegs(visit, on) ?? [{ type: 'agencyAdded', agency: id, legs: on, keepsDone: true }]),
  }),
  removeAgency: command({
    says: 'An agency no longer takes part; its members are no longer of the delegation',
    by: ['coordinator'],
    from: changing,
    reason: 'required',
    tells: 'told',
    input: { agency: agency.describe('the agency') },
    decide: ({ agency: id }, visit) => {
      if (visit.agencies.length === 1 && visit.agencies[0]?.agency === id)
        return refuse('NotReady', `${id} is the only agency: a delegation has one at least. Add another first.`);
      if (visit.head?.agency === id)
        return refuse(
          'NotReady',
          `The head of the delegation comes from ${id}; name another head first (\`name-head\`).`,
        );
      const proposal = visit.proposals.find((each) => each.agency === id);
      if (proposal)
        return refuse(
          'NotReady',
          `Proposal ${proposal.number} is of ${id}; withdraw it first (\`withdraw-proposal\`).`,
        );
      return refuseOutsider(visit, id) ?? [{ type: 'agencyRemoved', agency: id }];
    },
  }),
  addMember: command({
    says: 'Name a member of the delegation',
    by: ['owing', 'side', 'coordinator'],
    from: changing,
    input: { person: person.describe('who travels'), agency: fromAgency, function: office, legs },
    decide: ({ person: who, agency: from, function: as, legs: on }, visit) => {
      if (visit.head?.person === who) return refuse('AlreadyDone', `${who} heads the delegation.`);
      if (visit.members.some((each) => each.person === who))
        return refuse('AlreadyDone', `${who} is a member already; remove them first to change their legs or office.`);
      return (
        refuseOutsider(visit, from) ??
        refuseUnknownLegs(visit, on) ?? [{ type: 'memberAdded', person: who, agency: from, function: as, legs: on }]
      );
    },
  }),
  removeMember: command({
    says: 'A member does not travel after all',
    by: ['coordinator'],
    from: changing,
    tells: 'told',
    input: { person: person.describe('who does not travel') },
    decide: ({ person: who }, { members }) =>
      members.some((each) => each.person === who)
        ? [{ type: 'memberRemoved', person: who }]
        : refuse(
            'UnknownItem',
            `${who} is no member of the delegation; members are ${members.map((each) => each.person).join(', ') || 'none'}.`,
          ),
  }),
};

export const refuseOutsider = ({ agencies }: Visit, agencyId: string): Refusal | undefined =>
  agencies.some((each) => each.agency === agencyId)
    ? undefined
    : refuse(
        'NotAParty',
        `${agencyId} does not take part; ${agencies.map((each) => each.agency).join(', ')} ${agencies.length === 1 ? 'does' : 'do'}. Add it first (\`add-agency\`).`,
      );

function refuseUnknownLegs(visit: Visit, numbers: readonly number[]): Refusal | undefined {
  const unknown = numbers.find((number) => !legOf(visit, number));
  return unknown === undefined
    ? undefined
    : refuse(
        'UnknownItem',
        `The visit has no leg ${unknown}; it has ${
          liveLegs(visit)
            .map(({ number }) => number)
            .join(', ') || 'none yet'
        }.`,
      );
}
