import type { Answer } from '../../../stack/mailbox/faults.ts';
import { startMailbox } from '../../../stack/mailbox/mailbox.ts';
import { Dice } from './dice.ts';
import { Journal } from './journal.ts';
import type { RelayEntry } from './ledgers.ts';
import type { RelayFaults } from './schedule.ts';

/**
 * The mail relay, in a process of its own: node relay.ts JOURNAL SEED. It writes down each message whose whole body has
 * come, before anybody hears of it. Its parent switches its faults, and is told of each message that is accepted.
 */
const [file = '', seed = '0'] = process.argv.slice(2);
const dice = new Dice(Number(seed));
const journal = new Journal<RelayEntry>(file);
let faults: RelayFaults = {};
process.on('message', (switched) => {
  faults = switched as RelayFaults;
});
// Its parent is gone: so is the run.
process.on('disconnect', () => process.exit());

const strikes = (percent = 0): boolean => dice.roll() * 100 < percent;

function answer(): { answer: Answer; accepted: boolean; fault?: string } {
  if (strikes(faults.fails))
    return { answer: { code: 451, text: '4.3.0 out of memory' }, accepted: false, fault: '451' };
  if (strikes(faults.dropsAfter)) return { answer: 'drop-before-reply', accepted: true, fault: 'drop-before-reply' };
  return { answer: faults.slowMs ? { delayMs: faults.slowMs } : undefined, accepted: true };
}

const mailbox = await startMailbox({
  onConnect: () => (strikes(faults.busy) ? { code: 421, text: '4.3.2 too busy' } : undefined),
  onRecipient: () => (strikes(faults.notNow) ? { code: 450, text: '4.2.0 mailbox is being moved' } : undefined),
  onBody: () => (strikes(faults.dropsBefore) ? 'drop-mid-data' : undefined),
  onData: ({ messageId }) => {
    const { answer: said, accepted, fault } = answer();
    journal.write({ at: Date.now(), messageId, accepted, fault });
    if (accepted) process.send?.({ accepted: messageId });
    return said;
  },
});
process.send?.({ smtpUrl: mailbox.smtpUrl, webUrl: mailbox.url });
