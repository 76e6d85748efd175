import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Postgres sees to its own folders, which may belong to another account. */
const POSTGRES = /^postgres(\.draft)?$/;

/**
 * Shuts a state folder, and what earlier starts have left open in it, to all other accounts. Where we are root,
 * Postgres runs under another account and has to get through to its own folder: through, not to see what is there.
 */
export function shutToOthers(folder: string, me = process.getuid?.()): void {
  shut(folder, me === 0 ? 0o711 : 0o700, me);
}

function shut(folder: string, mode: number, me: number | undefined): void {
  chmodSync(folder, mode);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const found = lstatSync(path);
    if (me !== undefined && me !== 0 && found.uid !== me) continue;
    if (found.isFile()) chmodSync(path, 0o600);
    else if (found.isDirectory() && !POSTGRES.test(name)) shut(path, 0o700, me);
  }
}
