import { serve, type ServerType } from '@hono/node-server';
import type { Hono } from 'hono';

/** How long somebody may take to send what they ask, in milliseconds. */
export interface Patience {
  /** Until all headers are here. */
  readonly headers: number;
  /** Until all is here, papers too. */
  readonly request: number;
  /** Connections are looked at this often. */
  readonly looks: number;
}

/** Papers of 10 MB come within two minutes over 1 Mbit/s. */
const usualPatience: Patience = { headers: 15_000, request: 120_000, looks: 5_000 };

/** Where the pages are served. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Serves the pages; whoever sends too slowly is told 408 and let go, so that a few of them hold nobody up. */
export const listen = (app: Hono, { host, port }: Place, onReady: () => void, patience = usualPatience): ServerType =>
  serve(
    {
      fetch: app.fetch,
      hostname: host,
      port,
      serverOptions: {
        headersTimeout: patience.headers,
        requestTimeout: patience.request,
        connectionsCheckingInterval: patience.looks,
      },
    },
    onReady,
  );
