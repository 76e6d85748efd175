import { describe, expect, it } from 'vitest';
import type { Ledgers, RecordedMessage } from './ledgers.ts';
import {
  began,
  changed,
  good,
  id,
  idOf,
  kindsIn,
  recordedAt,
  reminder,
  withMessages,
  withRegister,
} from './hand-made.ts';

describe('a mail', () => {
  it('that the relay took twice is doubled', () => {
    expect(kindsIn(changed({ relay: [...good.relay, ...good.relay.slice(0, 1)] }))).toEqual(['doubled']);
  });

  it('that is called sent and that the relay never took is lost', () => {
    expect(kindsIn(changed({ relay: good.relay.slice(1) }))).toEqual(['lost']);
    const refused = good.relay.map((entry, index) => (index === 0 ? { ...entry, accepted: false } : entry));
    expect(kindsIn(changed({ relay: refused }))).toEqual(['lost']);
  });

  it('in doubt may have been taken or not', () => {
    const ledgers = withMessages(() => ({ state: 'inDoubt' }));
    expect(kindsIn(ledgers)).toEqual([]);
    expect(kindsIn({ ...ledgers, relay: [] })).toEqual([]);
  });

  it.each(['withdrawn', 'expired', 'nobody', 'refused'])(
    'that is called %s and that the relay took is wrong',
    (state) => {
      expect(kindsIn(withMessages(() => ({ state })))).toEqual(['wrong']);
    },
  );

  it.each(['planned', 'claimed', 'inData'])('that is %s in the end is stuck', (state) => {
    expect(kindsIn({ ...withMessages(() => ({ state })), relay: [] })).toEqual(['stuck']);
  });

  it('that follows from an event and is not in the ledger is lost; one that follows from nothing is wrong', () => {
    expect(kindsIn(withRegister({ messages: good.register.messages.slice(1) }))).toContain('lost');
    expect(kindsIn(withMessages((message) => (message === reminder ? { key: `${id}/other` } : {})))).toEqual(
      expect.arrayContaining(['lost', 'wrong']),
    );
  });

  it('that the relay took and no row names is wrong', () => {
    expect(kindsIn(changed({ relay: [...good.relay, { at: began, messageId: '<x>', accepted: true }] }))).toEqual([
      'wrong',
    ]);
  });

  it('that asks for what was done before it left is wrong; a moment later it may have been on its way', () => {
    const done = good.driver.find((entry) => entry.what === 'answered' && entry.id === idOf('reportedDone'));
    const takenAt = (at: number): Ledgers =>
      changed({
        relay: good.relay.map((entry) => (entry.messageId === reminder?.messageId ? { ...entry, at } : entry)),
      });
    expect(kindsIn(takenAt((done?.at ?? 0) + 20_000))).toEqual(['wrong']);
    expect(kindsIn(takenAt((done?.at ?? 0) + 2_000))).toEqual([]);
  });

  it('that ended after more than a minute of calm is late, unless its reader was not at work', () => {
    const slow = (message: RecordedMessage) => ({ changedAt: recordedAt(message.event) + 80_000 });
    expect(kindsIn(withMessages(slow))).toEqual(['late']);
    expect(kindsIn(withMessages((message) => ({ ...slow(message), sendAt: '2019-01-07T00:00:00.000Z' })))).toEqual([]);
  });
});
