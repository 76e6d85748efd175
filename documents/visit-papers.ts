import { z } from 'zod';
import { type CivilDate, plus } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';
import { actShape } from './acts.ts';
import { day, listOf, listOfWords } from './fields.ts';
import { documentKind } from './kind.ts';
import { delegationShape, legShape, visitIn, visitShape, visitThatStands } from './visit.ts';

const takesPlaceOn = (
  day: CivilDate,
  { on, until = on }: { on?: CivilDate | undefined; until?: CivilDate | undefined },
) => on !== undefined && until !== undefined && on <= day && day <= until;

/** What happens on each day of a visit. */
export const visitProgramme = documentKind({
  name: 'visit-programme',
  says: 'Programme of a delegation visit, day by day',
  of: ['visit'],
  fields: z.object({
    ...visitShape,
    days: listOf('days of the visit', {
      on: day('the day'),
      countries: listOfWords('the countries in which the delegation is on that day (two when it moves on)'),
      places: listOfWords('places in which the delegation is on the day'),
      acts: listOf('what takes place on the day', actShape),
    }),
    undated: listOf('what takes place on a day that is not fixed', { ...actShape, country: legShape.country }),
  }),
  async gather(register, id) {
    const visit = await visitThatStands(register, id, 'programme');
    if (isRefusal(visit)) return visit;
    const values = await visitIn(register, visit);
    const days = [];
    for (let on = values.from; on <= values.to; on = plus(on, 'P1D')) {
      const legs = values.legs.filter(({ from, to }) => from <= on && on <= to);
      days.push({
        on,
        countries: legs.map(({ country }) => country ?? ''),
        places: legs.flatMap(({ places }) => places),
        acts: legs.flatMap(({ acts }) => acts.filter((act) => takesPlaceOn(on, act))),
      });
    }
    const undated = values.legs.flatMap(({ country, acts }) =>
      acts.filter((act) => act.on === undefined).map((act) => ({ ...act, country })),
    );
    return [{ title: `Programme: ${visit.title}`, countries: visit.countries, values: { ...values, days, undated } }];
  },
});

/** Who travels, as a host asks for it: names, functions, agencies. */
export const delegationList = documentKind({
  name: 'delegation-list',
  says: 'List of the delegation of a visit: head, agencies, members',
  of: ['visit'],
  fields: z.object({
    title: visitShape.title,
    from: visitShape.from,
    to: visitShape.to,
    countries: visitShape.countries,
    ...delegationShape,
  }),
  async gather(register, id) {
    const visit = await visitThatStands(register, id, 'list of the delegation');
    if (isRefusal(visit)) return visit;
    const values = await visitIn(register, visit);
    return [{ title: `Delegation: ${visit.title}`, countries: visit.countries, values }];
  },
});
