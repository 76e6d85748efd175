import { type Prepared, prepareRegister } from '../database/migrate.ts';
import { readDatabaseUrls } from '../stack/settings.ts';
import { unavailable } from './register.ts';

/**
 * Brings the register to this version as its owner, and grants to the roles of the worker and the reader what they may.
 *
 * @throws {@link UnavailableError} if Postgres does not answer, or the role may not do this
 */
export async function prepare(env: NodeJS.ProcessEnv = process.env): Promise<Prepared> {
  const urls = readDatabaseUrls(env);
  try {
    return await prepareRegister(urls);
  } catch (error) {
    throw unavailable(error, urls.databaseOwnerUrl) ?? error;
  }
}
