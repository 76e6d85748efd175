import { action } from '../../../domain/action.ts';
import type { CaseEvent } from '../../../domain/case/state.ts';
import { given, type Story } from '../../domain/given.ts';
import type { DriverEntry, Ledgers, RecordedMessage } from './ledgers.ts';
import { findingsIn } from './oracle.ts';

/** Opened, reminded of its completion, accepted, reported as done. */
export const told = given(action, { topic: 'Portal', owner: 'klid', due: '2018-12-14' })
  .command('accept', { by: 'lee-jiho' })
  .passes('2018-12-01')
  .command('note', { note: 'Seen.' })
  .command('reportDone', { by: 'lee-jiho', evidence: 'It stands.' });
export const id = told.state.id;

const secondMs = 1_000;
/** When the real run began; each event is recorded a second after the one before. */
export const began = 1_000_000;
export const recordedAt = (number: number): number => began + number * secondMs;

/** The four ledgers after a run in which all went well. */
export function ledgersOf(story: Story): Ledgers {
  const { events, state } = story;
  const commands = events.filter(({ commandId }) => commandId);
  const asked = ({ commandId = '', type }: CaseEvent) => ({ case: id, command: type, id: commandId });
  const messages = story.mailed().map(
    (message): RecordedMessage => ({
      key: message.key,
      case: id,
      event: message.event,
      deadline: message.deadline ?? null,
      state: 'sent',
      messageId: `<${message.key}>`,
      at: message.at,
      sendAt: message.at,
      changedAt: recordedAt(message.event) + secondMs,
    }),
  );
  return {
    driver: [
      ...commands.flatMap((event): DriverEntry[] => [
        { what: 'sent', at: recordedAt(event.number) - 100, ...asked(event) },
        { what: 'answered', at: recordedAt(event.number) + 100, ...asked(event), event: event.number },
      ]),
      ...events
        .filter(({ type }) => type === 'reminded')
        .map(
          ({ at, number }): DriverEntry => ({
            what: 'reached',
            at: recordedAt(number),
            case: id,
            due: at,
            isDown: false,
          }),
        ),
    ],
    relay: messages.map(({ messageId, event }) => ({
      at: recordedAt(event) + 500,
      messageId: messageId ?? '',
      accepted: true,
    })),
    register: {
      cases: [
        {
          id,
          kind: 'action',
          number: state.number,
          isClosed: false,
          state: JSON.parse(JSON.stringify({ ...state, log: [] })),
        },
      ],
      events: events.map((event) => ({ case: id, event, recordedAt: recordedAt(event.number) })),
      commands: commands.map(({ commandId = '', number }) => ({ case: id, id: commandId, event: number })),
      messages,
    },
    histories: [
      {
        case: id,
        runs: 1,
        status: 'RUNNING',
        number: state.number,
        underWay: 0,
        now: story.now,
        commandIds: new Set(commands.map(({ commandId = '' }) => commandId)),
      },
    ],
    outages: [],
  };
}

export const good = ledgersOf(told);
export const changed = (change: Partial<Ledgers>): Ledgers => ({ ...good, ...change });
export const withRegister = (change: Partial<Ledgers['register']>): Ledgers =>
  changed({ register: { ...good.register, ...change } });
export const withMessages = (change: (message: RecordedMessage) => Partial<RecordedMessage>): Ledgers =>
  withRegister({ messages: good.register.messages.map((message) => ({ ...message, ...change(message) })) });
export const withHistory = (change: Partial<Ledgers['histories'][number]>): Ledgers =>
  changed({ histories: good.histories.map((history) => ({ ...history, ...change })) });
export const kindsIn = (ledgers: Ledgers): string[] => [...new Set(findingsIn(ledgers).map(({ kind }) => kind))];
export const numberOf = (type: string): number => told.events.find((event) => event.type === type)?.number ?? 0;
export const idOf = (type: string): string => told.events.find((event) => event.type === type)?.commandId ?? '';

export const reminder = good.register.messages.find(({ deadline }) => deadline === 'complete');
