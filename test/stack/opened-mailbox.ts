import { mkdtempSync, rmSync } from 'node:fs';
import { type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import { afterEach, beforeEach } from 'vitest';
import { type Mailbox, type MailboxOptions, startMailbox } from '../../stack/mailbox/mailbox.ts';

export let folder: string;
let mailbox: Mailbox | undefined;

/** A mailbox for each test of the file that calls this, and a folder for its mail. */
export function openForEachTest(): void {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'entente-mailbox-'));
  });
  afterEach(async () => {
    await mailbox?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

export async function open(options: MailboxOptions = {}): Promise<Mailbox> {
  mailbox = await startMailbox(options);
  return mailbox;
}

export const letter = {
  from: 'Entente <entente@example.org>',
  to: 'klid@example.org',
  subject: 'Due 14 March',
  text: 'Please report.',
};

export async function send(
  box: Mailbox,
  options: SendMailOptions = letter,
  socketTimeout = 5_000,
): Promise<{ response: string }> {
  const transport = nodemailer.createTransport({ url: box.smtpUrl, socketTimeout });
  try {
    return await transport.sendMail(options);
  } finally {
    transport.close();
  }
}

export const get = async (box: Mailbox, path: string) => {
  const response = await fetch(`${box.url}${path}`);
  return { status: response.status, headers: response.headers, body: await response.text() };
};

/** As `fetch` would not send it: any target, any header. */
export const statusOf = (box: Mailbox, options: RequestOptions) =>
  new Promise((resolve, reject) => {
    request(box.url, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
