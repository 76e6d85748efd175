import { defaultQuestionnaire } from '../../domain/evaluation.ts';
import type { Facts } from '../../domain/lifecycle.ts';
import { isMadeTitle, type MadeTitle, partsOfTitle, standingItems } from '../../domain/titles.ts';
import { formatted } from './icu.ts';
import type { Language } from './texts.ts';

/** Titles that rules have made, in the language of a letter; what people have named stays as they named it. */

/** @param kind of the case whose title it is, or what else it is made as */
export function titleIn(language: Language, kind: string, title: string): string {
  if (!isMadeTitle(kind)) return title;
  const parts = partsOfTitle(kind, title);
  if (!parts) return title;
  const of = kind === 'meeting' ? titleIn(language, 'committee', parts['of'] ?? '') : (parts['of'] ?? '');
  return formatted(language.frame.titles[kind], language.code, (name) => (name === 'of' ? of : (parts[name] ?? '')));
}

/** The title of a case by its id. */
export const titleOfCase = (language: Language, id: string, title: string): string =>
  titleIn(language, id.split('/')[0] ?? '', title);

/** What stands in a calendar for a case: of an MOU it is the signing. */
export const entryTitle = (language: Language, id: string, summary: string): string =>
  titleIn(language, entryKind(id), summary);

const entryKind = (id: string): string => (id.startsWith('mou/') ? 'signing' : (id.split('/')[0] ?? ''));

/** By the facts that are such titles, what they are made as; `title` is that of the case itself. */
const madeAs: Readonly<Record<string, MadeTitle | 'case' | 'act'>> = {
  title: 'case',
  entry: 'case',
  actTitle: 'act',
  decision: 'promise',
};

/** The kind of the title in a fact, if rules may have made it. */
export function kindOfTitle(name: string, facts: Facts): string | undefined {
  const made = madeAs[name];
  if (made !== 'case' && made !== 'act') return made;
  const id = facts[made === 'act' ? 'act' : 'id'];
  const kind = typeof id === 'string' ? id.split('/')[0] : undefined;
  return name === 'entry' && typeof id === 'string' ? entryKind(id) : kind;
}

/** A title, or an item of an agenda. */
export const titleOrItemIn = (language: Language, made: MadeTitle | 'item', title: string): string =>
  made === 'item' ? itemIn(language, title) : titleIn(language, made, title);

/** What the committee puts on an agenda by itself; what sides have proposed stays as they named it. */
function itemIn({ frame }: Language, item: string): string {
  if (item === standingItems.previousMinutes) return frame.titles.previousMinutes;
  return item === standingItems.openActions ? frame.titles.openActions : item;
}

const standing = new RegExp(`(?<=(?:^|; )\\d+\\. )(?:${Object.values(standingItems).join('|')})(?=[.;]|$)`, 'gu');

/** An agenda, or a numbered item of one, as the facts of a letter have it. */
export const agendaIn = (language: Language, agenda: string): string =>
  agenda.replace(standing, (item) => itemIn(language, item));

const usual = new Map(defaultQuestionnaire.map(({ id, asks }) => [asks, id]));

/** A question of an evaluation; what people ask in words of their own stays as they asked it. */
export const questionIn = ({ frame }: Language, asks: string): string => frame.questions[usual.get(asks) ?? ''] ?? asks;

/** Lines that begin with a question: with what was answered, or with how it is answered. */
export const questionsIn = (language: Language, lines: string): string =>
  lines
    .split('\n')
    .map((line) => {
      const [whole = '', asks = ''] = /^(.+?)(?= \((?:n = \d|[a-z0-9-]+: ))/.exec(line) ?? [];
      const said = questionIn(language, asks) + line.slice(whole.length);
      return said.replace(/: yes\/no\)$/, `: ${language.frame.yesOrNo})`);
    })
    .join('\n');
