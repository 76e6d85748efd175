import { setTimeout as delay } from 'node:timers/promises';

/**
 * Where tests end or freeze a worker: around the transaction that puts something on record, while a message is handed
 * over, and between migrations.
 */
export const faultPoints = [
  'beforeBegin',
  'beforeCommit',
  'afterCommit',
  'betweenClaimAndGate',
  'after354',
  'after250',
  'beforeSettle',
  'duringMigration',
] as const;
export type FaultPoint = (typeof faultPoints)[number];

const actions = { kill: 'SIGKILL', stop: 'SIGSTOP' } as const;

/**
 * Reports that the process has come to a point with something: a case's event, a message, a migration.
 *
 * Does nothing unless the process was started with `ENTENTE_FAULT="ACTION POINT=WHAT POINT=WHAT …"`. Then whoever comes
 * to one of these points with something whose name begins so waits until each of them has been reached, and the
 * process does the action to itself: `kill`, or `stop` (it goes on when it is sent SIGCONT). After that it is off.
 */
export const faultPoint: (point: FaultPoint, what: () => string) => Promise<void> | undefined = armed(
  process.env.ENTENTE_FAULT,
);

interface Trap {
  readonly point: FaultPoint;
  readonly what: string;
  isReached: boolean;
}

/** What `ENTENTE_FAULT` asks for. Throws a sentence if it cannot be understood. */
export function armed(setting: string | undefined): typeof faultPoint {
  if (!setting) return () => undefined;
  const { signal, traps } = parsed(setting);
  let isOver = false;
  process.stderr.write(`This worker is to fail, since ENTENTE_FAULT is set: ${setting}\n`);
  return async (point, what) => {
    const trap = isOver ? undefined : traps.find((each) => each.point === point && what().startsWith(each.what));
    if (!trap) return;
    trap.isReached = true;
    process.stderr.write(`Fault point reached: ${point} ${what()}\n`);
    while (!isOver && !traps.every(({ isReached }) => isReached)) await delay(10);
    if (isOver) return;
    isOver = true;
    process.kill(process.pid, signal);
  };
}

function parsed(setting: string): { readonly signal: NodeJS.Signals; readonly traps: readonly Trap[] } {
  const [action = '', ...places] = setting.trim().split(/\s+/);
  const traps = places.map((place): Trap => {
    const [name, ...what] = place.split('=');
    const point = faultPoints.find((each) => each === name);
    if (!point) throw new Error(`ENTENTE_FAULT: there is no point "${name}"; there are ${faultPoints.join(', ')}.`);
    return { point, what: what.join('='), isReached: false };
  });
  if (!Object.hasOwn(actions, action) || traps.length === 0)
    throw new Error(`ENTENTE_FAULT: "${setting}" is not of the form "kill POINT=WHAT …" or "stop POINT=WHAT …".`);
  return { signal: actions[action as keyof typeof actions], traps };
}
