import { z } from 'zod';
import { kindOf } from '../domain/case/opening.ts';
import { dayOf } from '../domain/dates.ts';
import { refuse } from '../domain/refusal.ts';
import { actionsField, actionsIn } from './actions.ts';
import { day, number, words } from './fields.ts';
import { documentKind } from './kind.ts';
import type { Register } from './register.ts';

const fields = z.object({
  of: words('what the actions belong to: a committee, a meeting, a country'),
  asOf: day('day of the last change on record'),
  actions: actionsField,
  open: number('how many are still to be done'),
  late: number('how many of those are late'),
  over: number('how many are done or dropped'),
});

/** All follow-up actions of a committee, of a meeting or of a country, those that are over too. */
export const actionMatrix = documentKind({
  name: 'action-matrix',
  says: 'Action matrix of a committee, a meeting or a country: owner, due date, how each action stands',
  of: ['committee', 'meeting', 'country'],
  fields,
  async gather(register, id) {
    const scope = await scopeOf(register, id);
    if (!scope) return refuse('UnknownCase', `There is no ${id} on record.`);
    const actions = await actionsIn(register, scope.filter);
    const open = actions.filter((each) => each.open);
    return [
      {
        title: `Action matrix: ${scope.of}`,
        countries: scope.countries,
        values: {
          of: scope.of,
          asOf: register.asOf && dayOf(register.asOf),
          actions,
          open: open.length,
          late: open.filter(({ late }) => late).length,
          over: actions.length - open.length,
        },
      },
    ];
  },
});

async function scopeOf(register: Register, id: string) {
  if (register.isCountry(id)) return { of: register.countryName(id) ?? id, countries: [id], filter: { country: id } };
  const kind = kindOf(id);
  if (kind !== 'committee' && kind !== 'meeting') return undefined;
  const found = await register.find(kind, id);
  return found && { of: found.title, countries: found.countries, filter: { [kind]: id } };
}
