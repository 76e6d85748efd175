import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Kysely } from 'kysely';
import { connect } from '../../database/connect.ts';
import type { Database } from '../../database/schema.ts';
import { readStory, storyFiles } from '../../examples/story.ts';
import type { Summary } from '../../examples/summary.ts';
import { Player } from '../../rehearsal/player.ts';
import type { Message } from '../../stack/mailbox/message.ts';
import { projectRoot } from '../../stack/running.ts';
import { readSettings, withoutServices } from '../../stack/settings.ts';
import { processesWith } from '../stack/processes-of.ts';

/** A letter, as the mailbox tells of it. */
export type Caught = Pick<Message, 'envelope' | 'messageId' | 'subject' | 'text' | 'html' | 'headers'>;

/** What a demo that has ended left behind. */
export interface Ending {
  readonly status: number | null;
  readonly processes: readonly string[];
  readonly files: readonly string[];
}

/** `npm run demo`, at the end of its stories. */
export interface PlayedDemo {
  /** What it printed on standard output. */
  readonly summary: Summary;
  readonly documents: string;
  readonly db: Kysely<Database>;
  /** Takes the stories' clocks on. */
  readonly player: Player;
  readonly caught: readonly Caught[];
  /** As Ctrl-C at a terminal ends it: by a signal to npm and to all that npm has started. */
  end(): Promise<Ending>;
}

/** Plays the stories as a user does, and leaves everything up to look at: nothing else plays them in a run of all tests. */
export async function playDemo(): Promise<PlayedDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'entente-demo-test-'));
  const documents = mkdtempSync(join(tmpdir(), 'entente-demo-documents-'));
  const words = ['run', '--silent', 'demo', '--', '--keep', '--output', 'json', '--documents', documents];
  // From Node 22 on npm would keep compiled code of its own there.
  const env = { ...withoutServices(process.env), TMPDIR: folder, NODE_DISABLE_COMPILE_CACHE: '1' };
  const child = spawn('npm', words, { cwd: projectRoot, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { printed, told } = await untilPlayed(child);
  const end =
    storyFiles
      .map((file) => readStory(file).until)
      .sort()
      .at(-1) ?? '';
  const settings = readSettings({ ...env, ...exported(told) });
  const db = connect(settings.databaseOwnerUrl);
  const connection = await Connection.connect(settings.temporal.connectionOptions);
  const client = new Client({ connection, namespace: settings.temporal.namespace });
  return {
    summary: JSON.parse(printed) as Summary,
    documents,
    db,
    player: new Player(client, db, end),
    caught: await caughtBy(settings.mailboxUrl ?? ''),
    async end() {
      await connection.close();
      await db.destroy();
      const status = await endOf(child);
      const left = { status, processes: processesWith(`${folder}/`), files: readdirSync(folder) };
      for (const each of [folder, documents]) rmSync(each, { recursive: true });
      return left;
    },
  };
}

async function untilPlayed(child: ChildProcess): Promise<{ readonly printed: string; readonly told: string }> {
  let printed = '';
  let told = '';
  const isUp = new Promise<void>((resolve) => {
    const look = (_: string) => {
      if (printed.endsWith('\n}\n') && /export ENTENTE_FOLDER=.*\n/.test(told)) resolve();
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => look((printed += text)));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => look((told += text)));
  });
  const hasEnded = new Promise<never>((_, reject) => {
    child.once('close', (status) => reject(new Error(`The demo ended with status ${status}:\n${told}`)));
  });
  await Promise.race([isUp, hasEnded]);
  return { printed, told };
}

const exported = (told: string): Record<string, string> =>
  Object.fromEntries(
    [...told.matchAll(/^ {2}export (\w+)='(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]),
  );

async function caughtBy(mailboxUrl: string): Promise<Caught[]> {
  const ask = async <T>(path: string) => (await (await fetch(`${mailboxUrl}/api/messages${path}`)).json()) as T;
  const all = await ask<{ id: string }[]>('');
  return Promise.all(all.map(({ id }) => ask<Caught>(`/${id}`)));
}

async function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
  return ended;
}
