/** What is said of people besides their entry in the directory: who is away, who has left, whose address bounces. */
export {
  type Absence,
  absencesFrom,
  type Recorded,
  recordAbsence,
  recordReturn,
  standingInFor,
} from './people/absences.ts';
export {
  type Bounce,
  blamesAddress,
  findHolder,
  listBounces,
  markBounced,
  recordBounced,
  recordReachable,
} from './people/bounces.ts';
export { casesConcerned } from './people/concerned-cases.ts';
export { type Concern, concernsOf } from './people/concerns.ts';
export { listLeft, recordLeaving, recordStaying } from './people/leaving.ts';
export { findPerson, peopleOfAgencies, refuseUnknownPerson } from './people/person.ts';
export {
  type Awaited as AwaitedSuccessor,
  awaitedSuccessors,
  filledInDirectory,
  type InDirectory,
  rolesInDirectory,
  timesStayed,
} from './people/successors.ts';
export { refuseBesideCases, refuseNotTheirsBeside } from './people/roles.ts';
export type { Person } from './surroundings.ts';
export { markReturned, messagesReturned, type Returned } from './people/returned.ts';
