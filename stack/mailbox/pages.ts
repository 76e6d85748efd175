import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { Message } from './message.ts';
import type { Filter, Store } from './store.ts';

const views = fileURLToPath(new URL('./views/', import.meta.url));

/** Escapes every value that a template prints. */
const eta = new Eta({ views, cache: true });

export const style = readFileSync(new URL('./views/style.css', import.meta.url), 'utf8');
export const script = readFileSync(new URL('./views/script.js', import.meta.url), 'utf8');

/** One page of this many messages is quick to draw; the filters find the others. */
const SHOWN = 200;

/** What the list says besides: that an example can be begun, or, with the address of a desk, how it goes on. */
export interface Guide {
  readonly isNew: boolean;
  readonly desk: string | undefined;
}

/** The list, newest first, with a choice of recipients. */
export function listPage(store: Store, filter: Filter, guide: Guide): string {
  const found = store.list(filter);
  const rows = found
    .slice(0, SHOWN)
    .map((message) => ({ ...message, preview: preview(message), at: shortTime(message.date || message.receivedAt) }));
  const all = store.list();
  return eta.render('./list', {
    title: 'Mailbox',
    rows,
    filter,
    guide,
    found: found.length,
    total: all.length,
    shown: SHOWN,
    newest: all[0]?.id ?? '',
    recipients: recipients(all),
  });
}

/** One message: text, HTML in a frame, headers, attachments. */
export function messagePage(message: Message): string {
  const attachments = message.attachments.map((attachment) => ({ ...attachment, shownSize: size(attachment.size) }));
  const dated = message.date && shortTime(message.date);
  const view = { ...message, attachments, dated, caught: shortTime(message.receivedAt) };
  return eta.render('./message', { title: message.subject || '(no subject)', message: view });
}

function recipients(messages: Message[]): { address: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { envelope } of messages) for (const to of envelope.to) counts.set(to, (counts.get(to) ?? 0) + 1);
  return [...counts].map(([address, count]) => ({ address, count })).sort((a, b) => a.address.localeCompare(b.address));
}

const preview = ({ text }: Message): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 160);

const shortTime = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

const size = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} kB`);
