// Runs a program of this project, in the place of `node --import tsx`: compiled once, where that can be kept.
import module from 'node:module';
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
// From Node 22 on: what was parsed once need not be parsed again. It goes with what was compiled.
if (main) module.enableCompileCache?.(fileURLToPath(new URL('parsed', main)));
else (await import('tsx/esm/api')).register();
await import(main ?? pathToFileURL(program));
