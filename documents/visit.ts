import type { CaseState } from '../domain/case/state.ts';
import { clocksOf, hoursOf } from '../domain/hours.ts';
import { refuse } from '../domain/refusal.ts';
import type { Leg, Visit } from '../domain/visit/state.ts';
import { actIn, actShape } from './acts.ts';
import { actionsField, rowsOf } from './actions.ts';
import { refuseCalledOff } from './called-off.ts';
import { day, group, listOf, listOfWords, number, words, yesNo } from './fields.ts';
import type { Register } from './register.ts';
import { agencyIn, agencyShape, hourOf, hourShape, personIn } from './shapes.ts';

/** Fields of a delegation visit, which its documents share. */

const traveller = (who: string) => ({
  name: words(`name of ${who}`),
  office: words(`office of ${who}`),
  function: words(`function of ${who}`),
  agency: words(`agency of ${who}`),
  countries: listOfWords(`countries that ${who} travels to`),
});

export const delegationShape = {
  country: words('country that sends the delegation'),
  senders: listOfWords('agencies that send the delegation'),
  head: group('head of the delegation', traveller('the head of the delegation')),
  agencies: listOf('agencies that take part', {
    ...agencyShape('the agency'),
    countries: listOfWords('countries that the agency travels to'),
  }),
  members: listOf('members of the delegation besides its head', traveller('the member of the delegation')),
};

export const legShape = {
  number: number('number of the leg'),
  country: words('country of the leg'),
  from: day('first day of the leg'),
  to: day('last day of the leg'),
  begins: group('when the leg begins and ends', hourShape('the leg')),
  places: listOfWords('places of the leg'),
  counterpart: words('whom the delegation meets on the leg, with office'),
  host: words('who hosts the leg'),
  confirmed: yesNo('whether the host has confirmed the leg'),
  proposals: listOf('what is proposed or shared on the leg', {
    how: words('whether it is proposed or shared'),
    what: words('what is proposed or shared'),
    agency: words('agency whose field it is, where it is that of one'),
    background: words('how things stand in the country'),
  }),
  acts: listOf('what takes place on the leg', actShape),
};

export const visitShape = {
  title: words('title of the visit'),
  from: day('first day of the visit'),
  to: day('last day of the visit'),
  reason: words('why the visit is made'),
  aim: words('what the visit is to achieve'),
  begun: yesNo('whether the delegation has left'),
  over: yesNo('whether the delegation has returned'),
  ...delegationShape,
  countries: listOfWords('countries that are visited'),
  legs: listOf('legs of the visit', legShape),
  report: words('what came of the visit, from its report'),
  actions: actionsField,
};

const gone = ['cancelled', 'declined'];

export const liveLegs = ({ legs }: Visit): readonly Leg[] =>
  legs.filter(({ standing }) => !gone.includes(standing)).sort((a, b) => a.from.localeCompare(b.from));

/** A visit that takes place or took place; one that is cancelled after its return did. */
export async function visitThatStands(register: Register, id: string, paper: string) {
  const visit = await register.find('visit', id);
  if (!visit) return refuse('UnknownCase', `There is no visit ${id}.`);
  const refusal = visit.subject.returnedOn ? undefined : await refuseCalledOff(register, visit, paper);
  return refusal ?? visit;
}

export async function visitIn(register: Register, visit: CaseState<Visit>) {
  const { subject: known, title } = visit;
  const live = liveLegs(known);
  const legs = [];
  for (const leg of live) legs.push(await legIn(register, known, leg));
  return {
    title,
    from: known.from,
    to: known.to,
    reason: known.reason,
    aim: known.aim,
    begun: known.departedOn !== undefined,
    over: known.returnedOn !== undefined,
    ...delegationIn(register, known),
    countries: [...new Set(live.map(({ country }) => register.countryName(country) ?? country))],
    legs,
    report: known.report,
    actions: await rowsOf(register, known.actions),
  };
}

function delegationIn(register: Register, known: Visit) {
  const countriesOf = (numbers: readonly number[]): string[] => [
    ...new Set(
      liveLegs(known)
        .filter(({ number: nth }) => numbers.length === 0 || numbers.includes(nth))
        .map(({ country }) => register.countryName(country) ?? country),
    ),
  ];
  const travellerIn = (person: string, agency: string, as: string, legs: readonly number[]) => ({
    ...personIn(register, person),
    function: as,
    agency: agency && agencyIn(register, agency).name,
    countries: countriesOf(legs),
  });
  const { head } = known;
  return {
    country: register.countryName(known.sendingCountry),
    senders: known.senders.map((sender) => agencyIn(register, sender).name),
    head: head && travellerIn(head.person, head.agency, head.function, []),
    agencies: known.agencies.map(({ agency, legs }) => ({
      ...agencyIn(register, agency),
      countries: countriesOf(legs),
    })),
    members: known.members.map(({ person, agency, function: as, legs }) => travellerIn(person, agency, as, legs)),
  };
}

const notTaking = ['cancelled', 'dropped', 'handedOver'];

/** By the day, and within it those with an hour first, by their hours. */
const whenOf = ({
  on = '9999',
  begins,
}: {
  readonly on?: string | undefined;
  readonly begins?: { readonly time?: string | undefined } | undefined;
}): string => `${on} ${begins?.time ?? '24'}`;

async function legIn(register: Register, known: Visit, leg: Leg) {
  const acts = [];
  for (const act of known.acts.filter((each) => each.leg === leg.number && !notTaking.includes(each.standing)))
    acts.push(await actIn(register, act));
  return {
    number: leg.number,
    country: register.countryName(leg.country),
    from: leg.from,
    to: leg.to,
    begins: await hourOf(register, { ...hoursOf(leg), on: leg.from, endsOn: leg.to }, clocksOf(leg, leg.country)),
    places: [...leg.places],
    counterpart: leg.counterpart,
    host: register.partyName(leg.host),
    confirmed: leg.standing === 'confirmed',
    proposals: known.proposals
      .filter((proposal) => proposal.leg === leg.number)
      .map(({ how, what, agency, background }) => ({
        how: how === 'proposes' ? 'proposed' : 'shared',
        what,
        agency: agency && agencyIn(register, agency).name,
        background,
      })),
    acts: acts.sort((a, b) => whenOf(a).localeCompare(whenOf(b))),
  };
}
