import type { FileFault } from '../database/directory.ts';
import { isRefusal, type Refusal, type RefusalCode } from '../domain/refusal.ts';

/** Thrown when a command, an opening or an import is refused: nothing has happened. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: RefusalCode;
  /** What was wrong, and what to do. */
  readonly because: string;
  constructor({ refused, because }: Refusal) {
    super(because);
    this.code = refused;
    this.because = because;
  }

  get refusal(): Refusal {
    return { refused: this.code, because: this.because };
  }
}

/** @throws {@link RefusedError} if it is a refusal */
export function unlessRefused<T>(outcome: T | Refusal): Exclude<T, Refusal> {
  if (isRefusal(outcome)) throw new RefusedError(outcome);
  return outcome as Exclude<T, Refusal>;
}

export type Service = 'Temporal' | 'Postgres' | 'worker' | 'case';

/**
 * Thrown when something that is needed does not answer.
 *
 * With a `commandId`, a command had been sent and may still be carried out: giving it again under the same id is safe.
 */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
  readonly what: Service;
  readonly commandId?: string;
  constructor(what: Service, sentence: string, options: { cause?: unknown; commandId?: string } = {}) {
    super(sentence, { cause: options.cause });
    this.what = what;
    if (options.commandId) this.commandId = options.commandId;
  }
}

/** Thrown when a question was broken off, since it would have held up others: narrowed, it may well be answered. */
export class TakesTooLongError extends UnavailableError {}

/** Thrown when a command line cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** More of one file are made by one cause, and nobody reads them all. */
const mostShown = 200;

/** Thrown when files that somebody wrote have faults: each is named with its file and line, the first 200 in words. */
export class FileFaultsError extends Error {
  override readonly name = 'FileFaultsError';
  readonly faults: readonly FileFault[];
  constructor(consequence: string, faults: readonly FileFault[]) {
    const count = faults.length === 1 ? 'there is 1 fault' : `there are ${faults.length} faults`;
    const shown = faults.slice(0, mostShown).map(({ because, ...place }) => `${placeInFile(place)}: ${because}`);
    const others = faults.length > mostShown ? `\nAnd ${faults.length - mostShown} more.` : '';
    super(`${consequence}: ${count}.\n${shown.join('\n')}${others}`);
    this.faults = faults;
  }
}

/** `a.yaml, line 3, column 5` */
export const placeInFile = ({ file, line, column }: Omit<FileFault, 'because'>): string =>
  `${file}, line ${line}${column === undefined ? '' : `, column ${column}`}`;
