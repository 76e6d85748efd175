import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { Line, Relay } from './relay.ts';

/** Takes every letter and sends none: what is written stays in the ledger. For what is only rehearsed. */
export class KeepingRelay extends Relay {
  constructor() {
    super('smtp://nowhere.invalid');
  }

  override take(): Promise<Line> {
    return this.connect();
  }

  override connect(): Promise<Line> {
    return Promise.resolve(new Line(new Keeper() as unknown as SMTPConnection));
  }

  override keep(): void {}
}

/** What a line needs of a connection. */
class Keeper extends EventEmitter {
  send(_: unknown, body: Readable, answer: (error: Error | null, info?: { response: string }) => void): void {
    body.on('end', () => answer(null, { response: '250 kept, and not sent' }));
    body.on('error', answer);
    body.resume();
  }

  quit(): void {}

  close(): void {}
}
