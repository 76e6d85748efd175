import type { Context } from 'hono';
import type { GivenFile } from '../client/document-files.ts';

/** Why something sent is no form at all. */
export class NoForm extends Error {
  override readonly name = 'NoForm';
}

/** Several tables with all their rows. */
const mostFields = 1_000;

/**
 * What was typed, by the names of the fields.
 *
 * @throws {@link NoForm} if it is no text in UTF-8, a name comes twice, or there are too many
 */
export function typedIn(body: string): ReadonlyMap<string, string> {
  const typed = new Map<string, string>();
  const pairs = body === '' ? [] : body.split('&');
  if (pairs.length > mostFields) throw new NoForm(`More than ${mostFields} fields were sent.`);
  for (const pair of pairs) {
    const [name = '', value = ''] = pair.split('=', 2).map(decoded);
    add(typed, name, value);
  }
  return typed;
}

/** Of what several can be chosen, each comes by the same name. */
function add(typed: Map<string, string>, name: string, value: string): void {
  const before = typed.get(name);
  if (before !== undefined && !name.endsWith(several)) throw new NoForm('A field was sent twice.');
  typed.set(name, before === undefined ? value : `${before}\n${value}`);
}

/** What was typed, and the files that were chosen, by the names of the fields. */
export interface Sent {
  readonly typed: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, readonly GivenFile[]>;
}

/**
 * The same of a form that carries files; a field of files that was left empty is not there.
 *
 * @throws {@link NoForm} as {@link typedIn} does
 */
export async function sentIn(form: FormData): Promise<Sent> {
  const typed = new Map<string, string>();
  const files = new Map<string, GivenFile[]>();
  const pairs = [...form.entries()];
  if (pairs.length > mostFields) throw new NoForm(`More than ${mostFields} fields were sent.`);
  for (const [name, value] of pairs) {
    if (typeof value !== 'string') {
      if (value.name === '' && value.size === 0) continue;
      const file = { name: value.name, content: Buffer.from(await value.arrayBuffer()) };
      files.set(name, [...(files.get(name) ?? []), file]);
      continue;
    }
    add(typed, name, value);
  }
  return { typed, files };
}

function decoded(part: string): string {
  try {
    // Halves of characters, which UTF-8 does not have, throw.
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    throw new NoForm('What was sent is not text in UTF-8.');
  }
}

/** Stands behind the name of an input of which there are several. */
export const several = '[]';

/**
 * What a form sent, with files or without.
 *
 * @throws {@link NoForm}
 */
export async function sentTo(c: Context): Promise<Sent> {
  const type = c.req.header('content-type') ?? '';
  if (type.startsWith('multipart/form-data'))
    return sentIn(
      await c.req.formData().catch(() => {
        throw new NoForm('What was sent is no form.');
      }),
    );
  if (!type.startsWith('application/x-www-form-urlencoded')) throw new NoForm('What was sent is no form.');
  return { typed: typedIn(await c.req.text()), files: new Map() };
}
