import type { Command } from 'commander';
import type { CirculatedText } from '../../database/erasure/erase.ts';
import { refuse } from '../../domain/refusal.ts';
import { RefusedError, UnavailableError, UsageError } from '../errors.ts';
import { say } from '../output/output.ts';
import { asOption, whoActs, withEntente } from './session.ts';

interface EraseOptions {
  readonly reason?: string;
  readonly also?: readonly string[];
  readonly yes?: boolean;
  readonly as?: string;
}

export function addErasure(person: Command): void {
  person
    .command('erase')
    .description('Put a pseudonym in the place of somebody everywhere on record; it cannot be taken back')
    .argument('<person>', 'the id of the person')
    .option('--reason <text>', 'why, such as the request and its date (required)')
    .option('--also <name...>', 'other ways in which the name was written')
    .option('--yes', 'do it: it cannot be taken back')
    .addOption(asOption())
    .addHelpText(
      'after',
      `
Events stay, with their numbers, types and dates. What Temporal and earlier
backups hold stays until it is deleted there: "Personal data" in
docs/security.md says what to do.`,
    )
    .action(erasePerson);
}

async function erasePerson(id: string, { reason, also, yes, as }: EraseOptions): Promise<void> {
  const by = whoActs(as);
  if (!reason?.trim())
    throw new RefusedError(refuse('ReasonMissing', '--reason: say why, such as who asked and when.'));
  if (!yes) throw new UsageError('This cannot be taken back. Take a backup if there is none, then say --yes.');
  const { erase } = await import('../upkeep.ts');
  const on = new Date().toISOString().slice(0, 10);
  const { pseudonym, changed, reread, namedIn, unread } = await erase({
    person: id,
    by,
    reason: reason.trim(),
    also,
    on,
  });
  const where = Object.entries(changed).map(([table, rows]) => `${rows} ${table.replaceAll('_', ' ')}`);
  say(`They stand as ${pseudonym} now, in ${where.join(', ')}.`);
  sayOfTexts('Texts that were circulated stay as they are, and name them', namedIn);
  sayOfTexts('Not looked into, since that takes a program of their own', unread);
  if (reread.length > 0) await haveRead(reread, by);
}

function sayOfTexts(what: string, texts: readonly CirculatedText[]): void {
  if (texts.length > 0) say(`${what}: ${texts.map((text) => `${text.name} of ${text.case}`).join(', ')}.`);
}

/** The register is right by now; what runs learns of it here, or at its next step. */
async function haveRead(cases: readonly string[], by: string): Promise<void> {
  try {
    const read = await withEntente((entente) => entente.health.revive(cases, { by }));
    const left = read.flatMap(({ case: id, outcome }) => (outcome === 'failed' ? [id] : []));
    if (left.length > 0) sayLater(left, 'they did not answer');
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    sayLater(cases, error.message);
  }
}

const sayLater = (cases: readonly string[], why: string): void =>
  say(
    `Still open, and shown under the old name in Temporal until their next step, or until \`./entente revive\` reaches them: ${cases.join(', ')} (${why}).`,
  );
