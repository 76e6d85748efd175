import { z } from 'zod';
import { refuse } from '../domain/refusal.ts';
import { refuseCalledOff } from './called-off.ts';
import { editionIn, editionShape } from './edition.ts';
import type { Fields } from './fields.ts';
import { documentKind } from './kind.ts';
import type { Register } from './register.ts';

const fields = z.object(editionShape) satisfies Fields;

const gathering = (what: string, needsHeld: boolean) => async (register: Register, id: string) => {
  const edition = await register.find('edition', id);
  if (!edition) return refuse('UnknownCase', `There is no edition ${id}.`);
  const values = await editionIn(register, edition);
  const refusal = values.over ? undefined : await refuseCalledOff(register, edition, what.toLowerCase());
  if (refusal) return refusal;
  if (needsHeld && !values.over)
    return refuse(
      'NotReady',
      `${id} has not been held; its report can be made once that is on record (\`record-held\`).`,
    );
  return [{ title: `${what}: ${edition.title}`, countries: edition.countries, values }];
};

/** What an edition came to, for those who took part and those who pay. */
export const wrapUpReport = documentKind({
  name: 'wrap-up-report',
  says: 'Wrap-up report of an edition: participants, activities, evaluation, next edition',
  of: ['edition'],
  fields,
  gather: gathering('Wrap-up report', true),
});

/** What the press is told of an edition: who, what, when, where, why, for whom, and what comes next. */
export const pressReleaseOfEdition = documentKind({
  name: 'press-release',
  template: 'press-release-edition',
  says: 'Press release of an edition of a programme',
  of: ['edition'],
  fields,
  gather: gathering('Press release', false),
});
