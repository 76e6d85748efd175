import { periodsOf } from '../edition/periods.ts';
import { type Party, partyOfAgency, partyOfPerson } from '../fields.ts';
import type { CancelledEvent, CaseHeader, Effect, Facts, OpenedEvent, Stamp } from '../lifecycle.ts';
import { asNew } from '../letters.ts';
import { editionTitle } from '../titles.ts';
import type { Opening } from './opening.ts';
import type { EditionOpened, Programme, ProgrammeEvent } from './state.ts';

type Happened = (ProgrammeEvent | OpenedEvent<Opening> | CancelledEvent) & Stamp;

const mail = (name: string, recipients: readonly Party[], facts: Facts = {}): Effect[] =>
  recipients.map((to) => ({ type: 'mail', text: `programme.${name}`, to, facts }));

/** Organisers and the states that expect to be invited. */
const everybody = ({ organisers, invited }: Programme): Party[] => [
  ...new Set([...organisers.map(partyOfAgency), ...invited.map(({ focalPoint }) => focalPoint)]),
];

export function effects(event: Happened, programme: Programme, header: CaseHeader): Effect[] {
  switch (event.type) {
    case 'editionOpened':
      return [openEdition(event, programme, header)];
    case 'openingAnnounced':
      return mail('openingSoon', [partyOfPerson(header.coordinator)]);
    case 'focalPointChanged':
    case 'stateInvited':
      return mail('focalPoint', [event.focalPoint], { state: event.country });
    case 'stateDropped':
      return mail('stateDropped', programme.organisers.map(partyOfAgency), { state: event.country, why: event.told });
    case 'coordinationHandedOver':
      return [
        ...mail('coordination', [event.party]),
        ...asNew(mail('coordinationEnded', event.former ? [event.former] : [])),
      ];
    case 'yearSkipped':
      return mail('yearSkipped', everybody(programme), { year: String(event.year), why: event.told });
    case 'resumed':
      return mail('resumed', everybody(programme));
    case 'suspended':
    case 'ended':
      return mail(event.type, everybody(programme), { why: event.told });
    case 'cancelled':
      return mail('ended', everybody(programme), { why: event.told });
    default:
      return [];
  }
}

function openEdition(
  { edition, nth, year, start, to, hostCountry, hostCity, intended }: EditionOpened,
  programme: Programme,
  header: CaseHeader,
): Effect {
  const { organisers, funding, purpose, audience, invited, places, placesPerState, days, activities, questions } =
    programme;
  return {
    type: 'open',
    kind: 'edition',
    slug: edition.slice('edition/'.length),
    title: editionTitle(header.title, nth, year),
    countries: header.countries,
    input: {
      programme: header.id,
      programmeName: header.title,
      programmeSince: programme.sinceYear,
      number: nth,
      from: start,
      ...(to ? { to } : {}),
      ...(hostCountry && hostCity ? { hostCountry, hostCity } : {}),
      organisers,
      ...(funding ? { funding } : {}),
      ...(purpose ? { purpose } : {}),
      ...(audience ? { audience } : {}),
      invited: invited.map(({ country }) => country),
      focalPoints: invited.map(({ focalPoint }) => focalPoint),
      places,
      ...(placesPerState ? { placesPerState } : {}),
      days,
      activities,
      questions,
      ...(intended ? { intended } : {}),
      ...periodsOf(programme),
    },
  };
}
