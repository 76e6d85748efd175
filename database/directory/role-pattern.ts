import { serviceRoleNames } from '../../domain/service-role.ts';

/** As a role is written in a file: `coordinator`, for their own agency, or `operator@klid`. */
export const rolePattern = new RegExp(`^(${serviceRoleNames.join('|')})(@[a-z0-9][a-z0-9-]{0,63})?$`);
