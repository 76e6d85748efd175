import v8 from 'node:v8';
import vm from 'node:vm';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

// Loaded into every thread of a worker whose memory is measured: on SIGWINCH all of them let go of what nobody holds.
// No other signal will do: most stop the worker.
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');
const channel = new BroadcastChannel('collect garbage');
channel.unref();
channel.onmessage = () => collect();
if (isMainThread)
  process.on('SIGWINCH', () => {
    channel.postMessage('now');
    collect();
  });
