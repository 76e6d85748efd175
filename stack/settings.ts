import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { addressFault, countFault, databaseFault, senderFault, smtpFault, webFault } from './settings-faults.ts';
import { type MailSettings, readMailSettings } from './settings-mail.ts';
import {
  type ClearText,
  databaseClearTextFault,
  readClearText,
  smtpClearTextFault,
  temporalClearTextFault,
  withTlsRequired,
} from './settings-clear-text.ts';
import type { TakenUnproved } from '../domain/case/proof.ts';
import { readUnproved } from './settings-proofs.ts';
import { type AnswerPages, readAnswerPages, readWebSettings, type WebSettings } from './settings-web.ts';
import { redacted, withoutPassword } from './redacted.ts';
import { type Running, readRunning, stateFolder } from './running.ts';

/** What can be given to `Connection.connect` and to `NativeConnection.connect` alike. */
export type TemporalConnection = Pick<NativeConnectionOptions, 'tls' | 'metadata' | 'apiKey'> & { address: string };

export type TemporalSettings = { connectionOptions: TemporalConnection; namespace: string };

/**
 * The register, by the role that connects. No role has to be a superuser, and one may do for all.
 *
 * - `databaseOwnerUrl` (DATABASE_OWNER_URL): whose the tables are. Migrates and grants, restores, erases.
 * - `databaseUrl` (DATABASE_URL): the worker, and commands that write. Makes no tables, and only adds to the record.
 * - `databaseReaderUrl` (DATABASE_READER_URL): lists, documents, checks, backups. Changes nothing.
 */
export type DatabaseUrls = Readonly<{ databaseUrl: string; databaseOwnerUrl: string; databaseReaderUrl: string }>;

/** Which services to use. Its fields are plain strings; printed as a whole it shows no secret. */
export type Settings = MailSettings &
  DatabaseUrls &
  Readonly<{
    temporal: Readonly<TemporalSettings>;
    smtpUrl: string;
    /** The sender of every message: an address, or a name and an address in angle brackets. */
    mailFrom: string;
    /** How many cases a worker keeps in memory; as many as fit when not given. */
    cachedCases?: number;
    /** The Temporal UI, where it is known. */
    uiUrl?: string;
    /** The page that shows the caught mail, when it is ours that catches it. */
    mailboxUrl?: string;
    /** Where letters are answered; absent: nowhere, and letters name commands. */
    answerPages?: AnswerPages;
    /** Whose commands are taken without a proof of who gives them. */
    unproved: TakenUnproved;
    /** A folder of document templates that go before Entente's own. */
    templates?: string;
  }>;

/** Everything that is wrong with the settings, in one message. */
export class SettingsError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      faults.length === 1
        ? `The settings have a fault: ${faults[0]}`
        : `The settings have ${faults.length} faults:\n${faults.map((fault) => `- ${fault}`).join('\n')}`,
    );
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

export { stateFolder } from './running.ts';
export type { ProviderSettings } from './settings-provider.ts';

export const DEFAULT_SENDER = 'Entente <entente@example.org>';

const NOTHING_RUNS = 'nothing runs here: start `npm start` in another terminal, or set';

/** The variables that point at a real Temporal. The TOML file is read only when the second or the third is set. */
const TEMPORAL_VARIABLES = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'] as const;

/** Which services the environment points at; the others are ours to start. */
export function namedServices(env: NodeJS.ProcessEnv): { temporal: boolean; database: boolean; smtp: boolean } {
  return {
    temporal: TEMPORAL_VARIABLES.some((name) => env[name]),
    database: Boolean(env.DATABASE_URL),
    smtp: Boolean(env.SMTP_URL),
  };
}

/** The environment without any service that it names: for whatever brings its own and must leave real ones alone. */
export const withoutServices = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(TEMPORAL_(?!CLI$)|DATABASE_(OWNER_|READER_)?URL$|SMTP_URL$|ENTENTE_|OIDC_)/.test(name),
    ),
  );

/** The environment with a stand-in for each service that it does not name: for looking at those that it does. */
export function withStandIns(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const named = namedServices(env);
  return {
    ...env,
    ...(!named.temporal && { TEMPORAL_ADDRESS: '127.0.0.1:7233' }),
    ...(!named.database && { DATABASE_URL: 'postgres://127.0.0.1/entente' }),
    ...(!named.smtp && { SMTP_URL: 'smtp://127.0.0.1:1025' }),
  };
}

