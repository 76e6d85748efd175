import { createTransport } from 'nodemailer';
import type { Sink } from '../sink.ts';

const text = 'A reminder of what is due soon.\n'.repeat(40);

/** Seconds for so many mails that nobody records, over connections that are kept. */
export async function sendBare({ url }: Sink, mails: number): Promise<number> {
  const transport = createTransport({ url, pool: true });
  const begun = performance.now();
  const letter = { from: 'entente@example.org', to: 'nobody@bench.example.org', subject: 'Reminder', text };
  await Promise.all(Array.from({ length: mails }, () => transport.sendMail(letter)));
  transport.close();
  return (performance.now() - begun) / 1_000;
}
