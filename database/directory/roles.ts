import type { ServiceRole } from '../../domain/service-role.ts';
import type { GivenRole } from '../people/roles.ts';
import type { Parsed, PersonEntry } from './entry.ts';

/** Roles that an import gives, since ever and for good; it takes none away. */
export const rolesIn = ({ people }: { readonly people: readonly Parsed<PersonEntry>[] }): readonly GivenRole[] =>
  people.flatMap(({ value: { id, agency, roles = [] } }) =>
    roles.map((written) => {
      const [role = '', other] = written.split('@');
      return { person: id, role: role as ServiceRole, agency: other ?? agency, country: null, from: null, until: null };
    }),
  );
