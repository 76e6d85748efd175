import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a service, and does to their connections what networks do. */
export interface Proxy {
  readonly port: number;
  /** Breaks all connections that there are; new ones go through. */
  cut(): void;
  /** Lets nothing through in either direction, without a word to anybody, until `release`. */
  hold(): void;
  release(): void;
  stop(): Promise<void>;
}

/** A proxy before what listens on `port` of this machine, at `at` or any free port. */
export async function startProxy(port: number, at = 0): Promise<Proxy> {
  const ends = new Set<Socket>();
  let held = false;
  const through = (from: Socket, to: Socket) => {
    ends.add(from);
    if (held) from.pause();
    from.on('data', (chunk) => to.write(chunk));
    from.on('error', () => undefined);
    from.on('close', () => {
      ends.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    const service = connect(port, '127.0.0.1');
    through(client, service);
    through(service, client);
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const cut = () => ends.forEach((end) => end.resetAndDestroy());
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    hold() {
      held = true;
      ends.forEach((end) => end.pause());
    },
    release() {
      held = false;
      ends.forEach((end) => end.resume());
    },
    stop() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