/** Reads the settings from the environment, then from a running `npm start`; throws one `SettingsError` for all faults. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const faults: string[] = [];
  const running = readRunning(stateFolder(env));
  const clearText = readClearText(env, faults);
  const mailFrom = readSender(env, faults);
  const mailboxUrl = readPage(env, 'ENTENTE_MAILBOX_URL', env.SMTP_URL ? undefined : running?.mailboxUrl, faults);
  const settings = {
    temporal: readTemporal(env, running, clearText, faults),
    ...databaseUrls(env, running, clearText, faults),
    smtpUrl: readSmtp(env, running, clearText, faults),
    mailFrom,
    ...readCachedCases(env, faults),
    uiUrl: readPage(env, 'ENTENTE_UI_URL', namedServices(env).temporal ? undefined : running?.temporal?.uiUrl, faults),
    mailboxUrl,
    ...readAnswerPages(env, faults),
    unproved: readUnproved(env, !namedServices(env).temporal && !namedServices(env).database, faults),
    ...(env.ENTENTE_TEMPLATES ? { templates: env.ENTENTE_TEMPLATES } : {}),
    ...readMailSettings(env, { mailFrom, ours: mailboxUrl !== undefined }, faults),
  };
  if (faults.length > 0) throw new SettingsError(faults);
  return redacted(settings, {
    ...settings,
    databaseUrl: withoutPassword(settings.databaseUrl),
    databaseOwnerUrl: withoutPassword(settings.databaseOwnerUrl),
    databaseReaderUrl: withoutPassword(settings.databaseReaderUrl),
    smtpUrl: withoutPassword(settings.smtpUrl),
  });
}

/** Where people open the answer pages; undefined when there are none. */
export const readPagesUrl = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env.ENTENTE_WEB_URL || (env.DATABASE_URL ? undefined : readRunning(stateFolder(env))?.pagesUrl);

/** Where the stack that runs here keeps the keys with which it signs for its owner; none beside services of yours. */
export function readStackKeys(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { temporal, database } = namedServices(env);
  return temporal || database ? undefined : readRunning(stateFolder(env))?.keysFolder;
}

/** Where the answer pages listen. Throws `SettingsError` as `readSettings` does. */
export function readWeb(env: NodeJS.ProcessEnv = process.env): WebSettings {
  const faults: string[] = [];
  const settings = readWebSettings(env, faults);
  if (faults.length > 0) throw new SettingsError(faults);
  return settings;
}

/** The register alone: lists need no Temporal and no mail. Throws `SettingsError` as `readSettings` does. */
export function readDatabaseUrls(env: NodeJS.ProcessEnv = process.env): DatabaseUrls {
  const faults: string[] = [];
  const urls = databaseUrls(env, readRunning(stateFolder(env)), readClearText(env, faults), faults);
  if (faults.length > 0) throw new SettingsError(faults);
  return urls;
}

function databaseUrls(
  env: NodeJS.ProcessEnv,
  running: Running | undefined,
  clearText: ClearText,
  faults: string[],
): DatabaseUrls {
  const fault = (value: string) =>
    databaseFault(value) ?? (clearText.has('postgres') ? undefined : databaseClearTextFault(value));
  const databaseUrl = readUrl(env, 'DATABASE_URL', running?.databaseUrl, fault, faults);
  const another = (name: 'DATABASE_OWNER_URL' | 'DATABASE_READER_URL', ours: string | undefined): string => {
    if (env[name] && !env.DATABASE_URL) faults.push(`${name} is set and DATABASE_URL is not; set both or neither.`);
    const named = env[name] || (env.DATABASE_URL ? undefined : ours);
    return named ? readUrl(env, name, named, fault, faults) : databaseUrl;
  };
  return {
    databaseUrl,
    databaseOwnerUrl: another('DATABASE_OWNER_URL', running?.databaseOwnerUrl),
    databaseReaderUrl: another('DATABASE_READER_URL', running?.databaseReaderUrl),
  };
}

/** Temporal alone: whoever gives commands sends no mail. Throws `SettingsError` as `readSettings` does. */
export function readTemporalSettings(env: NodeJS.ProcessEnv = process.env): TemporalSettings {
  const faults: string[] = [];
  const settings = readTemporal(env, readRunning(stateFolder(env)), readClearText(env, faults), faults);
  if (faults.length > 0) throw new SettingsError(faults);
  return settings;
}

const NO_TEMPORAL: TemporalSettings = { connectionOptions: { address: '' }, namespace: 'default' };

