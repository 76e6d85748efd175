import type { Transaction } from 'kysely';
import type { TimedMessage } from '../../database/entry.ts';
import type { Database } from '../../database/schema.ts';
import { sendTimeOf, type When } from '../../database/send-times.ts';
import type { Transition } from '../../domain/case/transition.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { completed } from '../mail/complete.ts';

/** The letters of a transition, with the days that were planned with it, and when each goes: in its reader's working hours. */
export async function lettersOf(
  trx: Transaction<Database>,
  lifecycle: Lifecycle,
  { after, effects }: Transition,
  when: When,
): Promise<TimedMessage[]> {
  const letters: TimedMessage[] = [];
  for (const effect of effects) {
    if (effect.type !== 'mail') continue;
    const message = await completed(trx, lifecycle, after, effect.message);
    letters.push({ message, time: await sendTimeOf(trx, message, when) });
  }
  return letters;
}
