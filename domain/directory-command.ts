import { agenciesCoordinated } from './case/permission.ts';
import type { Party } from './fields.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { ServiceRole } from './service-role.ts';

/** What somebody can be to a change of the directory, of calendars or of mail. Closed. */
export const directoryPositions = {
  self: 'whom it is about',
  keeper: 'the coordinator of the case that it is about, or a coordinator of the same agency',
  coordinator: 'a coordinator of the agency of whom it is about',
  operator: 'an operator',
  administrator: 'an administrator of the directory',
} as const;

export type DirectoryPosition = keyof typeof directoryPositions;

interface DirectoryCommandDefinition {
  readonly by: readonly [DirectoryPosition, ...DirectoryPosition[]];
  /** An administrator …: what it is to do so. */
  readonly does: string;
  /** It only takes away, and is taken without a proof: whoever has lost a key cannot sign that. */
  readonly takesAway?: true;
  /** It is a matter of the key that it is signed with: nobody's word is taken for that. */
  readonly ofKey?: true;
}

/** What stands in the place of a case in a proof of what is done beside them. No case has such an id. */
export const besideCases = 'directory';

/** What is changed beside the cases, by the words of the command, and whose it is. Closed. */
export const directoryCommands = {
  'directory import': { by: ['administrator'], does: 'changes the directory' },
  'role give': { by: ['administrator'], does: 'gives roles' },
  'role end': { by: ['administrator'], does: 'ends roles' },
  'person left': { by: ['administrator'], does: 'says who leaves' },
  'person stays': { by: ['administrator'], does: 'says who leaves' },
  'person erase': { by: ['administrator'], does: 'erases somebody' },
  'person away': { by: ['self', 'coordinator', 'administrator'], does: 'says who is away' },
  'person back': { by: ['self', 'coordinator', 'administrator'], does: 'says who is back' },
  'person bounced': { by: ['operator', 'administrator'], does: 'says whose address bounces' },
  'person reachable': { by: ['operator', 'administrator'], does: 'says whose address bounces' },
  'keys rotate': { by: ['self'], does: 'rotates a key', ofKey: true },
  'keys revoke': { by: ['self', 'administrator'], does: 'revokes keys', takesAway: true },
  'calendar override': { by: ['operator', 'administrator'], does: 'says which days are worked' },
  'link revoke': { by: ['keeper', 'operator'], does: 'takes back the addresses in letters' },
  'mail settle': { by: ['keeper', 'operator'], does: 'settles mail' },
} as const satisfies Readonly<Record<string, DirectoryCommandDefinition>>;

export type DirectoryCommand = keyof typeof directoryCommands;

/** Somebody, as the directory has them on that day. */
export interface InDirectoryService {
  readonly person: string;
  /** Whose rights they have: their own, and those of people for whom they stand in. */
  readonly rights: ReadonlyMap<string, string>;
  readonly roles: readonly { readonly role: ServiceRole; readonly agency: string | null }[];
}

/** Whom or what a change is about. */
export interface ChangeTarget {
  /** A person of the directory. */
  readonly person?: string;
  /** The agency of that person. */
  readonly agency?: string;
  /** Who coordinates the case. */
  readonly keeper?: Party;
  /** The agency of who coordinates the case. */
  readonly keeperAgency?: string;
}

/** `NotYours`, if a change is not this person's to make, with whose it is. */
export function refuseDirectoryCommand(
  command: DirectoryCommand,
  { person, rights, roles }: InDirectoryService,
  { person: about, agency, keeper, keeperAgency }: ChangeTarget = {},
  administrators: readonly string[] = [],
): Refusal | undefined {
  const { by, does }: DirectoryCommandDefinition = directoryCommands[command];
  const coordinates = (of: string | undefined): boolean => of !== undefined && agenciesCoordinated(roles).has(of);
  const holds = (position: DirectoryPosition): boolean => {
    if (position === 'self') return about !== undefined && rights.has(`person/${about}`);
    if (position === 'keeper') return (keeper !== undefined && rights.has(keeper)) || coordinates(keeperAgency);
    return position === 'coordinator' ? coordinates(agency) : roles.some(({ role }) => role === position);
  };
  if (by.some(holds)) return undefined;
  const who = by.map((position) =>
    position === 'administrator' ? administrators.join(' or ') || 'an administrator' : directoryPositions[position],
  );
  const no = by.length === 1 ? 'is no administrator' : 'may not do this';
  return refuse('NotYours', `${person} ${no}: ${who.join(', or ')} ${does}, or whoever stands in.`);
}
