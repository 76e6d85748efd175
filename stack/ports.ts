import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below those that systems lend to outgoing connections: one of these could take the port before our service is up.
const lowest = 10_240;
const beyond = 32_768;
const draws = 100;

/** Whether nobody listens there at this moment. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The first free port of those preferred, else the next one above the last that is free, else any. */
export async function freePort(preferred: readonly number[] = [], except: readonly number[] = []): Promise<number> {
  const last = preferred.at(-1);
  const neighbours = last === undefined ? [] : Array.from({ length: 20 }, (_, i) => last + 1 + i);
  const any = Array.from({ length: draws }, () => randomInt(lowest, beyond));
  for (const port of [...preferred, ...neighbours, ...any])
    if (port < 65_536 && !except.includes(port) && (await isFree(port))) return port;
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
