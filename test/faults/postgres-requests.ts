/** One message of a client. */
export interface Request {
  readonly bytes: Buffer;
  /** All that was sent in the transaction that it commits; absent when it commits none. */
  readonly commits?: string | undefined;
  /** What the client is told in place of the server's answer: there is no encryption through a proxy. */
  readonly declined?: string;
}

const sslRequest = 80_877_103;
const gssRequest = 80_877_104;

const begins = /^\s*(begin|start transaction)\b/i;
const commits = /\b(commit|end)(\s+(work|transaction))?\s*;?\s*$/i;
const rollsBack = /^\s*(rollback|abort)(\s+(work|transaction))?\s*;?\s*$/i;
/** Outside of a transaction these write nothing. */
const onlyReads = /^\s*(select|show|set|listen|unlisten|deallocate|discard|values)\b/i;

/** Takes apart what a client sends on one connection: the requests of the wire protocol 3, and the transactions in them. */
export class PostgresRequests {
  private rest: Buffer = Buffer.alloc(0);
  private isStarting = true;
  private readonly statements = new Map<string, string>();
  private transaction: string | undefined;

  *in(bytes: Buffer): Generator<Request> {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (;;) {
      const next = this.takeNext();
      if (!next) return;
      yield this.isStarting ? this.start(next) : { bytes: next, commits: this.committedBy(next) };
    }
  }

  private takeNext(): Buffer | undefined {
    const typeLength = this.isStarting ? 0 : 1;
    if (this.rest.length < typeLength + 4) return undefined;
    const length = typeLength + this.rest.readInt32BE(typeLength);
    if (this.rest.length < length) return undefined;
    const next = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return next;
  }

  /** Before the start-up message a client may ask for encryption; nothing of this has a type. */
  private start(bytes: Buffer): Request {
    const code = bytes.readInt32BE(4);
    if (code === sslRequest || code === gssRequest) return { bytes, declined: 'N' };
    this.isStarting = false;
    return { bytes };
  }

  private committedBy(bytes: Buffer): string | undefined {
    const statement = this.statementOf(bytes);
    if (statement === undefined) return undefined;
    const sent = `${statement}\n${bytes.toString('utf8')}\n`;
    if (begins.test(statement)) this.transaction = '';
    if (this.transaction === undefined) return onlyReads.test(statement) ? undefined : sent;
    this.transaction += sent;
    const whole = this.transaction;
    const isCommitted = commits.test(statement);
    if (isCommitted || rollsBack.test(statement)) this.transaction = undefined;
    return isCommitted ? whole : undefined;
  }

  /** The statement that a simple query or a bind carries out; a parse only makes it known. */
  private statementOf(bytes: Buffer): string | undefined {
    const [first = '', second = ''] = bytes.toString('utf8', 5).split('\0');
    switch (bytes.toString('latin1', 0, 1)) {
      case 'Q':
        return first;
      case 'P':
        this.statements.set(first, second);
        return undefined;
      case 'B':
        return this.statements.get(second) ?? '';
      default:
        return undefined;
    }
  }
}
