#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';
import { getPriority, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { compiled } from '../stack/compiled.mjs';

const words = process.argv.slice(2);
// What a command writes is for whoever typed it alone, whatever the shell says.
process.umask(0o077);
// Real work goes first, and a rehearsal still comes to its end beside it: a tenth of what another thread gets. Those of its worker begin later.
if (words[0] === 'rehearse') setPriority(Math.max(getPriority(), 10));

if (!existsSync(new URL('../node_modules/commander', import.meta.url))) {
  process.stderr.write('The packages that Entente needs are not installed: run `npm install` in its folder.\n');
  process.exit(1);
}
// `./entente list | head` closes our output early, and that is no fault.
process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 0 : 1));
// From Node 22 on: what was parsed once need not be parsed again.
module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/entente/node', import.meta.url)));
const { main } = await loaded();
process.exitCode = await main(words);

async function loaded() {
  const main = await compiled('client/main.ts');
  if (main) return import(main);
  const { register } = await import('tsx/esm/api');
  register();
  return import('./main.ts');
}
