// Runs a program of this project, in the place of `node --import tsx`: compiled once, where that can be kept.
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compiled } from './compiled.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// As if it had been given to Node itself.
process.argv.splice(1, 2, resolve(process.argv[2] ?? ''));
const [, program] = process.argv;
process.setSourceMapsEnabled(true);

const own = relative(root, program).replaceAll('\\', '/');
// Of a program that lies elsewhere no change would be seen.
const main = own.startsWith('..') ? undefined : await compiled(own);
if (!main) (await import('tsx/esm/api')).register();
await import(main ?? pathToFileURL(program));
