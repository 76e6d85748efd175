import { createRequire } from 'node:module';
const c = () => {
  const u = process.cpuUsage();
  return Math.round((u.user + u.system) / 1000);
};
const m = (s) => console.error(s, c());
m('start');
const require = createRequire(import.meta.url);
require('tsx/cjs/api').register();
m('tsx');
const { main } = require('./main.ts');
m('main');
process.exitCode = await main(process.argv.slice(2));
m('done');
