/** What people ask the register: every list comes by pages, and none reads a table from end to end. */
export {
  type CaseFilter,
  findCase,
  listCases,
  type ListedCase,
  listWaitingCases,
  type StandingCase,
  statesOf,
} from './lists/cases.ts';
export {
  type CountryHistoryEntry,
  type IndicatorFilter,
  listCountries,
  listCountryHistory,
  type ListedCountry,
  type ListedIndicator,
  listIndicators,
} from './lists/countries.ts';
export { type DueDeadline, type DueFilter, listDue } from './lists/due.ts';
export { type NamedInFilter, refuseUnknownFilter } from './lists/filter-names.ts';
export { caseNamed, refuseUnknownCase, suggested } from './lists/like-named.ts';
export { type Done, type DoneFilter, listDone, listEvents, type ListedEvent } from './lists/events.ts';
export {
  findMessage,
  graceMinutes,
  type LetterMade,
  lettersMade,
  listMailTroubles,
  listMessages,
  type ListedMessage,
  type MailTrouble,
  type MessageFilter,
  type Trouble,
} from './lists/messages.ts';
export { type LinkFilter, type ListedLink, listLinksOf } from './lists/links.ts';
export { messageStandings, type MessageStanding } from './lists/message-standings.ts';
export { defaultLimit, largestLimit, type Listed, type Page, PageKeyError } from './lists/page.ts';
export { type PlaceFilter } from './lists/placed.ts';
export { listQuiet, type QuietCase, type QuietFilter } from './lists/quiet.ts';
export {
  type ActionFilter,
  type CommitteeDate,
  listActions,
  listCommittees,
  listMous,
  listOpenRequests,
  type MatrixAction,
  type MouFilter,
  type OpenRequest,
  type RegisteredMou,
} from './lists/registers.ts';
export { type ComingDate, type ComingFilter, listComingDates } from './lists/coming-dates.ts';
export {
  type EditionFilter,
  listEditions,
  listOutstandingNominations,
  listProgrammes,
  type OutstandingNomination,
  type RegisteredEdition,
  type RegisteredProgramme,
} from './lists/programmes.ts';
export {
  type DatedFilter,
  listVisits,
  listWorkshops,
  type RegisteredVisit,
  type RegisteredWorkshop,
} from './lists/visits.ts';
