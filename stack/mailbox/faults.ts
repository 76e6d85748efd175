import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Envelope, Message } from './message.ts';

/** An answer with which the relay turns something down: 4xx for now, 5xx for good. */
export type Refusal = { code: number; text: string };

/**
 * What a relay does wrong:
 * - `drop-mid-data`: closes the connection while the body is being written. Nothing is accepted.
 * - `drop-before-reply`: accepts the message, then closes the connection before it says so.
 * - `reset`: the same, but the connection is reset.
 * - `hang`: accepts the message and never answers.
 * - `garbage`: accepts the message and answers with something that is not SMTP.
 * - `drop-after-reply`: accepts the message, says so, then closes the connection.
 */
export type Fault = 'drop-mid-data' | 'drop-before-reply' | 'reset' | 'hang' | 'garbage' | 'drop-after-reply';

/** What a hook answers: nothing when all is to go well. */
export type Answer = Refusal | Fault | { delayMs: number } | undefined;

/** Makes the mailbox a bad relay, on purpose, for tests. */
export type FaultHooks = {
  /** Asked when a client connects: a refusal is the greeting. */
  onConnect?: () => Refusal | undefined;
  /** Asked for the name and password of a client that logs in. */
  onLogin?: (user: string, password: string) => Refusal | undefined;
  /** Asked for each recipient. */
  onRecipient?: (address: string, envelope: Envelope) => Refusal | undefined;
  /** Asked when the body begins to arrive, before anything of it is known. */
  onBody?: (envelope: Envelope) => Refusal | 'drop-mid-data' | undefined;
  /** Asked when the whole message is there. */
  onData?: (message: Message) => Answer | Promise<Answer>;
};

/** The error with which smtp-server sends this answer. */
export const refusal = ({ code, text }: Refusal): Error => Object.assign(new Error(text), { responseCode: code });

/** What is done with a message that has arrived; `store` accepts it, `reply` tells the client. */
export type Delivery = { socket: Socket | undefined; store: () => void; reply: (error?: Error) => void };

/** Carries out what a hook has answered. */
export async function deliver(answer: Answer, { socket, store, reply }: Delivery): Promise<void> {
  if (answer === undefined) {
    store();
    return reply();
  }
  if (typeof answer === 'object') {
    if ('code' in answer) return reply(refusal(answer));
    store();
    await delay(answer.delayMs);
    return reply();
  }
  if (answer !== 'drop-mid-data') store();
  misbehave(answer, socket, reply);
}

function misbehave(fault: Fault, socket: Socket | undefined, reply: () => void): void {
  switch (fault) {
    case 'drop-mid-data':
    case 'drop-before-reply':
      socket?.destroy();
      break;
    case 'reset':
      socket?.resetAndDestroy();
      break;
    case 'hang':
      break;
    case 'garbage':
      socket?.write('%$ this is no SMTP\r\n');
      break;
    case 'drop-after-reply':
      reply();
      socket?.end();
      break;
  }
}
