import { z } from 'zod';
import { dayOf } from '../domain/dates.ts';
import { refuse } from '../domain/refusal.ts';
import { calledOffIn, calledOffShape } from './called-off.ts';
import { countryIn, countryShape } from './country.ts';
import { day, listOf } from './fields.ts';
import { documentKind } from './kind.ts';
import { legShape, liveLegs, visitIn, visitShape } from './visit.ts';

const name = 'briefing-book';

/** What one should know before one meets a country. */
export const briefingBookOfCountry = documentKind({
  name,
  says: 'Briefing book of a country: profile, instruments, open cases, actions, meetings, dates',
  of: ['country'],
  fields: z.object({ asOf: day('day of the last change on record'), ...countryShape }),
  async gather(register, code) {
    if (!register.isCountry(code))
      return refuse(
        'UnknownCountry',
        `There is no country ${code} in the directory; \`./entente directory list --table countries\`.`,
      );
    const values = await countryIn(register, code);
    return [
      {
        title: `Briefing book: ${register.countryName(code) ?? code}`,
        countries: [code],
        values: { asOf: register.asOf && dayOf(register.asOf), ...values },
      },
    ];
  },
});

/** The same for each leg of a visit, with whom one meets and what for. */
export const briefingBookOfVisit = documentKind({
  name,
  template: 'briefing-book-visit',
  says: 'Briefing book of a visit: the programme, and each country',
  of: ['visit'],
  fields: z.object({
    asOf: day('day of the last change on record'),
    calledOff: calledOffShape,
    ...visitShape,
    legs: listOf('legs of the visit', { ...legShape, ...countryShape }),
  }),
  async gather(register, id) {
    const visit = await register.find('visit', id);
    if (!visit) return refuse('UnknownCase', `There is no visit ${id}.`);
    const values = await visitIn(register, visit);
    const live = liveLegs(visit.subject);
    const calledOff = values.over ? undefined : await calledOffIn(register, visit);
    const legs = [];
    for (const [index, leg] of values.legs.entries())
      legs.push({ ...(await countryIn(register, live[index]?.country ?? '')), ...leg });
    return [
      {
        title: `Briefing book: ${visit.title}`,
        countries: visit.countries,
        values: { asOf: register.asOf && dayOf(register.asOf), calledOff, ...values, legs },
      },
    ];
  },
});
