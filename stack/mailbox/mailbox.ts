import { listen } from '../listen.ts';
import type { FaultHooks } from './faults.ts';
import type { Message } from './message.ts';
import { makeSmtpServer } from './smtp.ts';
import { type Filter, openStore } from './store.ts';
import { makeWebServer, type Offered } from './web.ts';

export type MailboxOptions = FaultHooks & {
  /** Where messages are kept as .eml files; only in memory when absent. */
  folder?: string;
  /** Told of files in the folder that cannot be read. */
  onDamaged?: (line: string) => void;
  /** Any free ones when absent. */
  ports?: { smtp: number; web: number };
};

/** An SMTP server that catches all mail and passes none on, with a page to read it. */
export type Mailbox = {
  smtpUrl: string;
  url: string;
  ports: { smtp: number; web: number };
  /** The caught messages, newest first. */
  messages(filter?: Filter): Message[];
  clear(): void;
  /** Shows on its page, while no mail has come, how there could be some. */
  offer(example: Offered): void;
  stop(): Promise<void>;
};

/** Starts the mailbox on 127.0.0.1. */
export async function startMailbox({
  folder,
  onDamaged,
  ports: wanted,
  ...hooks
}: MailboxOptions = {}): Promise<Mailbox> {
  const store = await openStore(folder, onDamaged);
  const smtp = makeSmtpServer((message) => store.add(message), hooks);
  let offered: Offered | undefined;
  const web = makeWebServer(store, () => offered);
  const ports = {
    smtp: await listen(smtp.server, wanted?.smtp),
    web: await listen(web, wanted?.web),
  };
  return {
    smtpUrl: `smtp://127.0.0.1:${ports.smtp}`,
    url: `http://127.0.0.1:${ports.web}`,
    ports,
    messages: (filter) => store.list(filter),
    clear: () => store.clear(),
    offer: (example) => void (offered = example),
    async stop() {
      // Browsers keep their connections open for the next request; there will be none.
      web.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => web.close(() => resolve())),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}
