import { partyOfPerson } from '../fields.ts';
import { nameSuccessor, type Holder } from '../lifecycle.ts';
import { liveLegs } from './legs.ts';
import type { Visit } from './state.ts';

/** Who travels, and who receives the delegation. */
export const roles = (visit: Visit): readonly Holder[] => [
  ...(visit.head ? [{ role: 'head' as const, who: partyOfPerson(visit.head.person), by: 'nameHead' }] : []),
  ...visit.members.map(
    ({ person }): Holder => ({ role: 'participant', who: partyOfPerson(person), by: 'removeMember' }),
  ),
  { role: 'rapporteur', who: visit.rapporteur, by: nameSuccessor },
  ...liveLegs(visit).map(({ host }): Holder => ({ role: 'host', who: host, by: 'changeCounterpart' })),
];
