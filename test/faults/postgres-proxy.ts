import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { patience } from './patience.ts';
import { PostgresRequests, type Request } from './postgres-requests.ts';

/** Where a COMMIT is caught: on its way to Postgres, which has not committed yet, or on its way back, when it has. */
export type Side = 'request' | 'reply';

/** Whether a transaction is meant, by all that its client has sent: statements, and values as Postgres takes them. */
export type Concerns = (transaction: string) => boolean;

/** A COMMIT that is held back. */
export interface CaughtCommit {
  /**
   * Resolves when COMMIT has come, and for its reply when Postgres has answered: what it writes is then on record.
   *
   * @throws after `patience`, if it never comes
   */
  readonly reached: Promise<void>;
  /** Lets it go on, as if nothing had been. */
  release(): void;
  /** Breaks the connection: the client never hears what came of its COMMIT. */
  cut(): void;
}

/** Stands between Entente and its Postgres, and holds back or cuts a COMMIT or the reply to it. */
export interface PostgresProxy {
  /** The register as it is reached through the proxy. */
  readonly url: string;
  /** Catches the next COMMIT that `concerns` says yes to; one of several waiting catches it. A statement outside of a transaction commits itself. */
  catchCommit(side: Side, concerns: Concerns): CaughtCommit;
  /** Breaks every connection that there is; new ones are taken. */
  cutAll(): void;
  stop(): Promise<void>;
}

export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const behind = new URL(databaseUrl);
  const traps: Trap[] = [];
  const lines = new Set<Line>();
  const server = createServer((client) => {
    const line = new Line(client, connect(Number(behind.port || 5432), behind.hostname), traps);
    lines.add(line);
    client.once('close', () => lines.delete(line));
  });
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(await listening(server));
  const cutAll = () => {
    for (const line of lines) line.cut();
  };
  return {
    url: url.href,
    catchCommit(side, concerns) {
      const trap = new Trap(side, concerns);
      traps.push(trap);
      return trap;
    },
    cutAll,
    async stop() {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

class Trap implements CaughtCommit {
  readonly side: Side;
  readonly concerns: Concerns;
  readonly reached: Promise<void>;
  /** Called by the line that is caught. */
  arrived: () => void = () => undefined;
  line: Line | undefined;

  constructor(side: Side, concerns: Concerns) {
    this.side = side;
    this.concerns = concerns;
    this.reached = new Promise((resolve, reject) => {
      const never = setTimeout(
        () => reject(new Error(`Waited ${patience / 1_000} s in vain for the ${side} of a COMMIT.`)),
        patience,
      ).unref();
      this.arrived = () => {
        clearTimeout(never);
        resolve();
      };
    });
    // Who waits for it hears of it.
    this.reached.catch(() => undefined);
  }

  release(): void {
    this.line?.release(this);
  }

  cut(): void {
    this.line?.cut();
  }
}

/** One connection of a client, and the one behind it. */
class Line {
  private readonly client: Socket;
  private readonly server: Socket;
  private readonly traps: Trap[];
  private readonly requests = new PostgresRequests();
  private caught: Trap | undefined;
  private readonly held: { readonly to: Socket; readonly bytes: Buffer }[] = [];

  constructor(client: Socket, server: Socket, traps: Trap[]) {
    this.client = client;
    this.server = server;
    this.traps = traps;
    client.on('data', (bytes) => this.asked(bytes as Buffer));
    server.on('data', (bytes) => this.answered(bytes as Buffer));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      // Either end may go away in the middle, and then so does the other.
      one.on('error', () => undefined);
      one.once('close', () => other.destroy());
    }
  }

  release(trap: Trap): void {
    if (this.caught !== trap) return;
    this.caught = undefined;
    for (const { to, bytes } of this.held.splice(0)) to.write(bytes);
  }

  cut(): void {
    this.client.resetAndDestroy();
    this.server.destroy();
  }

  private asked(bytes: Buffer): void {
    for (const request of this.requests.in(bytes)) {
      if (request.declined) this.client.write(request.declined);
      else this.forward(request);
    }
  }

  private forward({ bytes, commits }: Request): void {
    const trap = commits === undefined || this.caught ? undefined : this.trapFor(commits);
    if (trap) {
      this.caught = trap;
      trap.line = this;
    }
    if (this.caught?.side !== 'request') return void this.server.write(bytes);
    this.held.push({ to: this.server, bytes });
    this.caught.arrived();
  }

  private answered(bytes: Buffer): void {
    if (this.caught?.side !== 'reply') return void this.client.write(bytes);
    this.held.push({ to: this.client, bytes });
    this.caught.arrived();
  }

  private trapFor(transaction: string): Trap | undefined {
    const index = this.traps.findIndex(({ concerns }) => concerns(transaction));
    return index < 0 ? undefined : this.traps.splice(index, 1)[0];
  }
}
