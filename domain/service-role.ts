/** What somebody is in the service, whatever the case: given in the directory, for an agency, from one day to another. */
export const serviceRoles = {
  coordinator: 'opens cases that people of the agency coordinate, and stands beside them',
  operator: 'looks after mail, plans and workers',
  reader: 'reads the cases of the agency, or of all agencies of a country',
  administrator: 'changes the directory, and gives roles',
} as const;

export type ServiceRole = keyof typeof serviceRoles;

export const serviceRoleNames = Object.keys(serviceRoles) as readonly ServiceRole[];
