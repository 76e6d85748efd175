import { Connection } from '@temporalio/client';
import { sql } from 'kysely';
import type { World } from '../world.ts';

/** Schemas and namespaces of rehearsals, but for those that the server is about to forget. */
export async function leftOverIn({ db, stack }: Pick<World, 'db' | 'stack'>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where nspname like 'rehearsal%'`.execute(db);
  const connection = await Connection.connect(stack.settings.temporal.connectionOptions);
  const { namespaces } = await connection.workflowService.listNamespaces({ pageSize: 1_000 });
  await connection.close();
  const names = namespaces.map(({ namespaceInfo }) => namespaceInfo?.name ?? '');
  const ours = names.filter((name) => name.startsWith('rehearsal-') && !name.includes('-deleted-'));
  return [...rows.map(({ name }) => name), ...ours];
}

/** Whether a rehearsal that was not there before has done something. */
export async function isUnderWay(world: World, before: readonly string[]): Promise<boolean> {
  const name = (await leftOverIn(world)).find((each) => each.startsWith('rehearsal_') && !before.includes(each));
  if (name === undefined) return false;
  const events = sql<{ number: number }>`select max(number) as number from ${sql.table(`${name}.events`)}`;
  // Its tables come a moment later.
  const seen = await events.execute(world.db).catch(() => undefined);
  return (seen?.rows[0]?.number ?? 0) > 4;
}
