import { type Command, Option } from 'commander';
import { kebab, spaced } from '../../domain/case/label.ts';
import { messageStandings } from '../../database/lists/message-standings.ts';
import type { ListedMessage, MailTrouble } from '../../database/lists.ts';
import { troubleSays } from '../health/finding.ts';
import type { Entente } from '../client.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { RefusedError, UsageError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Column, type Format, print, printList, say } from '../output/output.ts';
import { jsonOf, plain } from '../output/plain.ts';
import { addPreview } from './mail-preview.ts';
import { momentIn, momentOf } from '../output/moment.ts';
import {
  asOption,
  listOptions,
  type ListOptions,
  outputOption,
  sayNext,
  showPage,
  whoActs,
  withEntente,
  withWarning,
} from './session.ts';

const messageColumns: readonly Column<ListedMessage>[] = [
  { title: 'goes', value: ({ sendAt }) => momentOf(sendAt) },
  { title: 'state', value: ({ state }) => spaced(state) },
  { title: 'to', value: ({ recipient, address }) => (address ? `${recipient} <${address}>` : recipient) },
  { title: 'what', value: ({ subject, summary }) => subject ?? summary },
  { title: 'key', value: ({ key }) => key },
];

const troubleColumns: readonly Column<MailTrouble>[] = [
  { title: 'since', value: ({ at }) => momentOf(at) },
  { title: 'trouble', value: ({ trouble }) => troubleSays[trouble] },
  { title: 'to', value: ({ recipient }) => recipient },
  { title: 'what', value: ({ summary, reply }) => (reply ? `${summary} (${reply})` : summary) },
  { title: 'key', value: ({ key }) => key },
];

export function addMail(program: Command): void {
  const mail = program
    .command('mail')
    .description('Messages: expected, sent, failed, withdrawn, in doubt')
    .helpGroup('Mail:');
  addList(mail);
  mail
    .command('show')
    .description('One message with its text and what the mail server said')
    .argument('<key>', 'its key, as `mail list` shows it')
    .addOption(outputOption(['table', 'json']))
    .action(showMessage);
  addPreview(mail);
  addCheck(mail);
  addSettle(mail);
}

function addList(mail: Command): void {
  listOptions(mail.command('list').description('Messages, newest first'))
    .addOption(new Option('--state <state>', 'only these').choices(messageStandings.map(kebab)))
    .option('--case <case>', 'only those of this case')
    .action(({ state, case: caseId, ...options }: { state?: string; case?: string } & ListOptions) =>
      showPage(options, messageColumns, 'There is no such message.', (entente, page) =>
        entente.messages({ case: caseId, standing: messageStandings.find((each) => kebab(each) === state) }, page),
      ),
    );
}

async function showMessage(key: string, { output }: { output: Format }): Promise<void> {
  const message = await withEntente((entente) => entente.message(key));
  if (!message)
    throw new RefusedError(
      refuse('UnknownItem', `There is no message "${key}"; \`./entente mail list\` shows their keys.`),
    );
  const isGathered = message.digest_text !== null;
  if (output === 'json') return print(jsonOf(message));
  const lines: readonly (readonly [string, string | null])[] = [
    ['Case', message.case_id],
    ['To', [message.recipient, message.person, message.address].filter((each) => each !== null).join(' ')],
    ['Meant for', message.meant !== message.person ? message.meant : null],
    ['Happened', momentOf(message.at)],
    ['Goes', momentIn(message.send_at, message.send_zone)],
    ['Gathered', message.digest && `${message.digest}${isGathered ? '' : ' (went alone, or has not gone yet)'}`],
    ['State', `${message.state}, since ${momentOf(message.changed_at)}, attempts: ${message.attempts}`],
    ['Server', message.reply],
    ['Message-ID', message.message_id],
    ['Subject', message.subject ?? `(not written yet) ${message.summary}`],
  ];
  for (const [name, text] of lines) if (text) print(plain(`${`${name}:`.padEnd(13)}${text}`));
  const text = message.body_text ?? message.digest_text;
  if (text) print(`\n${plain(text)}`);
}

function addCheck(mail: Command): void {
  listOptions(
    mail
      .command('check')
      .description('Mail that should have gone and did not, is in doubt, or was refused for a case that is open')
      .addHelpText('after', `\nExit code ${exitCodes.attention.code} when there is any.`),
  ).action(async ({ output, after, limit }: ListOptions) => {
    const { rows, next } = await withWarning((entente) => entente.mailTroubles({ after, limit }));
    printList(rows, troubleColumns, output, 'All mail that should have gone has gone.');
    sayNext(next);
    if (rows.length > 0) process.exitCode = exitCodes.attention.code;
  });
}

interface SettleOptions {
  readonly sent?: boolean;
  readonly again?: boolean;
  readonly reason?: string;
  readonly as?: string;
}

function addSettle(mail: Command): void {
  mail
    .command('settle')
    .description('Say what becomes of a message that is in doubt or was not delivered')
    .argument('<key>', 'its key, as `mail check` shows it')
    .addOption(new Option('--sent', 'it has arrived, or was passed on in some other way').conflicts('again'))
    .addOption(new Option('--again', 'it has not arrived: send it again; what was in doubt keeps its Message-ID'))
    .option('--reason <text>', 'how you know (required)')
    .addOption(asOption())
    .action(async (key: string, { sent, again, reason, as }: SettleOptions) => {
      if (!sent && !again) throw new UsageError('Say what became of it: --sent or --again.');
      if (!reason?.trim())
        throw new RefusedError(refuse('ReasonMissing', '--reason: say how you know; it stays in the ledger.'));
      const by = whoActs(as);
      await withEntente((entente) => settle(entente, key, by, reason, again === true));
      say(again ? `${key} is sent again.` : `${key} counts as sent.`);
    });
}

const undelivered: readonly string[] = ['inDoubt', 'refused', 'expired', 'nobody'];

/** What is to be sent again is the case's own affair: it keeps the Message-ID, and goes on record there. */
async function settle(entente: Entente, key: string, by: string, reason: string, again: boolean): Promise<void> {
  const message = await entente.message(key);
  if (!message || !undelivered.includes(message.state))
    throw new RefusedError(refuse('UnknownItem', `No message "${key}" is undelivered; see \`./entente mail check\`.`));
  if (!again) return void (await entente.settleAsSent(key, { by, why: reason }));
  try {
    await entente.command(message.case_id, 'sendAgain', { by, reason, message: key });
  } catch (error) {
    throw error instanceof RefusedError && error.code === 'CaseClosed' ? new RefusedError(passedOn(message)) : error;
  }
}

/** A case that is over sends nothing any more. */
const passedOn = ({ case_id, key }: { readonly case_id: string; readonly key: string }): Refusal =>
  refuse(
    'CaseClosed',
    `${case_id} is over and sends nothing any more: pass the text on (\`./entente mail show ${key}\`), then settle it with --sent.`,
  );
