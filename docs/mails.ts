import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { factsNamedIn } from '../activities/mail/icu.ts';
import { styled } from '../activities/mail/letter.ts';
import { render } from '../activities/mail/render.ts';
import type { Unwritten } from '../activities/mail/writer.ts';
import { allLanguages, checkTexts, type Language, TextsError } from '../activities/mail/texts.ts';
import { names, reader, sampleFacts } from './mails/sample.ts';

/**
 * Writes every mail of a language to a folder, for whoever translates: `npx tsx docs/mails.ts ro FOLDER`. A reminder is there in
 * all its tones. Facts are samples; open `index.html` of the folder.
 */

const zones: Readonly<Record<string, string>> = { ko: 'Asia/Seoul', el: 'Europe/Athens', ro: 'Europe/Bucharest' };

/** How a reminder sounds as its due day comes nearer and goes by, and who reads it. */
const tones = [
  { tone: 'before', level: 'owner', at: '2018-11-30T00:00:00Z' },
  { tone: 'due', level: 'owner', at: '2018-12-14T00:00:00Z' },
  { tone: 'overdue', level: 'owner', at: '2018-12-17T00:00:00Z' },
  { tone: 'past', level: 'coordinator', at: '2019-02-14T00:00:00Z' },
  { tone: 'escalation', level: 'superior', at: '2018-12-24T00:00:00Z' },
  { tone: 'escalation', level: 'coordinator', at: '2019-01-07T00:00:00Z' },
  { tone: 'escalation', level: 'coChairs', at: '2019-01-14T00:00:00Z' },
] as const;
const notice = [{ tone: null, level: null, at: '2018-11-30T00:00:00Z' }] as const;

type Text = Language['texts'][string];

const partsOf = (text: Text): string[] =>
  'ask' in text
    ? [text.ask, text.otherwise, text.why ?? '', ...(text.how ?? [])]
    : [text.subject, ...text.body, ...(text.how ?? [])];

function mailsOf({ code, texts }: Language): { file: string; subject: string; text: string; html: string }[] {
  return Object.entries(texts).flatMap(([name, text]) => {
    const [kind = ''] = name.split('.');
    const facts = sampleFacts(
      kind,
      partsOf(text).flatMap((part) => factsNamedIn(part, code)),
    );
    return ('ask' in text ? tones : notice).map(({ tone, level, at }) => {
      const message: Unwritten = { case_id: `${kind}/kr-gr-2`, text: name, tone, level, at, facts };
      const written = render(message, { language: code, zone: zones[code] ?? 'UTC', ...reader }, names);
      return { file: [name, tone, level].filter(Boolean).join('-'), ...written };
    });
  });
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function main([code = '', folder = '']: readonly string[]): void {
  checkTexts();
  const language = allLanguages().find((each) => each.code === code);
  if (!language || !folder) {
    const known = allLanguages().map((each) => each.code);
    throw new Error(`Say which language and which folder: npx tsx docs/mails.ts ${known.join('|')} FOLDER`);
  }
  mkdirSync(folder, { recursive: true });
  const mails = mailsOf(language);
  for (const { file, text, html } of mails) {
    writeFileSync(join(folder, `${file}.txt`), text);
    writeFileSync(join(folder, `${file}.html`), styled(html));
  }
  const rows = mails.map(({ file, subject }) => `<li><a href="${file}.html">${file}</a> ${escaped(subject)}</li>`);
  const head = `<!doctype html><html lang="${code}"><meta charset="utf-8"><title>${code}</title>`;
  writeFileSync(join(folder, 'index.html'), `${head}<ol>\n${rows.join('\n')}\n</ol></html>\n`);
  process.stdout.write(`${mails.length} mails in ${folder}; begin with index.html.\n`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof TextsError || error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
