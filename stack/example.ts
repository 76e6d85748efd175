import { join } from 'node:path';
import { type Entente, connectEntente } from '../client/client.ts';
import { signingByStack } from '../client/stack-keys.ts';
import { readDirectoryFiles } from '../client/directory-files.ts';
import { dayOf, plus } from '../domain/dates.ts';
import { projectRoot } from './running.ts';
import type { Stack } from './stack.ts';

/** The one case of the example. */
const id = 'first-answer';
const [coordinator, official] = ['kim-minji', 'park-jisoo'] as const;

/** Something for a newcomer to answer: an action that was reported as done and given back. */
export interface Example {
  /** Whether nothing is on record yet with which it could be mixed up. */
  isOffered(): Promise<boolean>;
  /** Safe to repeat: the directory is the same, and each command has its id. */
  begin(): Promise<void>;
}

/** On the services of the stack that runs. */
export function exampleOn({ settings, keysFolder }: Pick<Stack, 'settings' | 'keysFolder'>): Example {
  const on = async <T>(act: (entente: Entente) => Promise<T>): Promise<T> => {
    const { databaseUrl, temporal } = settings;
    const signing = signingByStack(() => keysFolder);
    const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal, ...signing });
    try {
      return await act(entente);
    } finally {
      await entente.close();
    }
  };
  return {
    isOffered: () => on(isWithoutWork),
    begin: () => on(begun),
  };
}

/** No case, and nobody who could be a real person: an example that broke off is begun again. */
async function isWithoutWork(entente: Entente): Promise<boolean> {
  const { people } = await entente.directory();
  const { rows } = await entente.cases({ standing: 'all' }, { limit: 1 });
  return rows.length === 0 && people.every(({ email }) => email?.endsWith('.example.org'));
}

async function begun(entente: Entente): Promise<void> {
  for (const file of ['directory.yaml', 'first-answer.yaml']) {
    const { directory, faults } = await readDirectoryFiles([join(projectRoot, 'examples', file)]);
    await entente.importDirectory(directory, faults, coordinator);
  }
  const due = plus(dayOf(new Date().toISOString()), 'P14D');
  const header = { id, by: coordinator, coordinator, countries: ['KR', 'GR'] };
  const about = { title: 'Open data manual for Greece', topic: 'An English edition of the manual on open data' };
  await entente.open('action', { ...header, ...about, owner: 'klid', due });
  const steps = [
    ['accept', { by: official }],
    ['reportDone', { by: official, evidence: 'https://manual.example.org/open-data' }],
    ['return', { by: coordinator, reason: 'The page is there, and the annex on licences is still in Korean.' }],
  ] as const;
  for (const [name, body] of steps) await entente.command(`action/${id}`, name, body, { commandId: `example-${name}` });
}
