import { createServer } from 'node:net';

function bind(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : undefined));
    });
  });
}

/** The first free port of those preferred, else the next one above the last that is free, else any. */
export async function freePort(preferred: readonly number[] = [], except: readonly number[] = []): Promise<number> {
  const last = preferred.at(-1);
  const neighbours = last === undefined ? [] : Array.from({ length: 20 }, (_, i) => last + 1 + i);
  const wanted = [...preferred, ...neighbours].filter((port) => port < 65_536 && !except.includes(port));
  for (const port of [...wanted, 0]) {
    const free = await bind(port);
    if (free !== undefined && !except.includes(free)) return free;
  }
  throw new Error('No free port was found on 127.0.0.1.');
}

/** A free port for each name, no two the same. */
export async function freePorts<Name extends string>(
  preferred: Readonly<Record<Name, readonly number[]>>,
): Promise<Record<Name, number>> {
  const ports: Record<string, number> = {};
  for (const name in preferred) ports[name] = await freePort(preferred[name], Object.values(ports));
  return ports;
}
