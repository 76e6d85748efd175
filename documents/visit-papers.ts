import { z } from 'zod';
import { plus } from '../domain/dates.ts';
import { refuse } from '../domain/refusal.ts';
import { actShape } from './acts.ts';
import { day, listOf, listOfWords, words } from './fields.ts';
import { documentKind } from './kind.ts';
import { delegationShape, legShape, visitIn, visitShape } from './visit.ts';

const unknownVisit = (id: string) => refuse('UnknownCase', `There is no visit ${id}.`);

/** What happens on each day of a visit. */
export const visitProgramme = documentKind({
  name: 'visit-programme',
  says: 'Programme of a delegation visit, day by day',
  of: ['visit'],
  fields: z.object({
    ...visitShape,
    days: listOf('days of the visit', {
      on: day('the day'),
      country: words('country in which the delegation is on the day'),
      places: listOfWords('places in which the delegation is on the day'),
      counterpart: words('whom the delegation meets there'),
      acts: listOf('what takes place on the day', actShape),
    }),
    undated: listOf('what takes place on a day that is not fixed', { ...actShape, country: legShape.country }),
  }),
  async gather(register, id) {
    const visit = await register.find('visit', id);
    if (!visit) return unknownVisit(id);
    const values = await visitIn(register, visit);
    const days = [];
    for (let on = values.from; on <= values.to; on = plus(on, 'P1D')) {
      const leg = values.legs.find(({ from, to }) => from <= on && on <= to);
      days.push({
        on,
        country: leg?.country,
        places: leg?.places ?? [],
        counterpart: leg?.counterpart,
        acts: leg?.acts.filter((act) => act.on !== undefined && act.on <= on && on <= (act.until ?? act.on)) ?? [],
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
    const visit = await register.find('visit', id);
    if (!visit) return unknownVisit(id);
    const values = await visitIn(register, visit);
    return [{ title: `Delegation: ${visit.title}`, countries: visit.countries, values }];
  },
});
