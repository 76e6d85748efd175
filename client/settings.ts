import {
  readDatabaseUrls,
  readPagesUrl,
  readStackKeys,
  readTemporalSettings,
  type TemporalSettings,
} from '../stack/settings.ts';
import { keysFolder, readKeysOf } from './key-files.ts';
import type { SigningSettings } from './proofs.ts';
import { signingByStack } from './stack-keys.ts';

/** Where a client finds what it needs. Each is asked for only when it is needed: lists need no Temporal. */
export interface ClientSettings extends SigningSettings {
  readonly databaseUrl: () => string;
  /** For whoever only asks; as `databaseUrl` unless given. */
  readonly databaseReaderUrl?: () => string;
  /** For how long Postgres may look for what is asked, in milliseconds; for as long as it takes unless given. */
  readonly longestQuestion?: number | undefined;
  readonly temporal: () => TemporalSettings;
  /** Where letters are answered, if anywhere: for looking at letters before they go. */
  readonly pagesUrl?: () => string | undefined;
}

/** From the environment, else from a running `npm start`. */
export const settingsFrom = (env: NodeJS.ProcessEnv): ClientSettings => ({
  databaseUrl: () => readDatabaseUrls(env).databaseUrl,
  databaseReaderUrl: () => readDatabaseUrls(env).databaseReaderUrl,
  temporal: () => readTemporalSettings(env),
  pagesUrl: () => readPagesUrl(env),
  keysOf: (person) => readKeysOf(keysFolder(env), person),
  ...signingByStack(() => readStackKeys(env)),
});
