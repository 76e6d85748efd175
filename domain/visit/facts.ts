import { ascribed } from '../ascribed.ts';
import { factTypesBy } from '../fact-types.ts';
import { partyOfAgency, partyOfPerson } from '../fields.ts';
import { type CivilDate, spanOf } from '../dates.ts';
import { clocksOf, type Hours, hoursInWords, hoursOf } from '../hours.ts';
import { legOf, liveLegs, openItems } from './legs.ts';
import type { Act, ChecklistItem, Leg, Member, Proposal, Visit } from './state.ts';
import { dueDayOf } from './checklist.ts';
import { pick } from '../parts.ts';

/** What a visit shows, and what its letters and its story tell. */
export const factTypes = factTypesBy({
  words: `actTitle actTitles agencyId aim background backgrounds briefingBook counterpart document function functions
    headFunction onLegs place places preparation proposals reason report reportDocument standing subject topic unconfirmed
    what`,
  day: `actOn briefingBookOn confirmBy departedOn firstFrom from legFrom legTo namedBy on reportedOn returnedOn to
    until`,
  period: 'period reportWithin',
  country: 'country legCountries sendingCountry',
  party: 'agencies agency head host insteadOf members owner rapporteur senders to',
  case: 'act actIds action actions',
  line: 'acts forLegs legs toPrepare',
  choice: 'how',
  number: 'leg number proposal',
  yesNo: 'declined headless withoutAgency withoutLeg',
});

export const facts = (visit: Visit) => ({
  ...pick(visit, 'from', 'to'),
  firstFrom: visit.firstFrom === visit.from ? undefined : visit.firstFrom,
  sendingCountry: visit.sendingCountry,
  legCountries: [...new Set(liveLegs(visit).map(({ country }) => country))],
  senders: visit.senders.map(partyOfAgency),
  ...pick(visit, 'reason', 'aim'),
  head: visit.head && partyOfPerson(visit.head.person),
  headFunction: visit.head?.function,
  agencies: visit.agencies.map(({ agency }) => partyOfAgency(agency)),
  members: visit.members.map(({ person }) => partyOfPerson(person)),
  functions: visit.members.map(functionLine),
  legs: visit.legs.map(legLine),
  acts: visit.acts.map(actLine),
  proposals: visit.proposals.map((proposal) => proposalLine(visit, proposal)),
  backgrounds: visit.proposals.flatMap(({ number, background }) => (background ? [`${number}. ${background}`] : [])),
  toPrepare: openItems(visit).map((item) => itemLine(visit, item)),
  ...pick(visit, 'briefingBookOn', 'briefingBook', 'departedOn', 'returnedOn', 'rapporteur', 'reportWithin'),
  ...pick(visit, 'reportedOn', 'report', 'reportDocument', 'actions'),
});

/** A leg as mails about it name it. */
export const legFacts = ({ number, country, from, to, ...leg }: Leg) => ({
  leg: number,
  country,
  legFrom: from,
  legTo: to,
  ...pick(leg, 'places', 'counterpart', 'host', 'confirmBy'),
  ...(leg.time ? { ...hoursOf(leg), zoneOf: clocksOf(leg, country), hoursOn: ['legFrom', 'legTo'] } : {}),
});

/**
 * The same for letters, which are read in several languages: names, places and days, and no words of ours between them.
 * What is called off, dropped or handed over is not told.
 */
export const letterFacts = (visit: Visit) => ({
  legs: liveLegs(visit).map(legInLetters),
  ...actsInLetters(
    visit.acts.filter(({ standing }) => standing === 'asked' || standing === 'planned' || standing === 'done'),
  ),
  toPrepare: openItems(visit).map((item) => ascribed(item.agency, `${item.subject} (${dueDayOf(visit, item)})`)),
});

/** With their ids and titles, since a title that a rule has made is said in the reader's language. */
const actsInLetters = (acts: readonly Act[]) => ({
  acts: acts.map(({ act, title = act, on, until, place, ...hours }) =>
    listed(title, on && days(on, until, hours), place),
  ),
  actIds: acts.map(({ act }) => act),
  actTitles: acts.map(({ act, title = act }) => title),
});

export const legInLetters = ({ number, country, from, to, places, ...hours }: Leg): string =>
  `${number}. ${listed(country, days(from, to, hours), ...places)}`;

/** What keeps the delegation from leaving. */
export const departureFacts = (visit: Visit) => ({
  headless: !visit.head,
  withoutAgency: visit.agencies.length === 0,
  withoutLeg: liveLegs(visit).length === 0,
  unconfirmed: liveLegs(visit).flatMap(({ number, standing }) => (standing === 'confirmed' ? [] : [String(number)])),
});

/** On the clocks of the place, unless others were named. */
function days(from: CivilDate, to: CivilDate = from, { time, endsAt, zone }: Hours = {}): string {
  const first = listed(from, time);
  const last = to === from ? endsAt : listed(to, endsAt);
  const dash = to === from ? '–' : ' – ';
  return `${last ? `${first}${dash}${last}` : first}${zone ? ` (${zone})` : ''}`;
}

const listed = (...parts: (string | undefined | false)[]): string => parts.filter(Boolean).join(', ');

const functionLine = ({ person, function: as, legs }: Member): string =>
  `${person}: ${as}${legs.length > 0 ? ` (leg ${legs.join(', ')})` : ''}`;

const legLine = ({ number, country, from, to, places, counterpart, standing, ...hours }: Leg): string =>
  `${number}. ${listed(country, spanOf(from, to), hoursInWords(hours), ...places, counterpart && `with ${counterpart}`)} (${standing})`;

const actLine = ({ act, leg, title, on, until, place, standing, handedTo, refused, ...hours }: Act): string =>
  `${act} on leg ${leg}: ${listed(title, on && spanOf(on, until), hoursInWords(hours), place)} (${handedTo ? `handed over to ${handedTo}` : refused ? `${standing}; it refused: ${refused.because}` : standing})`;

const proposalLine = (visit: Visit, { number, leg, how, what, agency = 'the delegation', actions }: Proposal): string =>
  `${number}. ${agency} ${how} in ${legOf(visit, leg)?.country ?? `leg ${leg}`}: ${what}${actions.length > 0 ? ` (${actions.join(', ')})` : ''}`;

const itemLine = (visit: Visit, item: ChecklistItem): string =>
  `${item.agency}, leg ${item.leg}: ${item.subject}, due ${dueDayOf(visit, item)}`;
