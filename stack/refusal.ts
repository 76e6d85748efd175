/** Ends a command with one sentence and this exit status; anything else that is thrown is a fault of ours. */
export class Refusal extends Error {
  readonly exitStatus: number;
  constructor(sentence: string, exitStatus = 1) {
    super(sentence);
    this.name = 'Refusal';
    this.exitStatus = exitStatus;
  }
}
