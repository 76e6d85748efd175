/** Every reason for which a command or an opening can be refused. Closed: callers may switch on it. */
export const refusalCodes = [
  // the command itself
  'UnknownKind',
  'UnknownCommand',
  'InvalidInput',
  'TooLarge',
  'ReasonMissing',
  // what it names
  'UnknownCase',
  'UnknownCountry',
  'UnknownAgency',
  'UnknownPerson',
  'UnknownDeadline',
  'UnknownItem',
  'UnknownDocument',
  'NoAddress',
  'WrongKind',
  // the case
  'CaseExists',
  'CaseClosed',
  'WrongStage',
  'CommandIdUsed',
  // dates
  'DateOutOfOrder',
  'DateInFuture',
  'DateTooFar',
  // who
  'SamePerson',
  'NotYours',
  'NotProved',
  'NotAParty',
  'NotTheirTurn',
  'Away',
  // what was done or is missing
  'AlreadyDone',
  'NotReady',
  'TextMissing',
  'NoPlaceLeft',
  'Undecided',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

export const isRefusalCode = (type: unknown): type is RefusalCode => refusalCodes.includes(type as RefusalCode);

/** A refused command: nothing has happened, and `because` tells the reader what was wrong and what to do. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly because: string;
}

export const refuse = (refused: RefusalCode, because: string): Refusal => ({ refused, because });

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value && 'because' in value;
