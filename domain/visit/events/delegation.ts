import { dayOf } from '../../dates.ts';
import { withItemsFor } from '../checklist.ts';
import type { VisitRules } from '../state.ts';

const onLegs = (legs: readonly number[]): string =>
  legs.length > 0 ? `, on leg${legs.length > 1 ? 's' : ''} ${legs.join(', ')}` : '';

export const delegationEvents: VisitRules<
  'headNamed' | 'agencyAdded' | 'agencyRemoved' | 'memberAdded' | 'memberRemoved'
> = {
  headNamed: {
    says: ({ person, function: as, agency }) => `${person} (${agency}) heads the delegation: ${as}.`,
    evolve: (visit, { person, agency, function: as }) => ({
      ...visit,
      head: { person, agency, function: as },
      members: visit.members.filter((member) => member.person !== person),
    }),
  },
  agencyAdded: {
    says: ({ agency, legs }) => `${agency} takes part${onLegs(legs)}.`,
    evolve: (visit, { agency, legs, keepsDone, at }) => {
      const agencies = [...visit.agencies, { agency, legs, since: dayOf(at) }];
      return withItemsFor({ ...visit, agencies }, dayOf(at), keepsDone);
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
  },
  memberAdded: {
    says: ({ person, agency, function: as, legs }) => `${person} (${agency}) travels as ${as}${onLegs(legs)}.`,
    evolve: (visit, { person, agency, function: as, legs }) => ({
      ...visit,
      members: [...visit.members, { person, agency, function: as, legs }],
    }),
  },
  memberRemoved: {
    says: ({ person }) => `${person} does not travel.`,
    evolve: (visit, { person }) => ({
      ...visit,
      members: visit.members.filter((member) => member.person !== person),
    }),
  },
};
