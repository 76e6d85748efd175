import { type Refusal, refuse } from '../refusal.ts';

const longest = 100;
const ofPerson = new RegExp(`^[A-Za-z0-9][A-Za-z0-9._:-]{0,${longest - 1}}$`);
const ofCase = /^([a-z]+\/[a-z0-9-]{1,64})\/([1-9]\d{0,8})\/(0|[1-9]\d{0,3})$/;

/** Where a command comes from that a case gives: its id is the key of the effect that it is. */
export interface Giver {
  readonly case: string;
  /** The number of the event from which it follows. */
  readonly event: number;
}

/** The case that gives a command, by the command's id; undefined for a command that somebody else gives. */
export function giverIn(commandId: unknown): Giver | undefined {
  const [, giver, event] = (typeof commandId === 'string' && ofCase.exec(commandId)) || [];
  return giver === undefined ? undefined : { case: giver, event: Number(event) };
}

/** Refuses what can be the id of no command that somebody gives. What cases say to each other has ids with slashes, which nobody is to take in advance. */
export const refuseCommandId = (id: unknown): Refusal | undefined =>
  typeof id === 'string' && ofPerson.test(id)
    ? undefined
    : refuse(
        'InvalidInput',
        'The id of a command is 1 to 100 letters, digits, "-", "_", "." and ":", such as a UUID; give it another one.',
      );

/** Refuses what can be the id of no command at all, whoever gives it. */
export const refuseNoCommandId = (id: unknown): Refusal | undefined => (giverIn(id) ? undefined : refuseCommandId(id));

/** How the id of a command begins that is given by a link; nobody else may give one such an id. */
export const linkIdPrefix = 'link-';

/** The link by which a command is given, and the form that is sent. */
export interface LinkUsed {
  readonly hash: string;
  readonly form: string;
}

/** The id of such a command: the same form is taken once. */
export const linkId = ({ hash, form }: LinkUsed): string => `${linkIdPrefix}${hash}-${form}`;

const digitsOfHash = 64;
/** So many letters a form may have, that its command has an id. */
export const longestForm = longest - linkId({ hash: '0'.repeat(digitsOfHash), form: '' }).length;

const linkIds = new RegExp(`^${linkIdPrefix}([0-9a-f]{${digitsOfHash}})-(.*)$`);

/** What the id of a command says of the link by which it is given, if it is. */
export function linkIn(commandId: string | null | undefined): LinkUsed | undefined {
  const [, hash, form] = linkIds.exec(commandId ?? '') ?? [];
  return hash === undefined || form === undefined ? undefined : { hash, form };
}
