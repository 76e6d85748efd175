import type { Body } from '../asked.ts';
import type { Consequence, Foreseen, Owing } from '../consequences.ts';
import { kebab, spaced } from '../../domain/case/label.ts';
import type { LifecycleEvent } from '../../domain/case/state.ts';
import type { CommandDefinition, Subject } from '../../domain/lifecycle.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { momentOf } from '../output/moment.ts';
import { terminalWidth } from '../output/output.ts';
import { plain } from '../output/plain.ts';
import { wrap } from '../output/width.ts';

/** Who reads the reason that a command is given with, and how those who are written to are told one. */
export function whoReads({ tells }: CommandDefinition<Subject, LifecycleEvent>, { reason, told }: Body): string[] {
  if (!reason || (tells === 'told' && told)) return [];
  if (tells === 'reason') return ['Those who are written to read the reason.'];
  const how = tells === 'told' ? ' What those who are written to should read as one: --told.' : '';
  return [`The reason stays on record; no letter has it.${how}`];
}

/** What a command would record and what would follow from it, for people. */
export const trialText = (foreseen: Foreseen): string =>
  [
    'It would record:',
    ...foreseen.wouldRecord.flatMap((sentence) => item(sentence, 0)),
    ...part('What would follow:', followLines(foreseen.wouldFollow, 0)),
    ...part(
      'No longer owed:',
      foreseen.noLongerOwed.flatMap((owing) => item(owingText(owing), 0)),
    ),
    ...part(
      'Owed from then on:',
      foreseen.newlyOwed.flatMap((owing) => item(owingText(owing), 0)),
    ),
  ].join('\n');

const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length > 0 ? [title, ...lines] : [];

const owingText = ({ says, owedBy, due }: Owing): string => `${says}, from ${owedBy}${due ? `, due ${due}` : ''}`;

/** A point of a list, wrapped beside its dash. */
function item(text: string, level: number): string[] {
  const indent = '  '.repeat(level);
  const lines = wrap(plain(text), Math.max(20, terminalWidth() - indent.length - 2));
  return lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`);
}

/** Mails of the same text stand together; other cases come with what would follow there. */
function followLines(consequences: readonly Consequence[], level: number): string[] {
  const mails = consequences.filter((each) => each.type === 'mail');
  return [
    ...[...new Set(mails.map(({ text }) => text))].flatMap((text) => [
      ...item(`mail: ${spaced(text.split('.')[1] ?? text)}${reasonIn(mails, text)}`, level),
      ...mails
        .filter((mail) => mail.text === text)
        .flatMap(({ to, reaches, byItself }) =>
          item(`to ${to}: ${reaches}${byItself ? ` (by itself, ${momentOf(byItself)})` : ''}`, level + 1),
        ),
    ]),
    ...consequences.flatMap((each) => (each.type === 'mail' ? [] : caseLines(each, level))),
  ];
}

const reasonIn = (mails: readonly Extract<Consequence, { type: 'mail' }>[], text: string): string => {
  const why = mails.find((mail) => mail.text === text)?.why;
  return why === undefined ? '' : `, with the reason “${why}”`;
};

function caseLines(consequence: Exclude<Consequence, { type: 'mail' }>, level: number): string[] {
  const { case: id, title } = consequence;
  const name = title ? `${id} (${title})` : id;
  const head = consequence.type === 'open' ? `${name} is opened` : `${name} is told: ${kebab(consequence.command)}`;
  if (isRefusal(consequence)) return item(`${head}. It would refuse: ${consequence.because}`, level);
  return [
    ...item(head, level),
    ...consequence.wouldRecord.flatMap((sentence) => item(sentence, level + 1)),
    ...followLines(consequence.wouldFollow, level + 1),
  ];
}
