import { writeFileSync } from 'node:fs';
import v8 from 'node:v8';
import vm from 'node:vm';

// Loaded into a command whose memory is measured: what is still held once everything else was collected, at most of many moments.
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');
const everyMs = 200;
let most = 0;
setInterval(() => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  most = Math.max(most, heapUsed + external);
}, everyMs).unref();
process.on('exit', () => writeFileSync(process.env['LIVE_MEMORY_FILE'], String(most)));
