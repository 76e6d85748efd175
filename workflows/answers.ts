import type { Answer } from './messages.ts';

// Enough for callers who repeat a command; older ones are in the register.
const kept = 500;

/** What was answered to which command: whoever repeats one under its id hears the first answer again. */
export class Answers {
  private readonly byCommand: Map<string, Answer>;

  constructor(carried: readonly (readonly [commandId: string, answer: Answer])[] = []) {
    this.byCommand = new Map(carried);
  }

  to(commandId: string): Answer | undefined {
    return this.byCommand.get(commandId);
  }

  remember(commandId: string, answer: Answer): void {
    this.byCommand.set(commandId, answer);
    const [oldest] = this.byCommand.keys();
    if (this.byCommand.size > kept && oldest !== undefined) this.byCommand.delete(oldest);
  }

  carry(): [commandId: string, answer: Answer][] {
    return [...this.byCommand];
  }
}