function readTemporal(
  env: NodeJS.ProcessEnv,
  running: Running | undefined,
  clearText: ClearText,
  faults: string[],
): TemporalSettings {
  if (!namedServices(env).temporal) {
    if (running?.temporal) {
      const { address, namespace } = running.temporal;
      return temporalSettings({ address }, env.TEMPORAL_NAMESPACE || namespace, faults);
    }
    faults.push(`Temporal: ${NOTHING_RUNS} TEMPORAL_ADDRESS (or TEMPORAL_PROFILE) to a server of yours.`);
    return NO_TEMPORAL;
  }
  try {
    return loadTemporal(env, clearText, faults);
  } catch (error) {
    // The library's messages name files and keys, never their contents; a file without profiles is beyond it.
    const wrong = error instanceof TypeError ? 'the TOML file has no [profile.NAME] section' : (error as Error).message;
    faults.push(`Temporal: ${wrong} (read from ${temporalSource(env)}); correct it or unset it.`);
    return NO_TEMPORAL;
  }
}

const temporalSource = (env: NodeJS.ProcessEnv): string =>
  Object.keys(env)
    .filter((name) => name.startsWith('TEMPORAL_') && name !== 'TEMPORAL_CLI' && env[name])
    .join(', ');

function loadTemporal(env: NodeJS.ProcessEnv, clearText: ClearText, faults: string[]): TemporalSettings {
  const overrideEnvVars = Object.fromEntries(Object.entries(env).filter(([, value]) => value)) as Record<
    string,
    string
  >;
  const disableFile = !env.TEMPORAL_PROFILE && !env.TEMPORAL_CONFIG_FILE;
  const loaded = loadClientConnectConfig({ overrideEnvVars, disableFile });
  const { address, apiKey, tls, metadata } = loaded.connectionOptions;
  if (address === undefined) {
    faults.push(
      `Temporal: ${temporalSource(env)} gives no address; set TEMPORAL_ADDRESS, or \`address\` in the profile.`,
    );
    return NO_TEMPORAL;
  }
  const fault = addressFault(address) ?? (clearText.has('temporal') ? undefined : temporalClearTextFault(address, tls));
  if (fault) faults.push(`Temporal: the address (from ${temporalSource(env)}) ${fault}`);
  const options = { address, ...(apiKey && { apiKey }), ...(tls && { tls }), ...(metadata && { metadata }) };
  return temporalSettings(options, loaded.namespace ?? 'default', faults);
}

function temporalSettings(options: TemporalConnection, namespace: string, faults: string[]): TemporalSettings {
  if (/\s|\p{Cc}/u.test(namespace)) faults.push('TEMPORAL_NAMESPACE has a space or a line break in it; remove it.');
  const { address, ...secrets } = options;
  const shown = { address, ...Object.fromEntries(Object.keys(secrets).map((name) => [name, '***'])) };
  return Object.freeze({ connectionOptions: redacted(options, shown), namespace });
}

type Fault = (value: string) => string | undefined;

function readSmtp(env: NodeJS.ProcessEnv, running: Running | undefined, clearText: ClearText, faults: string[]) {
  const mayBeRead = clearText.has('smtp');
  const fault = (value: string) => smtpFault(value) ?? (mayBeRead ? undefined : smtpClearTextFault(value));
  const url = readUrl(env, 'SMTP_URL', running?.smtpUrl, fault, faults);
  return mayBeRead ? url : withTlsRequired(url);
}

function readUrl(
  env: NodeJS.ProcessEnv,
  name: string,
  ours: string | undefined,
  fault: Fault,
  faults: string[],
): string {
  const value = env[name] || ours;
  if (!value) {
    faults.push(`${name}: ${NOTHING_RUNS} ${name} to a service of yours.`);
    return '';
  }
  const wrong = fault(value);
  if (wrong) faults.push(`${name} (${env[name] ? 'an environment variable' : 'written by npm start'}) ${wrong}`);
  return value;
}

function readCachedCases(env: NodeJS.ProcessEnv, faults: string[]): { cachedCases?: number } {
  const value = env.ENTENTE_CACHED_CASES;
  if (!value) return {};
  const wrong = countFault(value);
  if (wrong) faults.push(`ENTENTE_CACHED_CASES (an environment variable) ${wrong}`);
  return { cachedCases: Number(value) };
}

function readSender(env: NodeJS.ProcessEnv, faults: string[]): string {
  const sender = env.ENTENTE_MAIL_FROM || DEFAULT_SENDER;
  const wrong = senderFault(sender);
  if (wrong) faults.push(`ENTENTE_MAIL_FROM (an environment variable) ${wrong}`);
  return sender;
}

function readPage(
  env: NodeJS.ProcessEnv,
  name: string,
  ours: string | undefined,
  faults: string[],
): string | undefined {
  const value = env[name] || ours;
  const wrong = value === undefined ? undefined : webFault(value);
  if (wrong) faults.push(`${name} (an environment variable) ${wrong}`);
  return value;
}
