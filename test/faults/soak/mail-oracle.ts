import { millisecondsOf } from '../../../domain/dates.ts';
import type { Finding, Ledgers, RecordedMessage } from './ledgers.ts';
import type { Expected } from './model.ts';
import { calmWithin } from './outages.ts';

const patienceMs = 60_000;

/** A mail is let out at the first byte of its body; by then so much may pass until the relay has it. */
const onItsWayMs = 10_000;

/** Its giver is told when a command is on record; of what a case does by itself only the moment of writing is known. */
const writingMs = 30_000;

const isOnItsWay = (state: string): boolean => ['planned', 'claimed', 'inData'].includes(state);

/** Compares what the register says of mail with what the relay has taken. */
export function mailFindings(ledgers: Ledgers, expected: ReadonlyMap<string, Expected>): Finding[] {
  const { messages } = ledgers.register;
  const taken = new Map<string, number[]>();
  for (const { messageId, accepted, at } of ledgers.relay)
    if (accepted) taken.set(messageId, [...(taken.get(messageId) ?? []), at]);
  const known = new Set(messages.map(({ messageId }) => messageId));
  const strangers = [...taken.keys()].filter((id) => !known.has(id));
  return [
    ...strangers.map((id): Finding => ({ kind: 'wrong', case: '', says: `the relay took ${id}, which no row names` })),
    ...doubledIn(messages, taken),
    ...unexpectedIn(messages, expected),
    ...messages.flatMap((message) => messageFindings(ledgers, message, taken.get(message.messageId ?? '') ?? [])),
    ...messages.flatMap((message) =>
      askedInVain(ledgers, message, expected.get(message.case), taken.get(message.messageId ?? '') ?? []),
    ),
  ];
}

function doubledIn(messages: readonly RecordedMessage[], taken: ReadonlyMap<string, readonly number[]>): Finding[] {
  const ownerOf = new Map(messages.map((message) => [message.messageId, message]));
  return [...taken]
    .filter(([, times]) => times.length > 1)
    .map(([id, times]) => ({
      kind: 'doubled',
      case: ownerOf.get(id)?.case ?? '',
      says: `the relay took ${ownerOf.get(id)?.key ?? id} ${times.length} times`,
    }));
}

/** Each message that follows from the events is in the ledger, and no other. */
function unexpectedIn(messages: readonly RecordedMessage[], expected: ReadonlyMap<string, Expected>): Finding[] {
  const rows = new Set(messages.map(({ key }) => key));
  const missing = [...expected].flatMap(([id, { messages: keys }]) =>
    [...keys.keys()].filter((key) => !rows.has(key)).map((key) => ({ case: id, key })),
  );
  const extra = messages.filter(({ case: id, key }) => expected.has(id) && !expected.get(id)?.messages.has(key));
  return [
    ...missing.map(
      ({ case: id, key }): Finding => ({ kind: 'lost', case: id, says: `the message ${key} was never planned` }),
    ),
    ...extra.map(
      ({ case: id, key }): Finding => ({ kind: 'wrong', case: id, says: `nothing asks for the message ${key}` }),
    ),
  ];
}

function messageFindings(ledgers: Ledgers, message: RecordedMessage, taken: readonly number[]): Finding[] {
  const { case: id, key, state } = message;
  const finding = (kind: Finding['kind'], says: string): Finding[] => [{ kind, case: id, says: `${key} ${says}` }];
  if (isOnItsWay(state)) return finding('stuck', `is ${state} and has not come to an end`);
  if (state === 'sent' && taken.length === 0) return finding('lost', 'is called sent, and the relay never took it');
  if (taken.length > 0 && state !== 'sent' && state !== 'inDoubt')
    return finding('wrong', `is called ${state}, and the relay took it`);
  // What waits for its reader's morning is not late.
  if (millisecondsOf(message.sendAt) - millisecondsOf(message.at) > patienceMs) return [];
  const cause = ledgers.register.events.find((each) => each.case === id && each.event.number === message.event);
  const calm = cause ? calmWithin(ledgers.outages, cause.recordedAt, message.changedAt) : 0;
  return calm > patienceMs ? finding('late', `was ${state} after ${Math.round(calm / 1000)} s of calm`) : [];
}

/** Nobody is asked for what was done, moved or dropped before the mail was let out. */
function askedInVain(
  { driver, register }: Ledgers,
  message: RecordedMessage,
  expected: Expected | undefined,
  taken: readonly number[],
): Finding[] {
  const { case: id, key, deadline, event } = message;
  if (!deadline || !expected || taken.length === 0) return [];
  const version = key.slice(`${id}/${deadline}/`.length).split('/')[0] ?? '';
  const closing = expected.closedBy.get(`${deadline}/${version}`);
  if (closing === undefined || closing < event) return [];
  const closed = register.events.find((each) => each.case === id && each.event.number === closing);
  if (!closed) return [];
  const told = driver.find((entry) => entry.what === 'answered' && entry.id === closed.event.commandId);
  const since = told?.at ?? closed.recordedAt + writingMs;
  const late = taken.find((at) => at > since + onItsWayMs);
  if (late === undefined) return [];
  const says = `asked for ${deadline} ${Math.round((late - since) / 1000)} s after that was no longer owed`;
  return [{ kind: 'wrong', case: id, says }];
}
