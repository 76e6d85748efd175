import { descriptionFields } from '../edition/outline.ts';
import { periodsOf } from '../edition/periods.ts';
import type { Follows } from '../lifecycle.ts';
import { openCase } from '../other-cases.ts';
import { editionTitle } from '../titles.ts';
import type { EditionOpened, Programme } from './state.ts';
import { namesOf, pick, present } from '../parts.ts';

/** An edition begins with what the programme says of its editions. */
export const openEdition: Follows<Programme, EditionOpened> = (event, programme, header) => {
  const { edition, nth, year, start, to, hostCountry, hostCity, intended } = event;
  const { invited } = programme;
  return openCase(edition, editionTitle(header.title, nth, year), header.countries, {
    programme: header.id,
    programmeName: header.title,
    programmeSince: programme.sinceYear,
    number: nth,
    from: start,
    ...(to ? { to } : {}),
    ...(hostCountry && hostCity ? { hostCountry, hostCity } : {}),
    ...present(pick(programme, ...namesOf(descriptionFields))),
    invited: invited.map(({ country }) => country),
    focalPoints: invited.map(({ focalPoint }) => focalPoint),
    ...present(pick(programme, 'places', 'placesPerState', 'days', 'activities', 'questions')),
    ...(intended ? { intended } : {}),
    ...periodsOf(programme),
  });
};
