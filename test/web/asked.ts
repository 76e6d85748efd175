import { request, type RequestOptions } from 'node:http';
import { expect } from 'vitest';

/** Forms as a browser would send them, and as it would not. */

export type Form = Readonly<Record<string, string>>;

/** The hidden fields of one form of a page. */
export async function formIn(address: string, command: string): Promise<Form> {
  const page = await (await fetch(address)).text();
  const forms = page.split('<form').slice(1);
  const form = forms.find((each) => each.includes(`name="command" value="${command}"`));
  if (!form) throw new Error(`The page has no form for ${command}: ${textIn(page)}`);
  return Object.fromEntries(
    [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]+)"/g)].map(([, k, v]) => [k, v]),
  );
}

export const raw = (address: string, body: string, headers: Form = {}): Promise<Response> =>
  fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });

export const post = (address: string, form: Form, headers: Form = {}): Promise<Response> =>
  raw(address, new URLSearchParams(form).toString(), headers);

export async function send(address: string, command: string, fields: Form = {}): Promise<void> {
  const answer = await post(address, { ...(await formIn(address, command)), ...fields });
  expect([answer.status, answer.status === 303 ? '' : textIn(await answer.text())]).toEqual([303, '']);
}

export const textIn = (page: string): string =>
  page
    .replace(/<head>.*<\/head>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

interface Led {
  readonly status?: number | undefined;
  readonly location?: string | undefined;
}

export const withHost = (address: string, host: string): Promise<Led> => led(address, { headers: { host } });

/** As a proxy is asked: for a whole address, whatever the host is that is asked. */
export const askedWhole = (address: string, whole: string): Promise<Led> => led(address, { path: whole });

const led = (address: string, options: RequestOptions): Promise<Led> =>
  new Promise((resolve, reject) => {
    const asked = request(address, options, (response) => {
      response.resume();
      resolve({ status: response.statusCode, location: response.headers.location });
    });
    asked.on('error', reject).end();
  });
