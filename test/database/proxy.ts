import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Direction = 'requests' | 'replies';

/** Stands between a client and a service, and does to their connections what networks do. */
export interface Proxy {
  readonly port: number;
  /** Breaks all connections that there are; new ones go through. */
  cut(): void;
  /** Lets nothing through, or no requests, or no replies, without a word to anybody, until `release`. */
  hold(what?: Direction | 'all'): void;
  release(): void;
  stop(): Promise<void>;
}

/** A proxy before what listens on `port` of this machine, at `at` or any free port. */
export async function startProxy(port: number, at = 0): Promise<Proxy> {
  const ends = new Map<Socket, Direction>();
  const held = new Set<Direction>();
  const through = (carries: Direction, from: Socket, to: Socket) => {
    ends.set(from, carries);
    if (held.has(carries)) from.pause();
    from.on('data', (chunk) => to.write(chunk));
    from.on('error', () => undefined);
    from.on('close', () => {
      ends.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    const service = connect(port, '127.0.0.1');
    through('requests', client, service);
    through('replies', service, client);
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const cut = () => [...ends.keys()].forEach((end) => end.resetAndDestroy());
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    hold(what = 'all') {
      for (const direction of what === 'all' ? (['requests', 'replies'] as const) : [what]) held.add(direction);
      for (const [end, carries] of ends) if (held.has(carries)) end.pause();
    },
    release() {
      held.clear();
      for (const end of ends.keys()) end.resume();
    },
    stop() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
