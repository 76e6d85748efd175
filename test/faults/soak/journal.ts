import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** A ledger in a file, a line of JSON for each entry: what was written is there whoever is killed. */
export class Journal<Entry> {
  private readonly file: string;
  private readonly handle: number;
  private readonly listeners = new Set<(entry: Entry) => void>();

  constructor(file: string) {
    this.file = file;
    this.handle = openSync(file, 'a');
  }

  write(entry: Entry): void {
    writeSync(this.handle, `${JSON.stringify(entry)}\n`);
    for (const listener of this.listeners) listener(entry);
  }

  /** Resolves with the next entry that is of this kind. */
  next(isMeant: (entry: Entry) => boolean): Promise<Entry> {
    return new Promise((resolve) => {
      const listener = (entry: Entry) => {
        if (!isMeant(entry)) return;
        this.listeners.delete(listener);
        resolve(entry);
      };
      this.listeners.add(listener);
    });
  }

  read(): Entry[] {
    return readJournal(this.file);
  }

  close(): void {
    closeSync(this.handle);
  }
}

export const readJournal = <Entry>(file: string): Entry[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Entry);
