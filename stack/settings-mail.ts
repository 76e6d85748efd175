import { readFileSync } from 'node:fs';
import { redacted } from './redacted.ts';
import { dkimKeyFault, domainFault, rateFault, selectorFault, senderFault } from './settings-faults.ts';

/** How mail is sent, besides over which server and from whom. */
export type MailSettings = Readonly<{
  /** Where mail comes back to that cannot be delivered; the sender's address when not given. */
  bounceAddress?: string;
  /** What mail is signed with. */
  dkim?: Readonly<{ domain: string; selector: string; privateKey: string }>;
  /** How many messages leave in a second, in all and to one domain. */
  pace?: Readonly<{ perSecond: number; perDomain: number }>;
  /** Whether mail waits for its readers' working hours; that of played cases always does. */
  mailHours: MailHours;
}>;

export type MailHours = 'office' | 'any';

/** What common relays take without calling it a flood; our own mailbox takes all it gets. */
const usualPace = { ENTENTE_MAIL_PER_SECOND: 10, ENTENTE_MAIL_PER_DOMAIN: 2 } as const;

const DKIM_VARIABLES = ['ENTENTE_DKIM_SELECTOR', 'ENTENTE_DKIM_KEY_FILE'] as const;

/** Reads how mail is sent; `ours` says that the mailbox of `npm start` takes it. Faults are added to `faults`. */
export function readMailSettings(
  env: NodeJS.ProcessEnv,
  { mailFrom, ours }: { readonly mailFrom: string; readonly ours: boolean },
  faults: string[],
): MailSettings {
  const bounceAddress = readBounceAddress(env, faults);
  const dkim = readDkim(env, mailFrom, faults);
  const rates = {
    perSecond: readRate(env, 'ENTENTE_MAIL_PER_SECOND', ours, faults),
    perDomain: readRate(env, 'ENTENTE_MAIL_PER_DOMAIN', ours, faults),
  };
  const isPaced = Number.isFinite(rates.perSecond) || Number.isFinite(rates.perDomain);
  const mailHours = readHours(env, ours, faults);
  return { mailHours, ...(bounceAddress && { bounceAddress }), ...(dkim && { dkim }), ...(isPaced && { pace: rates }) };
}

/** Nobody sleeps beside our own mailbox, and whoever tries things out wants to see the mail. */
function readHours(env: NodeJS.ProcessEnv, ours: boolean, faults: string[]): MailHours {
  const value = env.ENTENTE_MAIL_HOURS || (ours ? 'any' : 'office');
  if (value === 'office' || value === 'any') return value;
  faults.push('ENTENTE_MAIL_HOURS (an environment variable) is neither "office" nor "any".');
  return 'office';
}

function readBounceAddress(env: NodeJS.ProcessEnv, faults: string[]): string | undefined {
  const value = env.ENTENTE_BOUNCE_ADDRESS;
  if (!value) return undefined;
  const wrong = value.includes('<') ? 'is not an address alone, like bounces@example.org.' : senderFault(value);
  if (wrong) faults.push(`ENTENTE_BOUNCE_ADDRESS (an environment variable) ${wrong}`);
  return value;
}

function readRate(env: NodeJS.ProcessEnv, name: keyof typeof usualPace, ours: boolean, faults: string[]): number {
  const value = env[name];
  if (!value) return ours ? Number.POSITIVE_INFINITY : usualPace[name];
  const wrong = rateFault(value);
  if (wrong) faults.push(`${name} (an environment variable) ${wrong}`);
  return Number(value);
}

function readDkim(env: NodeJS.ProcessEnv, mailFrom: string, faults: string[]): MailSettings['dkim'] {
  const missing = DKIM_VARIABLES.filter((name) => !env[name]);
  if (missing.length === DKIM_VARIABLES.length && !env.ENTENTE_DKIM_DOMAIN) return undefined;
  if (missing.length > 0) {
    faults.push(
      `DKIM: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set; mail is signed with a selector and a key file, or with none of them.`,
    );
    return undefined;
  }
  const { ENTENTE_DKIM_SELECTOR: selector = '', ENTENTE_DKIM_KEY_FILE: file = '' } = env;
  const sender = /@([^@>\s]+)>?\s*$/.exec(mailFrom)?.[1]?.toLowerCase() ?? '';
  const domain = env.ENTENTE_DKIM_DOMAIN?.toLowerCase() || sender;
  const privateKey = readKey(file, faults);
  const wrong = [
    ['ENTENTE_DKIM_SELECTOR', selectorFault(selector)],
    ['ENTENTE_DKIM_DOMAIN', domainFault(domain, sender)],
    ['ENTENTE_DKIM_KEY_FILE', privateKey === undefined ? undefined : dkimKeyFault(privateKey)],
  ];
  for (const [name, fault] of wrong) if (fault) faults.push(`${name} (an environment variable) ${fault}`);
  return redacted({ domain, selector, privateKey: privateKey ?? '' }, { domain, selector, privateKey: '***' });
}

function readKey(file: string, faults: string[]): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    const why =
      { ENOENT: 'does not exist', EACCES: 'may not be read by this user', EISDIR: 'is a folder' }[code] ??
      `cannot be read (${code})`;
    faults.push(`ENTENTE_DKIM_KEY_FILE (an environment variable) names a file that ${why}: ${file}`);
    return undefined;
  }
}
