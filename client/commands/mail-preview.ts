import type { Command } from 'commander';
import type { Preview } from '../../activities/mail/preview.ts';
import { type Format, print, say } from '../output/output.ts';
import { jsonOf, plain } from '../output/plain.ts';
import { momentIn } from '../output/moment.ts';
import { outputOption, withEntente } from './session.ts';

/** `./entente mail preview CASE`: who would be written to next, when, and what. */
export function addPreview(mail: Command): void {
  mail
    .command('preview')
    .description('What a case has still to send, or would send next by itself, as it would look; nothing is sent')
    .argument('<case>', 'the case: action/kr-gr-2-1')
    .addOption(outputOption(['table', 'json']))
    .action(async (caseId: string, { output }: { output: Format }) => {
      const previews = await withEntente(async (entente) => entente.mailPreview(await entente.caseNamed(caseId)));
      if (output === 'json') return print(jsonOf(previews));
      if (previews.length === 0) return say(`${caseId} would send nothing by itself.`);
      print(plain(previews.map(textOf).join(`\n${'='.repeat(72)}\n\n`)));
    });
}

function textOf({
  state,
  recipient,
  name,
  address,
  nobody,
  sendAt,
  zone,
  digest,
  subject,
  text,
  attached,
}: Preview): string {
  const when = `${momentIn(sendAt, zone)}${state === 'waiting' ? '' : ', if nothing happens before'}`;
  const lines: readonly (readonly [string, string | null])[] = [
    ['To', address ? `${recipient}: ${name} <${address}>` : recipient],
    ['Nobody', nobody],
    ['Goes', when],
    ['Gathered', digest && `with what else is due to ${digest.split('/').slice(0, 2).join('/')} that day`],
    ['Subject', subject],
    ['Attached', attached.join('; ')],
  ];
  const head = lines.flatMap(([title, value]) => (value ? [`${`${title}:`.padEnd(10)}${value}`] : []));
  return `${head.join('\n')}\n${text ? `\n${text}` : ''}`;
}
