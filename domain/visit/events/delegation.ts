import { dayOf } from '../../dates.ts';
import { partyOfAgency, partyOfPerson } from '../../fields.ts';
import { dayBeforeOrMidway } from '../../meeting/state.ts';
import { withItemsFor } from '../checklist.ts';
import { mail, toName } from '../letters.ts';
import { eventRules } from '../state.ts';

const onLegs = (legs: readonly number[]): string =>
  legs.length > 0 ? `, on leg${legs.length > 1 ? 's' : ''} ${legs.join(', ')}` : '';

export const delegationEvents = eventRules({
  headNamed: {
    says: ({ person, function: as, agency }) => `${person} (${agency}) heads the delegation: ${as}.`,
    evolve: (visit, { person, agency, function: as }) => ({
      ...visit,
      head: { person, agency, function: as },
      members: visit.members.filter((member) => member.person !== person),
    }),
    follows: ({ person, function: as }, visit) => mail(visit, 'headNamed', [partyOfPerson(person)], { function: as }),
  },
  agencyAdded: {
    says: ({ agency, legs }) => `${agency} takes part${onLegs(legs)}.`,
    evolve: (visit, { agency, legs, keepsDone, at }) => {
      const agencies = [...visit.agencies, { agency, legs, since: dayOf(at) }];
      return withItemsFor({ ...visit, agencies }, dayOf(at), keepsDone);
    },
    follows: ({ agency, legs, at }, visit) => {
      const namedBy = dayBeforeOrMidway(visit.from, visit.delegationBefore, dayOf(at));
      return toName(visit, agency, { namedBy, onLegs: legs.map(String) });
    },
  },
  agencyRemoved: {
    says: ({ agency }) => `${agency} no longer takes part.`,
    evolve: (visit, { agency }) => ({
      ...visit,
      agencies: visit.agencies.filter((each) => each.agency !== agency),
      members: visit.members.filter((member) => member.agency !== agency),
      checklist: visit.checklist.filter((item) => item.agency !== agency || item.doneOn),
    }),
    follows: ({ agency, told }, visit) =>
      mail(visit, 'agencyRemoved', [partyOfAgency(agency)], { agency: partyOfAgency(agency), why: told }),
  },
  memberAdded: {
    says: ({ person, agency, function: as, legs }) => `${person} (${agency}) travels as ${as}${onLegs(legs)}.`,
    evolve: (visit, { person, agency, function: as, legs }) => ({
      ...visit,
      members: [...visit.members, { person, agency, function: as, legs }],
    }),
    follows: ({ person, function: as }, visit) => mail(visit, 'memberAdded', [partyOfPerson(person)], { function: as }),
  },
  memberRemoved: {
    says: ({ person }) => `${person} does not travel.`,
    evolve: (visit, { person }) => ({
      ...visit,
      members: visit.members.filter((member) => member.person !== person),
    }),
    follows: ({ person, told }, visit) => mail(visit, 'memberRemoved', [partyOfPerson(person)], { why: told }),
  },
});
