import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import type { Stack } from '../../stack/stack.ts';

/** What files are told of a server that they share. */
export interface SharedServer {
  readonly env: Readonly<Record<string, string>>;
  readonly superuserUrl?: string;
  readonly pid: number;
}

export interface SharedServers {
  readonly postgres: SharedServer;
  readonly temporal: SharedServer;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a file asks for the servers of the run. */
    servers: string;
  }
}

/** Rules need none, so what starts them is loaded by whoever asks first. */
const start = async (name: keyof SharedServers): Promise<Stack> => (await import('./starts.ts')).starts[name]();

/**
 * The servers that the files of one run share: each is started when the first file asks for it. What a file keeps there is
 * its own all the same: a database, a namespace. Whoever wants to stop a server, or to set it otherwise, starts one.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<Stack>>();
  const answer = async ({ url = '' }: IncomingMessage, response: ServerResponse): Promise<void> => {
    const name = url.slice(1) as keyof SharedServers;
    const starting = started.get(name) ?? start(name);
    started.set(name, starting);
    try {
      const { env, superuserUrl, pids } = await starting;
      response.end(JSON.stringify({ env, superuserUrl, pid: pids[name] }));
    } catch (error) {
      // The next file may have more luck.
      started.delete(name);
      response.writeHead(500).end(String(error));
    }
  };
  const door = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(door, 'listening');
  provide('servers', `http://127.0.0.1:${(door.address() as AddressInfo).port}`);
  return async () => {
    door.close();
    for (const starting of started.values()) await (await starting).stop();
  };
}
