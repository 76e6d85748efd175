import * as records from '../database/people/roles.ts';
import type { GivenRole } from '../database/people/roles.ts';
import { areRolesGiven } from '../database/actor.ts';
import type { CivilDate } from '../domain/dates.ts';
import type { BesideCases, Said } from './beside-cases.ts';
import { unlessRefused } from './errors.ts';
import type { RegisterConnection } from './register.ts';

export type { GivenRole } from '../database/people/roles.ts';

/** A role as somebody says it: of their own agency, where neither one nor a country is named. */
export type RoleSaid = Pick<GivenRole, 'person' | 'role'> & {
  readonly agency?: string | undefined;
  readonly country?: string | undefined;
};

const placeOf = async (
  db: Parameters<typeof records.ownAgency>[0],
  { person, agency, country }: RoleSaid,
): Promise<Pick<GivenRole, 'agency' | 'country'>> => ({
  agency: agency ?? (country === undefined ? ((await records.ownAgency(db, person)) ?? '') : null),
  country: country ?? null,
});

/** What people are in the service, whatever the case. Every change is safe to repeat. */
export class ServiceRoles {
  private readonly register: RegisterConnection;
  private readonly besideCases: BesideCases;

  constructor(register: RegisterConnection, besideCases: BesideCases) {
    this.register = register;
    this.besideCases = besideCases;
  }

  readonly list = () => this.register.ask(records.listRoles);

  /** Whether the directory and the opening of cases are held against roles: from the first one on. */
  readonly areGiven = () => this.register.ask(areRolesGiven);

  /**
   * @returns whether it is new
   * @throws {@link RefusedError} if somebody, the agency or the country is unknown, the days are the wrong way round, whoever says so is no
   * administrator, or it is the first role and not an administrator's
   */
  readonly give = (
    said: RoleSaid,
    { from, until, by }: { readonly from: CivilDate; readonly until?: CivilDate | undefined; readonly by: string },
  ): Promise<boolean> =>
    this.besideCases.change(roleSaid('role give', said, { from, until, by }), async (trx) => {
      const given = { person: said.person, role: said.role, ...(await placeOf(trx, said)), from, until: until ?? null };
      return unlessRefused(await records.giveRole(trx, given, by));
    });

  /**
   * @param on the first day on which they have it no more
   * @returns whether it is new
   * @throws {@link RefusedError} if they never had it, or whoever is left could give no roles
   */
  readonly end = (said: RoleSaid, { on, by }: { readonly on: CivilDate; readonly by: string }): Promise<boolean> =>
    this.besideCases.change(roleSaid('role end', said, { on, by }), async (trx) => {
      const ended = { person: said.person, role: said.role, ...(await placeOf(trx, said)), on };
      return unlessRefused(await records.endRole(trx, ended, by));
    });
}

/** What is signed of it. */
const roleSaid = (
  command: 'role give' | 'role end',
  role: RoleSaid,
  { by, ...days }: { readonly by: string; readonly [day: string]: string | undefined },
): Said => ({ command, by, fields: { ...role, ...days }, about: `person/${role.person}, ${role.role}` });
