import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import { readDirectoryFiles } from '../../client/directory-files.ts';
import { importDirectory } from '../../database/directory.ts';
import { writeEntry } from '../../database/entry.ts';
import type { Database } from '../../database/schema.ts';
import { documentsIn } from '../../domain/document.ts';
import type { Lifecycle } from '../../domain/lifecycle.ts';
import { contentOf } from '../domain/a-document.ts';
import { given, type Story } from '../domain/given.ts';

/** The directory of the stories. */
export async function importExamples(db: Kysely<Database>): Promise<void> {
  const file = fileURLToPath(new URL('../../examples/directory.yaml', import.meta.url));
  const { directory, faults } = await readDirectoryFiles([file]);
  await importDirectory(db, directory, faults, 'kim-minji');
}

type Body = Readonly<Record<string, unknown>>;

const header = { by: 'choi-hana', coordinator: 'choi-hana', countries: ['KR', 'GR', 'RO'] };

/** Opens a case on a day, in the words of the stories. */
export const opened = (lifecycle: Lifecycle, id: string, title: string, at: string, fields: Body): Story =>
  given(lifecycle, { ...header, id, title, ...fields }, { at });

/** Puts a case as it stands on record, with the files that it names. */
export const put = (db: Kysely<Database>, lifecycle: Lifecycle, { state, events }: Story): Promise<void> =>
  db.transaction().execute(async (trx) => {
    for (const { name, sha256, type } of events.flatMap(documentsIn))
      await trx
        .insertInto('documents')
        .values({ sha256, type, content: contentOf(name) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    await writeEntry(trx, { lifecycle, after: state, events, messages: [] });
  });
