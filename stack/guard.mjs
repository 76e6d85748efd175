// Outlives the process that started it, by a moment: when that one ends, however it ends, its end of
// our standard input closes, and we stop the servers it has left behind. Plain Node, to be up at once.
// Input lines: "+PID SIGNAL" (a server has been started), "-PID" (it has ended).
import { readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const folderToRemove = process.argv[2];
const servers = new Map();

const send = (pid, signal) => {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
};

/** A process that has ended stays in the table until its new parent asks for it, and some never ask. */
function isZombie(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === '';
  } catch {
    return false;
  }
}

async function stop(pid, signal) {
  send(pid, signal);
  const until = Date.now() + 10_000;
  while (send(pid, 0) && !isZombie(pid)) {
    if (Date.now() > until) send(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [pid, signal] = [Number(line.slice(1).split(' ')[0]), line.split(' ')[1]];
  if (line.startsWith('+')) servers.set(pid, signal);
  else servers.delete(pid);
}
// The last one started is the first to stop: the worker before the services that it uses.
for (const [pid, signal] of [...servers].reverse()) await stop(pid, signal);
if (folderToRemove) rmSync(folderToRemove, { recursive: true, force: true });
