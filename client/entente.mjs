#!/usr/bin/env node
const words = process.argv.slice(2);
// What a command writes is for whoever typed it alone, whatever the shell says.
process.umask(0o077);

// What is loaded before tsx loads much faster, and whoever only asks for help needs no database.
const asksForHelp = words.length === 0 || words.some((word) => ['--help', '-h', 'help', '--version'].includes(word));
try {
  await Promise.all([import('zod'), import('commander'), ...(asksForHelp ? [] : [import('kysely'), import('pg')])]);
} catch {
  process.stderr.write('The packages that Entente needs are not installed: run `npm install` in its folder.\n');
  process.exit(1);
}
// `./entente list | head` closes our output early, and that is no fault.
process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 0 : 1));
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('./main.ts');
process.exitCode = await main(words);
