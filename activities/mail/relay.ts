import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 30_000, socketTimeout: 90_000, dnsTimeout: 10_000 };

/** Relays end connections that bring too many. */
const mostMails = 50;
/** Shorter than any relay waits for the next mail. */
const usualIdleMs = 10_000;
/** One that does not answer this at once is given up for a new one. */
const resetWithinMs = 5_000;

/**
 * The mail server, over connections that are kept for the next mail: a TLS handshake and a login for each letter is
 * what relays throttle. One over which anything has gone wrong is never used again.
 */
export class Relay {
  private readonly smtpUrl: string;
  private readonly idleMs: number;
  private readonly kept: Line[] = [];

  constructor(smtpUrl: string, idleMs = usualIdleMs) {
    this.smtpUrl = smtpUrl;
    this.idleMs = idleMs;
  }

  /** A connection that is ready for a mail: one that was kept and still answers, else a new one. */
  async take(signal: AbortSignal): Promise<Line> {
    for (let line = this.kept.pop(); line; line = this.kept.pop()) if (await line.isStillReady(signal)) return line;
    return this.connect(signal);
  }

  async connect(signal: AbortSignal): Promise<Line> {
    const { auth, ...options } = parseConnectionUrl(this.smtpUrl);
    const line = new Line(new SMTPConnection({ ...options, ...timeouts }));
    try {
      await line.ask((connection, answer) => connection.connect(answer), signal);
      if (auth) await line.ask((connection, answer) => connection.login(auth, answer), signal);
      return line;
    } catch (error) {
      line.close();
      throw error;
    }
  }

  /** For the next mail, when all went well with this one. */
  keep(line: Line): void {
    line.mails += 1;
    if (line.mails >= mostMails) line.quit();
    else {
      this.kept.push(line);
      line.endsAfter(this.idleMs, () => void this.kept.splice(this.kept.indexOf(line), 1));
    }
  }

  /** Ends the connections that nobody uses. */
  close(): void {
    for (const line of this.kept.splice(0)) line.quit();
  }
}

type Answer<T> = (error?: Error | null, value?: T) => void;

/** One connection to the mail server. */
export class Line {
  /** How many have gone over it. */
  mails = 0;
  private readonly connection: SMTPConnection;
  private readonly broken: Promise<never>;
  private idle: NodeJS.Timeout | undefined;

  constructor(connection: SMTPConnection) {
    this.connection = connection;
    this.broken = new Promise((_, reject) => connection.on('error', reject));
    this.broken.catch(() => undefined);
  }

  /** Ends with the answer, or as soon as the connection breaks or is to be closed: a closed one calls nobody back. */
  async ask<T>(question: (connection: SMTPConnection, answer: Answer<T>) => void, signal: AbortSignal): Promise<T> {
    const asked = new Promise<T>((resolve, reject) => {
      question(this.connection, (error, value) => (error ? reject(error) : resolve(value as T)));
    });
    const stopped = stoppedBy(signal);
    try {
      return await Promise.race([this.broken, stopped.promise, asked]);
    } finally {
      stopped.forget();
    }
  }

  /** Whether it has outlived the time in which nobody used it, and knows nothing of the mail before. */
  async isStillReady(signal: AbortSignal): Promise<boolean> {
    clearTimeout(this.idle);
    try {
      const soon = AbortSignal.any([signal, AbortSignal.timeout(resetWithinMs)]);
      await this.ask((connection, answer) => connection.reset(answer), soon);
      return true;
    } catch {
      this.close();
      return false;
    }
  }

  endsAfter(ms: number, told: () => void): void {
    this.idle = setTimeout(() => {
      told();
      this.quit();
    }, ms);
  }

  quit(): void {
    clearTimeout(this.idle);
    this.connection.quit();
    this.connection.close();
  }

  close(): void {
    clearTimeout(this.idle);
    this.connection.close();
  }
}

function stoppedBy(signal: AbortSignal): { readonly promise: Promise<never>; forget(): void } {
  let forget = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    forget = () => signal.removeEventListener('abort', stop);
  });
  promise.catch(() => undefined);
  return { promise, forget };
}
