import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import TinyQueue from 'tinyqueue';
import type { Turn } from '../../domain/forecast.ts';

type Place = Pick<Turn, 'at' | 'id'>;

/** A row as a file holds it: it has its place by whose turn it was. */
type Placed<Row> = readonly [at: Place['at'], id: Place['id'], row: Row];

/** Some dozens of megabytes. */
const mostInMemory = 50_000;

/**
 * Puts rows into one order that come group by group, each group in its own, as if all had been looked at in one. Of more than
 * memory should hold, parts wait in files, sorted; nobody else can read them, and they go with the last row.
 */
export class InOrder<Row> {
  private readonly most: number;
  private gathered: Placed<Row>[] = [];
  private place: Place = { at: '', id: '' };
  private folder: string | undefined;
  private readonly files: string[] = [];

  constructor(most = mostInMemory) {
    this.most = most;
  }

  /** What is added from now on is of another group. */
  beginsGroup(): void {
    this.place = { at: '', id: '' };
  }

  add(turn: Place, row: Row): void {
    // A case that is due at once because of another one comes right after it, also if its id is the lower one.
    if (compared(this.place, turn) < 0) this.place = { at: turn.at, id: turn.id };
    this.gathered.push([this.place.at, this.place.id, row]);
    if (this.gathered.length >= this.most) this.putAway();
  }

  /** All of them; what waits in files is gone then, also if nobody goes on. */
  async *rows(): AsyncGenerator<Row> {
    try {
      const parts: (AsyncIterable<Placed<Row>> | Iterable<Placed<Row>>)[] = this.files.map((file) =>
        placedIn<Row>(file),
      );
      for await (const [, , row] of merged([...parts, this.sorted()])) yield row;
    } finally {
      this.forget();
    }
  }

  /** Safe to repeat. */
  forget(): void {
    this.gathered = [];
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }

  private sorted(): readonly Placed<Row>[] {
    return this.gathered.sort((one, other) => byPlace(one, other));
  }

  private putAway(): void {
    this.folder ??= mkdtempSync(join(tmpdir(), 'entente-forecast-'));
    const file = join(this.folder, String(this.files.length));
    writeFileSync(
      file,
      this.sorted()
        .map((placed) => `${JSON.stringify(placed)}\n`)
        .join(''),
      { mode: 0o600 },
    );
    this.files.push(file);
    this.gathered = [];
  }
}

const compared = (one: Place, other: Place): number =>
  one.at < other.at || (one.at === other.at && one.id < other.id)
    ? -1
    : one.at === other.at && one.id === other.id
      ? 0
      : 1;

const byPlace = ([at, id]: Placed<unknown>, [otherAt, otherId]: Placed<unknown>): number =>
  compared({ at, id }, { at: otherAt, id: otherId });

async function* placedIn<Row>(file: string): AsyncGenerator<Placed<Row>> {
  let rest = '';
  for await (const text of createReadStream(file, 'utf8')) {
    const lines = `${rest}${text as string}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as Placed<Row>;
  }
}

/** Of parts that are sorted; of the same place, what was put away first comes first. */
async function* merged<Row>(
  parts: readonly (AsyncIterable<Placed<Row>> | Iterable<Placed<Row>>)[],
): AsyncGenerator<Placed<Row>> {
  const heads = new TinyQueue<{ readonly first: Placed<Row>; readonly part: number }>(
    [],
    (one, other) => byPlace(one.first, other.first) || one.part - other.part,
  );
  const readers = parts.map(async function* (part) {
    yield* part;
  });
  const take = async (part: number) => {
    const next = await readers[part]?.next();
    if (next && next.done !== true) heads.push({ first: next.value, part });
  };
  for (const part of parts.keys()) await take(part);
  for (let head = heads.pop(); head; head = heads.pop()) {
    yield head.first;
    await take(head.part);
  }
}
