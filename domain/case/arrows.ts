import type { Lifecycle } from '../lifecycle.ts';
import { stagesFor } from './command.ts';

/** A way from one stage to another, and the command or due date that leads along it. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** A command that everybody may give at every stage would only hide the others; it stands in the table. */
export function arrowsOf(lifecycle: Lifecycle): readonly Arrow[] {
  const commands = Object.entries(lifecycle.commands).flatMap(([label, command]) =>
    (command.to ?? []).flatMap((to) => stagesFor(lifecycle, command).map((from) => ({ from, to, label }))),
  );
  const passings = Object.entries(lifecycle.whenPassed ?? {}).flatMap(([what, passing]) =>
    (passing.to ?? []).flatMap((to) => passing.from.map((from) => ({ from, to, label: `${what} passes` }))),
  );
  return [...commands, ...passings].filter(({ from, to }) => from !== to);
}
