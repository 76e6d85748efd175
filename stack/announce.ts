import { withoutPassword } from './redacted.ts';
import { isAllOurs, type Stack } from './stack.ts';
import { uiLinks } from './ui-links.ts';

/** What `npm start` tells when everything is up: where things are, and what to try first. */
export function announcement(stack: Stack, runningFile: string, pages: string): string {
  const { address, namespace, uiUrl } = stack.temporal;
  const ours = (here: unknown) => (here ? '' : ' (yours)');
  const places = [
    ['Your desk', pages && `${pages}/desk`],
    ['Mailbox', stack.mailboxUrl],
    ['Temporal UI', uiUrl],
    ['Database', `${withoutPassword(stack.databaseUrl)}${ours(stack.pids.postgres)}`],
    ['Mail goes to', `${withoutPassword(stack.smtpUrl)}${ours(stack.mailbox)}`],
    ['Temporal', `${address}, namespace ${namespace}${ours(stack.pids.temporal)}`],
  ].filter(([, where]) => where);
  const lines = ['', 'Entente is up. Leave it running; Ctrl-C stops it.', ''];
  for (const [name, where] of places) lines.push(`  ${name?.padEnd(14)}${where}`);
  if (stack.pids.postgres) lines.push('', `  The database's password is in ${runningFile}`);
  if (pages)
    lines.push('', '  To sign in at the desk: type an address of your directory, then open the link in the mailbox.');
  if (isAllOurs(stack))
    lines.push('  To try first: begin the example that the mailbox offers while nothing is on record.');
  lines.push('', 'In another terminal:', '');
  lines.push('  ./entente --help         all that you can do');
  lines.push('  ./entente open --help    how to open a case');
  lines.push('  ./entente list           the cases, as they stand');
  lines.push('  ./entente next           what each case waits for, and until when');
  // A browser is furnished with them at the door of our own.
  if (uiUrl && !stack.pids.temporal) {
    lines.push('', 'Ready-made lists in the Temporal UI:', '');
    for (const { title, url } of uiLinks(uiUrl, namespace)) lines.push(`  ${title}`, `    ${url}`);
  }
  return lines.join('\n');
}
