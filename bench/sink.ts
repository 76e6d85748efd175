import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A relay that takes everything at once and keeps nothing: what is measured is the sender. */
export interface Sink {
  readonly url: string;
  /** How many messages it has taken since it was opened. */
  readonly taken: () => number;
  /** How many each address has had. */
  readonly takenBy: () => ReadonlyMap<string, number>;
  /** When the so-manieth message to an address came, on the clock of `performance.now()`; waits for it. */
  arrival(address: string, nth: number): Promise<number>;
  close(): Promise<void>;
}

/** Nobody waits longer for a mail: something has gone wrong, and the run says so. */
const patienceMs = 120_000;

export async function openSink(): Promise<Sink> {
  const arrivals = new Arrivals();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    new Session(socket, arrivals).greet();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => arrivals.taken,
    takenBy: () => arrivals.byAddress(),
    arrival: (address, nth) => arrivals.of(address, nth),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

class Arrivals {
  taken = 0;
  private readonly times = new Map<string, number[]>();
  private readonly waiting = new Map<string, (at: number) => void>();

  note(address: string): void {
    this.taken += 1;
    const times = this.times.get(address) ?? [];
    this.times.set(address, times);
    const nth = times.push(performance.now());
    const key = `${address} ${nth}`;
    this.waiting.get(key)?.(times[nth - 1] as number);
    this.waiting.delete(key);
  }

  byAddress(): ReadonlyMap<string, number> {
    return new Map([...this.times].map(([address, times]) => [address, times.length]));
  }

  of(address: string, nth: number): Promise<number> {
    const known = this.times.get(address)?.[nth - 1];
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`Mail ${nth} to ${address} has not come within ${patienceMs / 1000} s.`)),
        patienceMs,
      );
      this.waiting.set(`${address} ${nth}`, (at) => {
        clearTimeout(timer);
        resolve(at);
      });
    });
  }
}

/** The few words of SMTP (RFC 5321) that a sender needs. */
class Session {
  private readonly socket: Socket;
  private readonly arrivals: Arrivals;
  private unread = '';
  private recipients: string[] = [];
  private inBody = false;

  constructor(socket: Socket, arrivals: Arrivals) {
    this.socket = socket;
    this.arrivals = arrivals;
  }

  greet(): void {
    this.socket.setEncoding('latin1').on('data', (chunk: string) => this.read(chunk));
    this.say('220 127.0.0.1 ESMTP');
  }

  private read(chunk: string): void {
    this.unread += chunk;
    for (;;) {
      const end = this.inBody ? '\r\n.\r\n' : '\r\n';
      const at = this.unread.indexOf(end);
      if (at < 0) return;
      const read = this.unread.slice(0, at);
      this.unread = this.unread.slice(at + end.length);
      if (this.inBody) this.take();
      else this.answer(read);
    }
  }

  private take(): void {
    this.inBody = false;
    for (const address of this.recipients) this.arrivals.note(address);
    this.recipients = [];
    this.say('250 2.0.0 taken');
  }

  private answer(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT') this.recipients.push(/<([^>]*)>/.exec(line)?.[1] ?? '');
    if (verb === 'RSET') this.recipients = [];
    if (verb === 'QUIT') return void this.socket.end('221 2.0.0 bye\r\n');
    if (verb === 'DATA') {
      this.inBody = true;
      return this.say('354 go on');
    }
    this.say(verb === 'EHLO' ? '250-127.0.0.1\r\n250 8BITMIME' : '250 2.0.0 ok');
  }

  private say(answer: string): void {
    this.socket.write(`${answer}\r\n`);
  }
}
