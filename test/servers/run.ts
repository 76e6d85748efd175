import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { sayTakenUnproved } from '../../database/beside-cases.ts';
import { connect } from '../../database/connect.ts';
import { prepareRegister } from '../../database/migrate.ts';
import { type Stack, startStack } from '../../stack/stack.ts';

/** A port on which nothing listens: for services that are not wanted. */
export const nowhere = '127.0.0.1:1';

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

const starts: Record<keyof SharedServers, () => Promise<Stack>> = {
  /** Its database is what those of the files are copied from, so nobody may stay connected to it. */
  async postgres() {
    const stack = await startStack({ env: { TEMPORAL_ADDRESS: nowhere, SMTP_URL: `smtp://${nowhere}` } });
    await prepareRegister(stack.settings);
    await whoeverIsPlayed(stack.settings.databaseUrl);
    return stack;
  },
  temporal: () =>
    startStack({
      env: { DATABASE_URL: `postgres://x@${nowhere}/x`, SMTP_URL: `smtp://${nowhere}` },
      // Two failures in a row are enough here to count as trouble; by themselves servers wait for five.
      dynamicConfig: ['system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2'],
    }),
};

/** Who is played at a terminal has no key; a worker that starts has its own word. */
async function whoeverIsPlayed(databaseUrl: string): Promise<void> {
  const db = connect(databaseUrl, 1);
  await sayTakenUnproved(db, 'anybody');
  await db.destroy();
}

/**
 * The servers that the files of one run share: each is started when the first file asks for it. What a file keeps there is
 * its own all the same: a database, a namespace. Whoever wants to stop a server, or to set it otherwise, starts one.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<Stack>>();
  const answer = async ({ url = '' }: IncomingMessage, response: ServerResponse): Promise<void> => {
    const name = url.slice(1) as keyof SharedServers;
    const starting = started.get(name) ?? starts[name]();
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
