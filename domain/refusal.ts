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

const mostNamed = 5;

/** What is wrong with a list, as one refusal with the first few faults. */
export function refuseFaults<F extends Refusal>(
  faults: readonly F[],
  inWords: (fault: F) => string,
): Refusal | undefined {
  const [first] = faults;
  if (!first) return undefined;
  const named = faults.slice(0, mostNamed).map(inWords);
  const others = faults.length > mostNamed ? ` And ${faults.length - mostNamed} more.` : '';
  return refuse(first.refused, `${named.join(' ')}${others}`);
}

export const firstTwice = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) < index);

export function refuseTwice(what: string, names: readonly string[]): Refusal | undefined {
  const twice = firstTwice(names);
  return twice === undefined ? undefined : refuse('AlreadyDone', `${what}: ${twice} is named twice.`);
}

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value && 'because' in value;
