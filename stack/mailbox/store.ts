import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Message, parseMessage } from './message.ts';

const sidecarSchema = z.object({
  receivedAt: z.string(),
  envelope: z.object({ from: z.string(), to: z.array(z.string()) }),
});

/** Which messages are wanted: a recipient's, or those with a text in them. */
export type Filter = { to?: string; text?: string };

/** The caught messages, newest first; on disk too when there is a folder. */
export type Store = {
  add(message: Message): void;
  list(filter?: Filter): Message[];
  get(id: string): Message | undefined;
  clear(): void;
};

/** Opens the store and reads what an earlier run has kept in the folder; `onDamaged` is told what cannot be read. */
export async function openStore(folder?: string, onDamaged: (line: string) => void = () => {}): Promise<Store> {
  const messages = folder === undefined ? [] : await readFolder(folder, onDamaged);
  return {
    add(message) {
      if (folder !== undefined) save(folder, message);
      messages.unshift(message);
    },
    list: (filter = {}) => messages.filter((message) => matches(message, filter)),
    get: (id) => messages.find((message) => message.id === id),
    clear() {
      for (const { id } of messages.splice(0)) if (folder !== undefined) remove(folder, id);
    },
  };
}

function matches({ envelope, subject, text, html }: Message, filter: Filter): boolean {
  const to = filter.to?.trim().toLowerCase();
  if (to && !envelope.to.some((address) => address.toLowerCase() === to)) return false;
  const wanted = filter.text?.trim().toLowerCase();
  return (
    !wanted ||
    [subject, text || html, envelope.from, ...envelope.to].some((part) => part.toLowerCase().includes(wanted))
  );
}

/** The sidecar is written last: a message without one was not accepted. */
function save(folder: string, { id, receivedAt, envelope, raw }: Message): void {
  writeFileSync(join(folder, `${id}.eml`), raw, { mode: 0o600 });
  const draft = join(folder, `${id}.draft`);
  writeFileSync(draft, JSON.stringify({ receivedAt, envelope }), { mode: 0o600 });
  renameSync(draft, join(folder, `${id}.json`));
}

function remove(folder: string, id: string): void {
  rmSync(join(folder, `${id}.json`), { force: true });
  rmSync(join(folder, `${id}.eml`), { force: true });
}

async function readFolder(folder: string, onDamaged: (line: string) => void): Promise<Message[]> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ids = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const newestFirst = ids
    .map((name) => name.slice(0, -'.json'.length))
    .sort()
    .reverse();
  const damaged: string[] = [];
  const read = newestFirst.map((id) =>
    readMessage(folder, id).catch(() => {
      damaged.push(id);
      return undefined;
    }),
  );
  const messages = (await Promise.all(read)).filter((message) => message !== undefined);
  if (damaged.length > 0)
    onDamaged(`Mail that cannot be read any more is left out, its files stay in ${folder}: ${damaged.join(', ')}.`);
  return messages;
}

async function readMessage(folder: string, id: string): Promise<Message> {
  const sidecar = sidecarSchema.parse(JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8')));
  return parseMessage(readFileSync(join(folder, `${id}.eml`)), { id, ...sidecar });
}
