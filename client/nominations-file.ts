import { findNominee, namesakes, type Nominations, nomineeFields, nomineeId } from '../domain/nomination.ts';
import { country } from '../domain/fields.ts';
import { nominationFaults, refuseNotInvited } from '../domain/nomination/rules.ts';
import { type ListedFile, readListedFile } from './listed-file.ts';

const all = Object.keys(nomineeFields.shape);

/** The columns of a file of nominations. */
export const nominationColumns = {
  all,
  required: all.filter(
    (name) =>
      !Object.entries(nomineeFields.shape).some(([key, field]) => key === name && field.safeParse(undefined).success),
  ),
};

/**
 * Reads a file of nominations and holds it against the rules, as the register has the case.
 *
 * Whoever stands on record with the same fields, and was not withdrawn, is left alone: the same file twice does nothing.
 */
export const readNominations = (file: string, known: Nominations, reason: string | undefined): Promise<ListedFile> =>
  readListedFile(file, {
    says: 'nominations',
    columns: nominationColumns,
    schema: nomineeFields,
    idOf: nomineeId,
    ifTwice: namesakes,
    isOnRecord: (nominee) => {
      const found = findNominee(known, nomineeId(nominee));
      return (
        found !== undefined &&
        found.standing !== 'withdrawn' &&
        nominationColumns.all.every((name) => Reflect.get(found, name) === Reflect.get(nominee, name))
      );
    },
    alsoWrong: ({ country: given }) => {
      const state = country.safeParse(given);
      return state.success ? refuseNotInvited(known, state.data)?.because : undefined;
    },
    faultsOf: (list) => nominationFaults(known, list, reason),
  });
