import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Surroundings } from '../../database/surroundings.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Step } from '../../domain/forecast/course-difference.ts';
import { compiledApart, CompileError } from '../../stack/compiled.mjs';
import { UsageError } from '../errors.ts';
import type { SnapshotHead } from './course-apart.ts';
import { courseVersion } from './course.ts';

const program = 'client/forecast/course-apart.ts';
/** What fails is said in a line: Node itself would show the line of code before it, which is half of the program. */
const begun = 'import(process.argv[1]).catch((error) => { console.error(String(error)); process.exit(1); })';
const ownRoot = fileURLToPath(new URL('../../', import.meta.url));

/** The rules and calendars of another checkout in a process of their own: it gets the snapshot as data, and neither passwords nor keys. */
export class RulesApart {
  private readonly folder: string;
  private readonly where: string;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private said = '';
  /** Once all is read that it has said. */
  private readonly ended: Promise<unknown>;

  private constructor(folder: string, where: string) {
    this.folder = folder;
    this.where = where;
    const { PATH = '' } = process.env;
    this.child = spawn(
      process.execPath,
      ['--input-type=module', '--eval', begun, pathToFileURL(join(folder, 'main.mjs')).href],
      { cwd: folder, env: { PATH, TZ: 'UTC' } },
    );
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.said = (this.said + text).slice(-4_000)));
    this.ended = once(this.child, 'close');
    // What it says by its exit tells more.
    this.child.stdin.on('error', () => {});
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** @throws {@link UsageError} if there is no checkout, or one whose rules cannot be held against others */
  static async of(other: string): Promise<RulesApart> {
    const root = resolve(other);
    const where = `--rules ${other}`;
    if (nameIn(root) !== nameIn(ownRoot)) throw new UsageError(`${where}: is no checkout of this project.`);
    if (!existsSync(join(root, program)))
      throw new UsageError(`${where}: is of a version whose rules cannot be held against others; take a later one.`);
    const folder = mkdtempSync(join(tmpdir(), 'entente-rules-'));
    try {
      await compiledApart(program, { root, folder, packages: join(ownRoot, 'node_modules') });
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error instanceof CompileError ? new UsageError(`${where}: does not compile: ${error.message}`) : error;
    }
    return new RulesApart(folder, where);
  }

  /** @throws {@link UsageError} if it hands things over in another form */
  async begin({ people, agencies, countries }: Surroundings, until: Instant): Promise<void> {
    const head: SnapshotHead = {
      version: courseVersion,
      until,
      people: [...people.values()],
      agencies: [...agencies.values()],
      countries: [...countries.values()],
    };
    await this.give(head);
    const { version } = (await this.next<{ readonly version: number }>()) ?? (await this.failed());
    if (version !== courseVersion)
      throw new UsageError(`${this.where}: is of a version whose rules are handed over in another form (${version}).`);
  }

  add(state: CaseState): Promise<void> {
    return this.give(state);
  }

  /** @param caseOf what it has to know of other cases */
  async *steps(caseOf: (id: string) => Promise<CaseState | undefined>): AsyncGenerator<Step> {
    await this.write('');
    for (;;) {
      const step = await this.next<Step | { readonly asks: string }>();
      if (!step) break;
      if ('asks' in step) await this.give({ state: await caseOf(step.asks) });
      else yield step;
    }
    await this.ended;
    if (this.child.exitCode !== 0) await this.failed();
  }

  /** Safe to repeat. */
  end(): void {
    this.child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async failed(): Promise<never> {
    await this.ended;
    const why = this.said.split('\n').find((line) => /^\w*Error\b/.test(line)) ?? 'it has ended without a word.';
    throw new UsageError(`${this.where}: its rules have failed: ${why}`);
  }

  private give(value: unknown): Promise<void> {
    return this.write(JSON.stringify(value));
  }

  private async write(line: string): Promise<void> {
    if (this.child.stdin.destroyed) return;
    if (!this.child.stdin.write(`${line}\n`))
      await Promise.race([once(this.child.stdin, 'drain'), once(this.child, 'exit')]);
  }

  private async next<T>(): Promise<T | undefined> {
    const { value, done } = await this.lines.next();
    return done === true ? undefined : (JSON.parse(value) as T);
  }
}

function nameIn(root: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly name?: string }).name;
  } catch {
    return undefined;
  }
}
